import type { Obligation } from '../rule.ts';

/** What the law still asks of whoever acts on a permission. Cited to the section, or to the statute where that is its source. */
export const mayNotMust: Obligation = {
  cite: '(a)',
  text: 'The IRS may disclose; it need not. No paragraph gives Customs a right or a deadline.',
};
export const record: Obligation = {
  cite: '26 USC 6103(p)(4)(A)',
  text: 'Keep the permanent, standardized record: the request, its reason and date, and the disclosure.',
};
export const audit: Obligation = {
  cite: '(j)',
  text: 'Use it only in the audit for which it was requested, and in the actions resulting from that audit.',
};
export const noContractor: Obligation = { cite: '(j)', text: 'Show it to no contractor of Customs.' };
export const endOfUse: Obligation = {
  cite: '26 USC 6103(p)(4)(F)',
  text: 'When use ends: return it, make it undisclosable, or go on safeguarding it.',
};
export const view: Obligation = {
  cite: '26 USC 7213A',
  text: 'Record each look; looking without right is an offence.',
};
export const workpapers: Obligation = {
  cite: '(f)',
  text: 'Papers that document an entry with it become federal tax information themselves: label them, and keep them out of FOIA copies.',
};
export const onward: Obligation = {
  cite: '26 USC 6103(a)(3)',
  text: 'The Code does not bind this recipient once lawfully told: have a protective order or a signed undertaking first.',
};
export const list: Obligation = {
  cite: '(g)',
  text: 'Keep the list of those personally and directly engaged, from day to day.',
};
export const accounting: Obligation = {
  cite: '26 USC 6103(p)(3)(A)',
  text: 'Disclosures under (i)(1) and (i)(2) are accounted for by the IRS; (l)(14) ones are not.',
};
export const elsewhere: Obligation = {
  cite: '(j)',
  text: 'Permitted, if at all, by the other provision that counsel named, and on its conditions; this section decided nothing.',
};
