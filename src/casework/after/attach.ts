import type { Situation } from '../acts/events.ts';
import type { Actor } from '../acts/people.ts';
import type { Holding } from './holding.ts';
import { relied, unnamed } from './papers-on-file.ts';
import type { Question } from './question.ts';

/** What to attach or to find before the question is put again. It names papers by their ids, and no person. */
export const toAttach = (
  state: Holding,
  question: Question,
  hop: string,
  day: Situation['day'],
): readonly string[] => {
  const { proposal } = question;
  const { to, papers, criminal, items } = proposal;
  const has = items.map((item) => relied(state, proposal, item, day));
  const lacks = (test: (one: (typeof has)[number]) => boolean): boolean => has.some((one) => !test(one));
  const representative = to?.is === 'importer’s representative' || to?.is === 'taxpayer’s representative';
  const second = hop === 'justice-to-other';
  const lines: readonly (readonly [boolean, string])[] = [
    [
      papers.some((id) => !state.papers.has(id)),
      'A paper that the question names is not on file: file it first.',
    ],
    [
      representative && lacks((one) => one.authority !== undefined),
      'The representative’s written authority or appearance, for this importer or taxpayer, in force today (R11).',
    ],
    [
      to?.is === 'expert' && lacks((one) => one.authority !== undefined),
      'The expert’s engagement letter, in force today, (h)(1).',
    ],
    [
      to?.is === 'expert' && lacks((one) => one.safeguards !== undefined),
      'The certification under 6103(p)(9): safeguards agreed, reviewed and certified (R25).',
    ],
    [
      second && lacks((one) => one.memorandum !== undefined),
      'A last-resort memorandum about this recipient, signed by an attorney of Justice, (h) second sentence.',
    ],
    [
      criminal?.toComply === false && lacks((one) => one.door !== undefined),
      'The order under 6103(i)(1), or the request under 6103(i)(2), as it was met, (i).',
    ],
    [
      criminal?.toComply === false && lacks((one) => one.i6 !== undefined),
      'The answer of the Secretary’s delegate under 6103(i)(6) (R28).',
    ],
    [
      !question.findings.some(({ finds, answer }) => finds === 'use is necessary' && answer) &&
        hop !== 'criminal-use' &&
        hop !== 'anyone-else',
      'The finding that it is necessary, with its reason, of the person who answers for it.',
    ],
    ...unnamed(state, proposal, day).map((id) => [true, `On file and not named: ${id}.`] as const),
  ];
  return lines.filter(([wanted]) => wanted).map(([, line]) => line);
};

const ONWARD = ['customs-to-importer', 'justice-to-importer', 'justice-to-other'];

/** What the law leaves to practice, and what does not count: said, and refusing nothing. */
export const warningsOn = (
  state: Holding,
  question: Question,
  hop: string,
  actor: Actor,
  day: Situation['day'],
): readonly string[] => {
  const { proposal, findings } = question;
  const has = proposal.items.map((item) => relied(state, proposal, item, day));
  const lines: readonly (readonly [boolean, string])[] = [
    [
      ONWARD.includes(hop) && has.some(({ bound }) => !bound),
      'No signed undertaking or protective order is named. The Code does not bind this recipient once lawfully told, 6103(a)(3): have one first.',
    ],
    [
      hop === 'customs-to-justice' && has.some(({ authority }) => authority === undefined),
      'No paper on file shows this officer of Justice to be personally and directly engaged: it rests on what whoever asks says.',
    ],
    [
      findings.some(({ counsel }) => counsel) && !actor.duties.includes('counsel'),
      'A finding is marked as counsel’s, and the title acted under is not counsel’s: it is not counted.',
    ],
  ];
  return lines.filter(([wanted]) => wanted).map(([, line]) => line);
};
