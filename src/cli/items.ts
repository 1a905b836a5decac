import { itemsMatching } from '../returns/catalogue/find.ts';
import { openCatalogue, loadYear } from '../returns/catalogue/open.ts';
import type { Item } from '../returns/catalogue/items.ts';
import { ProblemError } from '../ground/problem.ts';
import type { Exit } from './main.ts';
import { heading, say, styled, wrap } from './terminal.ts';

const where = (item: Item) =>
  `Form ${item.form}${item.line === '' ? '' : `, ${/^\d|^[a-z]$/.test(item.line) ? 'line ' : ''}${item.line}`}`;

const gate = (item: Item): string => {
  if (item.chapter === undefined) return 'chapter not known: ask the IRS reviewer';
  const chapters = item.chapter.chapters.map((one) => `chapter ${one}`).join(', ');
  return `${chapters} (${item.chapter.source}): ${item.chapter.standing}`;
};

const lines = (item: Item): string[] => [
  heading(where(item)),
  ...wrap(item.caption, '  '),
  `  ${styled('dim', item.path)}`,
  ...wrap(`${gate(item)} · schema ${item.years.join(', ')}`, '  '),
];

/** `waybill items`: the catalogue, searched. Exit 1 where nothing is found. */
export const items = (
  words: readonly string[],
  options: { form?: string; year?: string; add?: string; json?: boolean },
): Exit => {
  const catalogue = options.add === undefined ? openCatalogue() : loadYear(openCatalogue(), options.add);
  if (options.form !== undefined && catalogue.form(options.form) === undefined)
    throw new ProblemError({
      kind: 'item-unknown',
      what: `The catalogue has no form “${options.form}”.`,
      where: '--form',
      next: 'Write it as on the form’s face, such as 5472 or 1120 Schedule M-3.',
    });
  const year = options.year === undefined ? undefined : Number(options.year);
  const { items: found } = itemsMatching(catalogue, words.join(' '), { form: options.form, year });
  if (options.json) say([JSON.stringify(found, null, 2)]);
  else if (found.length === 0)
    say(['Nothing found. Try the beginning of a word, such as: ./waybill items royalt']);
  else
    say([
      ...found.flatMap((item) => [...lines(item), '']),
      `${found.length} item${found.length === 1 ? '' : 's'}`,
    ]);
  return found.length === 0 ? 1 : 0;
};
