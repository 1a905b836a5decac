import { isGood } from '../../casework/after/papers-on-file.ts';
import type { Holding } from '../../casework/after/holding.ts';
import { nameOf } from '../../casework/items.ts';
import type { Day } from '../../ground/dates.ts';
import type { Catalogue } from '../../returns/catalogue/catalogue.ts';
import type { facts } from '../../rulebook/l-14/facts.ts';
import type { Choice } from '../parts/fields.ts';

/** What the three questions offer to choose from: the law’s own lists, in words for a page. */

type Recipient = Exclude<(typeof facts.recipient.values)[number], 'nobody else'>;
type Matter = (typeof facts.matter.values)[number];

export const recipientWords: Readonly<Record<Recipient, string>> = {
  importer: 'the importer subject to the audit',
  'importer’s representative': 'that importer’s legal representative',
  'another importer': 'another importer',
  taxpayer: 'another taxpayer, whose information it is',
  'taxpayer’s representative': 'that taxpayer’s representative',
  broker: 'a customs broker',
  surety: 'a surety',
  witness: 'a witness',
  expert: 'an expert engaged by Justice',
  contractor: 'a contractor',
  'customs officer': 'an officer or employee of Customs',
  'Justice officer': 'an officer or employee of Justice',
  'settlement authority': 'somebody who decides on a settlement',
  'court or party': 'a court, or another party',
  'someone else': 'somebody else',
};

export const matterWords: Readonly<Record<Matter, string>> = {
  'the audit': 'the audit for which it was requested',
  'administrative recovery': 'the recovery of revenue found due in that audit, by Customs itself',
  'civil judicial': 'a civil court proceeding from that audit, its preparation or its investigation',
  'another audit': 'another audit',
  criminal: 'a criminal matter',
  'something else': 'something else',
};

export const aimWords: Readonly<Record<string, string>> = {
  correctness: 'to ascertain or document the correctness of an entry',
  recovery: 'to recover revenue, or to collect duties, taxes or fees',
  'penalty only': 'for a penalty only',
  advocacy: 'to advocate or defend a determination of Customs on an entry',
  other: 'for something else',
};

export const stageWords: Readonly<Record<string, string>> = {
  proceeding: 'The proceeding is before a court',
  preparation: 'A proceeding is being prepared',
  investigation: 'An investigation that may result in one',
  administrative: 'Administrative: no court is in view',
};

export const choicesOf = (words: Readonly<Record<string, string>>): readonly Choice[] =>
  Object.entries(words).map(([value, label]) => ({
    value,
    label: label.charAt(0).toUpperCase() + label.slice(1),
  }));

/** An item as the request named it: form, line and caption, whose it is, and for when. Never what is in it. */
export const itemWords = (
  { matter }: Holding,
  catalogue: Catalogue,
  id: string,
): readonly [string, string] => {
  const item = matter?.items.find((one) => one.id === id);
  if (item === undefined) return [id, 'not named in the request'];
  const { form, line, caption } = nameOf(catalogue, item);
  const taxpayer = matter?.taxpayers.find((one) => one.id === item.taxpayer);
  const when =
    item.date ?? [item.period?.from, item.period?.to].filter((one) => one !== undefined).join(' to ');
  return [
    `Form ${form}${line === '' ? '' : `, line ${line}`}: ${caption}`,
    [id, taxpayer?.name, when].filter((one) => one !== undefined && one !== '').join(' · '),
  ];
};

/** What stands in the way of an item whatever is asked of it: said beside it, and decided when it is asked. */
const standing = (state: Holding, id: string): string => {
  const { locked, recalled, ended } = state.items.get(id) ?? {};
  return [
    locked === undefined ? '' : `locked since ${locked.on}`,
    recalled === undefined ? '' : `recalled on ${recalled.on}`,
    ended === undefined ? '' : `use ended on ${ended.on}`,
  ]
    .filter((one) => one !== '')
    .join(', ');
};

export const itemChoices = (state: Holding, catalogue: Catalogue): readonly Choice[] =>
  [...state.items.keys()].map((id) => {
    const [label, hint] = itemWords(state, catalogue, id);
    const stands = standing(state, id);
    return { value: id, label, hint: stands === '' ? hint : `${hint} · ${stands}` };
  });

/** Papers on file that are good on the day; the others bear nothing. */
export const paperChoices = ({ papers }: Holding, day: Day): readonly Choice[] =>
  [...papers]
    .filter(([, paper]) => isGood(paper, day))
    .map(([id, { kind, of, document }]) => ({
      value: id,
      label: `${kind.charAt(0).toUpperCase()}${kind.slice(1)} of ${of}`,
      hint: `${id} · ${document}`,
    }));

export const taxpayerChoices = ({ matter }: Holding): readonly Choice[] =>
  (matter?.taxpayers ?? []).map(({ id, name }) => ({ value: id, label: name ?? id }));
