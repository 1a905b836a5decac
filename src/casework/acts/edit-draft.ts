import { bareOf } from '../after/events.ts';
import type { OpenDraft } from './request.ts';

/**
 * A draft is one document, and each step changes its own part of it. What was typed is taken as it is: `draftSchema` judges
 * the whole when it is saved. What a step does not ask for stays.
 */

export type Typed = Readonly<Record<string, unknown>>;
type Document = Typed & { readonly taxpayers: readonly Typed[]; readonly items: readonly Typed[] };

/** A group of which nothing is said is not there. */
const group = (said: Typed): Typed | undefined => {
  const bare = bareOf(said) as Typed;
  return Object.keys(bare).length === 0 ? undefined : bare;
};

const document = (draft: OpenDraft, change: Typed): Document => bareOf({ ...draft, ...change }) as Document;

/** An id that nothing in the draft has: made of the words given, for people read it in every office. */
export const freeId = (words: string, taken: readonly string[]): string => {
  const made = words
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+/, '')
    // Whole words: what breaks off in the middle of one is no name to read out.
    .replace(/^(.{1,40})(?![^-]).*$/, '$1')
    .slice(0, 40)
    .replace(/-+$/, '');
  const stem = made === '' || made === 'new' ? 'item' : made;
  const free = (n: number): string => {
    const id = n === 1 && !/^taxpayer$/.test(stem) ? stem : `${stem}-${n}`;
    return taken.includes(id) ? free(n + 1) : id;
  };
  return free(1);
};

/** A taxpayer’s id names nobody: it stands in addresses and problems. */
const newTaxpayer = (draft: OpenDraft, said: Typed): Typed & { readonly id: string } => ({
  ...bareOf(said),
  id: freeId(
    'taxpayer',
    draft.taxpayers.map(({ id }) => id),
  ),
});

export const withTaxpayer = (draft: OpenDraft, said: Typed): Document =>
  document(draft, { taxpayers: [...draft.taxpayers, newTaxpayer(draft, said)] });

/** What the audit’s step asks. A subject that is not among the taxpayers yet is entered by name. */
export const withAudit = (
  draft: OpenDraft,
  said: Typed,
  title: string | undefined,
  subject?: string,
): Document => {
  const entered = subject === undefined ? undefined : newTaxpayer(draft, { name: subject });
  return document(draft, {
    title,
    audit: group(entered === undefined ? said : { ...said, subject: entered.id }),
    taxpayers: entered === undefined ? draft.taxpayers : [...draft.taxpayers, entered],
  });
};

export const withTitles = (draft: OpenDraft, titles: readonly string[]): Document =>
  document(draft, { request: { ...draft.request, titles: [...new Set(titles)] } });

export const changedTaxpayer = (
  draft: OpenDraft,
  id: string,
  { relationship, ...said }: Typed & { readonly relationship?: Typed },
): Document =>
  document(draft, {
    taxpayers: draft.taxpayers.map((one) =>
      one.id === id ? bareOf({ id, ...said, relationship: group(relationship ?? {}) }) : one,
    ),
  });

/** Takes a taxpayer out, and with it whatever pointed to it: its items stay, and ask whose they are. */
export const withoutTaxpayer = (draft: OpenDraft, id: string): Document => {
  const { subject, ...audit } = draft.audit ?? {};
  return document(draft, {
    audit: group(subject === id ? audit : { ...audit, subject }),
    taxpayers: draft.taxpayers
      .filter((one) => one.id !== id)
      .map(({ relationship, ...one }) => {
        const { with: other, ...rest } = relationship ?? {};
        return bareOf({ ...one, relationship: group(other === id ? rest : { ...rest, with: other }) });
      }),
    items: draft.items.map(({ taxpayer, ...one }) =>
      bareOf({ ...one, taxpayer: taxpayer === id ? undefined : taxpayer }),
    ),
  });
};

export const withItem = (draft: OpenDraft, id: string, said: Typed): Document =>
  document(draft, { items: [...draft.items, bareOf({ ...said, id })] });

export const changedItem = (
  draft: OpenDraft,
  id: string,
  { period, ...said }: Typed & { readonly period?: Typed },
): Document =>
  document(draft, {
    items: draft.items.map((one) => {
      if (one.id !== id) return one;
      const { copyOf, matter } = one;
      return bareOf({ copyOf, matter, ...said, id, period: group(period ?? {}) });
    }),
  });

/** Takes an item out; an adjustment of it then asks what it adjusts. */
export const withoutItem = (draft: OpenDraft, id: string): Document =>
  document(draft, {
    items: draft.items
      .filter((one) => one.id !== id)
      .map(({ adjusts, ...one }) => bareOf({ ...one, adjusts: adjusts === id ? undefined : adjusts })),
  });
