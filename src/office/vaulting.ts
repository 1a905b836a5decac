import { randomUUIDv7 } from 'node:crypto';
import type { NewContent } from '../store/types.ts';

/** What an act puts into the vault, gathered while it is read: `keep` gives the UUID under which the bytes will lie. */
export const vaulting = () => {
  const contents: NewContent[] = [];
  return {
    contents: contents as readonly NewContent[],
    keep: (scope: string, bytes: Uint8Array): string => {
      const id = randomUUIDv7();
      contents.push({ id, scope, bytes });
      return id;
    },
  };
};
