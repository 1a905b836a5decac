import type { Day } from '../../ground/dates.ts';
import type { Way } from '../../ground/ways.ts';
import { designated, held } from '../../rulebook/l-14/f-use-by-customs.ts';
import { heldByJustice, userEngaged } from '../../rulebook/l-14/g-justice.ts';
import { criminalBar } from '../../rulebook/l-14/i-criminal.ts';
import { sameAudit } from '../../rulebook/l-14/j-restrictions.ts';
import type { Actor } from '../acts/people.ts';
import { inForce } from '../acts/people.ts';
import type { Stop } from './answer.ts';
import { plainEntry } from './entry-number.ts';
import { bareOf } from './events.ts';
import { type Holding, isFlagged } from './holding.ts';
import type { Deed } from './question.ts';

/*
 * What stands against an item beside the rules of the hop. The rulebook asks what the section asks of a question; these
 * are states of this office’s own: each of them only ever takes away.
 */

const bar = (
  id: string,
  { cite, law }: { readonly cite: string; readonly law: string },
  what: string,
  cure: string,
  way?: Way,
): Stop => ({ id, cite, law, state: 'failed', what, cure, ...bareOf({ way }), because: [] });

const endOfUse = {
  cite: '6103(p)(4)(F)',
  law: 'upon completion of use of such returns or return information',
} as const;

const wayWords = {
  returned: 'returned to the IRS',
  'made undisclosable': 'made undisclosable',
  'safeguards continue': 'put away under the safeguards',
} as const;

/** Locked, recalled, ended or flagged: asked of every look, use and disclosure. Only (i) asks past the padlock. */
export const barsOn = (state: Holding, item: string, hop: string): readonly Stop[] => {
  const one = state.items.get(item);
  const given = state.office === 'Customs' ? held : heldByJustice;
  const { recalled, ended, locked } = one ?? {};
  return [
    ...(recalled === undefined
      ? []
      : [
          bar(
            'recalled',
            given,
            `The item was recalled on ${recalled.on}: it was not disclosed under this section.`,
            'Use it for nothing. Return it or make it undisclosable, and answer the recall.',
            'end use',
          ),
        ]),
    ...(ended === undefined
      ? []
      : [
          bar(
            'ended',
            endOfUse,
            `The use of the item ended on ${ended.on}: it was ${wayWords[ended.way]}.`,
            'Nothing more is done with it. If it is needed again, it is requested again, under a new reference.',
          ),
        ]),
    ...(locked === undefined || hop === 'criminal-use'
      ? []
      : [
          bar(
            'locked',
            criminalBar,
            `The item has been locked since ${locked.on}, when it was asked for in a criminal matter.`,
            locked.door,
          ),
        ]),
    ...(isFlagged(state)
      ? [
          bar(
            'audit dropped',
            sameAudit,
            'The audit was dropped, and everything held for it is flagged.',
            'Another audit needs a request of its own. End the use of what is held.',
            'end use',
          ),
        ]
      : []),
    ...(state.withdrawn
      ? [
          bar(
            'withdrawn',
            sameAudit,
            'The request was withdrawn before its answer came, so nothing in it is used.',
            'Return the item, or make it undisclosable, 6103(p)(4)(F).',
            'end use',
          ),
        ]
      : []),
    ...(one !== undefined && !one.conditions.may.some((may) => may === hop)
      ? [
          bar(
            'conditions',
            sameAudit,
            'The conditions that came with the item do not let it go this way.',
            'Ask the office that gave it.',
          ),
        ]
      : []),
  ];
};

/** The day is asked here too: an actor looked up yesterday is not an actor today. */
export const barsOnActor = (actor: Actor, day: Day, acting: boolean): readonly Stop[] => {
  const rule = actor.office === 'Customs' ? designated : userEngaged;
  return [
    ...(inForce(actor, day)
      ? []
      : [
          bar(
            'title lapsed',
            rule,
            `The title acted under is not in force on ${day}.`,
            'Act under a title that you hold today.',
          ),
        ]),
    ...(acting && !actor.duties.some((duty) => duty === 'receives' || duty === 'counsel')
      ? [
          bar(
            'duty',
            rule,
            'This is for someone whose title carries the duty “receives” or “counsel”.',
            'Ask a colleague who holds such a title.',
            'people',
          ),
        ]
      : []),
  ];
};

/** “Any entry in the audits for which the information was requested”: where the request lists them, only those. */
export const barsOnEntries = ({ matter }: Holding, deed: Deed | undefined): readonly Stop[] => {
  const listed = (matter?.audit?.entries ?? []).map(plainEntry);
  const outside = (deed?.entries ?? []).some((entry) => !listed.includes(plainEntry(entry)));
  return outside && listed.length > 0
    ? [
        bar(
          'entries',
          sameAudit,
          'One of the entries is not among those of the audit.',
          'Leave it out: the item is for the entries in the audit for which it was requested.',
        ),
      ]
    : [];
};
