import type { Problem } from '../../ground/problem.ts';
import type { ActOf } from './act.ts';
import type { CustomsState } from './customs-state.ts';
import { type CaseEvent, type Situation, accountName, stamp } from './events.ts';
import type { Actor } from './people.ts';
import { notEntitled, notInOrder, packetRefused, refuseAll, requireDuty, whereItem } from './problems.ts';
import { type Draft, wholeOf } from './request.ts';

const refused = (what: string, next: string, item?: string): Problem => ({
  kind: 'packet-refused',
  what,
  ...(item === undefined ? {} : { where: whereItem(item) }),
  cite: '(b)',
  next,
});

const WRITE_BACK = 'Store nothing of it; ask the IRS for an answer to what was asked.';

/** Every item asked for is answered once, and nothing else is: more would be a disclosure that nobody requested. */
const checkItems = (document: Draft, { body, contents }: ActOf<'receive answer'>): void => {
  const asked = new Set(document.items.map(({ id }) => id));
  const answered = body.items.map(({ id }) => id);
  refuseAll([
    ...answered
      .filter((id) => !asked.has(id))
      .map((id) => refused('The answer has an item that was not asked for.', WRITE_BACK, id)),
    ...answered
      .filter((id, n) => answered.indexOf(id) < n)
      .map((id) => refused('The answer has this item twice.', WRITE_BACK, id)),
    ...[...asked]
      .filter((id) => !answered.includes(id))
      .map((id) => refused('The answer leaves out an item that was asked for.', WRITE_BACK, id)),
  ]);
  const disclosed = body.items.filter(({ outcome }) => outcome === 'disclosed').map(({ id }) => id);
  const places = Object.keys(contents);
  const odd = [...disclosed, ...places].find((id) => disclosed.includes(id) !== places.includes(id));
  if (odd !== undefined)
    throw notInOrder({
      what: 'What is disclosed, and only that, has its place in the vault.',
      where: `contents.${odd}`,
      next: 'Give a UUID for each item disclosed.',
    });
};

/** What the IRS answered, as the record of (p)(4)(A) has it. The contents themselves go to the vault, never into an event. */
export const receiveAnswer = (
  state: CustomsState,
  act: ActOf<'receive answer'>,
  actor: Actor,
  now: Situation,
): readonly [CaseEvent, ...CaseEvent[]] => {
  requireDuty(actor, now.day, 'receives');
  if (state.draft === undefined || state.sent === undefined)
    throw packetRefused({
      what: 'The answer is to a request that this office has not sent.',
      where: 'case',
      cite: '(b)',
      next: WRITE_BACK,
    });
  const document = wholeOf(state.draft);
  if (act.body.reference !== act.case)
    throw packetRefused({
      what: 'The answer is to another request than the case.',
      where: 'body.reference',
      cite: '(b)',
      next: 'Receive it in the case whose reference it has.',
    });
  if (state.answer !== undefined)
    throw state.answer.packet === act.packet
      ? notInOrder({
          what: 'This answer was received before.',
          next: 'Nothing: its receipt and its items are on file.',
        })
      : packetRefused({
          what: 'The request has its answer, and this is a different one.',
          where: 'packet',
          cite: '(b)',
          next: 'Store nothing of it, and ask the IRS which of the two is its answer: it can give only one.',
        });
  if (!document.request.titles.includes(actor.title))
    throw notEntitled({
      what: 'The request does not designate the title acted under.',
      where: actor.title,
      cite: '(b)(4)',
      next: 'Have the answer received by someone whose title the request designates.',
    });
  checkItems(document, act);
  const { packet, head, entry, jws, body, contents, letter } = act;
  if ((letter === undefined) !== (body.letter === undefined))
    throw notInOrder({
      what: 'The letter, where there is one, has its place in the vault.',
      where: 'letter',
      next: 'Give a UUID for the letter; leave it out where the answer has none.',
    });
  const reasonsOf = (one: (typeof body.items)[number]) =>
    one.outcome === 'returned for cure' ? one.reasons : undefined;
  return [
    {
      kind: 'answer-received',
      cite: '6103(p)(4)(A)',
      packet,
      data: { ...stamp(actor, now), packet, head, entry, jws, letter },
    },
    ...body.items.map((one) => {
      const asked = document.items.find(({ id }) => id === one.id);
      const taxpayer = document.taxpayers.find(({ id }) => id === asked?.taxpayer);
      return {
        kind: 'item-received',
        cite: '6103(p)(4)(A)',
        item: one.id,
        ...(taxpayer === undefined ? {} : { taxpayer: accountName(taxpayer) }),
        packet,
        data: {
          ...stamp(actor, now),
          outcome: one.outcome,
          content: contents[one.id],
          reasons: reasonsOf(one),
        },
      };
    }),
  ];
};
