import { setTimeout as wait } from 'node:timers/promises';
import { isRetryable } from './sqlstate.ts';

const FIRST_PAUSE = 20;
const LONGEST_PAUSE = 1000;

/** Does the work again while the database is away, for so many milliseconds; then throws what it threw last. */
export const patiently = async <T>(patience: number, work: () => Promise<T>): Promise<T> => {
  const until = performance.now() + patience;
  for (let pause = FIRST_PAUSE; ; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
    try {
      return await work();
    } catch (error) {
      if (!isRetryable(error) || performance.now() + pause > until) throw error;
      await wait(pause);
    }
  }
};
