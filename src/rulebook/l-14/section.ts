import type { Section } from '../rule.ts';
import { hops } from './hops.ts';

export const section: Section = {
  id: 'l-14',
  name: '26 CFR § 301.6103(l)(14)-1',
  editions: [
    {
      id: 'T.D. 8527',
      from: '1994-03-11',
      source: '59 FR 11548, Mar. 11, 1994',
      note: 'temporary regulation; the statute itself dates from 8 December 1993',
    },
    {
      id: 'T.D. 8694',
      from: '1996-12-17',
      source: '61 FR 66220, Dec. 17, 1996',
      note: 'final and redesignated, without revision: the same words',
    },
  ],
  hops,
  left: [
    {
      cite: '(f)',
      law: 'Uses may include, to the extent necessary, disclosure to the importer',
      why: '“May include” opens the hop Customs → importer; whether to take it is for the officer.',
    },
    {
      cite: '(h)',
      law: 'Disclosures may include, but are not limited to, disclosures where necessary',
      why: 'The list is open: (1) to (3) are examples, and an attorney may find another kind necessary.',
    },
  ],
};
