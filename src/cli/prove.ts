import { proveAll, sentenceOf } from '../rulebook/prove/prove.ts';
import type { Exit } from './main.ts';
import { progress } from './progress.ts';
import { heading, say, wrap } from './terminal.ts';

/** `waybill prove`: every hop case by case over the generated code, and the theorems. Exit 1 where one does not hold. */
export const prove = async (options: { json?: boolean }): Promise<Exit> => {
  const started = performance.now();
  const shown = progress('proving');
  const report = await proveAll(({ done }) => shown.at(done));
  shown.end();
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  if (options.json)
    say([
      JSON.stringify(
        { ...report, seconds: Number(seconds) },
        (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value),
        2,
      ),
    ]);
  else
    say([
      heading('Case by case, over the generated code'),
      ...report.exhausted.flatMap((one) => [
        ...wrap(`${one.hop}: ${sentenceOf(one)}`, '    ', one.faults.length === 0 ? '  ✓ ' : '  ✗ '),
        ...one.faults.flatMap((fault) => wrap(String(fault), '      ')),
      ]),
      '',
      heading('Theorems, from the rules’ data (Z3)'),
      ...report.theorems.flatMap((one) => [
        ...wrap(`${one.theorem.sentence} ${one.theorem.cite}`, '    ', one.proved ? '  ✓ ' : '  ✗ '),
        ...one.counterexample.flatMap((line) => wrap(line, '      ')),
      ]),
      '',
      `${report.theorems.filter((one) => one.proved).length} of ${report.theorems.length} theorems proved; ${report.proved ? 'all holds' : 'NOT ALL HOLDS'}; ${seconds} s`,
    ]);
  return report.proved ? 0 : 1;
};
