/*
 * Static SVG as text. Everything takes the colour of the text around it, so that a page in forced or dark colours and a grey
 * print show it too; the one colour of its own stands at about the same distance from black and from white, and is on lines
 * only. No style, no script, nothing to load: a page with a strict content policy can hold it.
 */
export const RED = '#d83933';
export const FONT = "'Source Sans 3', 'Source Sans Pro', 'Liberation Sans', Helvetica, Arial, sans-serif";

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => entities[sign] ?? '');

type Attributes = Readonly<Record<string, string | number | undefined>>;

const written = (value: string | number): string =>
  typeof value === 'number' ? String(Math.round(value * 10) / 10) : escaped(value);

/** An element; `inside` is markup, made by these functions. */
export const element = (name: string, attributes: Attributes, ...inside: readonly string[]): string => {
  const all = Object.entries(attributes)
    .filter((one): one is [string, string | number] => one[1] !== undefined)
    .map(([key, value]) => ` ${key}="${written(value)}"`)
    .join('');
  return inside.length === 0 ? `<${name}${all}/>` : `<${name}${all}>${inside.join('')}</${name}>`;
};

export const textElement = (name: 'text' | 'title' | 'desc', attributes: Attributes, text: string): string =>
  element(name, attributes, escaped(text));

export interface Point {
  readonly x: number;
  readonly y: number;
}

const at = ({ x, y }: Point): string => `${written(x)} ${written(y)}`;

export const line = (points: readonly Point[]): string =>
  points.map((point, n) => `${n === 0 ? 'M' : 'L'}${at(point)}`).join('');

/** From `from` to `to`, leaving and arriving level. */
export const curve = (from: Point, to: Point): string => {
  if (Math.abs(from.y - to.y) < 0.5) return `L${at(to)}`;
  const middle = (from.x + to.x) / 2;
  return `C${at({ x: middle, y: from.y })} ${at({ x: middle, y: to.y })} ${at(to)}`;
};

export const icons = {
  lock: (x: number, y: number) =>
    element('path', {
      d: `M${written(x + 1)} ${written(y + 5)}h9v6h-9zM${written(x + 3)} ${written(y + 5)}v-2a2.5 2.5 0 0 1 5 0v2`,
      fill: 'none',
      stroke: 'currentColor',
      'stroke-width': 1.5,
    }),
  cross: (x: number, y: number) =>
    element('path', {
      d: `M${written(x + 1)} ${written(y + 2)}l9 9m0 -9l-9 9`,
      stroke: RED,
      'stroke-width': 2.5,
    }),
  recall: (x: number, y: number) =>
    element('path', {
      d: `M${written(x + 10)} ${written(y + 11)}v-3a3 3 0 0 0 -3 -3h-5m3 -3l-3 3l3 3`,
      fill: 'none',
      stroke: 'currentColor',
      'stroke-width': 1.5,
    }),
  end: (x: number, y: number) =>
    element('rect', { x: x + 1.5, y: y + 2.5, width: 8, height: 8, fill: 'currentColor' }),
  hold: (x: number, y: number) =>
    element('rect', {
      x: x + 2,
      y: y + 3,
      width: 7,
      height: 7,
      fill: 'none',
      stroke: 'currentColor',
      'stroke-width': 1.3,
    }),
  loop: (x: number, y: number) =>
    element('path', {
      d: `M${written(x + 9)} ${written(y + 4)}a4 4 0 1 0 1 4m-4 -4.5h3.5v-3`,
      fill: 'none',
      stroke: 'currentColor',
      'stroke-width': 1.2,
    }),
  warning: (x: number, y: number) =>
    element('path', {
      d: `M${written(x + 5.5)} ${written(y + 1)}l5.5 10h-11zm0 4v3m0 1.2v1`,
      fill: 'none',
      stroke: 'currentColor',
      'stroke-width': 1.3,
    }),
} as const;
export type Icon = keyof typeof icons;

export const arrowhead = ({ x, y }: Point, toTheRight: boolean, stroke: string): string =>
  element('path', {
    d: toTheRight ? `M${written(x)} ${written(y)}l-9 -4.5v9z` : `M${written(x)} ${written(y)}l9 -4.5v9z`,
    fill: stroke,
  });

/** A whole picture. Its title and description are what a screen reader says of it; the table beside it says the rest. */
export const picture = (
  {
    id,
    title,
    description,
    width,
    height,
  }: {
    readonly id: string;
    readonly title: string;
    readonly description: string;
    readonly width: number;
    readonly height: number;
  },
  inside: readonly string[],
): string =>
  `${element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      role: 'img',
      'aria-labelledby': `${id}-title ${id}-desc`,
      width: Math.ceil(width),
      height: Math.ceil(height),
      viewBox: `0 0 ${Math.ceil(width)} ${Math.ceil(height)}`,
      'font-family': FONT,
      'font-size': 12,
      fill: 'currentColor',
    },
    textElement('title', { id: `${id}-title` }, title),
    textElement('desc', { id: `${id}-desc` }, description),
    ...inside.map((one) => `\n${one}`),
    '\n',
  )}\n`;
