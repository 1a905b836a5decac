// Writes src/store/golden.sql anew, from a database in a folder of its own: node scripts/schema.ts
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../src/store/database.ts';
import { schemaText } from '../src/store/schema.ts';

const folder = await mkdtemp(join(tmpdir(), 'waybill-schema-'));
try {
  const database = await openDatabase({ dataDir: folder });
  const text = await schemaText(database.owner).finally(() => database.close());
  await writeFile(new URL('../src/store/golden.sql', import.meta.url), text);
} finally {
  await rm(folder, { recursive: true, force: true });
}
