import { type Problem, ProblemError } from '../../ground/problem.ts';

const notSignedIn = (what: string, next: string): ProblemError =>
  new ProblemError({ kind: 'not-signed-in', what, where: 'sign-in', next });

/**
 * An answer that does not hold, whatever is wrong with it. Who forged it does not learn which check it came past; the operator
 * reads that in the log.
 */
export const refusedAnswer = (): ProblemError =>
  notSignedIn(
    'The answer of the sign-in provider was refused.',
    'Sign in again from this site. If it happens again, tell this office’s operator when it did.',
  );

/** The person, or the provider on their behalf, did not go through with it. */
export const brokenOff = (): ProblemError =>
  notSignedIn('The provider did not sign you in.', 'Sign in again.');

export const weakSignIn = (): ProblemError =>
  notSignedIn(
    'You are known to the provider, but did not sign in the way that this office requires.',
    'Sign in again, with your agency’s card.',
  );

const unfit = (problem: Omit<Problem, 'kind'>): ProblemError =>
  new ProblemError({ kind: 'login-unfit', ...problem });

export const silentProvider = (): ProblemError =>
  unfit({
    what: 'The sign-in provider does not answer.',
    where: 'sign-in',
    next: 'Try again in some minutes. Nothing at this office has changed.',
  });

/** At the start of a site: its settings, or its provider's, do not do. */
export const unfitProvider = (what: string, where: string, next: string): ProblemError =>
  unfit({ what, where, next });

/** Of what a library threw, the code alone: its message and cause hold tokens and claims. */
export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown';
