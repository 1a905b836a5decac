import { decideCase } from '../decide.ts';
import { hopOf } from '../../rulebook/rulebook.ts';
import type { CaseEvent, Situation } from '../acts/events.ts';
import { stamp } from '../acts/events.ts';
import type { Actor } from '../acts/people.ts';
import { notEntitled, shredded } from '../acts/problems.ts';
import type { Answer, ItemAnswer, Stop, Verdict } from './answer.ts';
import { toAttach, warningsOn } from './attach.ts';
import { askId, caseToAsk } from './case.ts';
import { doorWords } from './criminal.ts';
import { type ToDo, doneEvents, lockEvents, undone } from './deed.ts';
import { bare } from './events.ts';
import { taxpayerField } from './account.ts';
import type { Done, Holding } from './holding.ts';
import type { Question, Recipient } from './question.ts';
import { barsOn, barsOnActor, barsOnEntries } from './standing.ts';
import { stopsOf } from './stops.ts';

const verdictOf = (stops: readonly Stop[]): Verdict =>
  stops.some(({ state }) => state === 'failed') ? 'refused' : stops.length > 0 ? 'not yet' : 'permitted';

const worst = (verdicts: readonly Verdict[]): Verdict =>
  verdicts.includes('refused') ? 'refused' : verdicts.includes('not yet') ? 'not yet' : 'permitted';

const who = (to: Recipient | undefined): string =>
  JSON.stringify([to?.is, (to?.name ?? '').trim().toLowerCase()]);

/** The first time that the same item went to the same person in the same way. */
const sameBefore = (
  state: Holding,
  item: string,
  hop: string,
  to: Recipient | undefined,
): Done | undefined =>
  to === undefined
    ? undefined
    : state.items.get(item)?.done.find((one) => one.hop === hop && who(one.to) === who(to));

/** Of a question about several items, which may be of several taxpayers: each has its own entry, and so stands in its account. */
const aboutOf = ({ state, actor, now }: ToDo, { item, verdict, stops }: ItemAnswer): CaseEvent => ({
  kind: 'item-asked-about',
  cite: stops[0]?.cite ?? '',
  item,
  ...taxpayerField(state, item),
  data: { ...stamp(actor, now), verdict },
});

/**
 * May I? Who, what, to whom, in what capacity, for what: decided by the rulebook on what is on record, and by the states
 * of the item (locked, recalled, ended, flagged). The question is recorded whatever the answer; what was to be done is done
 * for every item asked for, or for none. Throws only where nothing can be asked: another office’s officer, or a case whose
 * record was made unreadable. Pure.
 */
export const mayI = (state: Holding, question: Question, actor: Actor, now: Situation): Answer => {
  if (actor.office !== state.office)
    throw notEntitled({
      what: `Only officers of ${state.office} ask of what ${state.office} holds.`,
      where: actor.title,
      cite: '(j)',
      next: 'Ask in your own office, of what it holds.',
    });
  if (state.shredded) throw shredded();
  const { proposal } = question;
  const decided = decideCase(caseToAsk(state, question, actor, now), now.catalogue);
  const everywhere = [
    ...barsOnActor(actor, now.day, question.do !== undefined),
    ...barsOnEntries(state, question.do),
  ];
  const asked = { state, to: proposal.to, actor, day: now.day };
  const items = proposal.items.map((item): ItemAnswer & { readonly hop: string } => {
    const decision = decided.decisions.find((one) => one.proposal === askId(item));
    if (decision === undefined) throw new TypeError('every item asked for has its own proposal');
    const hop = decision.determination.hop.id;
    const stops = [...barsOn(state, item, hop), ...everywhere, ...stopsOf(decision, asked)];
    const before = sameBefore(state, item, hop, proposal.to);
    return {
      item,
      hop,
      verdict: verdictOf(stops),
      stops,
      ask: decision.ask.map(({ question: words, ask: whom, hopedFor }) => ({
        question: words,
        whom,
        hopedFor,
      })),
      ...(before === undefined ? {} : { before: { on: before.on, title: before.by.title } }),
    };
  });
  const [first] = items;
  if (first === undefined) throw new TypeError('a question is about an item');
  const hop = hopOf(first.hop);
  const verdict = worst(items.map((one) => one.verdict));
  const todo: ToDo = { state, question, hop, actor, now };
  const refused = question.do === undefined ? undefined : undone(todo, items);
  const stops = items.flatMap((one) => one.stops);
  const told: CaseEvent = {
    kind: 'may-i-answered',
    cite: stops.find((one) => one.state === 'failed')?.cite ?? stops[0]?.cite ?? hop.cite,
    ...(items.length === 1 ? { item: first.item, ...taxpayerField(state, first.item) } : {}),
    data: {
      ...stamp(actor, now),
      ...bare({
        verdict,
        hop: hop.id,
        items: items.map((one) => ({
          item: one.item,
          verdict: one.verdict,
          rules: one.stops.map(({ id }) => id),
        })),
        proposal,
        rules: [...new Set(stops.map(({ id }) => id))],
        ask: [...new Set(items.flatMap((one) => one.ask.map(({ whom }) => whom)))],
        rulebook: decided.rulebook,
        edition: decided.editions['l-14']?.id,
        do: question.do !== undefined,
        findings: question.findings,
        deed: question.do,
        again: question.again ? question.reason : undefined,
      }),
    },
  };
  const criminal = hop.id === 'criminal-use';
  const { id, cite, title, question: sentence, necessity } = hop;
  return {
    verdict,
    hop: { id, cite, title, question: sentence, necessity },
    items: items.map(({ hop: _, ...one }) => one),
    attach: verdict === 'permitted' ? [] : toAttach(state, question, id, now.day),
    warnings: warningsOn(state, question, id, actor, now.day),
    must: hop.obligations,
    ...(criminal ? { door: doorWords(proposal.criminal) } : {}),
    events: [
      told,
      ...(items.length > 1 ? items.map((one) => aboutOf(todo, one)) : []),
      ...(criminal ? lockEvents(todo, items) : []),
      ...(question.do !== undefined && refused === undefined ? doneEvents(todo) : []),
    ],
    ...(refused === undefined ? {} : { refused }),
  };
};
