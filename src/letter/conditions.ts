import type { Block } from './block.ts';
import { paragraph } from './law.ts';
import { section } from './words.ts';

/** What binds whoever holds the items: (f) to (j) in our plain words and in the law's, then the statute's own duties. */
export const conditions: readonly Block[] = [
  {
    kind: 'paragraph',
    text: `Each heading is followed by what it means for you, and then by the words of ${section}. Where the two seem to differ, the law’s words hold.`,
  },
  ...condition(
    'f',
    'Use by Customs',
    'Use the items only in the audit named in this letter, and in administrative proceedings to recover or collect what that audit finds due. Nobody in Customs may see them without one of the designated titles. As far as necessary you may show them to the importer subject to the audit, or its legal representative; not to another person, not even the taxpayer whom they are about.',
  ),
  ...condition(
    'g',
    'Passing items to the Department of Justice',
    'You may pass on an item only to those at Justice who are personally and directly engaged in a civil court proceeding about these determinations, in its preparation, or in an investigation that may lead to one; and only what they need for it. Keep a list of their names.',
  ),
  ...condition(
    'h',
    'Passing items on from Justice',
    'Justice may show an item to others as necessary for the same purposes. To anyone but the importer subject to the audit, or its legal representative, it may do so only where the purpose cannot otherwise properly be accomplished: a stricter test, which also applies to the taxpayer whom the item is about, and to every expert and witness.',
  ),
  ...condition(
    'i',
    'No use in criminal matters',
    'No item may be used in a criminal investigation, its preparation or a criminal proceeding before the requirements of section 6103(i)(1) or (2) are met. An item may be used to meet them: in the application or the request itself.',
  ),
  ...condition(
    'j',
    'Nothing else',
    'No other purpose, no other audit, no other person. No contractor of Customs may see an item, whatever the contract says, nor run a system in which its staff could.',
  ),
  { kind: 'heading', level: 3, text: 'Records and safeguards: 26 USC 6103(p)(4)(A) to (E)' },
  {
    kind: 'paragraph',
    text: 'As a condition of receiving the items, Customs keeps a “permanent system of standardized records” of the request, its reason and date, and of each disclosure made by or to it; stores the items in a secure place; and gives access only to persons whose duties require it and to whom disclosure may be made. Record each look at an item. Papers in which an item is written down are federal tax information themselves: label them as this letter is labeled.',
  },
  { kind: 'heading', level: 3, text: 'When use ends: 26 USC 6103(p)(4)(F)(ii)' },
  {
    kind: 'paragraph',
    text: 'When use of an item is completed, do one of three things with it and with every copy, and record which:',
  },
  {
    kind: 'list',
    items: [
      'return it to the Internal Revenue Service;',
      'otherwise make it undisclosable; or',
      'as far as neither is done, go on meeting the conditions of section 6103(p)(4)(A) to (E).',
    ],
  },
  { kind: 'heading', level: 3, text: 'Penalties: 26 USC 7213, 7213A and 7431' },
  {
    kind: 'list',
    items: [
      'Section 7213: an officer or employee, present or former, who willfully discloses return information without authority commits a felony: a fine of up to $5,000, imprisonment of up to 5 years, or both, with the costs of prosecution; and dismissal.',
      'Section 7213A: willfully inspecting it without authority is an offense already: a fine of up to $1,000, imprisonment of up to 1 year, or both, with the costs of prosecution; and dismissal.',
      'Section 7431: the taxpayer may sue the United States where an officer or employee inspects or discloses it in violation of section 6103, knowingly or by negligence, for the greater of $1,000 for each act and the actual damages, with punitive damages where the act was willful or grossly negligent. A good faith but erroneous interpretation of section 6103 is a defense.',
    ],
  },
];

function condition(letter: string, heading: string, words: string): Block[] {
  return [
    { kind: 'heading', level: 3, text: `(${letter}) ${heading}` },
    { kind: 'paragraph', text: words },
    { kind: 'quote', paragraphs: paragraph(letter) },
  ];
}
