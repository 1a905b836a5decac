import { canonicalJson } from '../../ground/canonical.ts';
import type { Day } from '../../ground/dates.ts';
import type { Catalogue } from '../../returns/catalogue/catalogue.ts';
import { nameOf } from '../items.ts';
import { type CheckFinding, blocking, checkRequest } from './check.ts';
import type { CustomsState } from './customs-state.ts';
import { type OpenDraft, wholeOf } from './request.ts';
import { type TaskId, ruleOf, rulesOfTask, taskOf } from './work-placing.ts';

export { type TaskId, taskOf } from './work-placing.ts';

export type TaskState = 'not started' | 'incomplete' | 'complete' | 'cannot start yet';

/** One step of a request, or one taxpayer or item of it. */
export interface Task {
  readonly id: TaskId;
  /** For a person: “The audit”, a taxpayer’s name, “Form 1125-A, line 2 (Purchases)”. */
  readonly title: string;
  readonly cite: string;
  /** The law’s exact words behind the task. */
  readonly law: readonly { readonly rule: string; readonly cite: string; readonly words: string }[];
  readonly state: TaskState;
  /** What the check still says that is cured here; what refuses nothing is among it. */
  readonly findings: readonly CheckFinding[];
  /** A sub-task for each taxpayer, and for each item. */
  readonly parts: readonly Task[];
}

type Name = keyof typeof rulesOfTask;

const law = (name: Name) =>
  rulesOfTask[name].map((id) => {
    const { cite, law: words } = ruleOf(id);
    return { rule: id, cite, words };
  });

/** Of a taxpayer whose every item says the same, it is said once. */
const once = (findings: readonly CheckFinding[]): readonly CheckFinding[] =>
  findings.filter(
    ({ what, law: words }, n) => findings.findIndex((one) => one.what === what && one.law === words) === n,
  );

const isEmpty = (group: object | undefined): boolean =>
  Object.values(group ?? {}).every(
    (value) => value === undefined || (Array.isArray(value) && value.length === 0),
  );

const stateOf = (begun: boolean, whole: boolean, findings: readonly CheckFinding[]): TaskState =>
  !begun ? 'not started' : whole && blocking(findings).length === 0 ? 'complete' : 'incomplete';

/** What a task of several parts has come to. */
const together = (parts: readonly Task[], findings: readonly CheckFinding[]): TaskState =>
  stateOf(
    parts.length > 0,
    parts.every(({ state }) => state === 'complete'),
    findings,
  );

type Placed = (id: TaskId) => readonly CheckFinding[];

const taxpayerTask = ({ id, name, certified, ...rest }: OpenDraft['taxpayers'][number], at: Placed): Task => {
  const findings = once(at(`taxpayers/${id}`));
  return {
    id: `taxpayers/${id}`,
    title: name ?? 'A taxpayer not named yet',
    cite: '(b)(2)',
    law: law('taxpayers'),
    state: stateOf(
      !isEmpty({ name, certified, ...rest }),
      name !== undefined && certified !== undefined,
      findings,
    ),
    findings,
    parts: [],
  };
};

const itemTask = (
  { id, ...said }: OpenDraft['items'][number],
  title: string,
  begun: boolean,
  at: Placed,
): Task => {
  const findings = at(`items/${id}`);
  return {
    id: `items/${id}`,
    title,
    cite: '(b)(1)',
    law: law('items'),
    state: stateOf(begun, said.taxpayer !== undefined, findings),
    findings,
    parts: [],
  };
};

const titleOf = (catalogue: Catalogue, item: OpenDraft['items'][number]): string => {
  if (item.form === undefined && item.path === undefined) return 'An item not named yet';
  const { period: _period, ...rest } = item;
  const { form, line, caption } = nameOf(catalogue, rest);
  return `Form ${form}${line === '' ? '' : `, line ${line}`} (${caption})`;
};

/** Whether the text typed is the text that was signed: a signature is under nothing else. */
const isSigned = (draft: OpenDraft, { draft: saved, signed }: CustomsState): boolean =>
  signed !== undefined && saved !== undefined && canonicalJson(saved) === canonicalJson(draft);

/**
 * The steps of a request in the order in which the law names what is in it, each with what is still missing there. The
 * draft may be the one saved or one just typed. A request whose steps up to the check are complete can be signed.
 */
export const tasksOf = (
  draft: OpenDraft,
  catalogue: Catalogue,
  day: Day,
  state: CustomsState,
): readonly Task[] => {
  const all = checkRequest(draft, catalogue, day);
  const placed = Map.groupBy(all, (one) => taskOf(one, draft));
  const at: Placed = (id) => placed.get(id) ?? [];
  const stops = blocking(all).length > 0;
  const step = (
    id: Name,
    title: string,
    cite: string,
    now: TaskState,
    more: Partial<Pick<Task, 'findings' | 'parts'>> = {},
  ): Task => ({ id, title, cite, law: law(id), state: now, findings: once(at(id)), parts: [], ...more });

  const { audit } = draft;
  const auditWhole = wholeOf(draft).audit !== undefined;
  const taxpayers = draft.taxpayers.map((one) => taxpayerTask(one, at));
  const items = draft.items.map((one) =>
    itemTask(one, titleOf(catalogue, one), !isEmpty({ ...one, id: undefined, taxpayer: undefined }), at),
  );
  const written: readonly Task[] = [
    step('audit', 'The audit', '(b)', stateOf(!isEmpty(audit), auditWhole, at('audit'))),
    step(
      'titles',
      'The titles of who may receive',
      '(b)(4)',
      stateOf(draft.request.titles.length > 0, true, at('titles')),
    ),
    step(
      'taxpayers',
      'The taxpayers, and what is certified of each',
      '(b)(2)',
      together(taxpayers, at('taxpayers')),
      { parts: taxpayers },
    ),
    step('items', 'The items, with period, purpose and necessity', '(b)(1)', together(items, at('items')), {
      parts: items,
    }),
  ];
  const begun = written.every((one) => one.state !== 'not started');
  const signed = isSigned(draft, state);
  const over = state.withdrawn !== undefined;
  const sent = state.sent !== undefined;
  return [
    ...written,
    step(
      'check',
      'Check what the IRS would send back',
      '(b)',
      !begun ? 'cannot start yet' : stops ? 'incomplete' : 'complete',
      { findings: all },
    ),
    step(
      'signature',
      'The Commissioner’s signature',
      '(b)',
      signed ? 'complete' : stops || over || sent ? 'cannot start yet' : 'not started',
    ),
    step(
      'sending',
      'Sending to the IRS',
      '(b)',
      sent ? 'complete' : signed && !over ? 'not started' : 'cannot start yet',
    ),
  ];
};
