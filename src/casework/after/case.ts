import { type Situation } from '../acts/events.ts';
import { type Actor, inForce } from '../acts/people.ts';
import { caseOf } from '../acts/request.ts';
import type { Case, Finding, FindingName, Item, Proposal } from '../schema.ts';
import type { Engagement, Holding, Paper } from './holding.ts';
import { type Relied, relied } from './papers-on-file.ts';
import type { Question } from './question.ts';

/** The case file as the rules read it, made from what is on record: no second set of rules, and no second way to ask. */

export const askId = (item: string): string => `ask/${item}`;

/** In force on the day; else the last one, so that the answer can say when it ended. By the directory’s id, never by name. */
export const engagementOf = (
  state: Holding,
  { id }: Actor,
  day: Situation['day'],
): Engagement | undefined => {
  const lines = state.engaged.filter(({ person }) => person === id);
  return lines.find((one) => inForce(one, day)) ?? lines.at(-1);
};

/** Nothing given, nothing permitted: a release with its packet, and to Justice what Customs had by then, (g). */
const releasesOf = (state: Holding, item: string): Case['releases'] => {
  const held = state.items.get(item);
  if (held === undefined) return [];
  const { on, packet } = held.received;
  const own = { items: [item], to: state.office, on, receipt: packet };
  if (state.office === 'Customs') return [own];
  const given = held.chain.find(({ kind, to }) => kind === 'answer' && to === 'Customs');
  return given === undefined
    ? [own]
    : [{ items: [item], to: 'Customs', on: given.on, receipt: given.packet }, own];
};

const signedBy = (
  paper: Paper | undefined,
  item: string,
  finds: FindingName,
  answer: boolean,
  counsel: boolean,
): Finding[] =>
  paper?.signed === undefined
    ? []
    : [
        {
          finds,
          of: [askId(item)],
          answer,
          by: paper.signed,
          counsel,
          on: paper.from,
          reason: paper.document,
        },
      ];

/** What papers find, signed by those who signed them. */
const findingsOfPapers = (papers: Relied, item: string): Finding[] => [
  ...signedBy(papers.memorandum, item, 'cannot otherwise be accomplished', true, false),
  ...signedBy(papers.door?.[1], item, '6103(i) requirements met', true, false),
  ...signedBy(papers.i6, item, '6103(i)(6)', false, false),
  ...papers.opinions.flatMap((one) =>
    one.finds === undefined || one.finds === 'no criminal use'
      ? []
      : signedBy(one, item, one.finds, true, true),
  ),
];

/** That it cannot otherwise be accomplished, a memorandum says, signed by an attorney; who merely asks can only deny it. */
const findingsAsked = (question: Question, item: string, actor: Actor, { day }: Situation): Finding[] => {
  const { name, title, office } = actor;
  return question.findings
    .filter(({ finds, answer }) => finds !== 'cannot otherwise be accomplished' || !answer)
    .map((one) => ({
      ...one,
      counsel: one.counsel && actor.duties.includes('counsel'),
      of: [askId(item)],
      by: { name, title, office },
      on: day,
    }));
};

const proposalFor = (
  state: Holding,
  question: Question,
  item: string,
  papers: Relied,
  actor: Actor,
  { day }: Situation,
): Proposal => {
  const { to, papers: _, criminal, items: _all, ...asked } = question.proposal;
  const { authority, safeguards, door } = papers;
  const engagement = state.office === 'Justice' ? engagementOf(state, actor, day) : undefined;
  return {
    ...asked,
    id: askId(item),
    holder: state.office,
    items: [item],
    on: day,
    by: { name: actor.name, title: actor.title, office: actor.office },
    ...(engagement === undefined ? {} : { engagement }),
    ...(to === undefined
      ? {}
      : {
          to: {
            ...to,
            ...(authority === undefined ? {} : { authority, attorney: authority.attorney }),
            ...(safeguards === undefined ? {} : { safeguards: safeguards.from }),
          },
        }),
    ...(criminal === undefined
      ? {}
      : {
          criminal: {
            ...criminal,
            door:
              door === undefined
                ? 'none'
                : door[1].kind === '6103(i) order'
                  ? '(i)(1) order'
                  : '(i)(2) request',
            agencies: door?.[1].agencies ?? [],
          },
        }),
  };
};

/** The case to decide: one proposal for each item, for papers and conditions are each item’s own. */
export const caseToAsk = (state: Holding, question: Question, actor: Actor, now: Situation): Case => {
  const { day } = now;
  const asked = question.proposal.items;
  const whole = state.matter === undefined ? nothing(day) : caseOf(state.matter, { day });
  // An item that the request never named was never given: the rules say so, and the question is on record.
  const itemOf = (id: string): Item => whole.items.find((one) => one.id === id) ?? { id, purposes: [] };
  const ways = asked.map((item) => ({ item, papers: relied(state, question.proposal, item, day) }));
  return {
    ...whole,
    items: asked.map(itemOf),
    releases: asked.flatMap((item) => releasesOf(state, item)),
    findings: ways.flatMap(({ item, papers }) => [
      // Where the two say otherwise, the last one counts: a paper does not silence whoever asks and finds against it.
      ...findingsOfPapers(papers, item),
      ...findingsAsked(question, item, actor, now),
    ]),
    proposals: ways.map(({ item, papers }) => proposalFor(state, question, item, papers, actor, now)),
  };
};

/** A holder that has received nothing has no case, and holds nothing. */
const nothing = (day: Situation['day']): Case => ({
  waybill: 'case/1',
  title: 'nothing received',
  fictional: false,
  decideOn: day,
  taxpayers: [],
  records: [],
  items: [],
  findings: [],
  releases: [],
  proposals: [],
  neighbours: [],
});
