import { canonicalJson } from '../../ground/canonical.ts';
import type { Problem } from '../../ground/problem.ts';
import type { AnswerBody, Answered, ItemOutcome } from './answer.ts';
import { type CaseEvent, type Situation, type Stamp, itemScope, stamp } from './events.ts';
import { impairment } from './irs-findings.ts';
import { received } from './irs-case.ts';
import { taxpayerOf } from './irs-items.ts';
import { type Determined, determineCase } from './irs-outcomes.ts';
import { type DecidedItem, type IrsState, evolveReview, reviewed } from './irs-state.ts';
import type { Actor } from './people.ts';
import { notEntitled, notInOrder, refuseAll, requireDuty, whereItem } from './problems.ts';

/** A release that may go: everything was asked again, at this hour, by this person. */
export interface Ready extends Determined {
  readonly reference: string;
  readonly state: IrsState;
  readonly stamp: Stamp;
}

type Events = readonly [CaseEvent, ...CaseEvent[]];

/** (e) can change overnight: an investigation opened since the approval must still be able to hold the item back. */
const askAgain = (
  state: IrsState,
  outcomes: readonly ItemOutcome[],
  { day }: Situation,
): readonly Problem[] =>
  outcomes
    .filter(({ outcome }) => outcome === 'disclosed')
    .flatMap(({ item }) =>
      impairment
        .filter((finds) => reviewed(state, item).findings.get(finds)?.on !== day)
        .map((finds): Problem => ({
          kind: 'not-in-order',
          what: `Paragraph (e) is asked again on the day of the release, and “${finds}” was not answered today.`,
          where: whereItem(item),
          cite: '(e)',
          next: 'Ask the IRS officer for paragraph (e), who records today’s finding; then release.',
        })),
    );

/**
 * Whether this person may release now: another person approved, the determinations made anew under the law in force today
 * are the ones approved, and (e) was answered today. Throws a ProblemError for what is missing.
 */
export const ready = (state: IrsState, actor: Actor, now: Situation): Ready => {
  requireDuty(actor, now.day, 'sends');
  const { approval } = state;
  if (approval === undefined)
    throw notInOrder({
      what: 'Nobody has approved the release.',
      cite: '(a)',
      next: 'Have it approved first, by another person.',
      way: 'approve',
    });
  if (approval.by.id === actor.id)
    throw notEntitled({
      what: 'Whoever approved the release does not send it.',
      where: actor.title,
      cite: '(a)',
      next: 'Have another person whose title carries the duty “sends” release it.',
      way: 'people',
    });
  const determined = determineCase(state, actor, now);
  if (determined.digest !== approval.digest)
    throw notInOrder({
      what: 'What was approved is not what the facts and the law in force today come to.',
      cite: '(a)',
      next: 'Have the determinations approved as they are now, and then release them.',
      way: 'review',
    });
  refuseAll(askAgain(state, determined.outcomes, now));
  return {
    ...determined,
    reference: received(state).body.request.reference,
    state,
    stamp: stamp(actor, now),
  };
};

const same = (one: Answered, ready_: ItemOutcome | undefined): boolean => {
  if (ready_ === undefined || one.id !== ready_.item) return false;
  if (one.outcome === 'returned for cure')
    return one.outcome === ready_.outcome && canonicalJson(one.reasons) === canonicalJson(ready_.reasons);
  // What was to be disclosed may turn out not to be in the return; nothing else may turn out otherwise.
  return (
    one.outcome === ready_.outcome || (one.outcome === 'not disclosed' && ready_.outcome === 'disclosed')
  );
};

/** The answer says no more than was found ready, in whatever hands it was made. */
const checkBody = (made: Ready, body: AnswerBody, contents: Readonly<Record<string, string>>): void => {
  const disclosed = body.items.filter(({ outcome }) => outcome === 'disclosed').map(({ id }) => id);
  if (
    body.reference === made.reference &&
    body.items.length === made.outcomes.length &&
    body.items.every((one, n) => same(one, made.outcomes[n])) &&
    canonicalJson(Object.keys(contents).sort()) === canonicalJson(disclosed.sort())
  )
    return;
  throw notInOrder({
    what: 'The answer is not the one that was found ready for release.',
    where: 'body',
    cite: '(a)',
    next: 'Make the answer anew from what is ready, and release that.',
  });
};

/**
 * What the log that Customs may read has of the answer: always one event and one for each item, in the order of the
 * request, in one shape. Made from the review alone, so that after a crash between the two logs it is made again, the same.
 */
export const answeredEvents = (state: IrsState): Events => {
  const { release } = state;
  if (release === undefined)
    throw notInOrder({
      what: 'No release has been decided.',
      cite: '(a)',
      next: 'Release the answer first.',
    });
  const { packet, by, on, at } = release;
  const signed = { by, on, at };
  return [
    { kind: 'answered', cite: '(a)', packet, data: { ...signed, packet } },
    ...release.items.map(({ item, outcome }) => ({
      kind: 'item-answered',
      cite: '(a)',
      item,
      ...taxpayerOf(state, item),
      packet,
      data: { ...signed, outcome },
    })),
  ];
};

/**
 * The two acts of a release, in this order: `review` closes the review and holds the whole answer; `case` tells of it
 * in the other log. `contents` says where the vault keeps what is disclosed: item → UUID, exactly for those items.
 */
export const releaseEvents = (
  made: Ready,
  {
    packet,
    jws,
    body,
    contents,
  }: {
    readonly packet: string;
    readonly jws: string;
    readonly body: AnswerBody;
    readonly contents: Readonly<Record<string, string>>;
  },
): { readonly review: Events; readonly case: Events } => {
  checkBody(made, body, contents);
  const { state } = made;
  const items = body.items.map(({ id, outcome }): DecidedItem => ({
    item: id,
    outcome,
    ...(contents[id] === undefined ? {} : { content: contents[id] }),
  }));
  const decided: CaseEvent = {
    kind: 'release-decided',
    cite: '(a)',
    packet,
    data: { ...made.stamp, packet, jws, digest: made.digest, items: items.map((one) => ({ ...one })) },
  };
  const review: Events = [
    decided,
    ...items.map(({ item, outcome, content }) => ({
      kind: 'item-decided',
      cite: '(a)',
      item,
      ...taxpayerOf(state, item),
      packet,
      scope: itemScope(made.reference, item),
      data: { ...made.stamp, outcome, content, rules: rulesOf(made, item) },
    })),
  ];
  return { review, case: answeredEvents(evolveReview(state, decided)) };
};

/** Why an item stays: the rules not met, or not known to be. For the review only. */
const rulesOf = ({ decided }: Ready, item: string): readonly string[] => {
  const made = decided.decisions.find((one) => one.item === item)?.determination;
  return [...(made?.failed ?? []), ...(made?.missing ?? [])].map(({ id }) => id);
};
