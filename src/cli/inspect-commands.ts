import type { Command } from 'commander';
import type { ExportOptions, From, InspectOptions } from './inspect.ts';
import type { Run } from './node-commands.ts';

/** The inspector's desk: at the nodes, or alone with a folder that was taken away. */
export const inspectCommands = (program: Command, run: Run): void => {
  const load = () => import('./inspect.ts');
  program
    .command('inspect')
    .description('an inspector’s folder, which needs no node, no database and no key')
    .command('export')
    .description('write one: the logs, each event with its proof, and a page to read; no content of any item')
    .requiredOption('--data <dir...>', 'the data folders of the offices, one or more')
    .requiredOption('--out <folder>', 'a folder that is not there yet')
    .option('--case <case>', 'one case')
    .option(
      '--taxpayer <tin>',
      'the cases with one taxpayer, with the proof that none of its acts is missing',
    )
    .option('--from <day>', 'the cases with an act from this day')
    .option('--to <day>', 'to this day')
    .option('--n <n>', 'of a sample: how many', '25')
    .option('--seed <seed>', 'draw a sample into the page by this seed (none is drawn)')
    .action((options: ExportOptions) => run(async () => (await load()).inspectExport(options)));
  const reading = (command: Command) =>
    command
      .option('--data <dir...>', 'the data folders of the offices, one or more')
      .option('--folder <dir>', 'or an inspector’s folder');
  reading(program.command('sample'))
    .description('entries drawn by your seed, each followed from the request to its end')
    .option('--n <n>', 'how many', '25')
    .requiredOption('--seed <seed>', 'yours: any words')
    .option('--pdf <file>', 'as a tagged PDF')
    .action((options: InspectOptions) => run(async () => (await load()).sample(options)));
  reading(program.command('anomalies'))
    .description('what an inspector should look at')
    .option('--pdf <file>', 'as a tagged PDF')
    .action((options: InspectOptions) => run(async () => (await load()).anomaliesOf(options)));
  reading(program.command('map'))
    .description('the custody of a case as a picture, with its table, and the timeline of titles')
    .argument('<case>', 'the request’s reference')
    .option('--out <dir>', 'a folder for the pictures (without it, the tables)')
    .option('--redacted', 'without names')
    .action((reference: string, options: From & { out?: string; redacted?: boolean }) =>
      run(async () => (await load()).map(reference, options)),
    );
};
