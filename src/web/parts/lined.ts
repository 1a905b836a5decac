import { html } from 'hono/html';
import type { Html } from '../route.ts';
import { nothing } from './parts.ts';

/** A date is not broken at its hyphens. */
const dated = (line: string): readonly Html[] =>
  line
    .split(/(\d{4}-\d{2}-\d{2})/)
    .map((part, n) => (n % 2 === 1 ? html`<span class="wb-day">${part}</span>` : html`${part}`));

/** Lines of a cell, without those that are empty. */
export const lined = (all: readonly (string | Html)[]): Html => {
  const said = all.filter((one) => one !== '' && one !== nothing);
  return html`${said.map((one, n) => html`${n === 0 ? nothing : html`<br />`}${typeof one === 'string' ? dated(one) : one}`)}`;
};
