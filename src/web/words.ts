/** What stands above and below every page that shows an item, on screen and in print. */
export const ftiLabel =
  'Federal Tax Information. Disclosed under 26 U.S.C. 6103(l)(14), for the audit for which it was requested and for nothing else.';
