import type { CheckFinding } from './check.ts';
import type { OpenDraft } from './request.ts';

interface Part {
  readonly field: string;
  /** What the person sees of it: “the stage of the audit”. */
  readonly name: string;
}

const missing = ({ field, name }: Part, cite: string, more: Partial<CheckFinding> = {}): CheckFinding => ({
  field,
  cite,
  what: `The request does not say ${name}.`,
  cure: `Write down ${name}.`,
  blocking: true,
  ...more,
});

const auditParts = {
  reference: 'the reference of the audit',
  kind: 'what kind of audit it is',
  stage: 'whether the audit has been initiated or is intended',
  subject: 'which taxpayer the audit is of',
} as const;

const relationshipParts = {
  kind: 'whether the relationship is transactional or one of ownership',
  with: 'with whom the relationship is',
} as const;

const periodParts = { from: 'the first day of the period', to: 'the last day of the period' } as const;

/** The parts of a group that has been begun and do not stand in it. */
const partsMissing = <Name extends string>(
  group: Readonly<Partial<Record<NoInfer<Name>, unknown>>> | undefined,
  parts: Readonly<Record<Name, string>>,
  at: string,
): readonly Part[] =>
  group === undefined
    ? []
    : (Object.keys(parts) as Name[])
        .filter((one) => group[one] === undefined)
        .map((one) => ({ field: `${at}.${one}`, name: parts[one] }));

/**
 * What was begun in a draft and is not whole, part by part. To the rules an unfinished group is one that is not there;
 * where nothing of it was written at all, they say what is missing.
 */
export const unfinished = ({ audit, taxpayers, items }: OpenDraft): readonly CheckFinding[] => [
  ...partsMissing(audit, auditParts, 'audit').map((part) => missing(part, '(a)(1)')),
  ...taxpayers.flatMap(({ id, name, relationship }) => [
    ...(name === undefined
      ? [
          missing({ field: `taxpayers.${id}.name`, name: 'the name of this taxpayer' }, '(b)(2)', {
            taxpayer: id,
          }),
        ]
      : []),
    ...partsMissing(relationship, relationshipParts, `taxpayers.${id}.relationship`).map((part) =>
      missing(part, '(b)(4)', { taxpayer: id }),
    ),
  ]),
  ...items.flatMap(({ id, period }) =>
    partsMissing(period, periodParts, `items.${id}.period`).map((part) =>
      missing(part, '(b)(3)', { item: id }),
    ),
  ),
];
