import { INDENT, LINE, type Label, type Line, SIZE } from './label.ts';
import type { Layout, Passage, Place, Route } from './layout.ts';
import { type Point, RED, arrowhead, curve, element, icons, line, textElement } from './svg.ts';

const PAD = 8;

/** Lines of text from a top left corner; a line with an icon is set in beside it. */
export const lines = (all: readonly Line[], { x, y }: Point): string =>
  all
    .map(({ text, icon, inset, bold, struck }, at) => {
      const top = y + at * LINE;
      const set = icon !== undefined || inset === true;
      return [
        ...(icon === undefined ? [] : [icons[icon](x, top + 1)]),
        textElement(
          'text',
          {
            x: set ? x + INDENT : x,
            y: top + 11,
            'font-size': SIZE,
            'font-weight': bold === true ? 'bold' : undefined,
            'text-decoration': struck === true ? 'line-through' : undefined,
          },
          text,
        ),
      ].join('');
    })
    .join('');

/** Room for its text, and for as many arrows as meet it on one side. */
export const boxHeight = (all: readonly Line[], arrows: number): number =>
  Math.max(all.length * LINE + PAD * 2, (arrows + 1) * 11);

export const box = ({ x, y, width, height }: Place, all: readonly Line[], dashed: boolean): string =>
  element(
    'g',
    {},
    element('rect', {
      x: x - width / 2,
      y: y - height / 2,
      width,
      height,
      rx: 4,
      fill: 'none',
      stroke: 'currentColor',
      'stroke-width': 1.5,
      'stroke-dasharray': dashed ? '2 3' : undefined,
    }),
    lines(all, { x: x - width / 2 + PAD, y: y - height / 2 + PAD }),
  );

export const labelHeight = ({ head, body }: Label): number => (head.length + body.length) * LINE + 8;

/** Where the line of an arrow runs through its label. */
export const ruleOf = (place: Place, { head }: Label): number =>
  place.y - place.height / 2 + head.length * LINE + 3;

const dashes = ({ cable: { outcome, kind } }: Route): string | undefined => {
  if (outcome === 'refused' || outcome === 'locked') return '7 4';
  if (outcome === 'not yet') return '2 4';
  return kind === 'recall' || kind === 'notice' || kind === 'recall answer' ? '9 3 2 3' : undefined;
};

/** Ends of an arrow at the sides of its two boxes. */
export interface Ports {
  readonly start: Point;
  readonly end: Point;
}

/**
 * Boxes have many arrows: each meets its box at a height of its own, in the order of the labels, so that none lies on another.
 */
export const portsOf = (
  { boxes, routes }: Layout,
  ruleAt: (route: Route) => number,
): ReadonlyMap<Route, Ports> => {
  const ports = new Map<Route, Ports>(
    routes.map((route) => [route, { start: { x: 0, y: 0 }, end: { x: 0, y: 0 } }]),
  );
  for (const [id, { x, y, width, height }] of boxes)
    for (const [side, mine] of [
      ['start', routes.filter(({ left }) => left === id)],
      ['end', routes.filter(({ right }) => right === id)],
    ] as const) {
      const near = (route: Route): number =>
        (side === 'end' ? route.after.at(-1)?.y : route.before[0]?.y) ?? ruleAt(route);
      const sorted = mine.toSorted((a, b) => near(a) - near(b) || a.cable.n - b.cable.n);
      // A single arrow goes straight where the box is high enough.
      const top = y - height / 2;
      for (const [at, route] of sorted.entries()) {
        const spread = top + (height * (at + 1)) / (sorted.length + 1);
        const level = Math.min(Math.max(near(route), top + 6), top + height - 6);
        const point = {
          x: side === 'start' ? x + width / 2 : x - width / 2,
          y: sorted.length === 1 ? level : spread,
        };
        ports.set(route, { ...(ports.get(route) ?? { start: point, end: point }), [side]: point });
      }
    }
  return ports;
};

const GAP = 4;

/** An arrow with its label. `wide` tells how wide what it passes is: it crosses that on a level. */
export const arrow = (
  route: Route,
  { start, end }: Ports,
  label: Label,
  wide: (passage: Passage) => number,
  title: string,
): string => {
  const { label: place, back, cable } = route;
  const rule = ruleOf(place, label);
  const left = { x: place.x - place.width / 2, y: rule };
  const right = { x: place.x + place.width / 2, y: rule };
  const stroke = cable.outcome === 'refused' ? RED : 'currentColor';
  const past = (passages: readonly Passage[]): readonly Point[] =>
    passages.flatMap((one) => [
      { x: one.x - wide(one) / 2, y: one.y },
      { x: one.x + wide(one) / 2, y: one.y },
    ]);
  const stops = [start, ...past(route.before), left, right, ...past(route.after), end];
  const tip = back ? start : end;
  let d = line([{ x: start.x + (back ? GAP : 0), y: start.y }]);
  for (const [at, to] of stops.entries())
    if (at > 0)
      d += curve(stops[at - 1] ?? to, at === stops.length - 1 && !back ? { ...to, x: to.x - GAP } : to);
  const near = back ? left.x - 14 : right.x + 3;
  return element(
    'g',
    { 'data-arrow': cable.n },
    textElement('title', {}, title),
    element('path', { d, fill: 'none', stroke, 'stroke-width': 1.5, 'stroke-dasharray': dashes(route) }),
    arrowhead(tip, !back, stroke),
    ...(cable.outcome === 'refused' ? [icons.cross(near, rule - 6.5)] : []),
    ...(cable.outcome === 'locked' ? [icons.lock(near, rule - 15)] : []),
    lines(label.head, { x: left.x, y: rule - 3 - label.head.length * LINE }),
    lines(label.body, { x: left.x, y: rule + 3 }),
  );
};
