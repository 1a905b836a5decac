import { randomBytes } from 'node:crypto';
import { decideCase } from '../casework/decide.ts';
import type { Item } from '../casework/schema.ts';
import { byHand, decisionOn } from '../casework/takeable.ts';
import { sha256 } from '../ground/digest.ts';
import { digestOf } from '../returns/extract/extract.ts';
import type { DecidedCase } from '../office/release/decided.ts';
import { letterInput } from '../office/release/letter-input.ts';
import { withReturns } from '../office/release/returns.ts';
import type { Taken } from '../office/release/take.ts';
import { decideFile } from './case-file.ts';
import { determinations } from './determinations.ts';
import type { Exit } from './main.ts';
import { openOutputs } from './outputs.ts';
import { take } from './take.ts';
import { heading, say, wrap } from './terminal.ts';

/** What became of one item, for the office that decides. */
const outcome = ({ read, decided }: DecidedCase, item: Item, count: number): string => {
  const decision = decisionOn(decided, item);
  if (decision === undefined) return 'not decided';
  const { verdict, failed } = decision.determination;
  if (count > 0) return `permitted: ${count} value${count === 1 ? '' : 's'} taken`;
  if (verdict === 'permitted')
    return `permitted, but ${byHand(read, decided, item) ?? 'not in the return'}: outward, not disclosed`;
  // In the letter an item still open is not told from one that is barred (B10).
  const said = decision.outward?.say === 'returned for cure' ? 'returned for cure' : 'not disclosed';
  return `${[verdict, failed.map((rule) => rule.id).join(', ')].filter((one) => one !== '').join(' ')}: outward, ${said}`;
};

const summary = (whole: DecidedCase, taken: ReadonlyMap<string, Taken>): string[] =>
  whole.read.items.flatMap((item, n) =>
    wrap(
      `${item.id} — ${outcome(whole, item, taken.get(item.id)?.count ?? 0)}`,
      '       ',
      `  ${String(n + 1).padStart(3)}. `,
    ),
  );

/** `waybill run`: the main job. Everything is written whole, or nothing is. Exit 0: a refusal is an answer, not a failure. */
export const runCase = async (
  file: string,
  options: { returns: string; out: string; asOf?: string },
): Promise<Exit> => {
  const first = decideFile(file, options.asOf);
  const read = await withReturns(first.read, options.returns);
  const whole = { ...first, read, decided: decideCase(read, first.catalogue, first.asOf) };
  const outputs = openOutputs(options.out);
  try {
    const taken = await take(whole, options.returns, outputs);
    // The letter names this record by its digest. Without a salt, whoever guesses the reasons could confirm the guess.
    const made = { salt: randomBytes(32).toString('hex'), ...determinations(whole) };
    const text = `${JSON.stringify(made, null, 2)}\n`;
    outputs.write('determinations.json', text);
    const input = letterInput(whole, taken, {
      extract: await digestOf(outputs.find('extract.json')),
      determinations: sha256(text),
    });
    const { letter, letterText } = await import('../letter/letter.ts');
    outputs.write('letter.pdf', await letter(input));
    outputs.write('letter.txt', `${letterText(input).join('\n')}\n`);
    say([
      ...wrap(read.title).map(heading),
      ...summary(whole, taken),
      '',
      ...outputs.publish().map((path) => `  wrote ${path}`),
      '',
      ...wrap(
        'extract.* and letter.* go to Customs. determinations.json says why, and stays with the office that decides.',
      ),
      ...wrap(`Later uses and disclosures of this case: ./waybill decide ${file}`),
    ]);
  } finally {
    outputs.discard();
  }
  return 0;
};
