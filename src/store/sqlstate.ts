import pg from 'pg';
import { ProblemError } from '../ground/problem.ts';

/** The five characters by which PostgreSQL tells its errors apart (PostgreSQL, Appendix A); undefined for any other error. */
export const sqlstate = (error: unknown): string | undefined =>
  error instanceof pg.DatabaseError ? error.code : undefined;

const is =
  (...codes: string[]) =>
  (error: unknown): boolean =>
    codes.includes(sqlstate(error) ?? '');

export const isUniqueViolation = is('23505');
export const isPrivilegeMissing = is('42501');
export const isTaken = is('42P04', '42710', '23505');
export const isDiskFull = is('53100');

/** The server is there and takes no sessions now: it starts, recovers or shuts down. */
export const isNotReady = is('57P03');

/**
 * The session is gone or was never there. What was sent last may have been committed or not: only a write that can be
 * repeated may be repeated. What pg itself throws (a closed socket, a refused connection) carries no SQLSTATE.
 */
export const isConnectionLost = (error: unknown): boolean => {
  const state = sqlstate(error);
  if (state !== undefined) return /^(08...|57P0[1-5])$/.test(state);
  if (error instanceof AggregateError) return error.errors.every(isConnectionLost);
  if (!(error instanceof Error)) return false;
  const { syscall, code = '' } = error as NodeJS.ErrnoException;
  if (syscall === undefined) return error.constructor === Error;
  return /^(connect|getaddrinfo)$/.test(syscall) || /^E(CONN|PIPE|TIMEDOUT|HOST|NET)/.test(code);
};

/** The same transaction, given again, may well succeed: lost, deadlocked, out of order, or sent to a server that only reads. */
export const isRetryable = (error: unknown): boolean =>
  isConnectionLost(error) || is('40001', '40P01', '25006', '53300', '55P03')(error);

export const storeUnfit = (what: string, next: string, where?: string): ProblemError =>
  new ProblemError({ kind: 'store-unfit', what, next, ...(where === undefined ? {} : { where }) });

const storeDown = (): ProblemError =>
  new ProblemError({
    kind: 'store-down',
    what: 'The database does not answer.',
    next: 'Do the same again; if it goes on, see that the PostgreSQL server runs and has free connections.',
  });

/**
 * What the user is told instead of an error of the database, whose texts quote rows and statements and would leak what
 * they hold. Anything that is no error of the database comes back as it is.
 */
export const asProblem = (error: unknown): unknown => {
  if (error instanceof ProblemError) return error;
  if (isRetryable(error)) return storeDown();
  const state = sqlstate(error);
  if (state === undefined) return error;
  if (isDiskFull(error))
    return storeUnfit('The disk of the database is full.', 'Free space on it, then do the same again.');
  if (isPrivilegeMissing(error))
    return storeUnfit(
      'The database refuses its user a right that Waybill needs.',
      'Connect as the owner of the database, with the right to create roles (CREATEROLE).',
    );
  if (/^28/.test(state))
    return storeUnfit('The database refuses the name or password.', 'Correct the user in DATABASE_URL.');
  if (state === '3D000')
    return storeUnfit('The database named does not exist.', 'Create it, or correct DATABASE_URL.');
  return storeUnfit(
    `The database refused a statement (SQLSTATE ${state}).`,
    'See that the database is this office’s and was changed by nothing but Waybill.',
  );
};

/** Runs the work; an error of the database comes out as a problem. */
export const withProblems = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    throw asProblem(error);
  }
};
