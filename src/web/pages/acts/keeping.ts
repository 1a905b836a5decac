import { html } from 'hono/html';
import { endWays } from '../../../casework/after/acts.ts';
import type { HeldItem } from '../../../casework/after/holding.ts';
import { isFlagged } from '../../../casework/after/holding.ts';
import { actAfter } from '../../../office/after.ts';
import { fieldsOf } from '../../form.ts';
import { caseHref } from '../../parts/cases.ts';
import { choose, line, lines, select } from '../../parts/fields.ts';
import { notice, nothing } from '../../parts/parts.ts';
import { type Route, type Visit, holders, orderOf } from '../../route.ts';
import { type HeldFile, actRoutes, itemChoices, saying } from './act-page.ts';
import { lawOfAct } from './law-words.ts';

const does = async (visit: Visit, reference: string, act: string, words: string) => {
  const { warnings } = await actAfter(visit.node, orderOf(visit), {
    ...fieldsOf(visit.form),
    act,
    case: reference,
  });
  return { to: caseHref(reference), say: saying(words, warnings) };
};

const audit = (offices: Route['offices'], need: Route['need']) =>
  actRoutes<HeldFile>({
    path: '/cases/:case/audit',
    offices,
    need,
    cite: '(j)',
    title: 'What has become of the audit',
    button: 'Record it',
    about: () => html`
      ${lawOfAct.audit}
      <p>
        Where the audit is dropped, everything held for it is flagged, and nothing of it is used any more. A
        dropped audit is not taken up again here.
      </p>
    `,
    none: ({ holding }) =>
      holding.matter?.audit === undefined
        ? 'The case names no audit yet.'
        : isFlagged(holding)
          ? 'The audit was dropped. End the use of what is held.'
          : undefined,
    fields: (visit, { office, holding }) => html`
      <p>
        Audit <strong>${holding.matter?.audit?.reference ?? ''}</strong>,
        ${holding.matter?.audit?.stage ?? 'stage not stated'}
      </p>
      ${choose(
        {
          name: 'act.stage',
          label: 'Its stage',
          choices: [
            ...(office === 'customs' ? [{ value: 'initiated', label: 'Initiated' }] : []),
            { value: 'dropped', label: 'Dropped', hint: 'Nothing held for it is used any more.' },
          ],
        },
        visit,
      )}
      ${
        office === 'customs'
          ? line(
              {
                name: 'act.determined',
                label: 'Day on which amounts were determined to be due and owing',
                type: 'date',
              },
              visit,
            )
          : nothing
      }
      ${lines({ name: 'act.reason', label: 'Why, where it is dropped' }, visit)}
    `,
    act: (visit, { reference }) => does(visit, reference, 'audit changed', 'The audit is as recorded now.'),
  });

const isOpen = ({ ended }: HeldItem): boolean => ended === undefined || ended.way === 'safeguards continue';

const ways: Readonly<Record<(typeof endWays)[number], string>> = {
  returned: 'To the IRS, with every copy. The keys here are destroyed with it.',
  'made undisclosable':
    'The keys are destroyed: nobody reads it any more, and its record can still be verified.',
  'safeguards continue': 'It stays, unused, under the same safeguards. The other two ways stay open.',
};

export const keepingRoutes: readonly Route[] = [
  ...audit(['customs'], ['receives', 'counsel', 'drafts requests']),
  ...audit(['justice'], ['receives', 'counsel']),
  ...actRoutes<HeldFile>({
    path: '/cases/:case/unlock',
    offices: holders,
    need: ['counsel'],
    cite: '(i)',
    title: 'Take off the padlock of (i)',
    button: 'Unlock',
    about: () => html`
      ${lawOfAct.unlock}
      <p>
        An item that was asked for in a criminal matter is locked. The padlock comes off without an order or
        request under 6103(i) only where counsel finds, in writing and on file, that there is no criminal use.
      </p>
    `,
    none: ({ holding }) =>
      [...holding.items.values()].some(({ locked }) => locked !== undefined)
        ? undefined
        : 'No item of this case is locked.',
    fields: (visit, { holding }) => html`
      ${choose({ name: 'act.items[]', label: 'Which items?', required: true, choices: itemChoices(holding, ({ locked }) => locked !== undefined) }, visit)}
      ${select(
        {
          name: 'act.paper',
          label: 'Counsel’s opinion on file',
          required: true,
          choices: [...holding.papers]
            .filter(([, { finds }]) => finds === 'no criminal use')
            .map(([id, { document }]) => ({ value: id, label: `${id}: ${document}` })),
        },
        visit,
      )}
      ${lines({ name: 'act.reason', label: 'Why?', required: true }, visit)}
    `,
    act: (visit, { reference }) => does(visit, reference, 'unlock', 'Unlocked.'),
  }),
  ...actRoutes<HeldFile>({
    path: '/cases/:case/end-use',
    offices: holders,
    need: ['receives', 'counsel', 'sends'],
    cite: '26 USC 6103(p)(4)(F)',
    title: 'End the use of items',
    button: 'End the use',
    danger: true,
    about: () => lawOfAct.endUse,
    none: ({ holding }) =>
      [...holding.items.values()].some(isOpen) ? undefined : 'No item is held whose use could end.',
    fields: (visit, { holding }) => html`
      ${notice('warning', html`What is returned or made undisclosable cannot be got back. Letters and packets that show such an item go with it.`)}
      ${choose(
        {
          name: 'act.items[]',
          label: 'Of which items?',
          required: true,
          choices: itemChoices(holding, isOpen),
          chosen: visit.query.getAll('item'),
        },
        visit,
      )}
      ${choose({ name: 'act.way', label: 'In which way?', required: true, choices: endWays.map((way) => ({ value: way, label: way, hint: ways[way] })) }, visit)}
      ${lines({ name: 'act.reason', label: 'Why is the use over?', required: true }, visit)}
    `,
    act: (visit, { reference }) =>
      does(visit, reference, 'end use', `Use ended: ${visit.form.get('act.way') ?? ''}.`),
  }),
];
