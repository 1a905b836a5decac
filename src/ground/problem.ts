import type { Way } from './ways.ts';

/**
 * The closed list of what can be wrong with what a person gives us. A problem is part of the product: it says what is
 * wrong, where, which paragraph if one is behind it, and what to do next. It never quotes return information.
 */
export const problemKinds = {
  'file-unreadable': 'The file cannot be read',
  'not-yaml': 'The file is not YAML',
  'not-a-case': 'The file is not a case',
  'not-a-return': 'The file is not an IRS e-file return',
  'xml-broken': 'The XML is broken',
  'xml-forbidden': 'The XML holds what a return may not hold',
  'encoding-wrong': 'The file is not in the encoding it should be in',
  'too-deep': 'The XML is nested too deeply',
  'case-unknown': 'No such case',
  'item-unknown': 'No such item',
  'item-not-found': 'The return has no such item',
  'item-refused': 'The item may not be disclosed',
  'not-an-item-list': 'The file is not a list of return items',
  'cite-unknown': 'No such paragraph',
  'output-refused': 'The output cannot be written',
  'not-a-key': 'The text is not a verifier key',
  'not-a-note': 'The text is not a signed note',
  'not-an-entry': 'The bytes are not an entry of the log',
  'signature-refused': 'The signature does not hold',
  'proof-refused': 'The proof does not hold',
  'log-altered': 'The log is not what its signed head says',
  'log-forked': 'The log shows two histories',
  'not-signed-in': 'Nobody is signed in',
  'login-unfit': 'The login cannot be used',
  'not-entitled': 'The person may not do this',
  'too-often': 'Too many attempts',
  'not-in-order': 'The case is not at that step',
  'moved-on': 'The case has moved on',
  'act-repeated': 'The act was recorded before, with another content',
  'store-down': 'The database does not answer',
  'store-unfit': 'The database cannot be used',
  'key-missing': 'A key is missing or wrong',
  shredded: 'The content has been made undisclosable',
  'packet-refused': 'The packet is refused',
  'not-delivered': 'The packet could not be delivered',
  'not-a-card': 'The file is not the card of an office',
  'not-a-node': 'The folder is not an office’s node',
  'backup-refused': 'The backup cannot be used',
  'inspection-altered': 'The inspector’s folder is not what it says',
  usage: 'The command is incomplete',
} as const;

export type ProblemKind = keyof typeof problemKinds;

export interface Problem {
  readonly kind: ProblemKind;
  /** What is wrong, in one sentence. */
  readonly what: string;
  /** File, line, path or field. */
  readonly where?: string;
  /** The paragraph behind it, such as `(b)(3)`. */
  readonly cite?: string;
  /** What to do next, for whoever reads it at any door: it names no command and no page. */
  readonly next: string;
  /** Where that is done. The door says how to get there, after the sentence. */
  readonly way?: Way;
}

/** Thrown by readers at the door, caught by the door; carries every problem found, not only the first. */
export class ProblemError extends Error {
  readonly problems: readonly [Problem, ...Problem[]];

  constructor(...problems: [Problem, ...Problem[]]) {
    super(problems.map((p) => p.what).join(' '));
    this.name = 'ProblemError';
    this.problems = problems;
  }
}
