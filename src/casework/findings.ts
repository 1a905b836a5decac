import type { FactId } from '../rulebook/facts.ts';
import type { Gathering } from './evidence.ts';
import type { Case, Finding, FindingName } from './schema.ts';

type Office = Finding['by']['office'];

/** Which fact a finding answers, and whose finding it is. One signed by anyone else answers nothing. */
const answers: Readonly<
  Record<
    Exclude<FindingName, 'treaty'>,
    { fact: FactId; by: readonly Office[]; counsel?: true; holder?: true }
  >
> = {
  'no more than necessary': { fact: 'noMoreThanNecessary', by: ['IRS'] },
  'necessary to determination': { fact: 'necessaryToDetermination', by: ['IRS'] },
  'relates to merchandise': { fact: 'relatesToMerchandise', by: ['IRS'] },
  'relationship holds': { fact: 'relationshipHolds', by: ['IRS'] },
  'identifies informant': { fact: 'wouldIdentifyInformant', by: ['IRS'] },
  'seriously impairs': { fact: 'wouldSeriouslyImpair', by: ['IRS'] },
  'use is necessary': { fact: 'useNecessary', by: ['Customs', 'Justice'], holder: true },
  'cannot otherwise be accomplished': { fact: 'cannotOtherwise', by: ['Justice'] },
  'legal representative': { fact: 'counselAcceptsRepresentative', by: ['Customs', 'Justice'], counsel: true },
  'refund suit within (g)': { fact: 'counselAcceptsRefundSuit', by: ['Customs', 'Justice'], counsel: true },
  '6103(i) requirements met': { fact: 'doorSatisfied', by: ['Justice'] },
  '6103(i)(6)': { fact: 'i6Determined', by: ['IRS'] },
  'other provision applies': {
    fact: 'otherProvisionApplies',
    by: ['Customs', 'Justice', 'IRS'],
    counsel: true,
  },
  'ERISA consultation': { fact: 'l2Consultation', by: ['IRS', 'Labor', 'PBGC'], counsel: true },
  'rest of (l)(2)-3 met': { fact: 'l2RestOfSection', by: ['IRS'], counsel: true },
  '6103(m) safeguards': { fact: 'mSafeguards', by: ['IRS'] },
  'rest of (m)-1 met': { fact: 'mRestOfSection', by: ['IRS'], counsel: true },
};

/** The fact that a finding answers. */
export const factOfFinding = (finds: FindingName): FactId =>
  finds === 'treaty' ? 'treatyExtent' : answers[finds].fact;

const signed = ({ by, on }: Finding) => `finding of ${by.name}, ${by.title}, ${by.office}, ${on}`;

const indexed = new WeakMap<Case['findings'], ReadonlyMap<string | undefined, readonly Finding[]>>();

/** The findings of a case by what they are of; those of everything under `undefined`. Made once: a case may have thousands. */
const bySubject = (findings: Case['findings']): ReadonlyMap<string | undefined, readonly Finding[]> => {
  const known = indexed.get(findings);
  if (known !== undefined) return known;
  const made = new Map<string | undefined, Finding[]>();
  for (const one of findings)
    for (const id of one.of ?? [undefined]) {
      const there = made.get(id);
      if (there === undefined) made.set(id, [one]);
      else there.push(one);
    }
  indexed.set(findings, made);
  return made;
};

/** The findings on these subjects made by the day of the decision. The reader has seen to it that no two contradict. */
const about = (read: Case, subjects: readonly string[], day: string): readonly Finding[] => {
  const of = bySubject(read.findings);
  return [undefined, ...subjects].flatMap((id) => of.get(id) ?? []).filter((one) => one.on <= day);
};

/** What officials found, if it was theirs to find; the need for a use is found by the office that holds the item. */
export const gatherFindings = (
  read: Case,
  subjects: readonly string[],
  day: string,
  into: Gathering,
  holder?: Office,
): void => {
  for (const finding of about(read, subjects, day)) {
    if (finding.finds === 'treaty') {
      if (finding.by.office !== 'IRS' || typeof finding.answer === 'boolean') continue;
      into.answer('treatyExtent', finding.answer, signed(finding));
      into.is('treatyPartStripped', finding.stripped, signed(finding));
      continue;
    }
    const { fact, by, counsel, holder: holders } = answers[finding.finds];
    if (typeof finding.answer !== 'boolean' || !by.includes(finding.by.office)) continue;
    if (counsel === true && !finding.counsel) continue;
    if (holders === true && finding.by.office !== holder) continue;
    into.is(fact, finding.answer, signed(finding));
  }
};

const owner = (finding: Finding): { by: readonly Office[]; counsel?: true } =>
  finding.finds === 'treaty' ? { by: ['IRS'] } : answers[finding.finds];

/** Findings that answer nothing, because they are not that office’s to make: said to the reader, not dropped in silence. */
export const misplaced = (read: Case): readonly string[] =>
  read.findings.flatMap((finding, n) => {
    const { by, counsel } = owner(finding);
    const which = `finding ${n + 1} (${finding.finds})`;
    if (!by.includes(finding.by.office))
      return [`${which} is for ${by.join(' or ')} to make, not for ${finding.by.office}: it is not counted`];
    return counsel && !finding.counsel ? [`${which} is for counsel to make: it is not counted`] : [];
  });
