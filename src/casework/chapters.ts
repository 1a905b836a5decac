import type { Catalogue } from '../returns/catalogue/catalogue.ts';
import { yearOf } from './items.ts';
import type { Item } from './schema.ts';

export interface ChapterAnswer {
  /** Answer of the fact `chapter`; undefined where nobody has decided it: never a guess. */
  readonly answer: 'chapter 1' | 'chapter 6' | 'another chapter' | undefined;
  readonly why: string;
  /** The catalogue lists it as a file of Advance Pricing Agreement matter, (d). */
  readonly apa: boolean;
}

/** The Code chapter of an item by form *and* line: one 1040 carries four chapters. */
export const chapterAnswer = (catalogue: Catalogue, item: Item): ChapterAnswer => {
  const year = yearOf(item);
  const found =
    item.path !== undefined
      ? catalogue.chapterOf({ path: item.path })
      : item.form === undefined
        ? undefined
        : catalogue.chapterOf({ form: item.form, line: item.line, year });
  if (found === undefined)
    return { answer: undefined, why: 'the catalogue does not know this line', apa: false };
  const why = `chapter ${found.chapters.join(' and ')}, ${found.source}`;
  const apa = found.standing === 'excluded' && found.flags.includes('apa');
  if (found.standing === 'excluded') return { answer: undefined, why: found.source, apa };
  if (found.standing === 'in')
    return { answer: found.chapters.includes('6') ? 'chapter 6' : 'chapter 1', why, apa };
  if (found.standing === 'mixed')
    return { answer: undefined, why: `${why}: the form mixes chapters, name the line`, apa };
  return { answer: 'another chapter', why, apa };
};
