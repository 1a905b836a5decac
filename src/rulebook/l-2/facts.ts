import { machine, official } from '../fact.ts';

export const facts = {
  l2Recipient: machine(
    'request',
    'the directory of officers and titles',
    'Is the recipient an officer or employee of the Department of Labor or the Pension Benefit Guaranty Corporation?',
  ),
  l2Consultation: official(
    'counsel',
    'Is it for a consultation required by section 3002, 3003 or 3004 of ERISA?',
  ),
  l2RestOfSection: official(
    'counsel',
    'Are the requirements met of the part of § 301.6103(l)(2)-3 that this rulebook does not hold?',
  ),
  l2Public: machine(
    'request',
    'the IRS exempt-organization public file',
    'Is the information available to the public under section 6104?',
  ),
};
