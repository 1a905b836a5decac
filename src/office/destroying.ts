import type { Happened } from '../casework/acts/events.ts';
import { ProblemError } from '../ground/problem.ts';
import { type Doomed, destroyKeys } from '../store/destroy.ts';
import { eachSince } from '../store/since.ts';
import type { Node } from './node.ts';

/** What these events say is to be destroyed, all of it. */
const doomedBy = (events: readonly Happened[]): Doomed => {
  const ended = events
    .filter(({ kind }) => kind === 'use-ended')
    .map(({ data }) => (data ?? {}) as Partial<Doomed>);
  return {
    scopes: ended.flatMap(({ scopes = [] }) => scopes),
    contents: ended.flatMap(({ contents = [] }) => contents),
  };
};

type Here = Pick<Node, 'database' | 'log' | 'secrets'>;

/**
 * Destroys the data keys of what has been made undisclosable, after the act that says so is on record. Safe to do again, and
 * done again at the next act on the case, and when the node is opened: if we crash between COMMIT and here, the events say what
 * is still to be destroyed.
 */
export const destroyEnded = async (
  { database, log, secrets }: Here,
  events: readonly Happened[],
): Promise<void> => {
  const doomed = doomedBy(events);
  if (doomed.scopes.length + doomed.contents.length > 0)
    await destroyKeys(database, log, Buffer.from(secrets.nameKey, 'base64'), doomed);
};

/**
 * What a crash left undestroyed, destroyed now: nobody may ever act on that case again. Reads what the log has since it was
 * last asked. Gives back why that could not be read, where it was altered or its master key is not here: the node opens all the
 * same, for it has to be verified and mended, and says so in the inbox.
 */
export const finishDestroying = async (
  here: Here & Pick<Node, 'master'>,
): Promise<ProblemError | undefined> => {
  try {
    await eachSince(here.database, here.log, here.master, 'destroyed', (events) =>
      destroyEnded(here, events),
    );
    return undefined;
  } catch (error) {
    const readable = (kind: string) => kind !== 'log-altered' && kind !== 'key-missing';
    if (!(error instanceof ProblemError) || error.problems.some(({ kind }) => readable(kind))) throw error;
    return error;
  }
};
