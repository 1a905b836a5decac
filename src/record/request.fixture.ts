import { CASE, LAMP_TIN, type Logs, PERSON_SSN, PLANTED, people } from './logs.fixture.ts';

const period = { from: '2021-01-01', to: '2021-12-31' };

export const items = [
  {
    id: 'purchases',
    taxpayer: 'lamp',
    form: '1125-A',
    line: '2',
    period,
    purpose: 'To compare purchases with the value declared.',
    necessity: 'Only the cost of goods sold shows what was paid in all.',
  },
  {
    id: 'wages',
    taxpayer: 'owner',
    form: '1040',
    line: '1a',
    period,
    purpose: 'To see what the owner paid for the same goods.',
    necessity: 'It shows whether the relationship influenced the price.',
  },
  {
    id: 'rent',
    taxpayer: 'lamp',
    form: '1120',
    line: '16',
    period,
    purpose: 'To trace rent.',
    necessity: 'None other.',
  },
] as const;

export const document = {
  title: 'Audit of Quay Lamp Company (fictional)',
  fictional: true,
  request: { reference: CASE, titles: ['Auditor', 'Supervisor'] },
  audit: {
    reference: 'AUDIT-1',
    kind: 'section 509 audit',
    stage: 'initiated',
    subject: 'lamp',
    entries: ['ABC-1234567-8'],
  },
  taxpayers: [
    { id: 'lamp', name: 'Quay Lamp Company (fictional)', tin: LAMP_TIN },
    { id: 'owner', name: 'Sam Wharf (fictional)', tin: PERSON_SSN },
  ],
  items,
};

export const account = (item: string): string =>
  (item === 'wages' ? PERSON_SSN : LAMP_TIN).replaceAll('-', '');

export const of = (item: string) => ({ item, taxpayer: account(item) });
export const packets = {
  request: 'a'.repeat(64),
  answer: 'b'.repeat(64),
  referral: 'c'.repeat(64),
  recall: 'd'.repeat(64),
  forward: 'e'.repeat(64),
  back: 'f'.repeat(64),
  up: '9'.repeat(64),
};

export const directory = (logs: Logs): void => {
  const keepers = { customs: 'pat', irs: 'ira', justice: 'lee' } as const;
  for (const [id, { name, title, log }] of Object.entries(people)) {
    const keeper = keepers[log];
    logs.add(keeper, 'person-added', -900, { stream: 'people', id, name });
    logs.add(keeper, 'title-given', -900, {
      stream: 'people',
      person: id,
      title,
      from: '2020-01-01',
      duties: [],
    });
  }
  logs.add('pat', 'title-ended', -1, {
    stream: 'people',
    person: 'dana',
    title: 'Analyst',
    from: '2026-12-27',
  });
};

export const request = (logs: Logs): void => {
  const { request: packet } = packets;
  logs.add('dana', 'request-drafted', 0, { document });
  logs.add('robin', 'request-signed', 1, {
    dated: '2026-03-03',
    signature: {
      name: 'Robin Alder',
      title: 'Acting Commissioner',
      office: 'Customs',
      capacity: 'acting Commissioner',
    },
  });
  logs.add('robin', 'request-sent', 1, { packet, jws: PLANTED, cite: '(b)' });
  for (const item of items)
    logs.add('robin', 'item-requested', 1, {
      ...of(item.id),
      packet,
      cite: '6103(p)(4)(A)',
      item: item.id,
      dated: '2026-03-03',
    });
  logs.add('ira', 'request-received', 1, { packet, body: { ...document, letter: PLANTED } }, 5);
  for (const item of items) logs.add('ira', 'item-asked', 1, { ...of(item.id), packet }, 5);
};

export const contentId = (n: number): string => `01890000-0000-7000-8000-${String(n).padStart(12, '0')}`;

export const answer = (logs: Logs): void => {
  const { answer: packet } = packets;
  const outcomes = { purchases: 'disclosed', wages: 'disclosed', rent: 'not disclosed' } as const;
  logs.add('uma', 'answered', 10, { packet, cite: '(a)' });
  for (const { id } of items)
    logs.add('uma', 'item-answered', 10, { ...of(id), packet, cite: '(a)', outcome: outcomes[id] });
  logs.add('jordan', 'answer-received', 10, { packet, jws: PLANTED, letter: contentId(9) }, 30);
  items.forEach(({ id }, n) =>
    logs.add(
      'jordan',
      'item-received',
      10,
      {
        ...of(id),
        packet,
        cite: '6103(p)(4)(A)',
        outcome: outcomes[id],
        ...(outcomes[id] === 'disclosed' ? { content: contentId(n) } : {}),
      },
      30,
    ),
  );
};
