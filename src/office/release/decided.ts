import type { CaseDecision } from '../../casework/decide.ts';
import type { Case } from '../../casework/schema.ts';
import type { Catalogue } from '../../returns/catalogue/catalogue.ts';

/** A case with what was decided on it. */
export interface DecidedCase {
  readonly read: Case;
  readonly catalogue: Catalogue;
  readonly decided: CaseDecision;
}
