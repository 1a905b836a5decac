import assert from 'node:assert/strict';
import { randomUUIDv7 } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { MAX_PACKET, readPacketFile } from './packet-file.ts';
import { fileAway, listPackets, putPacket } from './transport-folder.ts';

const root = mkdtempSync(join(tmpdir(), 'waybill-'));
after(() => {
  rmSync(root, { recursive: true });
});
let n = 0;
const newFolder = () => join(root, String(n++));

describe('a shared folder', () => {
  it('carries packets, oldest first', async () => {
    const folder = newFolder();
    assert.deepEqual(await listPackets(folder), []);
    const ids = [randomUUIDv7(), randomUUIDv7(), randomUUIDv7()].sort();
    for (const id of ids.toReversed()) await putPacket(folder, id, Buffer.from(`packet ${id}`));
    const names = await listPackets(folder);
    assert.deepEqual(
      names,
      ids.map((id) => `${id}.waybill`),
    );
    assert.equal((await readPacketFile(join(folder, names[1] ?? ''))).toString(), `packet ${ids[1]}`);
    assert.deepEqual(readdirSync(folder).sort(), names);
  });

  it('a packet put there again is there once', async () => {
    const folder = newFolder();
    const id = randomUUIDv7();
    writeFileSync(
      (await putPacket(folder, id, Buffer.from('first')), join(folder, `.${id}.part`)),
      'left by a crash',
    );
    assert.deepEqual(await listPackets(folder), [`${id}.waybill`]);
    await putPacket(folder, id, Buffer.from('again'));
    // Another writer may still be at it, so what a crash left is not taken away; no reader takes it for a packet.
    assert.deepEqual(readdirSync(folder).sort(), [`.${id}.part`, `${id}.waybill`]);
    assert.equal(readFileSync(join(folder, `${id}.waybill`), 'utf8'), 'again');
  });

  it('too large a packet is not put there', () =>
    assert.rejects(putPacket(newFolder(), randomUUIDv7(), Buffer.alloc(MAX_PACKET + 1)), {
      why: 'too-large',
    }));

  it('takes nothing but files with a packet’s name', async () => {
    const folder = newFolder();
    const id = randomUUIDv7();
    await putPacket(folder, id, Buffer.from('packet'));
    for (const name of ['note.txt', 'x.waybill', `${id}.waybill.txt`, `..${id}.waybill`]) {
      writeFileSync(join(folder, name), '');
    }
    symlinkSync(join(folder, 'note.txt'), join(folder, `${randomUUIDv7()}.waybill`));
    assert.deepEqual(await listPackets(folder), [`${id}.waybill`]);
  });

  it('files away what was dealt with, and never over another file', async () => {
    const folder = newFolder();
    const id = randomUUIDv7();
    const name = `${id}.waybill`;
    for (const content of ['one', 'two', 'three']) {
      await putPacket(folder, id, Buffer.from(content));
      await fileAway(folder, name, 'refused');
    }
    await putPacket(folder, id, Buffer.from('good'));
    await fileAway(folder, name, 'received');
    assert.deepEqual(await listPackets(folder), []);
    assert.deepEqual(readdirSync(join(folder, 'refused')).sort(), [
      `${id}.2.waybill`,
      `${id}.3.waybill`,
      name,
    ]);
    assert.equal(readFileSync(join(folder, 'refused', `${id}.3.waybill`), 'utf8'), 'three');
    assert.equal(readFileSync(join(folder, 'received', name), 'utf8'), 'good');
  });
});
