import { ProblemError } from '../ground/problem.ts';
import { type Order, idFrom, movedOn } from '../office/act.ts';
import { caseFile } from '../office/case-file.ts';
import { lineOf } from '../office/line.ts';
import type { Node } from '../office/node.ts';
import { HttpProblem } from './details.ts';

const LONGEST = 200;
const UUID_7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** A String of RFC 9651, section 3.3.3; or without its quotes, as many clients send it. */
const keyIn = (header: string): string | undefined => {
  const quoted = /^"((?:[ !#-[\]-~]|\\["\\])*)"$/.exec(header.trim())?.[1];
  const key = quoted?.replaceAll(/\\(["\\])/g, '$1') ?? /^[\w.~:+/=-]+$/.exec(header.trim())?.[0] ?? '';
  return key === '' || key.length > LONGEST ? undefined : key;
};

/**
 * The act's id from the header `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header): a UUIDv7 as it is, any other key
 * as a UUIDv8 of it and the person, so that two people who count from 1 do not meet.
 */
export const actId = (header: string | undefined, person: string): string | undefined => {
  if (header === undefined) return undefined;
  const key = keyIn(header);
  if (key === undefined)
    throw new HttpProblem(
      400,
      'The header Idempotency-Key is no key.',
      `Send it as a string in quotes, of at most ${LONGEST} characters, such as a UUID.`,
    );
  const small = key.toLowerCase();
  return UUID_7.test(small) ? small : idFrom(`idempotency-key ${JSON.stringify([person, key])}`);
};

export const etag = (version: number): string => `"${version}"`;

/** The version that the request names in `If-Match` (RFC 9110 section 13.1.1); undefined where any will do. */
export const expected = (header: string | undefined): number | undefined => {
  if (header === undefined || header.trim() === '*') return undefined;
  const version = /^"(\d{1,9})"$/.exec(header.trim())?.[1];
  // A weak tag never matches here, nor does one that this API never gave.
  if (version === undefined) throw movedOn();
  return Number(version);
};

/** Asks the version here, where the act itself goes by another stream, or is several acts. */
export const requireVersion = async (node: Node, reference: string, { expect }: Order): Promise<void> => {
  if (expect === undefined) return;
  const now = lineOf(await caseFile(node, reference)).steps;
  if (now !== expect) throw movedOn({ expected: expect, now });
};

/** Who acts, without the version that was asked for already. */
export const withoutVersion = ({ expect: _asked, ...order }: Order): Order => order;

/** The folder from which items are taken. */
export const requireReturns = (returns: string | undefined): string => {
  if (returns !== undefined) return returns;
  throw new ProblemError({
    kind: 'not-in-order',
    what: 'This door knows no folder of returns.',
    cite: '(b)(2)',
    next: 'Have this office’s operator name it when the door is started.',
  });
};
