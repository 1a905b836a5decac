import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { MAX_PACKET, readCapped, readPacketFile } from './packet-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'waybill-'));
after(() => {
  rmSync(folder, { recursive: true });
});
const file = (name: string, bytes = 'a packet'): string => {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
};

describe('reading a packet’s file', () => {
  it('gives its bytes', async () => {
    assert.equal((await readPacketFile(file('whole'))).toString(), 'a packet');
    assert.equal((await readPacketFile(file('empty', ''))).length, 0);
  });

  it('1 GB of garbage is refused, and takes no memory', async () => {
    const path = file('garbage');
    truncateSync(path, 2 ** 30);
    const before = process.memoryUsage().rss;
    await assert.rejects(readPacketFile(path), { name: 'PacketRefused', why: 'too-large' });
    assert.ok(process.memoryUsage().rss - before < 16 * 1024 * 1024);
  });

  it('64 MB are read, a byte more is not', async () => {
    const path = file('limit');
    truncateSync(path, MAX_PACKET);
    assert.equal((await readPacketFile(path)).length, MAX_PACKET);
    truncateSync(path, MAX_PACKET + 1);
    await assert.rejects(readPacketFile(path), { why: 'too-large' });
  });

  it('a stream without end is left at 64 MB', async () => {
    let given = 0;
    const endless = async function* () {
      for (;;) {
        given += 65_536;
        yield await Promise.resolve(Buffer.alloc(65_536));
      }
    };
    await assert.rejects(readCapped(endless()), { why: 'too-large' });
    assert.equal(given, MAX_PACKET + 65_536);
  });

  it('a pipe, a link, a folder, and nothing are not read', async () => {
    const link = join(folder, 'link');
    symlinkSync(file('elsewhere'), link);
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    for (const path of [link, pipe, folder, join(folder, 'nothing')]) {
      await assert.rejects(readPacketFile(path), (error: Error & { problems: { kind: string }[] }) => {
        assert.equal(error.problems[0]?.kind, 'file-unreadable');
        return true;
      });
    }
  });
});
