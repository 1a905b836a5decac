// The two validators alone: all of stdnum takes longer to load than a case to decide.
import ein from 'stdnum/lib/cjs/us/ein.js';
import ssn from 'stdnum/lib/cjs/us/ssn.js';
import type { Case, Taxpayer } from './schema.ts';

/** Where the id is a number only, as of whoever was entered on screen: “taxpayer 2”. */
const numbered = (id: string): string =>
  /^taxpayer-\d+$/.test(id) ? id.replace('-', ' ') : `taxpayer ${id}`;

/** (b)(2) asks for no number: an odd one is worth a look, and refuses nothing. The number itself is never repeated. */
const tinWarning = ({ id, tin }: Taxpayer): string[] => {
  if (tin === undefined)
    return [`${numbered(id)}: no TIN; the request is complete without one, but the record is harder to find`];
  const digits = tin.replaceAll('-', '');
  const isEin = /^\d{2}-/.test(tin) || (!tin.includes('-') && ein.validate(digits).isValid);
  const number = isEin ? ein : ssn;
  return number.validate(digits).isValid
    ? []
    : [`${numbered(id)}: the IRS has not issued ${isEin ? 'EINs' : 'SSNs'} that begin so; check the number`];
};

/** What a careful reader would point out, and what refuses nothing by itself. */
export const warningsOf = (read: Case): readonly string[] => [
  ...read.taxpayers.flatMap(tinWarning),
  ...(read.audit?.stage === 'dropped'
    ? [`audit ${read.audit.reference} was dropped: nothing more may be requested for it`]
    : []),
];
