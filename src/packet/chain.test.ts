import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatTlogProof, parseTlogProof } from '../custody/tlog-proof.ts';
import { dayAt } from '../ground/dates.ts';
import { type ChainLink, verifyChain } from './chain.ts';
import { cosignHead } from './cosign-head.ts';
import { cosignerOf } from './keys.ts';
import { NOON, headAt, newOffice, receiptOf, record } from './packet.fixture.ts';
import type { FictionalOffice } from './packet.fixture.ts';
import { PacketRefused, type Why } from './refusal.ts';

const customs = await newOffice('customs');
const irs = await newOffice('irs');
const justice = await newOffice('justice');
const cards = [customs.card, irs.card, justice.card];
const REFERENCE = 'CBP-2026-0147';
const DAY = dayAt(NOON);

const told = (office: FictionalOffice, packet: string, time = NOON, reference = REFERENCE): number =>
  record(office, { kind: 'packet', packet, case: reference }, time);

const [asked, answered] = ['a'.repeat(64), 'b'.repeat(64)];
const request = told(customs, asked);
const sent = told(irs, answered, NOON + 60);
const received = told(customs, answered, NOON + 120);
const otherCase = told(customs, asked, NOON, 'CBP-2026-0148');
const yesterday = told(customs, asked, NOON - 86_400);
// So that audit paths have more than one hash.
for (let n = 0; n < 6; n++) for (const office of [customs, irs]) told(office, 'c'.repeat(64));

const proof = async (office: FictionalOffice, seq: number, witness?: FictionalOffice) => {
  const receipt = await receiptOf(office, seq, { open: ['packet', 'case'] });
  const checkpoint =
    witness === undefined ? undefined : cosignHead(headAt(office), cosignerOf(witness.keys), NOON + 300);
  return {
    entry: { log: office.keys.office, seq },
    receipt: checkpoint === undefined ? receipt : formatTlogProof({ ...parseTlogProof(receipt), checkpoint }),
  };
};

const first: ChainLink = {
  from: 'Customs',
  to: 'IRS',
  on: DAY,
  packet: asked,
  ...(await proof(customs, request, irs)),
};
const second: ChainLink = {
  from: 'IRS',
  to: 'Customs',
  on: DAY,
  packet: answered,
  ...(await proof(irs, sent, customs)),
  received: await proof(customs, received),
};

const whyOf = (chain: readonly ChainLink[], known = cards): Why | undefined => {
  try {
    verifyChain(chain, REFERENCE, 'customs', known);
    return undefined;
  } catch (error) {
    assert.ok(error instanceof PacketRefused, String(error));
    return error.why;
  }
};

const refused = (why: Why, chain: readonly ChainLink[], known = cards) =>
  assert.equal(whyOf(chain, known), why);

test('a chain from the request to Customs, proven by both logs, is verified', () => {
  assert.equal(whyOf([first, second]), undefined);
});

test('a hop without its receipt, or received without the receiver’s own', () => {
  refused('chain-incomplete', [{ ...first, receipt: undefined }, second]);
  refused('chain-incomplete', [first, { ...second, entry: undefined }]);
  refused('chain-incomplete', [first, { ...second, received: undefined }]);
  refused('chain-incomplete', [first, { ...second, received: { entry: { log: 'customs', seq: received } } }]);
});

test('an office whose card is not known', () => {
  refused('chain-unknown-office', [first, second], [irs.card, justice.card]);
  refused('chain-unknown-office', [{ ...first, from: 'Treasury' }, second]);
});

test('a receipt by another key, or with a signature that nobody known has made', async () => {
  const impostor = await newOffice('irs');
  told(impostor, 'd'.repeat(64));
  const forged = await proof(impostor, told(impostor, answered, NOON + 60));
  refused('chain-broken', [first, { ...second, ...forged }]);
  const stranger = await newOffice('justice');
  refused('chain-broken', [{ ...first, ...(await proof(customs, request, stranger)) }, second]);
});

test('a receipt of another packet, entry, log, case or day', async () => {
  const other = async (seq: number) => ({ ...first, ...(await proof(customs, seq)) });
  refused('chain-of-another', [{ ...first, packet: answered }, second]);
  refused('chain-of-another', [await other(received), second]);
  refused('chain-of-another', [await other(otherCase), second]);
  refused('chain-of-another', [await other(yesterday), second]);
  refused('chain-of-another', [{ ...first, entry: { log: 'customs', seq: request + 1 } }, second]);
  refused('chain-of-another', [{ ...first, entry: { log: 'irs', seq: request } }, second]);
  refused('chain-of-another', [first, { ...second, on: dayAt(NOON + 86_400) }]);
});

test('received before it was sent, by more than clocks differ', async () => {
  const early = told(customs, answered, NOON - 400);
  refused('chain-of-another', [first, { ...second, received: await proof(customs, early) }]);
  const skewed = told(customs, answered, NOON - 200);
  assert.equal(whyOf([first, { ...second, received: await proof(customs, skewed) }]), undefined);
});

/** Members of a hop; one under any other name the packet's schema refuses. */
const NAMES = ['from', 'to', 'on', 'packet', 'entry', 'receipt', 'received', 'log', 'seq'];
const namesIn = (value: unknown): string[] => {
  if (Array.isArray(value)) return value.flatMap(namesIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, one]) => [name, ...namesIn(one)]);
};

test('a chain with any one byte changed is refused, by its form or by name', () => {
  const text = JSON.stringify([first, second]);
  const seen = new Map<Why | undefined, number>();
  for (let at = 0; at < text.length; at++) {
    const byte = String.fromCharCode(text.charCodeAt(at) ^ (1 << (at % 7)));
    let chain: readonly ChainLink[];
    try {
      chain = JSON.parse(text.slice(0, at) + byte + text.slice(at + 1)) as ChainLink[];
    } catch {
      continue;
    }
    if (namesIn(chain).some((name) => !NAMES.includes(name))) continue;
    const why = whyOf(chain);
    assert.notEqual(why, undefined, `byte ${at} of ${text.length}: ${text.slice(at - 20, at + 20)}`);
    seen.set(why, (seen.get(why) ?? 0) + 1);
  }
  assert.ok((seen.get('chain-broken') ?? 0) > 2_000);
  assert.ok((seen.get('chain-of-another') ?? 0) > 100);
});
