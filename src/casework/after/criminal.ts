import type { AskedProposal } from './question.ts';

/**
 * The lawful door of a criminal matter, in words. An (i)(2) request reaches only what the taxpayer did not file or furnish,
 * and the taxpayer’s identity (R27); while nobody has said which it is, only the order is named.
 */
export const doorWords = (criminal: AskedProposal['criminal']): string => {
  const byRequest = criminal?.filedByTaxpayer === false || criminal?.identityOnly === true;
  return [
    'The lawful door is an ex parte order under 6103(i)(1)',
    byRequest ? ', or a request under 6103(i)(2) by the head of the agency' : '',
    '. Until it has been met, the item may be used only to comply with 6103(i), by those who already hold it lawfully.',
  ].join('');
};
