import type { Command } from 'commander';
import { inspectCommands } from './inspect-commands.ts';
import { type Run, onNode } from './node-commands.ts';
import type { NodeOptions } from './node.ts';

/** The commands on a node's record, and those that check a record without any node. */
export const recordCommands = (program: Command, run: Run): void => {
  onNode(program.command('custody'))
    .description('every act on a case that this office has recorded')
    .argument('<case>', 'the request’s reference')
    .action((reference: string, options: NodeOptions) =>
      run(async () => (await import('./custody.ts')).custody(reference, options)),
    );
  const log = program.command('log').description('the office’s log');
  onNode(log.command('export'))
    .description('write it as a static folder that anyone can verify (C2SP tlog-tiles)')
    .argument('<dir>', 'where to')
    .option('--office <office>', 'irs, customs or justice: checked against the data folder')
    .option('--log <log>', 'of the IRS: irs, or irs-review, which is for its own inspectors only')
    .action((dir: string, options: NodeOptions & { office?: string; log?: string }) =>
      run(async () => (await import('./custody.ts')).logExport(dir, options)),
    );
  onNode(program.command('exhibit'))
    .description('one entry with its proof, and the fields that you open')
    .argument('<entry>', 'the entry’s number; ./waybill custody shows it')
    .option('--reveal <field...>', 'fields to open, such as kind packet')
    .option('--log <log>', 'of the IRS: irs or irs-review')
    .option('--out <file>', 'a file (standard output)')
    .action((entry: string, options: NodeOptions & { reveal?: string[]; log?: string; out?: string }) =>
      run(async () => (await import('./custody.ts')).exhibit(entry, options)),
    );
  program
    .command('verify')
    .description(
      'verify a log, an exhibit or an inspector’s folder, offline: no database, network or account',
    )
    .argument('<what>', 'the folder of a log or of an inspector, or the file of an exhibit')
    .option(
      '--key <vkey>',
      'the log’s verifier key, or a file with it (the file vkey beside it); of several logs, each',
      (vkey: string, before: readonly string[] = []) => [...before, vkey],
    )
    .option('--witness <vkey...>', 'verifier keys of witnesses')
    .option('--known <file...>', 'signed heads of this log that were seen elsewhere')
    .action((what: string, options: { key?: readonly string[]; witness?: string[]; known?: string[] }) =>
      run(async () => (await import('./verify.ts')).verify(what, options)),
    );
  inspectCommands(program, run);
  onNode(program.command('seen'))
    .description('the newest head of another office’s log that this one has seen, cosigned')
    .requiredOption('--of <office>', 'irs, customs or justice')
    .option('--out <file>', 'a file (standard output)')
    .action((options: NodeOptions & { of: string; out?: string }) =>
      run(async () => (await import('./people.ts')).seen(options)),
    );
  onNode(program.command('backup'))
    .description('write the whole node into a new folder; the master key is not in it')
    .argument('<dir>', 'the new folder')
    .action((dir: string, options: NodeOptions) =>
      run(async () => (await import('./backup.ts')).backup(dir, options)),
    );
  onNode(program.command('restore'))
    .description('make a node from a backup, unless another office has seen more of its log')
    .argument('<backup>', 'the folder that backup wrote')
    .requiredOption('--as <id>', 'who acts: whoever keeps the directory')
    .option('--title <title>', 'under which title')
    .option('--key-file <file>', 'the file of the master key (or WAYBILL_MASTER_KEY)')
    .option('--seen <file...>', 'what the other offices have seen of the log (their ./waybill seen)')
    .option('--without <office...>', 'offices that have said in writing that they have seen none')
    .action(
      (from: string, options: NodeOptions & { keyFile?: string; seen?: string[]; without?: string[] }) =>
        run(async () => (await import('./backup.ts')).restore(from, options)),
    );
  const keys = program.command('keys').description('the master key');
  onNode(keys.command('drop'))
    .description('drop the old master key, once nothing is wrapped under it')
    .action((options: NodeOptions) => run(async () => (await import('./keys.ts')).dropKeys(options)));
  onNode(keys.command('rotate'))
    .description('make a new master key, and wrap every key anew under it; safe to run again')
    .action((options: NodeOptions) => run(async () => (await import('./keys.ts')).rotateKeys(options)));
  program
    .command('demo')
    .description('the whole fictional case through three nodes in one process')
    .option('--keep <dir>', 'where the nodes’ data stay', 'data/demo')
    .option('--serve', 'and serve the three offices’ sites on 127.0.0.1:6103 to 6105 until stopped')
    .action((options: { keep: string; serve?: boolean }) =>
      run(async () => (await import('./demo/demo.ts')).demo(options)),
    );
};
