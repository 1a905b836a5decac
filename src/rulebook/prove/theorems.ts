import { is, not, oneOf } from '../formula.ts';
import type { Hop } from '../rule.ts';
import {
  type Theorem,
  always,
  answered,
  blank,
  both,
  ifThen,
  known,
  no,
  permitted,
  refused,
  sometimes,
  undetermined,
} from './claim.ts';
import { theorems as firstHop } from './theorems-first-hop.ts';
import { theorems as onward } from './theorems-onward.ts';

/** What holds of every hop alike, whatever its rules say. */
const ofEveryHop = (hop: Hop): readonly Theorem[] => {
  const { id, title, cite } = hop;
  const about = [id];
  return [
    sometimes(
      cite,
      about,
      `${title}: there are facts on which it is permitted.`,
      both(answered, permitted(id)),
    ),
    sometimes(cite, about, `${title}: there are facts on which it is refused.`, both(answered, refused(id))),
    always(
      cite,
      about,
      `${title}: with nothing known, nothing is permitted and nothing is refused.`,
      ifThen(blank, undetermined(id)),
    ),
    always(
      cite,
      about,
      `${title}: with every question answered, nothing is left undetermined.`,
      ifThen(answered, no(undetermined(id))),
    ),
    always(
      cite,
      about,
      `${title}: it is never both permitted and refused.`,
      no(both(permitted(id), refused(id))),
    ),
    always(
      cite,
      about,
      `${title}: whatever is learnt later, a refusal stays a refusal.`,
      ifThen(refused(id), refused(id, 'later')),
    ),
    always(
      cite,
      about,
      `${title}: whatever is learnt later, a permission stays a permission.`,
      ifThen(permitted(id), permitted(id, 'later')),
    ),
  ];
};

const barsOf = (hop: Hop): readonly Theorem[] =>
  hop.rules
    .filter((rule) => rule.kind === 'bars')
    .map((rule) =>
      always(
        rule.cite,
        [hop.id],
        `${hop.title}: the bar ${rule.id} beats every permission, and an unanswered one lets nothing pass.`,
        both(ifThen(known(rule.when), refused(hop.id)), ifThen(permitted(hop.id), known(not(rule.when)))),
      ),
    );

const everyOtherThan = (hops: readonly Hop[], ...ids: readonly string[]) =>
  hops.filter(({ section, id }) => section === 'l-14' && !ids.includes(id)).map(({ id }) => id);

const acrossHops = (hops: readonly Hop[]): readonly Theorem[] => {
  const later = everyOtherThan(hops, 'irs-to-customs', 'criminal-use', 'anyone-else');
  const disclosures = later.filter((id) => !id.startsWith('use-by'));
  const l14 = everyOtherThan(hops);
  const none = (ids: readonly string[]) => both(...ids.map((id) => no(permitted(id))));
  return [
    always(
      '(i)',
      later,
      'A criminal matter is permitted by no hop but (i).',
      ifThen(known(oneOf('matter', 'criminal')), both(...later.map((id) => refused(id)))),
    ),
    always(
      '(j)',
      later,
      'After the first hop nothing is used or passed on outside the audit for which it was requested.',
      both(...later.map((id) => ifThen(permitted(id), known(is('sameAudit'))))),
    ),
    always(
      '(j)',
      [...disclosures, 'criminal-use', 'anyone-else'],
      'No hop permits a contractor, whatever provision is invoked.',
      ifThen(
        known(oneOf('recipient', 'contractor')),
        both(...[...disclosures, 'criminal-use', 'anyone-else'].map((id) => refused(id))),
      ),
    ),
    always(
      '(f)',
      l14,
      'What neither Customs nor Justice holds is used by no one and passed on to no one.',
      ifThen(
        both(known(not(is('heldByCustoms'))), known(not(is('heldByJustice'))), known(not(is('heldByActor')))),
        none(l14.filter((id) => id !== 'irs-to-customs')),
      ),
    ),
    always(
      '(h)',
      ['use-by-justice', 'justice-to-importer', 'justice-to-other'],
      'Justice can use or pass on only what came to it through Customs.',
      both(
        ...['use-by-justice', 'justice-to-importer', 'justice-to-other'].map((id) =>
          ifThen(permitted(id), known(is('heldByJustice'))),
        ),
      ),
    ),
    always(
      '(f)',
      ['use-by-customs', 'use-by-justice'],
      'Customs and Justice are never both permitted the same use: (f) is administrative, (g) is for a court.',
      no(both(permitted('use-by-customs'), permitted('use-by-justice'))),
    ),
    always(
      '(a)',
      ['m-identity', 'anyone-else', ...disclosures],
      'A contractor who lawfully receives an address under (m) still receives nothing that was disclosed under (l)(14).',
      ifThen(
        both(
          permitted('m-identity'),
          known(oneOf('mRecipient', 'contractor')),
          known(oneOf('recipient', 'contractor')),
        ),
        both(refused('anyone-else'), ...disclosures.map((id) => refused(id))),
      ),
    ),
    sometimes(
      '(a)',
      ['m-identity', 'anyone-else'],
      'There is a contractor who is lawful under (m) and refused under (l)(14).',
      both(permitted('m-identity'), known(oneOf('mRecipient', 'contractor')), refused('anyone-else')),
    ),
    always(
      '(j)',
      ['anyone-else'],
      'Section 6103(m) opens nothing that was disclosed under (l)(14).',
      ifThen(known(is('invokesM')), refused('anyone-else')),
    ),
  ];
};

/** All theorems over a set of hops; the named ones of the section need its hops to be among them. */
export const theoremsOf = (hops: readonly Hop[]): readonly Theorem[] => [
  ...firstHop,
  ...onward,
  ...acrossHops(hops),
  ...hops.flatMap(barsOf),
  ...hops.flatMap(ofEveryHop),
];
