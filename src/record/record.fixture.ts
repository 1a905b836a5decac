import { Logs, PLANTED } from './logs.fixture.ts';
import { answer, contentId, directory, document, of, packets, request } from './request.fixture.ts';

export * from './logs.fixture.ts';
export { account, contentId, document, items } from './request.fixture.ts';

export const RECALL = '01890000-0000-7000-8000-0000000000aa';

const conditions = {
  audit: 'AUDIT-1',
  purpose: 'To recover the duties found due.',
  cite: '(g)',
  holder: 'Justice',
  necessity: 'N1',
};

const use = (logs: Logs): void => {
  const audit = { audit: 'AUDIT-1', matter: 'the audit' };
  logs.add('jordan', 'letter-opened', 11, {
    cite: '(f)',
    because: 'To read it.',
    for: audit,
    content: contentId(9),
  });
  for (const item of ['purchases', 'wages'])
    logs.add('jordan', 'item-opened', 11, {
      ...of(item),
      cite: '(f)',
      because: 'To compare the values.',
      for: audit,
      content: contentId(1),
    });
  const ask = (verdict: string, item: string, act: string, matter = 'the audit') =>
    logs.add('jordan', 'may-i-answered', 12, {
      ...(act === 'both' ? {} : of(item)),
      act,
      cite: '(f)',
      verdict,
      hop: 'customs-to-importer',
      items: [{ item, verdict, rules: [] }],
      proposal: {
        items: act === 'both' ? ['purchases', 'wages'] : [item],
        for: { audit: 'AUDIT-1', matter },
      },
      rules: [],
      ask: [],
    });
  ask('permitted', 'purchases', 'use-1');
  logs.add('jordan', 'item-used', 12, {
    ...of('purchases'),
    act: 'use-1',
    cite: '(f)',
    workpaper: 'W-7',
    entries: ['ABC-1234567-8'],
    because: 'To document the entry.',
  });
  ask('refused', 'wages', 'refused-1', 'another audit');
  ask('refused', 'purchases', 'both', 'criminal');
  logs.add('jordan', 'item-locked', 12, { ...of('wages'), cite: '(i)', door: 'an order under 6103(i)(1)' });
  logs.add('jordan', 'item-used-for-6103i', 12, {
    ...of('wages'),
    cite: '(i)',
    because: 'To make the application.',
  });
  logs.add('jordan', 'paper-filed', 12, {
    paper: 'order-1',
    kind: '6103(i) order',
    of: 'The agency',
    from: '2026-03-14',
    document: 'Order of 14 March',
  });
  logs.add('jordan', 'item-unlocked', 13, {
    ...of('wages'),
    cite: '(i)',
    paper: 'order-1',
    reason: 'The order is on file.',
  });
  logs.add('jordan', 'paper-withdrawn', 13, { paper: 'order-1', reason: 'It was vacated.' });
  logs.add('jordan', 'item-disclosed', 14, {
    ...of('purchases'),
    cite: '(f)',
    to: { is: 'importer’s representative', name: 'Alex Pier', importer: 'lamp' },
    shown: `The line, which says ${PLANTED}.`,
    because: 'To hear the importer.',
    papers: ['authority-1'],
    conditions: { ...conditions, necessity: 'N1', cite: '(f)' },
  });
  logs.add('jordan', 'item-disclosed', 14, {
    ...of('wages'),
    cite: '(f)',
    to: { is: 'importer', name: 'Quay Lamp Company (fictional)', address: ['1 Quay Road', 'Port Fiction'] },
    shown: PLANTED,
    because: 'To hear the importer of the owner’s part.',
    papers: [],
    conditions,
  });
  logs.add('jordan', 'audit-changed', 20, { cite: '(j)', determined: '2026-03-22' });
};

const justice = (logs: Logs): void => {
  const { referral: packet } = packets;
  logs.add('jordan', 'item-referred', 21, {
    ...of('purchases'),
    packet,
    cite: '(g)',
    to: { is: 'Justice officer', name: 'Lee Marsh', title: 'Trial Attorney' },
    because: 'To recover the duties.',
    papers: [],
    conditions,
  });
  logs.add('lee', 'person-engaged', 20, {
    cite: '(g)',
    person: 'lee',
    from: '2026-03-20',
    document: 'Assignment 4',
  });
  logs.add('lee', 'referral-received', 21, { packet, cite: '(g)', document, chain: [] }, 9);
  logs.add(
    'lee',
    'item-received',
    21,
    { ...of('purchases'), packet, cite: '6103(p)(4)(A)', content: contentId(7), conditions },
    9,
  );
  logs.add('lee', 'item-disclosed', 25, {
    ...of('purchases'),
    cite: '(h)',
    to: { is: 'expert', name: 'Kit Lowe' },
    shown: PLANTED,
    because: 'To have the prices explained.',
    papers: ['letter-1'],
    conditions: { ...conditions, necessity: 'N2' },
  });
  logs.add('lee', 'person-disengaged', 26, {
    cite: '(g)',
    person: 'lee',
    from: '2026-05-01',
    reason: 'Another took over.',
  });
};

const recall = (logs: Logs): void => {
  const told = {
    recall: RECALL,
    recalledBy: 'IRS',
    reason: 'It was disclosed in error.',
    items: ['purchases'],
  };
  logs.add('uma', 'recall-made', 30, { ...told, packet: packets.recall });
  logs.add('uma', 'item-recalled', 30, { ...of('purchases'), ...told });
  logs.add('jordan', 'recall-received', 30, { ...told, from: 'IRS', packet: packets.recall }, 9);
  logs.add('jordan', 'item-recalled', 30, { ...of('purchases'), ...told }, 9);
  logs.add(
    'jordan',
    'notice-drafted',
    30,
    { ...of('purchases'), recall: RECALL, to: 'Alex Pier', words: PLANTED },
    9,
  );
  logs.add('jordan', 'recall-forwarded', 30, { recall: RECALL, to: 'Justice', packet: packets.forward }, 20);
  logs.add('lee', 'recall-received', 30, { ...told, from: 'Customs', packet: packets.forward }, 30);
  logs.add('lee', 'item-recalled', 30, { ...of('purchases'), ...told }, 30);
  const answered = (by: string, holder: string, packet?: string, from?: string) =>
    logs.add(by, 'recall-answered', 32, {
      ...of('purchases'),
      recall: RECALL,
      holder,
      how: 'returned',
      ...(packet === undefined ? {} : { packet }),
      ...(from === undefined ? {} : { from }),
    });
  answered('lee', 'Kit Lowe');
  answered('lee', 'Justice', packets.back);
  answered('jordan', 'Justice', packets.back, 'Justice');
  answered('jordan', 'Customs', packets.up);
  answered('uma', 'Customs', packets.up, 'Customs');
};

const end = (logs: Logs): void => {
  logs.add('jordan', 'use-ended', 40, {
    ...of('purchases'),
    cite: '6103(p)(4)(F)',
    way: 'made undisclosable',
    reason: 'The audit is closed.',
    contents: [contentId(0)],
    scopes: [],
  });
  logs.add('lee', 'use-ended', 40, {
    ...of('purchases'),
    cite: '6103(p)(4)(F)',
    way: 'returned',
    reason: 'The suit is over.',
    contents: [],
    scopes: [],
  });
  logs.add('jordan', 'incident-reported', 41, {
    incident: 'i-1',
    discovered: '2026-04-10T09:00:00Z',
    deadline: '2026-04-11T09:00:00Z',
    late: true,
    what: PLANTED,
    agency: PLANTED,
    items: ['purchases'],
  });
  logs.add('jordan', 'packet-sent', 41, { stream: 'exchange/irs', kind: 'head', packet: '1'.repeat(64) });
  logs.add('jordan', 'packet-refused', 41, { stream: 'gate', why: 'not-a-packet' });
  logs.add('jordan', 'look-refused', 41, { stream: 'gate', cites: ['(b)(4)'] });
  logs.add('jordan', 'door-refused', 41, {
    stream: 'gate',
    asked: 'POST /requests/:case/sign',
    cites: ['(b)'],
  });
  logs.add('dana', 'request-drafted', 50, {
    case: 'CBP-2',
    document: { ...document, request: { reference: 'CBP-2', titles: [] }, items: [] },
  });
  logs.add('dana', 'request-withdrawn', 51, {
    case: 'CBP-2',
    reason: 'The audit is not begun.',
    packet: '2'.repeat(64),
  });
  logs.add('ira', 'withdrawal-received', 51, { case: 'CBP-2', packet: '2'.repeat(64) }, 5);
  logs.add('jordan', 'a-kind-of-tomorrow', 52, { ...of('purchases'), value: PLANTED });
};

/** The whole case. `customs` numbers: see `find`. */
export const wholeCase = (): Logs => {
  const logs = new Logs();
  directory(logs);
  request(logs);
  answer(logs);
  use(logs);
  justice(logs);
  recall(logs);
  end(logs);
  return logs;
};
