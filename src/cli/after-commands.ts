import type { Command } from 'commander';
import type { EngageOptions, PaperOptions, RecallOptions } from './after.ts';
import type { IncidentOptions } from './incident.ts';
import type { MayIOptions } from './may-i.ts';
import { type Run, acting, onNode } from './node-commands.ts';
import type { NodeOptions } from './node.ts';
import type { RecordOptions } from './record.ts';

const CASE = 'the request’s reference';

const asking = (program: Command, run: Run): void => {
  acting(program.command('may-i'))
    .description(
      'may I show, use, or pass on this? The answer with its paragraph; recorded, and done with --do',
    )
    .argument('<case>', CASE)
    .option('--item <item...>', 'the items')
    .option(
      '--to <capacity>',
      'to whom, such as importer, "importer’s representative", "Justice officer", expert',
    )
    .option('--name <name>', 'that person’s name')
    .option('--importer <id>', 'of an importer or its representative: which taxpayer')
    .option('--paper <id...>', 'papers on file that it rests on')
    .option('--personally', 'the officer of Justice is engaged personally')
    .option('--directly', 'and directly, (g)')
    .option('--matter <matter>', 'the audit, administrative recovery, civil judicial, criminal, …')
    .option('--audit <reference>', 'which audit')
    .option('--aim <aim...>', 'correctness, recovery, advocacy, …')
    .option('--stage <stage>', 'proceeding, preparation, investigation or administrative')
    .option('--because <words>', 'how it is necessary: your finding')
    .option('--cannot-otherwise <words>', 'why it cannot otherwise be accomplished, (h): your finding')
    .option('--complying', 'of a criminal matter: only to comply with 6103(i)')
    .option('--agency <agency>', 'of a criminal matter: whose use it is')
    .option('--provision <provision>', 'another provision it rests on, such as 6103(c)')
    .option('--question <file>', 'the whole question as YAML, instead')
    .option('--do', 'if it is permitted, do it')
    .option('--workpaper <reference>', 'of a use: the workpaper')
    .option('--entry <number...>', 'of a use: the entries')
    .option('--shown <words>', 'of a disclosure: what is shown, without the value')
    .option('--again <reason>', 'to show once more what was shown before')
    .option('--where <where>', 'of a referral: a folder, or https')
    .action((reference: string, options: MayIOptions) =>
      run(async () => (await import('./may-i.ts')).mayI(reference, options)),
    );
};

const keeping = (program: Command, run: Run): void => {
  const load = () => import('./after.ts');
  const paper = program.command('paper').description('papers that show a capacity or a duty');
  acting(paper.command('file'))
    .description('put a paper on file')
    .argument('<case>', CASE)
    .argument('<paper>', 'a new id, such as appearance-1')
    .requiredOption(
      '--kind <kind>',
      'appearance, authority, "engagement letter", undertaking, "last-resort memorandum", …',
    )
    .requiredOption('--of <name>', 'whom it is about')
    .requiredOption('--document <words>', 'the paper, as one finds it')
    .requiredOption('--from <day>', 'the first day on which it is in force')
    .option('--to <day>', 'the last')
    .option('--importer <id>', 'which taxpayer a representative acts for')
    .option('--attorney', 'the representative, or who signed, is an attorney')
    .option('--item <item...>', 'items it covers (all)')
    .option('--agency <agency...>', 'agencies that an order names')
    .option('--finds <what>', 'of counsel’s opinion: what it finds')
    .option('--provision <provision>', 'and under which provision')
    .option('--signed-by <name>', 'who signed it')
    .option('--signed-title <title>', 'that person’s title')
    .option('--signed-office <office>', 'IRS, Customs or Justice')
    .action((reference: string, id: string, options: PaperOptions) =>
      run(async () => (await load()).filePaper(reference, id, options)),
    );
  acting(paper.command('withdraw'))
    .description('nothing rests on it any more')
    .argument('<case>', CASE)
    .argument('<paper>', 'its id')
    .requiredOption('--reason <words>', 'why')
    .action((reference: string, id: string, options: NodeOptions & { reason: string }) =>
      run(async () => (await load()).withdrawPaper(reference, id, options)),
    );
  acting(program.command('engage'))
    .description('Justice: the list of those personally and directly engaged, (g)')
    .argument('<case>', CASE)
    .requiredOption('--person <id>', 'the person')
    .option('--from <day>', 'the first day')
    .option('--to <day>', 'the last')
    .option('--document <words>', 'the paper that puts the person on the list')
    .option('--end <reason>', 'take the person off the list')
    .action((reference: string, options: EngageOptions) =>
      run(async () => (await load()).engage(reference, options)),
    );
  acting(program.command('audit'))
    .description('Customs: what has become of the audit')
    .argument('<case>', CASE)
    .option('--dropped <reason>', 'it was dropped: nothing held for it is used any more')
    .option('--initiated', 'it was initiated')
    .option('--determined <day>', 'the day on which amounts were determined to be due and owing')
    .action(
      (
        reference: string,
        options: NodeOptions & { dropped?: string; initiated?: boolean; determined?: string },
      ) => run(async () => (await load()).auditChanged(reference, options)),
    );
  acting(program.command('unlock'))
    .description('unlock items that a criminal matter locked, on counsel’s opinion')
    .argument('<case>', CASE)
    .requiredOption('--item <item...>', 'the items')
    .requiredOption('--paper <id>', 'counsel’s opinion')
    .requiredOption('--reason <words>', 'why')
    .action((reference: string, options: NodeOptions & { item: string[]; paper: string; reason: string }) =>
      run(async () => (await load()).unlock(reference, options)),
    );
};

const ending = (program: Command, run: Run): void => {
  const load = () => import('./after.ts');
  acting(program.command('recall'))
    .description('recall what was disclosed in error; or see what a recall still waits for')
    .argument('<case>', CASE)
    .option('--item <item...>', 'the items')
    .option('--reason <words>', 'why')
    .option('--list', 'recalls, and what is open')
    .option('--forward', 'Customs: tell Justice of the recalls that concern it')
    .option('--where <where>', 'a folder, or https')
    .action((reference: string, options: RecallOptions) =>
      run(async () => (await load()).recall(reference, options)),
    );
  acting(program.command('answer-recall'))
    .description('what became of a recalled item, here or at one to whom it was given')
    .argument('<case>', CASE)
    .requiredOption('--recall <uuid>', 'the recall')
    .requiredOption('--item <item>', 'the item')
    .requiredOption('--holder <name>', 'Customs, Justice, or the name of whoever was shown it')
    .requiredOption('--how <how>', 'returned, "made undisclosable", "never held" or "cannot be got back"')
    .option('--reason <words>', 'why')
    .option('--where <where>', 'a folder, or https')
    .action(
      (
        reference: string,
        options: NodeOptions & {
          recall: string;
          item: string;
          holder: string;
          how: string;
          reason?: string;
          where?: string;
        },
      ) => run(async () => (await load()).answer(reference, options)),
    );
  acting(program.command('end-use'))
    .description('end the use of items, 6103(p)(4)(F)')
    .argument('<case>', CASE)
    .requiredOption('--item <item...>', 'the items')
    .requiredOption('--way <way>', 'returned, "made undisclosable" or "safeguards continue"')
    .requiredOption('--reason <words>', 'why')
    .action((reference: string, options: NodeOptions & { item: string[]; way: string; reason: string }) =>
      run(async () => (await load()).endUse(reference, options)),
    );
  acting(program.command('correct'))
    .description('restate a wrong entry by a correcting one')
    .argument('<case>', CASE)
    .argument('<entry>', 'its number; ./waybill custody shows it')
    .requiredOption('--says <field=value...>', 'what it should say')
    .requiredOption('--reason <words>', 'why')
    .action((reference: string, entry: string, options: NodeOptions & { says: string[]; reason: string }) =>
      run(async () => (await load()).correct(reference, entry, options)),
    );
  acting(program.command('incident'))
    .description('report an improper look or disclosure: the 24-hour clock, and a draft of the report')
    .usage('[options] [case] <incident>')
    .argument('<names...>', 'the case, if it concerns a single one; and a new id, such as incident-1')
    .requiredOption('--discovered <instant>', 'such as 2026-05-04T09:30:00Z')
    .option('--occurred <instant>', 'or not known', 'not known')
    .requiredOption('--agency <words>', 'the agency, and whom to reach')
    .requiredOption('--how <words>', 'how it was discovered')
    .requiredOption('--what <words>', 'what happened, and what kind of data; no value, no name')
    .requiredOption('--records <words>', 'how many records')
    .requiredOption('--address <words>', 'where')
    .requiredOption('--technology <words>', 'what equipment')
    .option('--item <item...>', 'the items concerned')
    .action((names: string[], options: IncidentOptions) =>
      run(async () => (await import('./incident.ts')).incident(names, options)),
    );
};

const reading = (program: Command, run: Run): void => {
  const load = () => import('./record.ts');
  onNode(program.command('record'))
    .description('the record of 6103(p)(4)(A), or another book made from the same events')
    .option('--case <case>', 'of one case')
    .option('--taxpayer <tin>', 'of one taxpayer: the TIN, or the name where the request has none')
    .option('--from <day>', 'from this day')
    .option('--to <day>', 'to this day')
    .option('--kind <book>', 'record, fti-log, accounting (5 USC 552a(c)) or summary', 'record')
    .option('--year <year>', 'of a summary')
    .option('--csv', 'as CSV')
    .option('--json', 'as JSON')
    .option('--pdf <file>', 'as a tagged PDF')
    .option('--complete <dir>', 'of one taxpayer: with the proof that it is complete')
    .option('--folder <dir>', 'from an inspector’s folder, and no node')
    .option('--office <office>', 'of a folder: which office’s')
    .action((options: RecordOptions & { folder?: string; office?: string }) =>
      run(async () =>
        options.folder === undefined
          ? (await load()).record(options)
          : (await import('./inspect.ts')).recordOfFolder(options.folder, options),
      ),
    );
};

/** The commands after the release: ask, do, keep, recall, end, and read the record. */
export const afterCommands = (program: Command, run: Run): void => {
  asking(program, run);
  keeping(program, run);
  ending(program, run);
  reading(program, run);
};
