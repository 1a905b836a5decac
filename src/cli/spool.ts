import { closeSync, createReadStream, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Text that nobody sees before it is whole, kept on disk so that memory stays flat. The folder is the owner's alone
 * (mode 0700) and is removed when the spool is closed; if we crash, it is left in the machine's temporary folder.
 */
export const openSpool = () => {
  const dir = mkdtempSync(join(tmpdir(), 'waybill-'));
  const path = join(dir, 'spool');
  const file = openSync(path, 'wx', 0o600);
  return {
    write: (text: string) => {
      writeSync(file, text);
    },
    copyTo: async (out: NodeJS.WritableStream): Promise<void> => {
      for await (const chunk of createReadStream(path)) {
        if (!out.write(chunk as Buffer)) await new Promise<void>((ready) => out.once('drain', ready));
      }
    },
    close: () => {
      closeSync(file);
      rmSync(dir, { recursive: true, force: true });
    },
  };
};
