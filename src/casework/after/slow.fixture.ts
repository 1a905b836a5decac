import { type CaseEvent } from '../acts/events.ts';
import type { Actor } from '../acts/people.ts';
import type { Question } from './question.ts';

/*
 * The slow, obvious reading of “who may have what”, from the table of the law and the raw events, without the rulebook and
 * without the fold. It answers one question only: is it permitted, today, for this item?
 */

type Body = Record<string, unknown>;
const dayIn = (one: unknown): string => (typeof one === 'string' ? one : '9999-12-31');
const body = (event: CaseEvent): Body => event.data as unknown as Body;

export interface Raw {
  readonly office: 'Customs' | 'Justice';
  readonly events: readonly CaseEvent[];
}

const TITLES = ['Auditor', 'Supervisor'];

const of = ({ events }: Raw, kind: string, item?: string): Body[] =>
  events.filter((one) => one.kind === kind && (item === undefined || one.item === item)).map(body);

const lastOf = ({ events }: Raw, kinds: readonly string[], item: string) =>
  events.findLast((one) => kinds.includes(one.kind) && one.item === item)?.kind;

const during = (one: Body, on: string): boolean => dayIn(one['from']) <= on && on <= dayIn(one['to']);

const papersNamed = (raw: Raw, names: readonly string[], item: string, day: string): Body[] => {
  const gone = of(raw, 'paper-withdrawn').map((one) => one['paper']);
  return of(raw, 'paper-filed').filter(
    (one) =>
      names.includes(String(one['paper'])) &&
      !gone.includes(one['paper']) &&
      during(one, day) &&
      (one['items'] === undefined || (one['items'] as string[]).includes(item)),
  );
};

const engagedOn = (raw: Raw, id: string, day: string): boolean => {
  let lines: { from: string; to: string }[] = [];
  for (const event of raw.events) {
    const one = body(event);
    if (one['person'] !== id) continue;
    if (event.kind === 'person-engaged') lines.push({ from: String(one['from']), to: dayIn(one['to']) });
    if (event.kind === 'person-disengaged')
      // Strings of days: whoever is off the list from that day on was last on it the day before.
      lines = lines.map(({ from, to }) => ({
        from,
        to: to >= String(one['from']) ? `${String(one['from'])}-` : to,
      }));
  }
  return lines.some(({ from, to }) => from <= day && (to.endsWith('-') ? day < to.slice(0, -1) : day <= to));
};

const isDue = (raw: Raw, on: string): boolean => {
  const told = of(raw, 'audit-changed').map((one) => one['determined']);
  const sent = of(raw, 'referral-received').map(
    (one) => (one['document'] as { audit: { determined?: string } }).audit.determined,
  );
  const last = [...sent, ...told].findLast((one) => one !== undefined);
  return last !== undefined && dayIn(last) <= on;
};

export const obviously = (raw: Raw, question: Question, item: string, actor: Actor, day: string): boolean => {
  const { proposal, findings } = question;
  const { to, for: use, criminal, otherProvision } = proposal;
  const customs = raw.office === 'Customs';
  // What is held, and what stands against it.
  if (
    !raw.events.some(
      (one) => one.kind === 'item-received' && one.item === item && body(one)['content'] !== undefined,
    )
  )
    return false;
  if (of(raw, 'item-recalled', item).length > 0 || of(raw, 'use-ended', item).length > 0) return false;
  if (of(raw, 'audit-changed').some((one) => one['stage'] === 'dropped')) return false;
  if (day < actor.from || (actor.to !== undefined && actor.to < day)) return false;
  const locked = lastOf(raw, ['item-locked', 'item-unlocked'], item) === 'item-locked';
  const isCriminal = use.matter === 'criminal';
  if (locked && !isCriminal) return false;
  if (to?.is === 'contractor') return false;

  const named = papersNamed(raw, proposal.papers, item, day);
  const paper = (kind: string, name?: string) =>
    named.find(
      (one) =>
        one['kind'] === kind &&
        (name === undefined || String(one['of']).toLowerCase() === name.toLowerCase()),
    );
  const said = (finds: string, counsel = false): boolean | undefined => {
    const one = findings.find((found) => found.finds === finds);
    if (one === undefined || (counsel && !(one.counsel && actor.duties.includes('counsel'))))
      return undefined;
    return one.answer;
  };
  const opinion = (finds: string): boolean => {
    const spoken = said(finds, true);
    if (spoken !== undefined) return spoken;
    return named.some(
      (one) =>
        one['kind'] === 'counsel opinion' &&
        one['finds'] === finds &&
        (finds !== 'legal representative' || String(one['of']).toLowerCase() === to?.name?.toLowerCase()) &&
        (finds !== 'other provision applies' || one['provision'] === otherProvision),
    );
  };
  const mine = customs ? TITLES.includes(actor.title) : engagedOn(raw, actor.id, day);

  if (isCriminal) {
    if (criminal === undefined) return false;
    if (criminal.toComply) return to === undefined && mine;
    if (paper('6103(i)(6) determination') === undefined) return false;
    const spoken = customs ? undefined : said('6103(i) requirements met');
    return named.some(
      (door) =>
        (spoken ?? door['signed'] !== undefined) &&
        ((door['agencies'] ?? []) as string[]).includes(criminal.userAgency ?? '') &&
        (door['kind'] === '6103(i) order' ||
          (door['kind'] === '6103(i) request' &&
            (criminal.filedByTaxpayer === false || criminal.identityOnly === true))),
    );
  }
  if (otherProvision !== undefined && to !== undefined)
    return !otherProvision.startsWith('6103(m)') && opinion('other provision applies');

  // Every other way has these in common: one audit, no second purpose, found necessary, by one who may have it.
  if (!mine || said('use is necessary') !== true) return false;
  if (use.audit !== 'AUDIT-1' || use.aim.length === 0 || use.aim.includes('other')) return false;
  const f =
    (use.matter === 'the audit' && use.aim.includes('correctness')) ||
    (use.matter === 'administrative recovery' && use.aim.includes('recovery') && isDue(raw, day));
  const g =
    use.matter === 'civil judicial' &&
    use.aim.includes('advocacy') &&
    use.stage !== undefined &&
    use.stage !== 'administrative' &&
    ((use.aim.includes('recovery') && isDue(raw, day)) ||
      (use.refundSuit && opinion('refund suit within (g)')));
  if (to === undefined) return customs ? f : g;

  const shows = (...kinds: string[]) =>
    named.find(
      (one) =>
        kinds.includes(String(one['kind'])) && String(one['of']).toLowerCase() === to.name?.toLowerCase(),
    );
  const authority = shows('authority', 'appearance');
  const represents = named.some(
    (one) =>
      ['authority', 'appearance'].includes(String(one['kind'])) &&
      String(one['of']).toLowerCase() === to.name?.toLowerCase() &&
      one['importer'] === to.importer &&
      (one['attorney'] === true || opinion('legal representative')),
  );
  const importerSide =
    to.importer === 'lamp' && (to.is === 'importer' || (to.is === 'importer’s representative' && represents));

  if (customs)
    switch (to.is as string) {
      case 'importer':
      case 'importer’s representative':
        return f && importerSide;
      case 'customs officer':
        return f && TITLES.includes(to.title ?? '');
      case 'Justice officer':
        return g && to.personally === true && to.directly === true;
      default:
        return false;
    }
  if (to.is === 'importer' || to.is === 'importer’s representative') return g && importerSide;
  const last = paper('last-resort memorandum', to.name) !== undefined && to.name !== undefined;
  if (!g || !last || said('cannot otherwise be accomplished') === false) return false;
  switch (to.is as string) {
    case 'expert':
      return shows('engagement letter') !== undefined && shows('safeguards certification') !== undefined;
    case 'witness':
      return shows('subpoena') !== undefined;
    case 'taxpayer':
      return shows('authority', 'subpoena') !== undefined;
    case 'taxpayer’s representative':
      return authority !== undefined;
    case 'settlement authority':
      return shows('authority') !== undefined;
    case 'another importer':
    case 'broker':
    case 'surety':
    case 'court or party':
    case 'someone else':
      return true;
    default:
      return false;
  }
};
