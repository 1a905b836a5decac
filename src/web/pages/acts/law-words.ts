import { matter, necessary } from '../../../rulebook/l-14/f-use-by-customs.ts';
import { engaged, justice, userEngaged } from '../../../rulebook/l-14/g-justice.ts';
import { criminalBar } from '../../../rulebook/l-14/i-criminal.ts';
import { sameAudit } from '../../../rulebook/l-14/j-restrictions.ts';
import { html } from 'hono/html';
import { law } from '../../parts/parts.ts';
import type { Html } from '../../route.ts';

/** The words that stand beside the acts after the release. Those of the section are the rulebook’s own; the rest is the statute’s. */

const of = (...rules: readonly { readonly law: string; readonly cite: string }[]): Html =>
  html`${rules.map((one) => law(one.law, one.cite))}`;

const record = {
  law: 'a permanent system of standardized records with respect to any request, the reason for such request, and the date of such request made by or of it and any disclosure of return or return information made by or to it',
  cite: '26 USC 6103(p)(4)(A)',
};

const access = {
  law: 'restrict, to the satisfaction of the Secretary, access to the returns or return information only to persons whose duties or responsibilities require access and to whom disclosure may be made',
  cite: '26 USC 6103(p)(4)(C)',
};

const looking = {
  law: 'It shall be unlawful for … any officer or employee of the United States … willfully to inspect, except as authorized in this title, any return or return information.',
  cite: '26 USC 7213A(a)(1)',
};

const end = {
  law: 'upon completion of use … either (I) return to the Secretary such returns or return information (along with any copies made therefrom), (II) otherwise make such returns or return information undisclosable, or (III) to the extent not so returned or made undisclosable, ensure that the conditions of subparagraphs (A), (B), (C), (D), and (E) … continue to be met',
  cite: '26 USC 6103(p)(4)(F)(ii)',
};

export const lawOfAct = {
  lookAtCustoms: of(matter, necessary, looking),
  lookAtJustice: of(userEngaged, looking),
  paper: of(access),
  engage: of(justice, engaged),
  audit: of(sameAudit),
  unlock: of(criminalBar),
  recall: of(sameAudit),
  endUse: of(end),
  incident: of(access, looking),
  correct: of(record),
} as const;
