import { type Axis, axisOf, momentOf, secondsOf } from './axis.ts';
import type { Chain, Drawing } from './chain.ts';
import { officeNames } from './holders.ts';
import { SIZE } from './label.ts';
import { type Life, type LifeAct, livesOf } from './lives.ts';
import { fit } from './measure.ts';
import type { Span } from './spans.ts';
import { RED, element, line, picture, textElement } from './svg.ts';
import { personWords, timelineTable } from './timeline-table.ts';
import type { Table } from './table.ts';

/** Pixels. */
const NAMES = 300;
const AXIS = 1000;
const ROW = 34;
const TOP = 74;
const MARGIN = 26;

interface Scale extends Axis {
  readonly x: (at: number) => number;
}

const scaleOf = (lives: readonly Life[]): Scale | undefined => {
  const axis = axisOf(lives);
  if (axis === undefined) return undefined;
  const { first, last } = axis;
  return {
    ...axis,
    x: (at) => NAMES + ((Math.min(Math.max(at, first), last) - first) / (last - first)) * AXIS,
  };
};

const ticks = ({ ticks: all, x }: Scale, height: number): string =>
  all
    .map(({ at, label }) =>
      [
        element('path', {
          d: line([
            { x: x(at), y: TOP - 8 },
            { x: x(at), y: height },
          ]),
          stroke: 'currentColor',
          'stroke-opacity': '0.25',
        }),
        textElement('text', { x: x(at), y: TOP - 14, 'font-size': SIZE, 'text-anchor': 'middle' }, label),
      ].join(''),
    )
    .join('');

const bar = (span: Span, { first, last, x }: Scale, y: number): string => {
  const [from, to] = secondsOf(span);
  if (to <= first || from > last) return '';
  const goesOn = to > last;
  const [left, right] = [x(from), goesOn ? x(last) + 14 : x(to)];
  return [
    element('rect', {
      x: left,
      y: y + 6,
      width: Math.max(2, right - left),
      height: 16,
      fill: 'currentColor',
      'fill-opacity': '0.12',
      stroke: 'currentColor',
    }),
    // Begun before the axis, or not ended at its end: the bar points on.
    ...(from < first ? [element('path', { d: `M${left} ${y + 6}l-7 8l7 8z`, fill: 'currentColor' })] : []),
    ...(goesOn ? [element('path', { d: `M${right} ${y + 6}l7 8l-7 8z`, fill: 'currentColor' })] : []),
  ].join('');
};

/** Acts at one place and of one standing are one mark: what a pixel cannot tell apart, the table does. */
const marks = (acts: readonly LifeAct[], { x }: Scale, y: number): string => {
  const drawn = new Map<string, { at: number; odd: boolean; n: number }>();
  for (const { act, standing } of acts) {
    const at = Math.round(x(momentOf(act)));
    const odd = standing !== 'in force';
    const key = `${at}|${odd}`;
    drawn.set(key, { at, odd, n: (drawn.get(key)?.n ?? 0) + 1 });
  }
  return [...drawn.values()]
    .sort((a, b) => Number(a.odd) - Number(b.odd) || a.at - b.at)
    .map(({ at, odd }) =>
      odd
        ? element('path', {
            d: `M${at} ${y + 2}l9 12l-9 12l-9 -12z`,
            fill: RED,
            stroke: 'currentColor',
            'stroke-width': 2,
          })
        : element('path', { d: `M${at} ${y + 9}v10`, stroke: 'currentColor', 'stroke-width': 2 }),
    )
    .join('');
};

const oddWords = (acts: readonly LifeAct[]): string =>
  (['before', 'after a lapse', 'without'] as const)
    .map((standing) => [acts.filter((one) => one.standing === standing).length, standing] as const)
    .filter(([n]) => n > 0)
    .map(
      ([n, standing]) =>
        `${n} ${n === 1 ? 'act' : 'acts'} ${standing === 'without' ? 'with none in force' : standing === 'before' ? 'before it began' : standing}`,
    )
    .join(', ');

const rowOf = (life: Life, scale: Scale, y: number, drawing: Drawing, number: string): string => {
  const odd = oddWords(life.acts);
  const who = `${officeNames[life.office]}: ${personWords(life, drawing, number)}`;
  return element(
    'g',
    { 'data-life': number },
    textElement('title', {}, `${who}, ${life.what}: ${life.acts.length} acts${odd === '' ? '' : `; ${odd}`}`),
    textElement(
      'text',
      { x: MARGIN, y: y + 12, 'font-size': SIZE, 'font-weight': 'bold' },
      fit(`[${number}] ${who}`, SIZE, NAMES - MARGIN - 14, true),
    ),
    textElement(
      'text',
      { x: MARGIN, y: y + 26, 'font-size': SIZE },
      fit(life.what, SIZE, NAMES - MARGIN - 14),
    ),
    ...life.spans.map((span) => bar(span, scale, y)),
    marks(life.acts, scale, y),
    ...(odd === ''
      ? []
      : [
          textElement(
            'text',
            { x: NAMES + AXIS + 34, y: y + 18, 'font-size': SIZE, 'font-weight': 'bold' },
            odd,
          ),
        ]),
  );
};

/** Life spans of titles, engagements and papers with the acts done under them; an act outside of one stands out. */
export const timeline = (
  chain: Chain,
  spans: readonly Span[],
  drawing: Drawing = {},
): { readonly svg: string; readonly table: Table } => {
  const lives = livesOf(chain, spans);
  const scale = scaleOf(lives);
  const height = TOP + lives.length * ROW;
  const odd = lives.reduce(
    (sum, { acts }) => sum + acts.filter(({ standing }) => standing !== 'in force').length,
    0,
  );
  const heading = `Timeline${chain.case === '' ? '' : ` of ${chain.case}`}`;
  const table = timelineTable(lives, drawing);
  const svg = picture(
    {
      id: `custody-timeline${drawing.id ?? ''}`,
      title: heading,
      description: `${lives.length} titles, engagements and papers${scale === undefined ? '' : `, ${scale.words}`}. Acts outside of the time in which they could be done: ${odd}. The table of the timeline has a row for every span and every act.`,
      width: NAMES + AXIS + MARGIN + 230,
      height: height + MARGIN * 2 + 20,
    },
    [
      textElement('text', { x: MARGIN, y: 28, 'font-size': 15, 'font-weight': 'bold' }, heading),
      ...(scale === undefined
        ? []
        : [
            textElement('text', { x: MARGIN, y: 45, 'font-size': SIZE }, scale.words),
            ticks(scale, height),
            ...lives.map((life, n) => rowOf(life, scale, TOP + n * ROW, drawing, `${n + 1}`)),
          ]),
      element('path', { d: `M${MARGIN + 4} ${height + 28}v10`, stroke: 'currentColor', 'stroke-width': 2 }),
      textElement(
        'text',
        { x: MARGIN + 12, y: height + 37, 'font-size': SIZE },
        'an act while it was in force',
      ),
      element('path', {
        d: `M${MARGIN + 220} ${height + 21}l9 12l-9 12l-9 -12z`,
        fill: RED,
        stroke: 'currentColor',
        'stroke-width': 2,
      }),
      textElement(
        'text',
        { x: MARGIN + 236, y: height + 37, 'font-size': SIZE },
        'an act outside of it: before, after a lapse, or with none',
      ),
    ],
  );
  return { svg, table };
};
