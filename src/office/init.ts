import { randomUUIDv7 } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { decidePeople, founder } from '../casework/acts/people-acts.ts';
import { initialPeople } from '../casework/acts/people.ts';
import type { OfficeName } from '../casework/acts/duties.ts';
import type { Office } from '../custody/entry.ts';
import { canonicalJson } from '../ground/canonical.ts';
import { sha256 } from '../ground/digest.ts';
import { ProblemError } from '../ground/problem.ts';
import { formatCard } from '../packet/card.ts';
import { newCard, newLogKey, newOfficeKeys } from '../packet/keys.ts';
import { makeKeyFile, readKeys } from '../store/key-file.ts';
import type { Json, NewEvent, Receipt } from '../store/types.ts';
import { folderOf, makeFolder, readNodeFile, writeWhole } from './folder.ts';
import { newSecret, openKeystore } from './keystore.ts';
import { type Node, type Surroundings, openNode } from './node.ts';

export const officeNames: Readonly<Record<Office, OfficeName>> = {
  irs: 'IRS',
  customs: 'Customs',
  justice: 'Justice',
};

export interface Founding {
  readonly office: Office;
  /** Of its log, such as `customs.waybill.example/log`. */
  readonly origin: string;
  /** Where the node will take packets over HTTPS, if it will. */
  readonly url?: string;
  /** Who keeps the directory of people and titles, and enters everybody else. */
  readonly keeper: { readonly id: string; readonly name: string; readonly title: string };
}

const makeNode = async (dir: string, { office, origin, url }: Founding, surroundings: Surroundings) => {
  makeFolder(dir);
  const at = folderOf(dir);
  const keyFile = join(at.keys, 'master.key');
  const master =
    surroundings.masterKey !== undefined
      ? await readKeys({ text: surroundings.masterKey, file: keyFile })
      : existsSync(keyFile)
        ? await readKeys({ file: keyFile })
        : await makeKeyFile(keyFile);
  const keys = await newOfficeKeys(office, origin, new Date(surroundings.now()));
  openKeystore(at.keys, master).keepOffice({
    keys,
    ...(office === 'irs' ? { review: newLogKey(`${origin}/review`) } : {}),
    accountKey: newSecret(),
    nameKey: newSecret(),
  });
  writeWhole(at.card, formatCard(newCard(keys, url)), 0o644);
  // Last: before it, the folder is no node.
  writeWhole(at.node, `${JSON.stringify({ waybill: 'node/1', office, origin })}\n`);
};

/** The first act of a node has nobody to be entitled by: whoever holds the master key names who keeps the directory. */
const enterKeeper = async (node: Node, { keeper }: Founding): Promise<Receipt> => {
  const when = node.when();
  const opening = {
    act: 'open directory',
    ...keeper,
    office: officeNames[node.office],
    from: when.day,
  } as const;
  const actor = founder(opening);
  const key = await node.keystore.newPerson();
  const events = decidePeople(initialPeople, opening, actor, when).map((one): NewEvent => ({
    ...one,
    stream: 'people',
    data: one.kind === 'person-added' ? { ...(one.data as { [name: string]: Json }), key } : one.data,
  }));
  const [first, ...rest] = events;
  if (first === undefined) throw new TypeError('opening a directory has events');
  const ledger = await node.ledger(node.log);
  return ledger.append({
    id: randomUUIDv7(),
    asked: sha256(canonicalJson(opening)),
    log: node.log,
    office: node.office,
    person: actor.name,
    title: actor.title,
    time: when.at,
    expect: { people: 0 },
    events: [first, ...rest],
  });
};

/**
 * Makes the node of an office in `dir`, and enters who keeps its directory. If we crash, the same command goes on from
 * where it came to. Problems: `output-refused` where a node is there, `key-missing`, `store-unfit`.
 */
export const init = async (dir: string, founding: Founding, surroundings: Surroundings): Promise<Node> => {
  if (!existsSync(folderOf(dir).node)) await makeNode(dir, founding, surroundings);
  else if (readNodeFile(dir).office !== founding.office) makeFolder(dir);
  const node = await openNode(dir, surroundings);
  try {
    if ((await node.views.stream(node.log, 'people')).length > 0)
      throw new ProblemError({
        kind: 'output-refused',
        what: 'There is a node in this folder already.',
        where: dir,
        next: 'Name another folder. A node is never made over: its log would fork.',
      });
    await enterKeeper(node, founding);
    return node;
  } catch (error) {
    await node.close();
    throw error;
  }
};
