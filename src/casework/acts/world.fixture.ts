import { readFileSync } from 'node:fs';
import { type Operation, applyPatch } from 'rfc6902';
import { parse } from 'yaml';
import { canonicalJson } from '../../ground/canonical.ts';
import { type Day, readDay } from '../../ground/dates.ts';
import { sha256 } from '../../ground/digest.ts';
import { openCatalogue } from '../../returns/catalogue/open.ts';
import { type Act, type CustomsAct, type PeopleAct, readAct } from './act.ts';
import { type AnswerBody, answerBody } from './answer.ts';
import type { CheckFinding } from './check.ts';
import { checkRequest, decideCustoms, foldCustoms, requestBody, withdrawalBody } from './customs.ts';
import type { CaseEvent, Situation } from './events.ts';
import { decideIrs, foldIrs, readyToRelease, releaseEvents } from './irs.ts';
import { decidePeople, founder } from './people-acts.ts';
import { type Actor, type People, actorOn, foldPeople } from './people.ts';
import { draftSchema } from './request.ts';

/*
 * Two fictional offices without database, keys or clock: what the office floor does around the acts, by hand. Steps are
 * data; packets are the digests of their bodies.
 */

export const CASE = 'CBP-1';
const catalogue = openCatalogue();

export interface World {
  readonly people: { readonly Customs: readonly CaseEvent[]; readonly IRS: readonly CaseEvent[] };
  readonly customs: readonly CaseEvent[];
  readonly irs: readonly CaseEvent[];
  readonly review: readonly CaseEvent[];
  readonly answer: AnswerBody | undefined;
}

export const emptyWorld: World = {
  people: { Customs: [], IRS: [] },
  customs: [],
  irs: [],
  review: [],
  answer: undefined,
};

export interface Step {
  readonly by: string;
  readonly title?: string;
  readonly on: string;
  readonly act: string;
  /** JSON Patch: on the shared draft for `draft` and `check`, on the packet’s body for `receive …`. */
  readonly change?: readonly Operation[];
  readonly [field: string]: unknown;
}

export interface Stepped {
  readonly world: World;
  readonly events: readonly { readonly stream: string; readonly event: CaseEvent }[];
  readonly findings: readonly CheckFinding[];
}

const base = parse(readFileSync(new URL('scenarios/base.yaml', import.meta.url), 'utf8')) as {
  days: Record<string, string>;
  document: unknown;
  cast: readonly Step[];
  stages: Record<string, { after?: string; steps: readonly Step[] }>;
};

/** A body as it would come out of a packet, changed where the scenario says so. */
const changed = (value: unknown, change: readonly Operation[] = []): unknown => {
  const copy = JSON.parse(JSON.stringify(value)) as unknown;
  const faults = applyPatch(copy, [...change]).filter((fault) => fault !== null);
  if (faults.length > 0) throw new Error('the change does not fit');
  return copy;
};

export const dayOn = (on: string, days: Readonly<Record<string, string>> = {}): Day => {
  const found = readDay(days[on] ?? base.days[on] ?? on);
  if (found === undefined) throw new Error(`no such day: ${on}`);
  return found;
};

const peopleOf = (world: World, office: 'Customs' | 'IRS'): People => foldPeople(world.people[office]);

export const officeOf = (world: World, id: string): 'Customs' | 'IRS' =>
  peopleOf(world, 'IRS').has(id) ? 'IRS' : 'Customs';

export const contentId = (n: number) => `01890000-0000-7000-8000-${String(n).padStart(12, '0')}`;

const digest = (body: unknown) => sha256(canonicalJson(body));

const packetOf = (body: unknown, step: Step) => ({
  packet: typeof step['packet'] === 'string' ? sha256(step['packet']) : digest(body),
  jws: 'signed',
});

/** The fields of the act as the door would give them. */
const inputOf = (world: World, step: Step): Record<string, unknown> => {
  const { by: _by, title, on: _on, change, packet: named, quietly, missing: _missing, ...rest } = step;
  const reference = { case: CASE, ...rest };
  const customs = foldCustoms(world.customs);
  switch (step.act) {
    case 'add person':
    case 'open directory':
    case 'give title':
    case 'end title':
      return { ...rest, ...(title === undefined ? {} : { title }) };
    case 'draft':
      return { ...reference, document: changed(base.document, change) };
    case 'send':
      return { ...reference, ...packetOf(customs.signed === undefined ? step : requestBody(customs), step) };
    case 'withdraw': {
      const told = named !== undefined || (customs.sent !== undefined && quietly !== true);
      return { ...reference, ...(told ? packetOf(step, step) : {}) };
    }
    case 'receive request': {
      const body = changed(requestBody(customs), change);
      return { ...reference, ...packetOf(body, step), body };
    }
    case 'receive withdrawal': {
      const body = changed(
        withdrawalBody(customs, customs.withdrawn?.reason ?? '', { day: dayOn('after') }),
        change,
      );
      return { ...reference, ...packetOf(body, step), body };
    }
    case 'receive answer': {
      const body = changed(step['body'] ?? world.answer, change) as AnswerBody;
      const disclosed = body.items.filter(({ outcome }) => outcome === 'disclosed').map(({ id }) => id);
      const contents = Object.fromEntries(disclosed.map((id, n) => [id, contentId(n)]));
      const { packet } = packetOf(body, step);
      return { ...reference, packet, head: 'head', body, contents: step['contents'] ?? contents };
    }
    default:
      return reference;
  }
};

const released = (world: World, actor: Actor, now: Situation, step: Step) => {
  const missing = (step['missing'] ?? []) as readonly string[];
  const made = readyToRelease(foldIrs(world.irs, world.review), actor, now);
  const found = made.outcomes.filter(
    ({ item, outcome }) => outcome === 'disclosed' && !missing.includes(item),
  );
  const body = answerBody(made, Object.fromEntries(found.map(({ item }) => [item, [{ value: '1200' }]])));
  const contents = Object.fromEntries(found.map(({ item }, n) => [item, contentId(n)]));
  return { body, events: releaseEvents(made, { packet: digest(body), jws: 'signed', body, contents }) };
};

const isPeopleAct = (act: Act): act is PeopleAct =>
  ['open directory', 'add person', 'give title', 'end title'].includes(act.act);
const isCustomsAct = (act: Act): act is CustomsAct =>
  ['draft', 'sign', 'send', 'withdraw', 'receive answer', 'open'].includes(act.act);

/** Takes one step, or throws the ProblemError. The title is the one acted under; for acts on the directory, the act’s own. */
export const take = (world: World, step: Step, days?: Readonly<Record<string, string>>): Stepped => {
  const day = dayOn(step.on, days);
  const now: Situation = { day, at: 1_770_000_000, catalogue };
  const into = (key: 'customs' | 'irs' | 'review', events: readonly CaseEvent[]) =>
    events.map((event) => ({ stream: key, event }));
  if (step.act === 'check') {
    const draft = draftSchema.parse(changed(base.document, step.change));
    return { world, events: [], findings: checkRequest(draft, catalogue, day) };
  }
  const act = readAct(inputOf(world, step));
  if (isPeopleAct(act)) {
    const office = act.act === 'open directory' && act.office === 'IRS' ? 'IRS' : officeOf(world, step.by);
    const people = peopleOf(world, office);
    const actor = act.act === 'open directory' ? founder(act) : actorOn(people, step.by, undefined, day);
    const events = decidePeople(people, act, actor, now);
    const grown = { ...world.people, [office]: [...world.people[office], ...events] };
    return {
      world: { ...world, people: grown },
      events: events.map((event) => ({ stream: 'people', event })),
      findings: [],
    };
  }
  const actor = actorOn(peopleOf(world, officeOf(world, step.by)), step.by, step.title, day);
  if (act.act === 'release') {
    const { body, events } = released(world, actor, now, step);
    return {
      world: {
        ...world,
        answer: body,
        review: [...world.review, ...events.review],
        irs: [...world.irs, ...events.case],
      },
      events: [...into('review', events.review), ...into('irs', events.case)],
      findings: [],
    };
  }
  if (isCustomsAct(act)) {
    const events = decideCustoms(foldCustoms(world.customs), act, actor, now);
    return {
      world: { ...world, customs: [...world.customs, ...events] },
      events: into('customs', events),
      findings: [],
    };
  }
  const events = decideIrs(
    foldIrs(world.irs, world.review),
    act as Parameters<typeof decideIrs>[1],
    actor,
    now,
  );
  return {
    world: {
      ...world,
      review: [...world.review, ...events.review],
      irs: [...world.irs, ...events.case],
    },
    events: [...into('review', events.review), ...into('irs', events.case)],
    findings: [],
  };
};

export const takeAll = (
  world: World,
  steps: readonly Step[],
  days?: Readonly<Record<string, string>>,
): World => steps.reduce((now, step) => take(now, step, days).world, world);

const stages = new Map<string, World>();

/** The world at a stage of `base.yaml`: what everyone has done by then, if nothing special happens. */
export const worldAt = (stage: string, days?: Readonly<Record<string, string>>): World => {
  const key = JSON.stringify([stage, days]);
  const world = stages.get(key) ?? madeAt(stage, days);
  stages.set(key, world);
  return world;
};

const madeAt = (stage: string, days?: Readonly<Record<string, string>>): World => {
  if (stage === 'nobody') return emptyWorld;
  if (stage === 'nothing') return takeAll(emptyWorld, base.cast, days);
  const found = base.stages[stage];
  if (found === undefined) throw new Error(`no such stage: ${stage}`);
  return takeAll(worldAt(found.after ?? 'nothing', days), found.steps, days);
};
