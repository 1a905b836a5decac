import { all, any, is, oneOf } from '../formula.ts';
import { type Section, requires } from '../rule.ts';

const identity = requires('(a)', 'identity', is('mIdentity'), {
  law: 'Disclosure of taxpayer identity information.',
  cure: 'Ask under (m) for taxpayer identity information only.',
});

const agent = requires(
  '(a)',
  'agent',
  any(
    oneOf('mRecipient', 'officer or employee'),
    all(oneOf('mRecipient', 'agent'), oneOf('mParagraph', '(m)(2), (4), (5) or (7)')),
    all(
      oneOf('mRecipient', 'contractor'),
      oneOf('mParagraph', '(m)(2), (4), (5) or (7)'),
      is('mContractorIsAgent'),
    ),
  ),
  {
    law: 'For purposes of applying the provisions of section 6103(m)',
    reading: [
      'R35',
      'In the paragraphs of (m) that speak of agents, an agent includes a contractor; (m)(3) and (m)(6) do not speak of agents. The page stops before it says so.',
    ],
    cure: 'Send it to an officer or employee, or use a paragraph of (m) that speaks of agents.',
  },
);

const paragraph = requires(
  '(a)',
  'paragraph',
  oneOf('mParagraph', '(m)(2), (4), (5) or (7)', '(m)(1), (3) or (6)'),
  {
    law: 'For purposes of applying the provisions of section 6103(m) of',
    reading: ['R31', 'The definition serves section 6103(m) and nothing else; it never reaches (l)(14).'],
    cure: 'Name the paragraph of section 6103(m) under which the address is given.',
  },
);

const safeguards = requires('(a)', 'safeguards', is('mSafeguards'), {
  law: 'applying the provisions of section 6103(m)',
  cure: 'The Office of Safeguards finds, and signs, that the safeguards are in place.',
});

const rest = requires('(a)', 'rest', is('mRestOfSection'), {
  law: 'For purposes of applying',
  reading: ['R34', 'The page holds only the first words of this section; for the rest counsel must answer.'],
  cure: 'Counsel reads the whole section and finds, and signs, that the rest of it is met.',
});

export const section: Section = {
  id: 'm',
  name: '26 CFR § 301.6103(m)-1',
  editions: [
    {
      id: 'T.D. 9111',
      from: '2004-01-06',
      source: 'T.D. 9111, Jan. 6, 2004',
      note: 'date of effect of (b); not on the page',
    },
  ],
  gap: 'The page ends in the first sentence of (a), at “section 6103(m) of”.',
  hops: [
    {
      id: 'm-identity',
      section: 'm',
      cite: '(a)',
      title: 'IRS → agency, its agent or contractor, under 6103(m)',
      question: 'May this address go to this recipient under section 6103(m)?',
      necessity: 'none',
      rules: [identity, paragraph, agent, safeguards, rest],
      obligations: [
        { cite: '26 USC 6103(p)(4)', text: 'The agency answers for the safeguards of its agent.' },
      ],
    },
  ],
  left: [],
};
