import type { Person } from './person.fixture.ts';

/** The request that is written on screen. Every person, company and number is fictional. */
export const reference = 'CBP-2026-0153';
export const audit = 'TRA-2026-17';
const harbor = 'Harbor Lamp Company (fictional)';
const lantern = 'Lantern Works Holdings (fictional)';

/** By what the screen calls them: the ids that it made of their captions. */
export const purchases = 'purchases';
export const goodsSold = 'cost-of-goods-sold';
export const sister = 'purchases-of-stock-in-trade-inventory';
export const sisterLine = /^Form 5472, line 23/;

interface Wanted {
  readonly search: string;
  readonly line: RegExp;
  readonly whose: RegExp;
  readonly purpose: string;
  readonly necessity: string;
}

const wanted: readonly Wanted[] = [
  {
    search: '1125-A purchases',
    line: /^Form 1125-A, line 2/,
    whose: /Harbor/,
    purpose: 'To compare purchases with the value declared on the entries audited.',
    necessity: 'The entered values rest on transfer prices.',
  },
  {
    search: '1125-A cost of goods sold',
    line: /^Form 1125-A, line 8/,
    whose: /Harbor/,
    purpose: 'To reconcile purchases with cost of goods sold.',
    necessity: 'Freight and tooling appear only in the total.',
  },
  {
    search: '5472 purchases of stock in trade',
    line: sisterLine,
    whose: /Lantern/,
    purpose: 'To see what the sister company paid the same maker.',
    necessity: 'Its price shows whether the relationship influenced the price declared.',
  },
];

const askFor = async (who: Person, one: Wanted): Promise<void> => {
  await who.follow('Find an item to ask for');
  await who.type('Form, line or words', one.search);
  await who.press('Search');
  await who.mark('Which item', one.line);
  await who.pick('Whose item', one.whose);
  await who.press('Ask for this item');
  await who.sees(/The item is asked for, and saved/, /Not started|To mend/);
  await who.type('First day of the taxable period', '2021-01-01');
  await who.type('Last day of the taxable period', '2021-12-31');
  await who.mark('For what it is needed', /ascertain the correctness of an entry/);
  await who.type('The particular purpose of this item', one.purpose);
  await who.type('How this item is necessary', one.necessity);
  await who.mark('To what of the entered merchandise', 'The declared value');
  await who.press('Save this item');
  await who.sees(/The item is saved\. Nothing in it would be sent back/);
  await who.follow('All items of this request');
};

/** From an inbox: a request is begun, and the audit said. */
export const beginRequest = async (who: Person, as = reference): Promise<void> => {
  await who.follow('New request');
  await who.type('The request’s reference', as);
  await who.type('A title for the case', 'Audit of Harbor Lamp (fictional)');
  await who.press('Begin the request');
  await who.sees(/is begun, and saved/, /Next: The audit/);
  await who.follow('The audit');
  await who.type('The reference of the audit', audit);
  await who.mark('What kind of audit', /^An audit under section 509/);
  await who.mark('How far is it', 'It has been initiated');
  await who.type('Which importer is', harbor);
  await who.type('The entries audited', 'B76-0324527-8');
  await who.press('Save the audit');
  await who.sees(/The audit is saved/, /Next: The titles of who may receive/);
};

/** From the steps: titles, taxpayers and what is certified of each, items; every step as the page names it next. */
export const writeRequest = async (who: Person): Promise<void> => {
  await who.follow('The titles of who may receive');
  await who.mark('Officers and employees with these titles', /^Supervisory Auditor/);
  await who.press('Save the titles');
  await who.sees(/Next: The taxpayers/);
  await who.follow(/^The taxpayers/);
  await who.follow(harbor);
  await who.type('Its TIN', '07-1234567');
  await who.mark('What the request certifies', /has initiated an audit/);
  await who.press('Save this taxpayer');
  await who.type('Its name', lantern);
  await who.type('Its TIN', '08-7654321');
  await who.press('Enter this taxpayer');
  await who.mark('What the request certifies', /transactional or ownership/);
  await who.mark('Its relationship with', /^Ownership/);
  await who.type('In what it consists', 'One foreign parent owns all of both.');
  await who.press('Save this taxpayer');
  await who.sees(/The taxpayer is saved/, /Customs certifies that it has initiated/, /✓ Complete/);
  await who.follow(/^All steps/);
  await who.follow(/^The items/);
  for (const one of wanted) await askFor(who, one);
  await who.follow(/^All steps/);
};

/** From anywhere to the case. */
export const toCase = async (who: Person): Promise<void> => {
  await who.follow('Inbox');
  await who.follow(reference);
};

/** From anywhere: whatever waits is received, one packet after the other. */
export const receive = async (who: Person, ...words: readonly RegExp[]): Promise<void> => {
  for (const one of words) {
    await who.follow('Inbox');
    await who.sees(/packet/);
    await who.pressFirst(/^Check and receive packet/);
    await who.sees(one);
  }
};

/** Signs a finding on the page of an item, of this item or of all. */
export const find = async (
  who: Person,
  question: RegExp,
  { answer, reason, all = false }: { answer: string; reason: string; all?: boolean },
): Promise<void> => {
  const part = who.within(question);
  await part.mark(question, answer);
  await part.type('The reason', reason);
  if (all) await part.mark('Of what', /^All 3 items/);
  await part.press(/^Sign the finding/);
  await who.sees(/The finding is signed and recorded/);
};

export interface Asked {
  readonly items: readonly RegExp[];
  readonly matter: string | RegExp;
  readonly audit?: string;
  readonly aims: readonly RegExp[];
  readonly stage?: RegExp;
  readonly because?: string;
  readonly papers?: readonly RegExp[];
  /** In which capacity, and what else the page asks of whom it is shown to. */
  readonly to?: readonly [is: RegExp, name: string, more?: (who: Person) => Promise<void>];
  readonly criminal?: (who: Person) => Promise<void>;
}

/** On the page of the three questions. */
export const mayI = async (who: Person, asked: Asked): Promise<void> => {
  await who.mark('What do you want to do', asked.to === undefined ? /^Look at it/ : /^Show it/);
  if (asked.to !== undefined) {
    const [is, name, more] = asked.to;
    await who.pick('To whom', is);
    await who.type('That person’s name', name);
    await more?.(who);
  }
  await who.mark('Items that this office holds', ...asked.items);
  await who.mark('In what matter', asked.matter);
  if (asked.audit !== undefined) await who.type('For which audit', asked.audit);
  await who.mark('To what end', ...asked.aims);
  if (asked.stage !== undefined) await who.pick('How far is the court matter', asked.stage);
  await asked.criminal?.(who);
  if (asked.because !== undefined) await who.type('How is it necessary', asked.because);
  if (asked.papers !== undefined) await who.mark('On which papers', ...asked.papers);
  await who.press('May I?');
};

/** From the page of the case: a paper is put on file. Its id and its day are offered. */
export const file = async (
  who: Person,
  { kind, of, document }: { kind: RegExp; of: string; document: string },
  more?: () => Promise<void>,
): Promise<void> => {
  await who.follow('File or withdraw a paper');
  await who.pick('What kind of paper', kind);
  await who.type('Whom is it about', of);
  await who.type('The paper, as one finds it', document);
  await more?.();
  await who.press('File the paper');
};
