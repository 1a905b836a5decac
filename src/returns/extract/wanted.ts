import { ProblemError } from '../../ground/problem.ts';
import type { Problem } from '../../ground/problem.ts';

/** A wanted path, and how often it has been met. */
export interface Wanted {
  readonly path: string;
  total: number;
  /** In the document whose serial number is `document`. */
  inDocument: number;
  document: number;
}

export const want = (path: string): Wanted => ({ path, total: 0, inDocument: 0, document: 0 });

/**
 * A place in the tree of elements that some wanted path leads through or to. The walk goes down this tree and the return's
 * elements together, and steps over every element that is not in it.
 */
export interface Step {
  readonly name: string;
  readonly steps: Map<string, Step>;
  /** The same steps, to go through them fast. */
  readonly list: Step[];
  /** The same steps by the length of their name: to compare a few is faster than to hash the name of every element. */
  readonly byLength: Step[][];
  readonly attributes: (readonly [name: string, wanted: Wanted])[];
  /** Set where a wanted path ends: this element's text is an item. */
  wanted: Wanted | undefined;
  /** How many elements of this name the parent that is open now has had so far. */
  nth: number;
}

export const step = (name: string): Step => ({
  name,
  steps: new Map(),
  list: [],
  byLength: [],
  attributes: [],
  wanted: undefined,
  nth: 0,
});

export const stepDown = (from: Step, name: string): Step => {
  const there = from.steps.get(name);
  if (there !== undefined) return there;
  const made = step(name);
  from.steps.set(name, made);
  from.list.push(made);
  (from.byLength[name.length] ??= []).push(made);
  return made;
};

/** The step down to an element of this name, if a wanted path takes it. */
export const stepTo = (from: Step, name: string): Step | undefined => {
  const candidates = from.byLength[name.length];
  if (candidates !== undefined) for (const step of candidates) if (step.name === name) return step;
  return undefined;
};

/** Adds one path below a step. */
export const addPath = (from: Step, path: string, wanted: Wanted): void => {
  const names = path.split('/');
  const last = names.pop() ?? '';
  const parent = names.reduce(stepDown, from);
  if (last.startsWith('@')) parent.attributes.push([last.slice(1), wanted]);
  else stepDown(parent, last).wanted = wanted;
};

const name = String.raw`[\p{L}_][\p{L}\p{N}._-]*`;
const pathShape = new RegExp(`^${name}(?:/${name})*/@?${name}$`, 'u');

const problemWith = (path: string, index: number, all: readonly string[]): Problem | undefined => {
  if (!pathShape.test(path))
    return {
      kind: 'item-unknown',
      what: 'This is no path of an item.',
      where: path.slice(0, 200),
      next: 'Write document and elements, relative to ReturnData: IRS5472/StockPurchasesTradeAmt or IRS1120/@section501dCd.',
    };
  if (all.indexOf(path) !== index)
    return {
      kind: 'item-unknown',
      what: 'This item is asked for twice.',
      where: path,
      next: 'Name each item once: every occurrence of it in the return is given anyway.',
    };
  return undefined;
};

/** Checks wanted paths; throws a ProblemError `item-unknown` that names every path that is none or stands there twice. */
export const checkPaths = (paths: readonly string[]): void => {
  const [first, ...rest] = paths.flatMap((path, index) => problemWith(path, index, paths) ?? []);
  if (first !== undefined) throw new ProblemError(first, ...rest);
};
