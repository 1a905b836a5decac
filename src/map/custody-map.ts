import { boxLines } from './boxes.ts';
import { type Cable, type Cabling, cablingOf } from './cables.ts';
import type { Chain, Column, Drawing, Hop } from './chain.ts';
import { arrow, box, boxHeight, labelHeight, lines, portsOf, ruleOf } from './draw.ts';
import { officeNames } from './holders.ts';
import { INDENT, type Line, SIZE, labelOf } from './label.ts';
import { type Layout, type Passage, type Place, layoutOf } from './layout.ts';
import { widthOf } from './measure.ts';
import { RED, element, icons, line, picture, textElement } from './svg.ts';
import { deedOf, numbersOf, outcomeWords } from './words.ts';

/** Pixels: a box, the most that a label may be wide, the margin around, the room for the heads of the columns. */
const BOX = 228;
const LABEL = 214;
const MARGIN = 26;
const TOP = 62;
const BAND = 12;

const columnNames: Readonly<Record<Column, string>> = { ...officeNames, outside: 'Outside the offices' };

const standards: Readonly<Record<Column, string>> = {
  irs: 'one office',
  customs: 'by title, (b)(4)',
  justice: 'by person engaged, (g)',
  outside: 'importer, representatives, others',
};

const count = (all: readonly Hop[], of: (hop: Hop) => boolean): number => all.filter(of).length;

const plural = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;

/** What one sees, in sentences: for whoever hears the picture. */
const descriptionOf = ({ hops, holders, holdings, read }: Chain): string =>
  [
    `${plural(hops.length, 'hop', 'hops')} between ${plural(holders.size, 'holder', 'holders')}, from the logs of ${read.map((one) => officeNames[one]).join(', ') || 'no office'}.`,
    `Refused: ${count(hops, ({ outcome }) => outcome === 'refused')}. Not yet permitted: ${count(hops, ({ outcome }) => outcome === 'not yet')}. Locked by the criminal bar: ${count(hops, ({ outcome }) => outcome === 'locked')}.`,
    `Packets matched on both sides: ${count(hops, ({ match }) => match === 'matched')}; unmatched: ${count(hops, ({ match }) => match === 'unmatched')}; other side not read: ${count(hops, ({ match }) => match === 'one side')}.`,
    `Holdings recalled: ${holdings.filter(({ recalled }) => recalled !== undefined).length}; ended: ${holdings.filter(({ end }) => end !== undefined).length}.`,
    'The table of custody has a row for every arrow and every entry.',
  ].join(' ');

const legend: readonly (readonly [string, string | undefined, string, 'cross' | 'lock' | undefined])[] = [
  ['done', undefined, 'currentColor', undefined],
  ['refused', '7 4', RED, 'cross'],
  ['not yet permitted', '2 4', 'currentColor', undefined],
  ['locked: criminal matter, (i)', '7 4', 'currentColor', 'lock'],
  ['recall, its notice or its answer', '9 3 2 3', 'currentColor', undefined],
];

const legendAt = (y: number): string => {
  let x = MARGIN;
  return legend
    .map(([words, dash, stroke, icon]) => {
      const start = x;
      x += 54 + widthOf(words, SIZE) + 16;
      return element(
        'g',
        {},
        element('path', {
          d: line([
            { x: start, y },
            { x: start + 46, y },
          ]),
          stroke,
          'stroke-width': 1.5,
          'stroke-dasharray': dash,
        }),
        icon === undefined ? '' : icons[icon](start + 18, icon === 'cross' ? y - 6.5 : y - 15),
        textElement('text', { x: start + 52, y: y + 4, 'font-size': SIZE }, words),
      );
    })
    .join('');
};

const band = ({ column, left, right }: Layout['bands'][number], height: number): string =>
  element(
    'g',
    {},
    element('rect', {
      x: left - BAND,
      y: -TOP + 8,
      width: right - left + BAND * 2,
      height: height + TOP + BAND - 8,
      fill: 'currentColor',
      'fill-opacity': '0.05',
    }),
    textElement(
      'text',
      { x: left, y: -TOP + 28, 'font-size': 15, 'font-weight': 'bold' },
      columnNames[column],
    ),
    textElement('text', { x: left, y: -TOP + 44, 'font-size': SIZE }, standards[column]),
  );

const titleOf = ({ hops, outcome, cite, n }: Cable): string => {
  const [first] = hops;
  const state = outcomeWords[outcome];
  return `Arrow ${n}: ${cite} ${first === undefined ? '' : deedOf(first)}${state === '' ? '' : `, ${state.toLowerCase()}`}, ${plural(hops.length, 'hop', 'hops')}`;
};

const widest = (all: readonly Line[]): number =>
  Math.max(
    0,
    ...all.map(({ text, bold, icon }) => widthOf(text, SIZE, bold) + (icon === undefined ? 0 : INDENT)),
  );

const draw = (chain: Chain, cabling: Cabling, drawing: Drawing): string => {
  const numbers = numbersOf(chain.holders);
  const { boxes, cables } = cabling;
  const texts = new Map(
    boxes.map((one) => [
      one.id,
      boxLines(
        one,
        chain,
        cables.filter(({ from, to }) => from === one.id && to === one.id),
        numbers,
        drawing,
        BOX - 16,
      ),
    ]),
  );
  const labels = new Map(
    cables.filter(({ from, to }) => from !== to).map((cable) => [cable, labelOf(cable, LABEL)]),
  );
  const labelAt = (cable: Cable) => labels.get(cable) ?? { head: [], body: [] };
  const meeting = (id: string): number =>
    cables.filter(({ from, to }) => from !== to && (from === id || to === id)).length;
  const layout = layoutOf(cabling, {
    box: ({ id }) => ({ width: BOX, height: boxHeight(texts.get(id) ?? [], meeting(id)) }),
    label: (cable) => ({
      width: Math.min(LABEL, widest([...labelAt(cable).head, ...labelAt(cable).body])),
      height: labelHeight(labelAt(cable)),
    }),
  });
  const ports = portsOf(layout, (route) => ruleOf(route.label, labelAt(route.cable)));
  const wide = ({ boxes: past }: Passage): number => (past ? BOX : LABEL);
  const nowhere: Place = { x: 0, y: 0, width: 0, height: 0 };
  // Whom nothing reached is drawn, and looks it.
  const reached = new Set(chain.holdings.map(({ holder }) => holder));
  const inside = [
    ...layout.bands.map((one) => band(one, layout.height)),
    ...layout.routes.map((route) => {
      const port = ports.get(route) ?? { start: nowhere, end: nowhere };
      return arrow(route, port, labelAt(route.cable), wide, titleOf(route.cable));
    }),
    ...boxes.map((one) =>
      box(
        layout.boxes.get(one.id) ?? nowhere,
        texts.get(one.id) ?? [],
        one.column === 'outside' && !one.holders.some(({ id }) => reached.has(id)),
      ),
    ),
  ];
  const legendWidth = legend.reduce((sum, [words]) => sum + 70 + widthOf(words, SIZE), 0);
  return picture(
    {
      id: `custody-map${drawing.id ?? ''}`,
      title: `Custody map${chain.case === '' ? '' : ` of ${chain.case}`}`,
      description: descriptionOf(chain),
      width: Math.max(layout.width, legendWidth) + MARGIN * 2,
      height: layout.height + TOP + MARGIN * 2 + 44,
    },
    [
      lines([{ text: `Custody map${chain.case === '' ? '' : ` of ${chain.case}`}`, bold: true }], {
        x: MARGIN,
        y: 4,
      }),
      element('g', { transform: `translate(${MARGIN} ${MARGIN + TOP - 8})` }, ...inside),
      legendAt(layout.height + TOP + MARGIN * 2 + 18),
    ],
  );
};

/**
 * The custody of a case as a static SVG: columns by office, an arrow for the hops between two holders under one paragraph,
 * uses in the boxes of their holders. The same chain gives the same bytes. `custodyTable` says all of it in rows.
 */
export const custodyMap = (chain: Chain, drawing: Drawing = {}): string =>
  draw(chain, cablingOf(chain), drawing);
