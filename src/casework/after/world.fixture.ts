import { readFileSync } from 'node:fs';
import { type Operation, applyPatch } from 'rfc6902';
import { parse } from 'yaml';
import { canonicalJson } from '../../ground/canonical.ts';
import { type Day, readDay } from '../../ground/dates.ts';
import { sha256 } from '../../ground/digest.ts';
import { openCatalogue } from '../../returns/catalogue/open.ts';
import { type AfterAct, type PeopleAct, readAct } from '../acts/act.ts';
import type { CaseEvent } from '../acts/events.ts';
import { foldIrs } from '../acts/irs.ts';
import { decidePeople, founder } from '../acts/people-acts.ts';
import { actorOn, foldPeople } from '../acts/people.ts';
import * as before from '../acts/world.fixture.ts';
import type { Outcome } from './answer.ts';
import type { Holder } from './conditions.ts';
import { type AfterSituation, decideAfter } from './decide.ts';
import { foldHolding } from './evolve.ts';
import type { Holding } from './holding.ts';
import { receiveAnswerByIrs, recallByIrs } from './irs-recall.ts';
import type { RecallAnswerBody, RecallBody, ReferralBody } from './letters.ts';
import type { Question } from './question.ts';
import { forwardBody, recallBody, recallToJustice } from './recall.ts';
import { recallAnswerBody } from './recall-answer.ts';
import { referralBody } from './referral.ts';

/*
 * Three fictional offices after the release, without database, keys or clock: what the office floor does around the acts,
 * by hand. A packet is its body, and lies in the mail until it is received.
 */

export const CASE = before.CASE;
export const RECALL = '01890000-0000-7000-8000-00000000aaaa';
const catalogue = openCatalogue();

export interface Mail {
  readonly referral?: ReferralBody;
  readonly recallToCustoms?: RecallBody;
  readonly recallToJustice?: RecallBody;
  readonly answerToCustoms?: RecallAnswerBody;
  readonly answerToIrs?: RecallAnswerBody;
}

export interface World {
  /** People, and the streams of Customs and the IRS. */
  readonly base: before.World;
  readonly justicePeople: readonly CaseEvent[];
  readonly justice: readonly CaseEvent[];
  readonly mail: Mail;
}

export interface Step {
  readonly by: string;
  readonly title?: string;
  readonly on: string;
  readonly act?: string;
  /** A question of base.yaml, or a paper to file. */
  readonly ask?: string;
  readonly file?: string;
  readonly change?: readonly Operation[];
  readonly elsewhere?: number;
  readonly [field: string]: unknown;
}

export interface Stepped {
  readonly world: World;
  readonly office: 'IRS' | Holder;
  readonly outcome: Outcome;
}

export const base = parse(readFileSync(new URL('scenarios/base.yaml', import.meta.url), 'utf8')) as {
  days: Record<string, string>;
  cast: readonly Step[];
  questions: Record<string, Record<string, unknown>>;
  papers: Record<string, Record<string, unknown>>;
  stages: Record<string, { after?: string; steps: readonly Step[] }>;
};

export const changed = <T>(value: T, change: readonly Operation[] = []): T => {
  if (value === undefined) throw new Error('the change does not fit: nothing is in the mail');
  const copy = JSON.parse(JSON.stringify(value)) as T;
  if (applyPatch(copy, [...change]).some((fault) => fault !== null))
    throw new Error('the change does not fit');
  return copy;
};

export const dayOn = (on: string): Day => {
  const found = readDay(base.days[on] ?? on);
  if (found === undefined) throw new Error(`no such day: ${on}`);
  return found;
};

export const digest = (body: unknown): string => sha256(canonicalJson(body));

const officeOf = (world: World, id: string): 'IRS' | Holder =>
  foldPeople(world.justicePeople).has(id) ? 'Justice' : before.officeOf(world.base, id);

const peopleIn = (world: World, office: 'IRS' | Holder) =>
  foldPeople(office === 'Justice' ? world.justicePeople : world.base.people[office]);

export const holdingOf = (world: World, office: Holder): Holding =>
  foldHolding(office, office === 'Justice' ? world.justice : world.base.customs);

export const situation = (on: string, elsewhere?: number): AfterSituation => {
  const day = dayOn(on);
  const at = Math.floor(Date.parse(`${day}T17:00:00Z`) / 1000);
  return { day, at, catalogue, ...(elsewhere === undefined ? {} : { elsewhere }) };
};

export const actorIn = (world: World, { by, title, on }: Pick<Step, 'by' | 'title' | 'on'>) =>
  actorOn(peopleIn(world, officeOf(world, by)), by, title, dayOn(on));

/** An act as the door would give it; what an office knows by itself is filled in. */
const inputOf = (world: World, office: 'IRS' | Holder, step: Step): Record<string, unknown> => {
  const {
    by: _by,
    title: _title,
    on: _on,
    ask,
    file,
    change,
    elsewhere: _elsewhere,
    corrects: _corrects,
    ...rest
  } = step;
  const { mail } = world;
  const day = dayOn(step.on);
  const packetOf = (body: unknown) => ({ packet: digest(body), jws: 'jws' });
  const toReceive = (body: unknown) => {
    const came = changed(body, change);
    return { case: CASE, packet: digest(came), jws: 'jws-in', body: came, ...rest };
  };
  if (ask !== undefined) {
    const asked = changed({ act: 'may i', case: CASE, ...base.questions[ask] }, change) as Record<
      string,
      unknown
    >;
    const deed = asked['do'] as Record<string, unknown> | undefined;
    return ask === 'refer' && deed !== undefined && rest['bare'] !== true
      ? { ...asked, do: { ...deed, ...packetOf(step) } }
      : asked;
  }
  if (file !== undefined)
    return changed({ act: 'file paper', case: CASE, paper: file, ...base.papers[file] }, change);
  const items = (rest['items'] ?? []) as string[];
  switch (step.act ?? '') {
    case 'receive referral': {
      const body = changed(mail.referral, change);
      const contents = Object.fromEntries(
        (body?.items ?? []).map(({ id }, n) => [id, before.contentId(50 + n)]),
      );
      return { case: CASE, packet: digest(body), jws: 'jws-in', body, contents, ...rest };
    }
    case 'recall': {
      const told =
        office === 'IRS' || (office === 'Customs' && items.some((item) => isReferred(world, item)));
      return {
        case: CASE,
        recall: RECALL,
        reason: 'Disclosed in error.',
        ...(told ? packetOf(step) : {}),
        ...rest,
      };
    }
    case 'receive recall':
      return toReceive(rest['body'] ?? (office === 'Customs' ? mail.recallToCustoms : mail.recallToJustice));
    case 'forward recall':
      return { case: CASE, recall: RECALL, ...packetOf(step), ...rest };
    case 'answer recall':
      return { case: CASE, recall: RECALL, item: 'purchases', ...rest };
    case 'receive recall answer':
      return toReceive(
        rest['body'] ??
          (office === 'IRS'
            ? (mail.answerToIrs ?? recallAnswerBody(holdingOf(world, 'Customs'), RECALL, day))
            : (mail.answerToCustoms ?? recallAnswerBody(holdingOf(world, 'Justice'), RECALL, day))),
      );
    case 'report incident':
      return rest;
    default:
      return { case: CASE, ...rest };
  }
};

const isReferred = (world: World, item: string): boolean =>
  holdingOf(world, 'Customs')
    .items.get(item)
    ?.done.some(({ kind }) => kind === 'referred') ?? false;

/** What goes into the mail with the act. */
const posted = (was: World, act: AfterAct, office: 'IRS' | Holder, step: Step): Mail => {
  const { mail } = was;
  const now = situation(step.on);
  if (act.act === 'may i' && office === 'Customs' && act.do?.packet !== undefined) {
    const contents = Object.fromEntries(act.proposal.items.map((item) => [item, [{ value: '1200' }]]));
    const question: Question = act;
    return {
      ...mail,
      referral: referralBody(holdingOf(was, 'Customs'), question, actorIn(was, step), now, contents),
    };
  }
  if (act.act === 'recall' && office === 'IRS')
    return { ...mail, recallToCustoms: recallBody(act, 'IRS', now.day) };
  if (act.act === 'recall' && office === 'Customs')
    return { ...mail, recallToJustice: recallToJustice(holdingOf(was, 'Customs'), act, now.day) };
  if (act.act === 'forward recall')
    return { ...mail, recallToJustice: forwardBody(holdingOf(was, 'Customs'), act.recall, now.day) };
  return mail;
};

const peopleKinds = ['open directory', 'add person', 'give title', 'end title'];

const takePeople = (world: World, step: Step): Stepped | undefined => {
  const { by, on, title, ...rest } = step;
  const office = rest['office'] === 'Justice' ? 'Justice' : officeOf(world, by);
  if (office !== 'Justice') {
    const { world: grown, events } = before.take(world.base, { ...(step as before.Step), on: dayOn(on) });
    return {
      world: { ...world, base: grown },
      office,
      outcome: { events: events.map(({ event }) => event) as unknown as Outcome['events'], warnings: [] },
    };
  }
  const act = readAct({ ...rest, ...(title === undefined ? {} : { title }) }) as PeopleAct;
  const people = foldPeople(world.justicePeople);
  const actor = act.act === 'open directory' ? founder(act) : actorOn(people, by, undefined, dayOn(on));
  const events = decidePeople(people, act, actor, situation(on));
  return {
    world: { ...world, justicePeople: [...world.justicePeople, ...events] },
    office,
    outcome: { events: events, warnings: [] },
  };
};

/** Takes one step, or throws the ProblemError. A question that is refused is taken: it is on record. */
export const take = (world: World, step: Step): Stepped => {
  const office = officeOf(world, step.by);
  if (step.act !== undefined && peopleKinds.includes(step.act)) {
    const taken = takePeople(world, step);
    if (taken !== undefined) return taken;
  }
  if (office !== 'Justice' && (step.act === 'open' || step.act === 'withdraw')) {
    const { world: grown, events } = before.take(world.base, {
      ...(step as before.Step),
      on: dayOn(step.on),
    });
    return {
      world: { ...world, base: grown },
      office,
      outcome: { events: events.map(({ event }) => event) as unknown as Outcome['events'], warnings: [] },
    };
  }
  const act = readAct(inputOf(world, office, step)) as AfterAct;
  const actor = actorIn(world, step);
  const now: AfterSituation = {
    ...situation(step.on, step.elsewhere),
    ...(step['corrects'] === undefined ? {} : { corrects: step['corrects'] as { kind: string } }),
  };
  if (office === 'IRS') {
    const state = foldIrs(world.base.irs, world.base.review);
    const events =
      act.act === 'recall'
        ? recallByIrs(state, act, actor, now)
        : receiveAnswerByIrs(state, act as Extract<AfterAct, { act: 'receive recall answer' }>, actor, now);
    const grown = { ...world.base, irs: [...world.base.irs, ...events] };
    return {
      world: { ...world, base: grown, mail: posted(world, act, office, step) },
      office,
      outcome: { events, warnings: [] },
    };
  }
  const outcome = decideAfter(holdingOf(world, office), act, actor, now);
  const mail = outcome.refused === undefined ? posted(world, act, office, step) : world.mail;
  const grown =
    office === 'Justice'
      ? { ...world, justice: [...world.justice, ...outcome.events] }
      : { ...world, base: { ...world.base, customs: [...world.base.customs, ...outcome.events] } };
  return { world: { ...grown, mail }, office, outcome };
};

export const takeAll = (world: World, steps: readonly Step[]): World =>
  steps.reduce((now, step) => take(now, step).world, world);

const stages = new Map<string, World>();

const madeAt = (stage: string): World => {
  if (stage === 'answered')
    return takeAll({ base: before.worldAt('answered'), justicePeople: [], justice: [], mail: {} }, base.cast);
  const found = base.stages[stage];
  if (found === undefined) throw new Error(`no such stage: ${stage}`);
  return takeAll(worldAt(found.after ?? 'answered'), found.steps);
};

/** The world at a stage of `base.yaml`: what everyone has done by then, if nothing special happens. */
export const worldAt = (stage: string): World => {
  const world = stages.get(stage) ?? madeAt(stage);
  stages.set(stage, world);
  return world;
};
