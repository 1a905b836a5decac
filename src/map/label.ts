import type { Hop } from './chain.ts';
import type { Cable } from './cables.ts';
import { widthOf, wrap } from './measure.ts';
import type { Icon } from './svg.ts';
import { deedOf, entriesWords, itemsWords, outcomeWords, packetWords, span } from './words.ts';

/** A line of text in a box or on an arrow. */
export interface Line {
  readonly text: string;
  readonly bold?: boolean;
  readonly struck?: boolean;
  readonly icon?: Icon;
  /** Set in, under the text of a line with an icon. */
  readonly inset?: boolean;
  /** Number of the cable that it tells of. */
  readonly cable?: number;
}

export const SIZE = 11;
export const LINE = 14;
export const INDENT = 15;

/** Hops that an arrow lists; of more, it shows the first ones and every unmatched one that has room. */
const MOST_LISTED = 5;
const MOST_SHOWN = 4;

const where = (hop: Hop): string => {
  switch (hop.match) {
    case 'within':
      return entriesWords(hop.sent);
    case 'one side':
      return `${entriesWords(hop.sent.length > 0 ? hop.sent : hop.received)}, other side not read`;
    case 'matched':
    case 'unmatched':
      return `${entriesWords(hop.sent)} → ${entriesWords(hop.received)}`;
  }
};

const what = (hop: Hop, room: number): string => {
  const named = hop.items.join(', ');
  return hop.items.length > 0 && widthOf(named, SIZE) <= room ? named : itemsWords(hop.items);
};

/** One hop: day, items; packet; entries of both sides and whether they match. */
const hopLines = (hop: Hop, width: number): readonly Line[] => {
  const struck = hop.outcome === 'refused';
  const packet = packetWords(hop);
  const unmatched = hop.match === 'unmatched';
  const short = `${hop.on} · ${itemsWords(hop.items)} · ${where(hop)}`;
  if (packet === '' && !unmatched && widthOf(short, SIZE) <= width) {
    const room = width - widthOf(`${hop.on} ·  · ${where(hop)}`, SIZE);
    return [{ text: `${hop.on} · ${what(hop, room)} · ${where(hop)}`, struck }];
  }
  const ending = hop.match === 'matched' ? ', matched' : '';
  return [
    {
      text: `${hop.on} · ${what(hop, width - widthOf(`${hop.on} ·  · packet ${packet}`, SIZE))}${packet === '' ? '' : ` · packet ${packet}`}`,
      struck,
    },
    ...wrap(`${where(hop)}${ending}`, SIZE, width, 2).map((text) => ({ text })),
    ...(unmatched ? [{ text: 'UNMATCHED', bold: true, icon: 'warning' } as const] : []),
    ...(hop.kind === 'answer' && hop.note !== ''
      ? wrap(hop.note, SIZE, width, 2).map((text) => ({ text }))
      : []),
  ];
};

const days = ({ hops }: Pick<Cable, 'hops'>): string => {
  const all = hops.map(({ on }) => on).sort();
  return span(all[0] ?? '', all.at(-1) ?? '');
};

/** What stands over the line of an arrow: its number, its paragraph, and what was done or refused. */
const headOf = ({ n, cite, outcome, hops }: Cable): readonly Line[] => {
  const [first] = hops;
  const deed = first === undefined ? '' : deedOf(first);
  const wanted = first?.kind === 'question' && first.note !== '' ? ` for ${first.note}` : '';
  const text = `[${n}] ${cite === '' ? '' : `${cite} `}${deed}${wanted}${hops.length > 1 ? ` · ${hops.length} hops` : ''}`;
  return [
    {
      text,
      bold: true,
      struck: outcome === 'refused',
      cable: n,
      ...(outcome === 'locked'
        ? { icon: 'lock' as const }
        : outcome === 'refused'
          ? { icon: 'cross' as const }
          : first?.kind === 'recall' || first?.kind === 'notice' || first?.kind === 'recall answer'
            ? { icon: 'recall' as const }
            : first?.kind === 'end of use'
              ? { icon: 'end' as const }
              : first !== undefined && first.from === first.to
                ? { icon: 'loop' as const }
                : {}),
    },
  ];
};

const shownOf = ({ hops }: Cable): readonly Hop[] => {
  if (hops.length <= MOST_LISTED) return hops;
  const odd = hops.filter(({ match }) => match === 'unmatched').slice(0, MOST_SHOWN - 1);
  const first = hops.filter((hop) => !odd.includes(hop)).slice(0, MOST_SHOWN - odd.length);
  return hops.filter((hop) => odd.includes(hop) || first.includes(hop));
};

const restLines = (cable: Cable, shown: readonly Hop[]): readonly Line[] => {
  const rest = cable.hops.length - shown.length;
  if (rest === 0) return [];
  const odd = cable.hops.filter((hop) => hop.match === 'unmatched' && !shown.includes(hop)).length;
  return [
    { text: `and ${rest} more in the table, arrow ${cable.n}` },
    { text: days(cable) },
    ...(odd === 0 ? [] : [{ text: `${odd} more UNMATCHED`, bold: true, icon: 'warning' } as const]),
  ];
};

export interface Label {
  /** Above the line. */
  readonly head: readonly Line[];
  /** Below it. */
  readonly body: readonly Line[];
}

/** The label of an arrow, at most `width` wide. */
export const labelOf = (cable: Cable, width: number): Label => {
  const shown = shownOf(cable);
  const state = outcomeWords[cable.outcome];
  const [first] = cable.hops;
  return {
    head: headOf(cable).flatMap((head) =>
      wrap(head.text, SIZE, width - (head.icon === undefined ? 0 : INDENT), 3, true).map((text, at) =>
        at === 0
          ? { ...head, text }
          : { text, bold: true, struck: head.struck ?? false, inset: head.icon !== undefined },
      ),
    ),
    body: [
      ...(state === ''
        ? []
        : [{ text: cable.outcome === 'locked' ? `${state} ${first?.note ?? ''}` : state, bold: true }]),
      ...shown.flatMap((hop) => hopLines(hop, width)),
      ...restLines(cable, shown),
    ],
  };
};

/** A use, inside the box of whoever used. */
export const loopLines = (cable: Cable, width: number): readonly Line[] => {
  const { head, body } = labelOf(cable, width - INDENT);
  const how = cable.hops[0]?.kind === 'end of use' ? [...new Set(cable.hops.map(({ note }) => note))] : [];
  const brief = cable.hops.length > 2 ? [{ text: `${days(cable)}, in the table` }] : body;
  const under = [
    ...how.flatMap((text) => wrap(text, SIZE, width - INDENT, 2)).map((text): Line => ({ text })),
    ...brief,
  ];
  return [...head, ...under.map((one) => ({ ...one, inset: true }))];
};
