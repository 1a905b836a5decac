import type { Hop } from '../rule.ts';
import * as a from './a-general-rule.ts';
import * as b from './b-procedures.ts';
import * as c from './c-subject-to-disclosure.ts';
import * as d from './d-not-subject.ts';
import * as e from './e-impairment.ts';
import * as f from './f-use-by-customs.ts';
import * as g from './g-justice.ts';
import * as h from './h-by-justice.ts';
import * as i from './i-criminal.ts';
import * as j from './j-restrictions.ts';
import * as must from './obligations.ts';

const section = 'l-14';

export const hops: readonly Hop[] = [
  {
    id: 'irs-to-customs',
    section,
    cite: '(a)',
    title: 'IRS → Customs',
    question: 'May the IRS disclose this item to this officer of Customs?',
    necessity: 'N1',
    rules: [...a.rules, ...b.rules, ...c.rules, ...d.rules, ...e.rules],
    obligations: [must.mayNotMust, must.record, must.audit, must.noContractor, must.endOfUse],
  },
  {
    id: 'use-by-customs',
    section,
    cite: '(f)',
    title: 'use by Customs',
    question: 'May this officer of Customs look at, or use, this item for this?',
    necessity: 'N1',
    rules: [a.edition, ...f.useRules, j.sameAudit, i.criminalBar],
    obligations: [must.view, must.workpapers, must.endOfUse],
  },
  {
    id: 'customs-to-importer',
    section,
    cite: '(f)',
    title: 'Customs → importer or its legal representative',
    question: 'May Customs show this item to this person?',
    necessity: 'N1',
    rules: [a.edition, ...f.disclosureRules, j.sameAudit, j.contractor, i.criminalBar],
    obligations: [must.record, must.onward],
  },
  {
    id: 'customs-to-justice',
    section,
    cite: '(g)',
    title: 'Customs → Justice',
    question: 'May Customs pass this item to this officer of Justice?',
    necessity: 'N1',
    rules: [a.edition, ...g.rules, j.sameAudit, j.contractor, i.criminalBar],
    obligations: [must.record, must.list, must.endOfUse],
  },
  {
    id: 'use-by-justice',
    section,
    cite: '(g)',
    title: 'use by Justice',
    question: 'May this officer of Justice look at, or use, this item for this?',
    necessity: 'N1',
    rules: [a.edition, ...g.useRules, j.sameAudit, i.criminalBar],
    obligations: [must.view, must.list, must.endOfUse],
  },
  {
    id: 'justice-to-importer',
    section,
    cite: '(h)',
    title: 'Justice → importer or its legal representative',
    question: 'May Justice show this item to the importer of the audit?',
    necessity: 'N1',
    rules: [a.edition, ...h.importerRules, j.sameAudit, j.contractor, i.criminalBar],
    obligations: [must.record, must.onward],
  },
  {
    id: 'justice-to-other',
    section,
    cite: '(h)',
    title: 'Justice → anyone else',
    question: 'May Justice disclose this item to this person?',
    necessity: 'N2',
    rules: [a.edition, ...h.otherRules, j.sameAudit, j.contractor, i.criminalBar],
    obligations: [must.record, must.onward],
  },
  {
    id: 'criminal-use',
    section,
    cite: '(i)',
    title: 'any use in a criminal matter',
    question: 'May this item be used in, or for, this criminal matter?',
    necessity: 'none',
    rules: [a.edition, ...i.rules, j.contractor],
    obligations: [must.accounting, must.record],
  },
  {
    id: 'anyone-else',
    section,
    cite: '(j)',
    title: 'Customs or Justice → any other person',
    question: 'May this item go to a person whom this section does not name?',
    necessity: 'none',
    rules: [a.edition, ...j.rules],
    obligations: [must.elsewhere, must.record],
  },
];
