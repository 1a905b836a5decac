/**
 * The closed list of where a problem may send a person, by the names of the acts and records that wait there, with what each is
 * for. It names places and no addresses: how one gets there, each door says in its own way.
 */
export const ways = {
  people: 'see who holds which title at this office',
  'add person': 'enter a person in the directory',
  'add office': 'take in the card of another office',
  inbox: 'see which packets wait, and where each case stands',
  receive: 'receive a packet that waits',
  draft: 'draft a request, (b)',
  sign: 'sign a request as Commissioner, (b)',
  send: 'send the signed request to the IRS',
  review: 'see each item under review, and what was found of it',
  approve: 'approve what is determined, for another person to release',
  'may i': 'ask whether an item may be used or shown',
  custody: 'see who had what, from whom and when',
  'file paper': 'put a paper on file',
  papers: 'see the papers on file',
  engage: 'list who is personally and directly engaged, (g)',
  recall: 'recall what was disclosed in error',
  recalls: 'see the recalls of a case, and what each still waits for',
  'answer recall': 'say what became of a recalled item',
  'end use': 'end the use of items, 6103(p)(4)(F)',
  correct: 'restate a wrong entry by a correcting one',
  record: 'read the record of this office, 6103(p)(4)(A)',
  items: 'look up forms, lines and particular items in the catalogue',
  // For whoever runs a node, or decides a case of a file.
  'new case': 'see every field of a case, with a comment on each',
  init: 'make the node of an office',
  seen: 'write down what was seen of another office’s log',
} as const;

export type Way = keyof typeof ways;
