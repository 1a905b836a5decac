import assert from 'node:assert/strict';
import { it } from 'node:test';
import { openCheckpoint } from '../custody/checkpoint.ts';
import { parseVkey } from '../custody/vkey.ts';
import { cosignHead } from './cosign-head.ts';
import { cosignerOf } from './keys.ts';
import { NOON, headAt, newOffice, record } from './packet.fixture.ts';

it('C2SP tlog-cosignature: a head with its log’s signature and ours, and no other', async () => {
  const [irs, customs, justice] = [
    await newOffice('irs'),
    await newOffice('customs'),
    await newOffice('justice'),
  ];
  record(irs, { kind: 'sent' });
  const head = headAt(irs);
  const ours = cosignHead(head, cosignerOf(customs.keys), NOON);
  const witness = parseVkey(customs.card.cosigner);
  const opened = openCheckpoint(ours, parseVkey(irs.card.vkey), [witness]);
  assert.deepEqual(
    opened.by.map(({ key, time }) => [key.name, time]),
    [
      ['irs.waybill.example/log', undefined],
      ['customs.waybill.example/log/witness', NOON],
    ],
  );
  const after = cosignHead(
    { ...head, note: cosignHead(head, cosignerOf(justice.keys), NOON) },
    cosignerOf(customs.keys),
    NOON,
  );
  assert.equal(after, ours);
});
