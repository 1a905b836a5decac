import { type Cast, Story, digest } from './map.fixture.ts';

const item = (n: number): string => `item-${n % 40}`;
const dayOf = (n: number): string =>
  new Date(Date.UTC(2026, 2, 1 + Math.floor(n / 5))).toISOString().slice(0, 10);

const answered = (story: Story): Story => {
  const all = Array.from({ length: 40 }, (_, n) => ({
    item: item(n),
    outcome: 'disclosed',
    packet: digest(2),
  }));
  return story
    .act(
      'irs',
      'moor',
      dayOf(0),
      { kind: 'answered', cite: '(a)', packet: digest(2) },
      ...all.map((one) => ({ kind: 'item-answered', cite: '(a)', ...one })),
    )
    .act(
      'customs',
      'vale',
      dayOf(0),
      { kind: 'answer-received', packet: digest(2) },
      ...all.map((one) => ({ kind: 'item-received', ...one })),
    );
};

/** A busy case: looks, uses, showings, referrals, experts and refused questions, a thousand hops in all; some packets never arrive. */
export const thousandHops = (): Story => {
  const story = answered(new Story());
  const auditors: readonly Cast[] = ['vale', 'reed', 'holt'];
  for (let n = 1; n < 1000; n++) {
    const [who = 'vale'] = [auditors[n % 3]];
    const on = dayOf(n);
    const body = { cite: '(f)', item: item(n * 7) };
    switch (n % 10) {
      case 0:
      case 1:
      case 2:
        story.act('customs', who, on, { kind: 'item-opened', ...body });
        break;
      case 3:
      case 4:
        story.act('customs', who, on, { kind: 'item-used', ...body });
        break;
      case 5:
        story.act('customs', who, on, {
          kind: 'item-disclosed',
          ...body,
          to: { is: 'importer’s representative', name: `Counsel ${n % 3}` },
        });
        break;
      case 6: {
        const packet = digest(n + 10);
        story.act('customs', 'vale', on, {
          kind: 'item-referred',
          cite: '(g)',
          item: item(n),
          packet,
          to: { is: 'Justice officer', name: 'Toni Brook' },
        });
        if (n % 200 !== 6)
          story.act('justice', n % 20 === 6 ? 'brook' : 'lund', on, {
            kind: 'item-received',
            cite: '(g)',
            item: item(n),
            packet,
          });
        break;
      }
      case 7:
        story.act('justice', n % 20 === 7 ? 'brook' : 'lund', on, {
          kind: 'item-disclosed',
          cite: '(h)',
          item: item(n),
          to: { is: n % 4 === 3 ? 'witness' : 'expert', name: `Expert ${n % 14}` },
        });
        break;
      case 8:
        story.act('customs', who, on, {
          kind: 'may-i-answered',
          cite: '(j)',
          verdict: 'refused',
          proposal: {
            items: [item(n)],
            to: { is: n % 20 === 8 ? 'broker' : 'surety', name: `Firm ${n % 6}` },
            for: { matter: 'the audit' },
          },
        });
        break;
      default:
        story.act(
          'justice',
          'brook',
          on,
          { kind: 'item-locked', cite: '(i)', item: item(n) },
          {
            kind: 'may-i-answered',
            cite: '(i)',
            verdict: 'refused',
            proposal: { items: [item(n)], for: { matter: 'criminal' } },
          },
        );
    }
  }
  return story;
};

/** The worst shape: a thousand recipients of many kinds, each with one hop. */
export const scattered = (): Story => {
  const story = answered(new Story());
  for (let n = 1; n < 1000; n++)
    story.act(n % 2 === 0 ? 'customs' : 'justice', n % 2 === 0 ? 'vale' : 'brook', dayOf(n), {
      kind: n % 2 === 0 ? 'may-i-answered' : 'item-disclosed',
      cite: n % 2 === 0 ? '(j)' : '(h)',
      ...(n % 2 === 0
        ? {
            verdict: 'refused',
            proposal: {
              items: [item(n)],
              to: { is: `kind ${n % 50}`, name: `Person ${n}` },
              for: { matter: 'the audit' },
            },
          }
        : { item: item(n), to: { is: `kind ${n % 50}`, name: `Person ${n}` } }),
    });
  return story;
};
