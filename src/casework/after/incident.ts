import { dayAt } from '../../ground/dates.ts';
import type { ActOf } from '../acts/act.ts';
import { type CaseEvent, type When, stamp } from '../acts/events.ts';
import type { Actor } from '../acts/people.ts';
import { inForce } from '../acts/people.ts';
import { notEntitled, notInOrder } from '../acts/problems.ts';
import { bare } from './events.ts';
import type { Done, Holding, Incident } from './holding.ts';
import type { Particulars } from './incident-fields.ts';

/**
 * A possible improper look or disclosure is reported to TIGTA and the IRS’s Office of Safeguards at once, and no later than
 * 24 hours after it was discovered (Publication 1075). Who looked is shown by the log; what was in it, never.
 */
const DAY = 24 * 60 * 60;

const seconds = (instant: string): number =>
  Math.floor(Temporal.Instant.from(instant).epochMilliseconds / 1000);

/** The instant by which it is to be reported, UTC. */
export const deadlineOf = ({ discovered }: Pick<Particulars, 'discovered'>): string =>
  Temporal.Instant.fromEpochMilliseconds((seconds(discovered) + DAY) * 1000).toString();

/** Seconds left on the clock; negative once it has run out. `at`: POSIX seconds. */
export const secondsLeft = (incident: Pick<Particulars, 'discovered'>, at: number): number =>
  seconds(incident.discovered) + DAY - at;

/** Any officer may report, and must: no duty is asked for. `known`: the ids of incidents reported before. */
export const reportIncident = (
  known: readonly string[],
  act: ActOf<'report incident'>,
  actor: Actor,
  now: When,
): CaseEvent => {
  if (!inForce(actor, now.day))
    throw notEntitled({
      what: `The title acted under is not in force on ${now.day}.`,
      where: actor.title,
      next: 'Act under a title that you hold today; report it meanwhile by any other way.',
    });
  if (known.includes(act.incident))
    throw notInOrder({
      what: 'This incident was reported before.',
      where: 'incident',
      next: 'Restate what has changed by a correction.',
      way: 'correct',
    });
  if (seconds(act.discovered) > now.at)
    throw notInOrder({
      what: 'The hour of the discovery has not come yet.',
      where: 'discovered',
      next: 'Give the hour with its offset from UTC.',
    });
  if (act.occurred !== 'not known' && seconds(act.occurred) > seconds(act.discovered))
    throw notInOrder({
      what: 'It would have been discovered before it occurred.',
      where: 'occurred',
      next: 'Give the two hours as they were, or “not known”.',
    });
  const { act: _act, case: _case, ...told } = act;
  return {
    kind: 'incident-reported',
    cite: '6103(p)(4)',
    data: {
      ...stamp(actor, now),
      ...bare({ ...told, deadline: deadlineOf(act), late: secondsLeft(act, now.at) < 0 }),
    },
  };
};

/** Who had an item in their hands, by the events: received, opened, used, shown, passed on. */
export interface Access {
  readonly item: string;
  readonly who: string;
  readonly title: string;
  readonly on: string;
  readonly how: Done['kind'] | 'received' | 'was shown' | 'was given';
}

export const whoHadAccess = (state: Holding, items?: readonly string[]): readonly Access[] =>
  [...state.items]
    .filter(([item]) => items === undefined || items.includes(item))
    .flatMap(([item, { received, done }]) => [
      { item, who: received.by.name, title: received.by.title, on: received.on, how: 'received' as const },
      ...done.flatMap(({ kind, by, on, to }): Access[] => [
        { item, who: by.name, title: by.title, on, how: kind },
        ...(to === undefined
          ? []
          : [
              {
                item,
                who: to.name ?? to.is,
                title: to.is,
                on,
                how: kind === 'referred' ? ('was given' as const) : ('was shown' as const),
              },
            ]),
      ]),
    ]);

/** The draft of the report, one line each. The case and the items are named by their ids, and nothing else of them. */
export const incidentDraft = (
  incident: Incident,
  {
    at,
    reference,
    access,
  }: { readonly at: number; readonly reference?: string; readonly access: readonly Access[] },
): readonly string[] => {
  const left = secondsLeft(incident, at);
  const hours = Math.floor(Math.abs(left) / 3600);
  const minutes = Math.floor((Math.abs(left) % 3600) / 60);
  return [
    'Data incident report',
    'To: TIGTA, and the IRS Office of Safeguards (safeguardreports@irs.gov). Sent encrypted; no tax information in it.',
    left < 0
      ? `Due by ${incident.deadline}: overdue by ${hours} h ${minutes} min. Report it now, complete or not.`
      : `Due by ${incident.deadline}: ${hours} h ${minutes} min left. Report it, complete or not.`,
    `1. Agency and point of contact: ${incident.agency}`,
    `2. Occurred: ${incident.occurred}`,
    `3. Discovered: ${incident.discovered}`,
    `4. How discovered: ${incident.how}`,
    `5. Description and data involved: ${incident.what}`,
    `6. Number of records: ${incident.records}`,
    `7. Address: ${incident.address}`,
    `8. Information technology involved: ${incident.technology}`,
    // From here on it is ours: the eight particulars are the IRS’s.
    `Incident ${incident.incident}${reference === undefined ? '' : `, case ${reference}`}${incident.items === undefined ? '' : `, items ${incident.items.join(', ')}`}; reported ${dayAt(incident.reported)}.`,
    // Every case of the office would be named here; which of them matter, a person says.
    ...(reference === undefined
      ? [
          'It concerns no single case. Who had what in hand in a span of time, the record of this office says.',
        ]
      : [`Who had access, by the log (${access.length}):`]),
    ...access.map(({ item, who, title, on, how }) => `- ${on} ${item}: ${how}, ${who}, ${title}`),
  ];
};
