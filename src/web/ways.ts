import type { Office } from '../custody/entry.ts';
import type { Way } from '../ground/ways.ts';
import { type Visitor, refusalAt } from '../office/door.ts';
import type { Link, Route } from './route.ts';

/** A page by its route’s pattern, with the words of a link to it. */
type Place = readonly [path: string, words: string];

const directory: Place = ['/people', 'People and titles'];
const board: Place = ['/cases/:case/review', 'The review board'];
const custody: Place = ['/cases/:case/custody', 'The custody of the case'];
const theCase: Place = ['/cases/:case', 'The case'];

/**
 * The pages of a way: the first that the office has, that is open to whoever asks and is not before them already, is the one.
 * What may be for others to do ends at the directory, which says who they are; what is for whoever runs the node has no page.
 */
export const places: Readonly<Record<Way, readonly Place[]>> = {
  people: [directory],
  'add person': [['/people/new', 'Enter a person'], directory],
  'add office': [['/offices/add', 'Take in the card of another office'], directory],
  inbox: [['/cases', 'Cases']],
  receive: [['/', 'Inbox']],
  draft: [['/requests/new', 'A new request'], directory],
  sign: [['/requests/:case/sign', 'Sign the request'], directory],
  send: [['/requests/:case', 'The request']],
  review: [board],
  approve: [board, directory],
  'may i': [
    ['/cases/:case/may-i', 'May I?'],
    ['/may-i', 'May I?'],
  ],
  custody: [custody],
  'file paper': [['/cases/:case/papers', 'File a paper']],
  papers: [theCase],
  engage: [
    ['/cases/:case/engage', 'Put a person on the list'],
    ['/engagements/new', 'List who is engaged'],
    directory,
  ],
  recall: [['/cases/:case/recall', 'Recall items'], directory],
  recalls: [theCase],
  'answer recall': [['/cases/:case/recall/answer', 'Answer a recall']],
  'end use': [['/cases/:case/end-use', 'End the use of items'], directory],
  correct: [['/cases/:case/correct', 'Correct an entry'], custody],
  record: [
    ['/desk/record', 'The record'],
    ['/desk', 'Inspector’s desk'],
  ],
  items: [['/requests/:case/items/new', 'Find an item']],
  'new case': [],
  init: [],
  seen: [],
};

/** The address of a pattern; undefined where it needs more than the case, or there is none. */
const filled = (path: string, reference: string | undefined): string | undefined => {
  const to = reference === undefined ? path : path.replace(':case', encodeURIComponent(reference));
  return to.includes(':') ? undefined : to;
};

/** Who stands on which page of which office. */
export interface Here {
  readonly office: Office;
  readonly visitor: Visitor;
  readonly path: string;
  /** The case that the page is about. */
  readonly reference: string | undefined;
}

/** How somebody gets from a page to where a problem sends them; undefined where no other page of theirs leads there. */
export const wayTo =
  (routes: readonly Route[], { office, visitor, path: here, reference }: Here) =>
  (way: Way): Link | undefined =>
    places[way]
      .map(([path, words]): Link | undefined => {
        const to = filled(path, reference);
        const open = routes.some(
          (one) =>
            one.method === 'GET' &&
            one.path === path &&
            one.offices.includes(office) &&
            refusalAt(one, visitor) === undefined,
        );
        return open && to !== undefined && to !== here ? { to, words } : undefined;
      })
      .find((link) => link !== undefined);
