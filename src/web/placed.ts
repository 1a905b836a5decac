import { type Problem, ProblemError } from '../ground/problem.ts';

/** Where a field of the act stands on the page, and what it is called there. */
export type Places = (where: string) => readonly [field: string, label: string] | undefined;

const sentence = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

/** What is wrong, under the field’s own name. What can only be chosen was not chosen: its values are for the act, not for a reader. */
const words = ({ what }: Problem, where: string, label: string): string => {
  const prefix = `${where}: `;
  if (!what.startsWith(prefix)) return what;
  const rest = what.slice(prefix.length);
  const said = rest.startsWith('missing: ')
    ? 'this is not answered yet.'
    : rest.startsWith('write one of: ')
      ? 'choose one of the answers.'
      : rest;
  return label.endsWith('?') ? `${label} ${sentence(said)}` : `${label}: ${said}`;
};

/**
 * The problems of an act, as the page has its fields: each at its own field, in the field’s words. What has no place on the page
 * stays as it is.
 */
export const placed = (error: unknown, places: Places): unknown => {
  if (!(error instanceof ProblemError)) return error;
  const [first, ...rest] = error.problems.map((problem): Problem => {
    const { where } = problem;
    const place = where === undefined ? undefined : places(where);
    if (where === undefined || place === undefined) return problem;
    const [field, label] = place;
    const next = problem.kind === 'usage' ? 'Correct it below, and send the form again.' : problem.next;
    return { ...problem, where: field, what: sentence(words(problem, where, label)), next };
  });
  return first === undefined ? error : new ProblemError(first, ...rest);
};

/** Does something, and gives its problems their place on the page. */
export const withPlaces = async <T>(places: Places, act: () => Promise<T>): Promise<T> => {
  try {
    return await act();
  } catch (error) {
    throw placed(error, places);
  }
};
