import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { ProblemError } from '../ground/problem.ts';
import type { Watch } from '../office/watch.ts';
import type { Html, Page, Visit } from './route.ts';

/** A file that can be saved from a result. */
export interface ResultFile {
  readonly type: string;
  readonly bytes: () => string | Uint8Array | Promise<Uint8Array>;
}

/** What a job has come to. It is shown to whoever started it, a page at a time if it is long. */
export interface Result {
  readonly show: (visit: Visit, address: string) => Html;
  /** Whether return information stands in it: the page is labelled. */
  readonly fti?: boolean;
  /** By name; a name says nothing of what is in the file. */
  readonly files?: Readonly<Record<string, ResultFile>>;
}

export interface Plan {
  readonly title: string;
  /** What is counted: `entries`. */
  readonly unit: string;
  readonly trail: NonNullable<Page['trail']>;
  /**
   * Whether it does acts, each on record when done: then stopping it undoes nothing, and it ends by itself, to tell what was
   * done until then.
   */
  readonly acts?: boolean;
  readonly work: (watch: Watch) => Promise<Result>;
}

/** Long work as it stands. Another object each time that something of it changes. */
export interface Job extends Pick<Plan, 'title' | 'unit' | 'trail' | 'acts'> {
  readonly id: string;
  readonly state: 'running' | 'done' | 'failed' | 'stopped';
  readonly done: number;
  /** 0 where it is not known yet. */
  readonly total: number;
  readonly result?: Result;
  readonly problem?: ProblemError;
}

/** Who started it, and under which title: nobody else sees it, nor that person under another title. */
export interface Owner {
  readonly person: string;
  readonly title: string;
}

interface Kept {
  job: Job;
  readonly owner: Owner;
  readonly stop: AbortController;
  readonly waiting: Set<() => void>;
  /** POSIX milliseconds. */
  ended?: number;
}

export interface Jobs {
  /** Begins long work. Throws a ProblemError `too-often` where too much is under way. */
  readonly begin: (owner: Owner, plan: Plan) => Job;
  readonly of: (owner: Owner, id: string) => Job | undefined;
  readonly all: (owner: Owner) => readonly Job[];
  readonly stop: (owner: Owner, id: string) => void;
  /** Resolves when the job is no longer as it was; after `ms` milliseconds in any case. */
  readonly changed: (owner: Owner, was: Job, ms: number) => Promise<void>;
  /** The person has signed out: what was theirs is stopped, and gone. */
  readonly leave: (person: string) => void;
  readonly close: () => void;
}

const HOUR = 3_600_000;

const broken = new ProblemError({
  kind: 'store-down',
  what: 'Something went wrong here, and it is written down for this office’s operator.',
  next: 'Start it again; if it comes again, tell the operator.',
});

const tooMany = (whose: string): ProblemError =>
  new ProblemError({
    kind: 'too-often',
    what: `Enough long work ${whose} is under way.`,
    next: 'Wait until some of it is done, or stop it: yours is listed at the inspector’s desk.',
  });

/**
 * Long work of one site, in memory: a restart ends it, and nothing of it is lost, for a job only reads, or does acts that are
 * each recorded when done. A result stays for an hour, or until whoever started it leaves.
 */
export const openJobs = (
  { now, log }: { readonly now: () => number; readonly log: Logger },
  {
    eachPerson = 2,
    inAll = 8,
    kept: most = 10,
  }: { readonly eachPerson?: number; readonly inAll?: number; readonly kept?: number } = {},
): Jobs => {
  const jobs = new Map<string, Kept>();
  // A job that was stopped may still work, and counts until it has looked at its signal.
  const working = new Set<Kept>();

  const tell = (kept: Kept, change: Partial<Job>): void => {
    kept.job = { ...kept.job, ...change };
    for (const wake of kept.waiting) wake();
  };

  /** The first end counts: work that was stopped may still come to its own. */
  const end = (kept: Kept, change: Partial<Job>): void => {
    if (kept.job.state !== 'running') return;
    kept.ended = now();
    tell(kept, change);
  };

  const halt = (kept: Kept): void => {
    if (kept.job.acts !== true) end(kept, { state: 'stopped' });
    kept.stop.abort();
  };

  const drop = (id: string, kept: Kept): void => {
    jobs.delete(id);
    end(kept, { state: 'stopped' });
    kept.stop.abort();
  };

  const sweep = (): void => {
    for (const [id, kept] of jobs) if (kept.ended !== undefined && now() - kept.ended >= HOUR) drop(id, kept);
  };

  const find = ({ person, title }: Owner, id: string): Kept | undefined => {
    sweep();
    const kept = jobs.get(id);
    return kept?.owner.person === person && kept.owner.title === title ? kept : undefined;
  };

  const run = async (kept: Kept, { work }: Plan): Promise<void> => {
    const { signal } = kept.stop;
    const watch: Watch = {
      signal,
      at: (done, total) => {
        if (kept.job.state === 'running') tell(kept, { done, total });
      },
    };
    try {
      const result = await work(watch);
      end(kept, { state: 'done', done: kept.job.total, result });
    } catch (error) {
      if (signal.aborted) end(kept, { state: 'stopped' });
      else if (error instanceof ProblemError) end(kept, { state: 'failed', problem: error });
      else {
        log.error({ kind: error instanceof Error ? error.name : 'unknown' }, 'long work failed');
        end(kept, { state: 'failed', problem: broken });
      }
    } finally {
      working.delete(kept);
    }
  };

  const makeRoom = (person: string): void => {
    const over = [...jobs].filter(([, one]) => one.owner.person === person && !working.has(one));
    for (const [id, kept] of over.slice(0, Math.max(0, over.length - most + 1))) drop(id, kept);
  };

  return {
    begin: (owner, plan) => {
      sweep();
      if ([...working].filter((one) => one.owner.person === owner.person).length >= eachPerson)
        throw tooMany('of yours');
      if (working.size >= inAll) throw tooMany('of this office');
      makeRoom(owner.person);
      const { title, unit, trail, acts = false } = plan;
      const id = randomUUID();
      const kept: Kept = {
        job: { id, title, unit, trail, acts, state: 'running', done: 0, total: 0 },
        owner,
        stop: new AbortController(),
        waiting: new Set(),
      };
      jobs.set(id, kept);
      working.add(kept);
      void run(kept, plan);
      return kept.job;
    },
    of: (owner, id) => find(owner, id)?.job,
    all: (owner) => {
      sweep();
      return [...jobs]
        .filter(([id]) => find(owner, id) !== undefined)
        .map(([, { job }]) => job)
        .reverse();
    },
    stop: (owner, id) => {
      const kept = find(owner, id);
      if (kept !== undefined) halt(kept);
    },
    changed: async (owner, was, ms) => {
      const kept = find(owner, was.id);
      if (kept === undefined || kept.job !== was) return;
      await new Promise<void>((resolve) => {
        const done = (): void => {
          clearTimeout(late);
          kept.waiting.delete(done);
          resolve();
        };
        const late = setTimeout(done, ms);
        kept.waiting.add(done);
      });
    },
    leave: (person) => {
      for (const [id, kept] of jobs) if (kept.owner.person === person) drop(id, kept);
    },
    close: () => {
      for (const [id, kept] of jobs) drop(id, kept);
    },
  };
};
