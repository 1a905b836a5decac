import type { Neighbour, Proposal } from './schema.ts';

const importerSide = ['importer', 'importer’s representative'];

/** Recipients whom (h) reaches from Justice; from Customs they are “anyone else”. */
const othersOfH = [
  'another importer',
  'taxpayer',
  'taxpayer’s representative',
  'broker',
  'surety',
  'witness',
  'expert',
  'settlement authority',
  'court or party',
  'someone else',
];

/** Which hop a proposal is. A criminal matter is (i) whoever asks; what no paragraph names is (j). */
export const hopOfProposal = ({ act, holder, to, for: use, otherProvision }: Proposal): string => {
  if (use.matter === 'criminal') return 'criminal-use';
  if (act === 'look or use' || to === undefined)
    return holder === 'Customs' ? 'use-by-customs' : 'use-by-justice';
  if (otherProvision !== undefined) return 'anyone-else';
  if (importerSide.includes(to.is))
    return holder === 'Customs' ? 'customs-to-importer' : 'justice-to-importer';
  if (holder === 'Customs')
    return to.is === 'Justice officer'
      ? 'customs-to-justice'
      : to.is === 'customs officer'
        ? 'use-by-customs'
        : 'anyone-else';
  return othersOfH.includes(to.is) ? 'justice-to-other' : 'anyone-else';
};

export const hopOfNeighbour = ({ under }: Neighbour): string =>
  ({
    '(l)(2) consultation': 'l2-consultation',
    '(l)(2) public': 'l2-public-inspection',
    '(m)': 'm-identity',
  })[under];
