import { type Problem, ProblemError } from '../../ground/problem.ts';
import type { Hop } from '../../rulebook/rule.ts';
import { type CaseEvent, type Situation, stamp } from '../acts/events.ts';
import type { Actor } from '../acts/people.ts';
import { whereItem } from '../acts/problems.ts';
import { taxpayerField } from './account.ts';
import type { ItemAnswer } from './answer.ts';
import { type Conditions, hopsOf } from './conditions.ts';
import { doorWords } from './criminal.ts';
import { bare } from './events.ts';
import type { Holding } from './holding.ts';
import { relied } from './papers-on-file.ts';
import type { Deed, Question, Recipient } from './question.ts';
import { refusalOf } from './stops.ts';

export interface ToDo {
  readonly state: Holding;
  readonly question: Question;
  readonly hop: Hop;
  readonly actor: Actor;
  readonly now: Situation;
}

const incomplete = (where: string, what: string, next: string): Problem => ({
  kind: 'not-in-order',
  what,
  where,
  next,
});

/** What the record must be able to say of the deed, (p)(4)(A): without it, nothing is done. */
const missing = ({ question, hop }: ToDo): readonly Problem[] => {
  const { proposal, do: deed, again, reason } = question;
  const { to } = proposal;
  if (deed === undefined) return [];
  const referral = hop.id === 'customs-to-justice';
  const lines: readonly (readonly [boolean, Problem])[] = [
    [
      hop.id === 'use-by-customs' && to === undefined && deed.workpaper === undefined,
      incomplete(
        'do.workpaper',
        'The use names no workpaper.',
        'Give the reference of the workpaper that documents it.',
      ),
    ],
    [
      hop.id === 'use-by-customs' &&
        to === undefined &&
        proposal.for.matter === 'the audit' &&
        deed.entries.length === 0,
      incomplete(
        'do.entries',
        'The use names no entry.',
        'Give the entry numbers whose correctness it ascertains or documents.',
      ),
    ],
    [
      to !== undefined && to.name === undefined,
      incomplete('proposal.to.name', 'The disclosure does not say to whom.', 'Name the recipient.'),
    ],
    [
      to !== undefined && !referral && deed.shown === undefined,
      incomplete(
        'do.shown',
        'The disclosure does not say what is shown.',
        'Say in words what is shown, without the value.',
      ),
    ],
    [
      referral && (deed.packet === undefined || deed.jws === undefined),
      incomplete(
        'do.packet',
        'A referral leaves in a signed packet.',
        'Make the packet first, and give it with the act.',
      ),
    ],
    [
      again && reason === undefined,
      incomplete('reason', 'The disclosure is made again without a reason.', 'Say why once more.'),
    ],
  ];
  return lines.filter(([wanted]) => wanted).map(([, problem]) => problem);
};

/** Why nothing is done; undefined where all of it may be. Names no person and no value. */
export const undone = (todo: ToDo, items: readonly ItemAnswer[]): ProblemError | undefined => {
  const stops = items.flatMap(({ item, stops: all }) =>
    all.map((stop) =>
      refusalOf(stop, item, `${stop.state === 'failed' ? 'Refused' : 'Not yet'}: ${stop.what} “${stop.law}”`),
    ),
  );
  const before = todo.question.again
    ? []
    : items.flatMap(({ item, before: one }): Problem[] =>
        one === undefined
          ? []
          : [
              {
                kind: 'not-in-order',
                what: `The same was done on ${one.on}, under the title “${one.title}”, and its record stands.`,
                where: whereItem(item),
                cite: todo.hop.cite,
                next: 'Nothing, if this is the same. To disclose it once more, say again: true, and why.',
              },
            ],
      );
  const [first, ...rest] = stops.length > 0 ? stops : before.length > 0 ? before : missing(todo);
  return first === undefined ? undefined : new ProblemError(first, ...rest);
};

const event = (
  { state, hop, actor, now }: ToDo,
  kind: string,
  item: string,
  body: Readonly<Record<string, unknown>>,
): CaseEvent => ({
  kind,
  cite: hop.cite,
  item,
  ...taxpayerField(state, item),
  ...(typeof body['packet'] === 'string' ? { packet: body['packet'] } : {}),
  data: { ...stamp(actor, now), ...bare(body) },
});

/** What whoever gets the item is held to: never more than what bound this office. */
export const conditionsOn = (
  state: Holding,
  item: string,
  hop: Hop,
  to: Recipient | undefined,
  packet?: string,
): Conditions | undefined => {
  const held = state.items.get(item);
  if (held === undefined) return undefined;
  const { audit, purpose, necessity } = held.conditions;
  return {
    audit,
    purpose,
    cite: hop.cite,
    holder: hop.id === 'customs-to-justice' ? 'Justice' : (to?.name ?? to?.is ?? 'not stated'),
    necessity: hop.necessity === 'none' ? necessity : hop.necessity,
    may: hop.id === 'customs-to-justice' ? [...hopsOf.Justice] : [],
    from: { office: state.office, packet: packet ?? held.received.packet },
  };
};

/** What is put into the recipient’s hands with the item. */
const noticeFor = ({ hop }: ToDo, audit: string): string =>
  `This is return information (26 USC 6103), shown to you under 26 CFR 301.6103(l)(14)-1${hop.cite} for the audit ${audit} and for nothing else. Do not pass it on; return it when you are asked to.`;

const disclosed = (todo: ToDo, item: string, deed: Deed, because: string): CaseEvent => {
  const { state, question, hop } = todo;
  const { to, papers } = question.proposal;
  const conditions = conditionsOn(state, item, hop, to, deed.packet);
  const common = {
    hop: hop.id,
    to,
    because,
    papers,
    conditions,
    ...(question.again ? { again: question.reason } : {}),
  };
  if (hop.id === 'customs-to-justice')
    return event(todo, 'item-referred', item, { ...common, packet: deed.packet, jws: deed.jws });
  const notice = to?.is === 'customs officer' ? undefined : noticeFor(todo, conditions?.audit ?? '');
  return event(todo, 'item-disclosed', item, { ...common, shown: deed.shown, notice });
};

const used = (todo: ToDo, item: string, deed: Deed, because: string): CaseEvent[] => {
  const { question, hop, state, now } = todo;
  const { criminal, to } = question.proposal;
  if (hop.id === 'criminal-use' && criminal?.toComply === true)
    return [event(todo, 'item-used-for-6103i', item, { hop: hop.id, because })];
  const done =
    to === undefined
      ? event(todo, 'item-used', item, {
          hop: hop.id,
          workpaper: deed.workpaper,
          entries: deed.entries,
          because,
        })
      : disclosed(todo, item, deed, because);
  const locked = state.items.get(item)?.locked !== undefined;
  const [door] = relied(state, question.proposal, item, now.day).door ?? [];
  if (!locked || hop.id !== 'criminal-use' || door === undefined) return [done];
  return [
    event(todo, 'item-unlocked', item, { paper: door, reason: 'The requirements of 6103(i) were met.' }),
    done,
  ];
};

/** What was asked to be done, for every item. Only where all of it is permitted. */
export const doneEvents = (todo: ToDo): readonly CaseEvent[] => {
  const { do: deed, findings, proposal } = todo.question;
  if (deed === undefined) return [];
  const because = (findings.find(({ finds }) => finds === 'use is necessary') ?? findings[0])?.reason;
  return proposal.items.flatMap((item) =>
    used(todo, item, deed, because ?? todo.question.reason ?? todo.hop.question),
  );
};

/**
 * An item asked for in a criminal matter that is not open to it locks, whoever asked and whether or not it was to be done:
 * from then on it is used for nothing until the lawful door has been gone through, or counsel finds that there is no
 * criminal use.
 */
export const lockEvents = (todo: ToDo, items: readonly ItemAnswer[]): readonly CaseEvent[] =>
  items
    .filter(({ item, verdict }) => {
      const held = todo.state.items.get(item);
      return (
        verdict !== 'permitted' && held !== undefined && held.locked === undefined && held.ended === undefined
      );
    })
    .map(({ item }) =>
      event(todo, 'item-locked', item, { door: doorWords(todo.question.proposal.criminal) }),
    );
