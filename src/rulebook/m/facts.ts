import { among, machine, official } from '../fact.ts';

export const facts = {
  mIdentity: machine(
    'request',
    'the IRS disclosure reviewer',
    'Is it taxpayer identity information, and nothing else?',
  ),
  mParagraph: among(machine('request', 'the agency that asks', 'Under which paragraph of section 6103(m)?'), [
    '(m)(2), (4), (5) or (7)',
    '(m)(1), (3) or (6)',
    'none',
  ]),
  mRecipient: among(machine('request', 'the agency that asks', 'What is the recipient to the agency?'), [
    'officer or employee',
    'agent',
    'contractor',
    'someone else',
  ]),
  mContractorIsAgent: machine(
    'request',
    'the agency that asks',
    'Was the definition that makes a contractor an agent in force on the day?',
  ),
  mSafeguards: official(
    'the IRS Office of Safeguards',
    'Are the safeguards of (p)(4), and of (p)(9) for a contractor, in place?',
  ),
  mRestOfSection: official(
    'counsel',
    'Are the requirements of section 6103(m), and of the rest of § 301.6103(m)-1, met?',
  ),
};
