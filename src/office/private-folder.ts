import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A folder for what must not be left lying about: below the node’s own, which is as well kept as its keys, for this process’s
 * user alone, and gone when `use` is over, however it ends. It goes with the process too, where that ends first; only a
 * process that is killed leaves it.
 */
export const inPrivateFolder = async <Made>(
  { dir }: { readonly dir: string },
  use: (folder: string) => Promise<Made>,
): Promise<Made> => {
  // mkdtemp gives mode 0700.
  const folder = mkdtempSync(join(dir, '.private-'));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  process.once('exit', remove);
  try {
    return await use(folder);
  } finally {
    process.off('exit', remove);
    remove();
  }
};
