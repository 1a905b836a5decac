import { Command, CommanderError, Option } from 'commander';
import { ProblemError } from '../ground/problem.ts';
import { afterCommands } from './after-commands.ts';
import { nodeCommands } from './node-commands.ts';
import { recordCommands } from './record-commands.ts';
import { complain } from './terminal.ts';
import { problemLines } from './ways.ts';

/** 0 all permitted or all well, 1 something refused, undetermined or not proved, 2 bad input. */
export type Exit = 0 | 1 | 2;

const BAD_INPUT = 2;

const program = new Command('waybill')
  .description('Who may carry tax return information where, under 26 CFR 301.6103(l)(14)-1.')
  .version('0.1.0')
  .enablePositionalOptions()
  .exitOverride()
  .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, 'waybill: ')) })
  .showHelpAfterError('(waybill --help lists the commands)');

/** Each command is loaded when it is asked for: `decide` must not pay for the PDF writer or the prover. */
const run = (load: () => Promise<Exit>) => async () => {
  process.exitCode = await load();
};

program
  .command('decide')
  .description('decide every item and every proposal of a case')
  .argument('<case>', 'the case file (YAML)')
  .option('--json', 'the determinations as JSON')
  .addOption(
    new Option(
      '--as-of <date>',
      'decide as of this day: its law, and the findings made by then (YYYY-MM-DD)',
    ),
  )
  .action((file: string, options: { json?: boolean; asOf?: string }) =>
    run(async () => (await import('./decide.ts')).decide(file, options))(),
  );

program
  .command('extract')
  .description('take items out of an e-filed return, and nothing else')
  .argument('<return>', 'the return (MeF XML)')
  .requiredOption('--item <path...>', 'item paths below ReturnData, such as IRS5472/StockPurchasesTradeAmt')
  .option('--case <case>', 'only what this case’s determinations permit')
  .option('--csv', 'rows as CSV')
  .option('--json', 'rows as JSON (the default)')
  .action((file: string, options: { item: string[]; case?: string; csv?: boolean; json?: boolean }) =>
    run(async () => (await import('./extract.ts')).extract(file, options))(),
  );

program
  .command('run')
  .description('the main job: decide a case, take the permitted items out of the returns, write the letter')
  .argument('<case>', 'the case file (YAML)')
  .requiredOption('--returns <dir>', 'the folder with the returns')
  .requiredOption('--out <dir>', 'where the extract, the letter and the determinations go')
  .option('--as-of <date>', 'decide as of this day: its law, and the findings made by then (YYYY-MM-DD)')
  .action((file: string, options: { returns: string; out: string; asOf?: string }) =>
    run(async () => (await import('./run.ts')).runCase(file, options))(),
  );

program
  .command('items')
  .description('search the catalogue of particular items')
  .argument('[words...]', 'words, such as royalt')
  .option('--form <form>', 'one form, such as 5472')
  .option('--year <year>', 'one schema year, such as 2021')
  .option('--add <csv>', 'add a schema year from a CSV (schema_year,document,line,caption,xpath,kind)')
  .option('--json', 'the items as JSON')
  .action((words: string[], options: { form?: string; year?: string; add?: string; json?: boolean }) =>
    run(async () => (await import('./items.ts')).items(words, options))(),
  );

program
  .command('explain')
  .description('the law’s words, our reading, the rules and their scenarios')
  .argument(
    '<what>',
    "a paragraph such as '(h)' or '(b)(4)', a hop such as customs-to-importer, or a case file",
  )
  .option('--section <section>', 'l-14, l-2 or m', 'l-14')
  .action((what: string, options: { section: string }) =>
    run(async () => (await import('./explain.ts')).explain(what, options))(),
  );

program
  .command('prove')
  .description('prove the theorems over the rules, and the first hop case by case')
  .option('--json', 'the report as JSON')
  .action((options: { json?: boolean }) => run(async () => (await import('./prove.ts')).prove(options))());

program
  .command('new')
  .description('print a commented template')
  .argument('<what>', 'case, or schema (the JSON Schema of a case)')
  .action((what: string) => run(async () => (await import('./new.ts')).template(what))());

program
  .command('doctor')
  .description('check that hashing, signing, the law’s text and the generated code are sound; print versions')
  .action(() => run(async () => (await import('./doctor.ts')).doctor())());

nodeCommands(program, (load) => run(load)());
recordCommands(program, (load) => run(load)());
afterCommands(program, (load) => run(load)());

// A reader that goes away (`waybill items | head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof ProblemError) {
    for (const problem of error.problems) complain(problemLines(problem));
    process.exitCode = BAD_INPUT;
  } else if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : BAD_INPUT;
  } else {
    // A fault of ours. The message of an unforeseen error may quote what it was working on, so it is not shown.
    const name = error instanceof Error ? error.name : typeof error;
    complain([
      `waybill: a fault inside Waybill (${name}). Nothing was written.`,
      '  → Run ./waybill doctor, and report the command with its output.',
    ]);
    process.exitCode = BAD_INPUT;
  }
}
