import { decideCase } from '../casework/decide.ts';
import { canonicalJson } from '../ground/canonical.ts';
import { sha256 } from '../ground/digest.ts';
import { digestOf } from '../returns/extract/extract.ts';
import { type DecidedCase, decideFile } from './case-file.ts';
import { determinations } from './determinations.ts';
import { letterInput } from './letter-input.ts';
import type { Exit } from './main.ts';
import { openOutputs } from './outputs.ts';
import { withReturns } from './returns.ts';
import { take, type Taken } from './take.ts';
import { heading, say, wrap } from './terminal.ts';

const summary = ({ read, decided }: DecidedCase, taken: ReadonlyMap<string, Taken>): string[] =>
  read.items.flatMap((item, n) => {
    const one = decided.decisions.find(
      (decision) => decision.proposal === undefined && decision.item === item.id,
    );
    const count = taken.get(item.id)?.count ?? 0;
    const outcome =
      one?.determination.verdict === 'permitted'
        ? count === 0
          ? 'permitted, but not in the return: outward, not disclosed'
          : `permitted: ${count} value${count === 1 ? '' : 's'} taken`
        : `${one?.determination.verdict ?? 'undetermined'} ${one?.determination.failed.map((rule) => rule.id).join(', ') ?? ''}: outward, ${
            one?.outward?.say === 'not yet decided' ? 'not disclosed' : (one?.outward?.say ?? 'not disclosed')
          }`;
    return wrap(`${item.id} — ${outcome}`, '       ', `  ${String(n + 1).padStart(3)}. `);
  });

/** `waybill run`: the main job. Everything is written whole, or nothing is. Exit 0: a refusal is an answer, not a failure. */
export const runCase = async (
  file: string,
  options: { returns: string; out: string; asOf?: string },
): Promise<Exit> => {
  const first = decideFile(file, options.asOf);
  const read = await withReturns(first.read, options.returns);
  const whole = { ...first, read, decided: decideCase(read, first.catalogue, first.decided.on) };
  const outputs = openOutputs(options.out);
  try {
    const taken = await take(read, whole.decided, whole.catalogue, options.returns, outputs);
    const made = canonicalJson(JSON.parse(JSON.stringify(determinations(whole))));
    outputs.write('determinations.json', `${JSON.stringify(determinations(whole), null, 2)}\n`);
    const input = letterInput(whole, taken, {
      extract: await digestOf(outputs.find('extract.json')),
      determinations: sha256(made),
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
