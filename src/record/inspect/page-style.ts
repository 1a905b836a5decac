import { createHash } from 'node:crypto';
import { raw } from 'hono/html';

/** Of the page that is opened from a disk: no font to load, readable on a phone, in print, and in colours that the reader forces. */
const style = `
:root { color-scheme: light dark; }
body { font: 1rem/1.5 'Source Sans 3', 'Source Sans Pro', 'Liberation Sans', Helvetica, Arial, sans-serif; margin: 0 auto; max-width: 76rem; padding: 1rem; overflow-wrap: break-word; }
h1 { font-size: 1.75rem; line-height: 1.2; }
h2 { font-size: 1.35rem; line-height: 1.25; margin-top: 2.5rem; border-top: 2px solid; padding-top: 0.75rem; }
h3 { font-size: 1.1rem; margin: 1.5rem 0 0.5rem; }
p, li { max-width: 44rem; }
.label { border: 2px solid; padding: 0.5rem 0.75rem; font-weight: bold; max-width: none; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.25rem 1rem; }
dt { font-weight: bold; }
dd { margin: 0; }
a { color: inherit; }
code { overflow-wrap: anywhere; font-family: 'Liberation Mono', Consolas, Menlo, monospace; font-size: 0.9em; }
table { border-collapse: collapse; width: 100%; font-size: 0.9rem; }
caption { text-align: left; font-weight: bold; padding: 0.25rem 0; }
th, td { text-align: left; vertical-align: top; padding: 0.35rem 0.5rem; border-bottom: 1px solid #71767a; }
tbody th { font-weight: normal; }
.day { white-space: nowrap; }
.wide { overflow-x: auto; }
.picture { overflow: auto; border: 1px solid #71767a; margin: 0.5rem 0 1rem; }
.picture:focus, .wide:focus { outline: 3px solid #2491ff; }
.picture svg { display: block; }
@media (max-width: 48rem) {
  dl { display: block; }
  dd { margin-bottom: 0.5rem; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  table, caption, tbody, tr, tbody th, td { display: block; overflow-wrap: anywhere; }
  tr { border-bottom: 2px solid; padding: 0.25rem 0; }
  tbody th, td { border: 0; padding: 0.15rem 0; }
  tbody th { font-weight: bold; }
  td:empty { display: none; }
  td::before { content: attr(data-head) ': '; font-weight: bold; }
}
@media print {
  body { max-width: none; padding: 0; font-size: 9pt; }
  h2, h3, caption { break-after: avoid; }
  tr { break-inside: avoid; }
  .picture, .wide { overflow: visible; border: 0; }
  nav { display: none; }
  .picture svg { width: 100%; height: auto; }
}
`;

/** Written by itself: the policy has its digest, to the last space. */
export const styleElement = raw(`<style>${style}</style>`);

/** Nothing but this style is let in: no script, no picture, no address, whatever an event might say. */
export const policy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`;
