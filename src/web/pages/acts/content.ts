import { html } from 'hono/html';
import { table, terms } from '../../parts/parts.ts';
import type { Html } from '../../route.ts';

type Plain = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is Plain =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const text = (value: unknown): string => {
  if (value === null || value === undefined) return '—';
  return typeof value === 'string' ? value : JSON.stringify(value);
};

const at = (record: Plain, ...path: readonly string[]): unknown =>
  path.reduce<unknown>((value, name) => (isRecord(value) ? value[name] : undefined), record);

/** A value taken from a return, as the extraction writes it. */
const isValue = (value: unknown): value is Plain =>
  isRecord(value) && typeof value['value'] === 'string' && typeof value['form'] === 'string';

const formLine = (one: Plain): string =>
  one['line'] === null || one['line'] === undefined
    ? text(one['form'])
    : `${text(one['form'])}, line ${text(one['line'])}`;

const values = (all: readonly Plain[]): Html => html`
  ${table({
    caption: all.length === 1 ? 'The value' : `${all.length} values`,
    rows: all,
    columns: [
      { head: 'Form and line', cell: formLine },
      { head: 'Value, as filed', cell: (one) => text(one['value']), numeric: true },
      {
        head: 'Taxpayer',
        cell: (one) =>
          `${text(at(one, 'filer', 'name'))} (${text(at(one, 'filer', 'tinType'))} ${text(at(one, 'filer', 'tin'))})`,
      },
      {
        head: 'Period',
        cell: (one) => `${text(at(one, 'period', 'from'))} to ${text(at(one, 'period', 'to'))}`,
      },
      { head: 'Where in the return', cell: (one) => html`<code>${text(one['path'])}</code>` },
    ],
  })}
`;

/** Anything else that an office may have put in: names and what they say, down to the last. */
const anything = (value: unknown): Html => {
  if (Array.isArray(value))
    return html`<ol>
      ${value.map((one) => html`<li>${anything(one)}</li>`)}
    </ol>`;
  if (isRecord(value))
    return terms(Object.entries(value).map(([name, one]) => [name, anything(one)] as const));
  return html`${text(value)}`;
};

const valuesIn = (value: unknown): readonly Plain[] | undefined => {
  if (isValue(value)) return [value];
  if (Array.isArray(value) && value.length > 0 && value.every(isValue)) return value;
  const inside = isRecord(value) ? Object.values(value) : [];
  return inside.length === 1 && Array.isArray(inside[0]) ? valuesIn(inside[0]) : undefined;
};

/** The content of an item, readable: what the extraction wrote as a table of values, anything else as it is. */
export const contentView = (bytes: Uint8Array): Html => {
  const written = Buffer.from(bytes).toString('utf8');
  try {
    const value: unknown = JSON.parse(written);
    const known = valuesIn(value);
    return known === undefined ? anything(value) : values(known);
  } catch {
    return html`<pre>${written}</pre>`;
  }
};
