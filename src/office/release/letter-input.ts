import type { Decision } from '../../casework/decide.ts';
import { nameOf, periodOf } from '../../casework/items.ts';
import type { Item } from '../../casework/schema.ts';
import { decisionOn } from '../../casework/takeable.ts';
import { ProblemError } from '../../ground/problem.ts';
import type { DisclosedItem, LetterInput, LetterItem, LetterValue, Reason } from '../../letter/input.ts';
import type { DecidedCase } from './decided.ts';
import type { Taken } from './take.ts';

const values = (taken: Taken): DisclosedItem['values'] => {
  if (taken.count > taken.first.length) return { inExtract: taken.count };
  const [first, ...rest] = taken.first.map((row): LetterValue =>
    taken.count === 1
      ? { value: row.value }
      : {
          value: row.value,
          document: `${row.document.replace(/^IRS/, 'Form ')}, document ${row.documentIndex}`,
        },
  );
  return first === undefined ? { inExtract: 0 } : [first, ...rest];
};

const isAmount = (taken: Taken) =>
  taken.first.every((row) => row.path.endsWith('Amt') && /^-?\d+$/.test(row.value));

const reasons = (decision: Decision | undefined): readonly Reason[] =>
  decision?.outward?.say === 'returned for cure'
    ? decision.outward.rules.map((rule) => ({
        cite: rule.cite,
        reason: `Not met: “${rule.law}”`,
        cure: rule.cure,
      }))
    : [];

/**
 * The letter of a decided case. What was permitted and is in the return is disclosed; what fails on the request’s own words
 * goes back with its reason; all else is not disclosed, in one wording: barred, not found in the return, or not yet decided.
 */
export const letterInput = (
  { read, catalogue, decided }: DecidedCase,
  taken: ReadonlyMap<string, Taken>,
  made: { readonly extract?: string; readonly determinations: string },
): LetterInput => {
  const { request, audit, sender, recipient } = read;
  if (request === undefined || audit === undefined || sender === undefined || recipient === undefined)
    throw new ProblemError({
      kind: 'not-a-case',
      what: 'A letter needs a request, an audit, a sender and a recipient; the case lacks one of them.',
      cite: '(b)',
      next: 'Add what is missing; the template shows each field with a comment.',
      way: 'new case',
    });
  const of = (item: Item): LetterItem => {
    const taxpayer = read.taxpayers.find((one) => one.id === item.taxpayer);
    return {
      number: read.items.indexOf(item) + 1,
      taxpayer: {
        name: taxpayer?.name ?? 'not named',
        ...(taxpayer?.tin === undefined ? {} : { tin: taxpayer.tin }),
      },
      ...nameOf(catalogue, item),
      period: periodOf(item) ?? { from: request.dated, to: request.dated },
    };
  };
  const disclosed = read.items.filter((item) => (taken.get(item.id)?.count ?? 0) > 0);
  const returned = read.items.filter((item) => reasons(decisionOn(decided, item)).length > 0);
  const edition = decided.editions['l-14'];
  return {
    reference: `Reply to ${request.reference}`,
    date: decided.on,
    sender: { ...sender, office: 'Governmental Liaison, Disclosure and Safeguards' },
    addressee: { name: recipient.name, title: recipient.title, office: 'U.S. Customs and Border Protection' },
    salutation: `Dear ${recipient.name}:`,
    request: { reference: request.reference, date: request.dated },
    audit: {
      reference: audit.reference,
      importer: read.taxpayers.find((one) => one.id === audit.subject)?.name ?? audit.subject,
    },
    titles: request.titles,
    disclosed: disclosed.map((item) => {
      const one = taken.get(item.id) ?? { count: 0, first: [] };
      return { ...of(item), ...(isAmount(one) ? { unit: 'usd' as const } : {}), values: values(one) };
    }),
    returned: returned.map((item) => {
      const [first, ...rest] = reasons(decisionOn(decided, item));
      return { ...of(item), reasons: [first ?? { cite: '(b)', reason: 'Incomplete.' }, ...rest] as const };
    }),
    notDisclosed: read.items.filter((item) => !disclosed.includes(item) && !returned.includes(item)).map(of),
    ...(made.extract === undefined ? {} : { extract: { file: 'extract.json', sha256: made.extract } }),
    basis: {
      edition: edition === undefined ? 'none in force' : `${edition.id}, in force from ${edition.from}`,
      rulebook: decided.rulebook,
      determination: made.determinations,
    },
    ...(read.fictional ? { notice: 'Fictional example' } : {}),
  };
};
