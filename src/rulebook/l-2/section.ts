import { is } from '../formula.ts';
import { type Section, requires } from '../rule.ts';

const recipient = requires('(e)', 'recipient', is('l2Recipient'), {
  law: 'officers and employees of the Department of Labor and the Pension Benefit Guaranty Corporation',
  cure: 'The carve-out is for officers and employees of Labor and the Corporation.',
});

const openToPublic = requires('(e)', 'public', is('l2Public'), {
  law: 'the right to inspect return information available to the public under section 6104 of the Code',
  reading: [
    'R33',
    'What the public may see under section 6104 needs no request and no finding under this section.',
  ],
  cure: 'If it is not open under section 6104, ask under paragraphs (a) to (d).',
});

const consultation = requires('(d)', 'consultation', is('l2Consultation'), {
  law: 'any consultation required by section 3002, 3003, or 3004 of the Act',
  cure: 'Counsel finds, and signs, which section of the Act requires the consultation.',
});

const rest = requires('(d)', 'rest', is('l2RestOfSection'), {
  law: 'any consultation required by',
  reading: [
    'R34',
    'The page holds only the end of this section’s (d); what stands before it, counsel must answer for.',
  ],
  cure: 'Counsel reads the whole section and finds, and signs, that the rest of it is met.',
});

export const section: Section = {
  id: 'l-2',
  name: '26 CFR § 301.6103(l)(2)-3',
  editions: [
    {
      id: 'T.D. 7911',
      from: '1983-09-07',
      source: '48 FR 40377, Sept. 7, 1983',
      note: 'last amendment named on the page',
    },
  ],
  gap: 'The page begins with the last words of (d): (a) to (c) and the rest of (d) are not on it.',
  hops: [
    {
      id: 'l2-consultation',
      section: 'l-2',
      cite: '(d)',
      title: 'IRS → Labor or PBGC, for consultation',
      question: 'May the IRS disclose this for a consultation under the Act?',
      necessity: 'N1',
      rules: [{ ...recipient, id: '(d) recipient' }, consultation, rest],
      obligations: [
        {
          cite: '26 USC 6103(p)(3)(A)',
          text: 'The IRS accounts for disclosures under (l)(2); (l)(14) is exempt, (l)(2) is not.',
        },
      ],
    },
    {
      id: 'l2-public-inspection',
      section: 'l-2',
      cite: '(e)',
      title: 'public file → Labor or PBGC',
      question: 'May this officer inspect what is open to the public?',
      necessity: 'none',
      rules: [recipient, openToPublic],
      obligations: [],
    },
  ],
  left: [],
};
