import type { Day } from '../../ground/dates.ts';
import type { Catalogue } from '../../returns/catalogue/catalogue.ts';
import { type FactId, facts } from '../../rulebook/facts.ts';
import type { Rule } from '../../rulebook/rule.ts';
import { type Decision, decideCase } from '../decide.ts';
import { unknownItems } from '../items.ts';
import type { Case } from '../schema.ts';
import { warningsOf } from '../warnings.ts';
import { unfinished } from './check-unfinished.ts';
import { type OpenDraft, bodyOf, caseOf } from './request.ts';

export interface CheckFinding {
  /** The item it is about; the whole request where left out. */
  readonly item?: string;
  /** The taxpayer it is about, where it ends all that is asked of one. */
  readonly taxpayer?: string;
  /** The field that is missing: `audit.stage`, `taxpayers.lamp.name`. */
  readonly field?: string;
  /** The rule behind it, by its id. */
  readonly rule?: string;
  readonly cite: string;
  readonly what: string;
  /** The law's exact words, where a rule is behind it. */
  readonly law?: string;
  readonly cure: string;
  /** Whether the request would be sent back for it. A warning refuses nothing. */
  readonly blocking: boolean;
}

/** Only the Code's chapter may stay open: the catalogue does not know every line, and the IRS may. */
const OPEN: readonly FactId[] = ['chapter', 'adjustsItemInScope'];

const failing = (read: Case, item: string, rule: Rule, what: string, blocking: boolean): CheckFinding => {
  const taxpayer = read.items.find((one) => one.id === item)?.taxpayer;
  return {
    ...(rule.ends === 'request' ? {} : { item }),
    ...(rule.ends !== 'taxpayer' || taxpayer === undefined ? {} : { taxpayer }),
    rule: rule.id,
    cite: rule.cite,
    what,
    law: rule.law,
    cure: rule.cure,
    blocking,
  };
};

const ofItem = (read: Case, { item, outward, ask }: Decision): CheckFinding[] => {
  if (outward?.say === 'returned for cure')
    return outward.rules.map((rule) =>
      failing(read, item, rule, 'The request does not meet this rule.', true),
    );
  return ask
    .filter(({ fact }) => facts[fact].seen === 'request')
    .flatMap(({ fact, question, rules: [rule] }) =>
      rule === undefined
        ? []
        : [failing(read, item, rule, `The request leaves open: ${question}`, !OPEN.includes(fact))],
    );
};

/** (b)(4) has each taxpayer certified; that the certificate is true of the audit named, the Commissioner answers for. */
const certificates = ({ audit, taxpayers }: Case): CheckFinding[] => {
  if (audit === undefined) return [];
  const true_ = { initiated: 'audit initiated', intended: 'audit intended', dropped: undefined }[audit.stage];
  return taxpayers
    .filter(({ id, certified }) => {
      const fits = id === audit.subject ? true_ : 'relationship';
      return certified !== undefined && certified !== fits;
    })
    .map(({ id }) => ({
      taxpayer: id,
      cite: '(b)(4)',
      what: `What is certified of taxpayer ${id} is not what the request says of the audit.`,
      cure: 'Certify what is so: the subject’s audit as initiated or intended, and of any other taxpayer the relationship.',
      blocking: false,
    }));
};

const once = (findings: readonly CheckFinding[]): CheckFinding[] => {
  const seen = new Set<string>();
  return findings.filter((one) => {
    const key = JSON.stringify([one.item, one.cite, one.law, one.what]);
    return !seen.has(key) && seen.add(key);
  });
};

/** A slip of the pen, most likely; it refuses nothing. */
const warnings = (read: Case): CheckFinding[] => {
  const warning = (what: string) => ({
    cite: '(b)(2)',
    what,
    cure: 'Look once more; it refuses nothing.',
    blocking: false,
  });
  const { audit: _audit, ...unaudited } = read;
  return [
    ...read.taxpayers.flatMap((one) =>
      warningsOf({ ...unaudited, taxpayers: [one] }).map((what) => ({ taxpayer: one.id, ...warning(what) })),
    ),
    ...warningsOf({ ...read, taxpayers: [] }).map((what) => ({ field: 'audit', ...warning(what) })),
  ];
};

/**
 * What the IRS would send back, found before the Commissioner signs: the request is decided as if it had been signed and
 * received on this day, and read as one reads it who knows nothing else. So a request that has nothing blocking cannot be
 * returned as incomplete. What was begun and is not whole is named first. No judgment is computed.
 */
export const checkRequest = (draft: OpenDraft, catalogue: Catalogue, day: Day): readonly CheckFinding[] => {
  const signature = {
    name: 'whoever signs',
    title: 'Commissioner',
    office: 'Customs',
    capacity: 'Commissioner',
  } as const;
  const read = caseOf(bodyOf(draft, { dated: day, signature }), { day, received: day });
  const none: CheckFinding = {
    cite: '(b)(1)',
    what: 'The request asks for no item.',
    cure: 'Name the particular items.',
    blocking: true,
  };
  return once([
    ...(read.items.length === 0 ? [none] : []),
    ...unfinished(draft),
    ...decideCase(read, catalogue).decisions.flatMap((decision) => ofItem(read, decision)),
    ...unknownItems(read, catalogue).map(({ path, what }) => ({
      item: read.items[Number(path[1])]?.id ?? '',
      cite: '(b)(1)',
      what: `${String(path[2])}: ${what}`,
      cure: 'Name a form and line that the catalogue lists, or the item’s path.',
      blocking: true,
    })),
    ...certificates(read),
    ...warnings(read),
  ]);
};

export const blocking = (findings: readonly CheckFinding[]): readonly CheckFinding[] =>
  findings.filter((one) => one.blocking);
