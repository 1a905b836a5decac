import type { Command } from 'commander';
import type { Exit } from './main.ts';
import type { NodeOptions } from './node.ts';
import type { GiveOptions, InitOptions } from './people.ts';
import type {
  ApproveOptions,
  ElectOptions,
  FindingOptions,
  LocateOptions,
  ReleaseOptions,
} from './review.ts';

/** How main.ts runs a command: loads its file, and takes its exit code. */
export type Run = (load: () => Promise<Exit>) => Promise<void>;

const DATA = process.env['WAYBILL_DATA'] ?? 'data';

/** A command on the data of a node. */
export const onNode = (command: Command): Command =>
  command.option('--data <dir>', 'the node’s data folder (or WAYBILL_DATA)', DATA);

/** A command by which a person acts. */
export const acting = (command: Command): Command =>
  onNode(command)
    .requiredOption('--as <id>', 'who acts: an id of the directory')
    .option('--title <title>', 'under which title, where the person holds several')
    .option('--act <uuid>', 'id of the act (UUIDv7), to give it again after a lost answer')
    .option('--expect <step>', 'only if the case is still at this step (./waybill inbox shows it)');

const setUp = (program: Command, run: Run): void => {
  onNode(program.command('init'))
    .description('make the node of an office')
    .requiredOption('--office <office>', 'irs, customs or justice')
    .requiredOption('--keeper <id>', 'id of the person who keeps the directory')
    .requiredOption('--name <name>', 'that person’s name')
    .requiredOption('--title <title>', 'that person’s title')
    .option('--origin <name>', 'name of its log, such as customs.example.gov/log')
    .option('--url <url>', 'where the node takes packets over HTTPS')
    .action((options: InitOptions) => run(async () => (await import('./people.ts')).init(options)));

  const people = onNode(program.command('people').enablePositionalOptions())
    .description('the office’s directory: who holds which title, and what it carries')
    .action((options: NodeOptions) => run(async () => (await import('./people.ts')).listPeople(options)));
  acting(people.command('add'))
    .description('enter a person')
    .argument('<id>', 'a new id, such as jordan-vale')
    .requiredOption('--name <name>', 'the person’s name')
    .action((id: string, options: NodeOptions & { name: string }) =>
      run(async () => (await import('./people.ts')).addPerson(id, options)),
    );
  acting(people.command('give'))
    .description('give a person a title, with what it carries')
    .argument('<id>', 'the person')
    .argument('<given>', 'the title given')
    .requiredOption('--from <day>', 'the first day on which it is held')
    .option('--to <day>', 'the last day on which it is held')
    .option('--duty <duty...>', 'what the title carries, such as "drafts requests"')
    .option('--capacity <capacity>', 'Commissioner, or acting Commissioner')
    .action((id: string, given: string, options: GiveOptions) =>
      run(async () => (await import('./people.ts')).giveTitle(id, given, options)),
    );
  acting(people.command('end'))
    .description('end a title')
    .argument('<id>', 'the person')
    .argument('<held>', 'the title')
    .option('--from <day>', 'the first day on which it is no longer held (today)')
    .action((id: string, held: string, options: NodeOptions & { from?: string }) =>
      run(async () => (await import('./people.ts')).endTitle(id, held, options)),
    );

  const office = program.command('office').description('the other offices');
  acting(office.command('add'))
    .description('take in another office’s card (its file office.json)')
    .argument('<card>', 'the file')
    .action((file: string, options: NodeOptions) =>
      run(async () => (await import('./people.ts')).takeCard(file, options)),
    );
};

const atCustoms = (program: Command, run: Run): void => {
  const load = () => import('./request.ts');
  const request = program.command('request').description('Customs: draft, check, sign and send a request');
  acting(request.command('new'))
    .description('draft a request from a case file; until it is signed, again')
    .argument('<case>', 'the case file (YAML); ./waybill new case prints one')
    .action((file: string, options: NodeOptions) =>
      run(async () => (await load()).newRequest(file, options)),
    );
  onNode(request.command('check'))
    .description('what the IRS would send back')
    .argument('<case>', 'the request’s reference')
    .action((reference: string, options: NodeOptions) =>
      run(async () => (await load()).check(reference, options)),
    );
  acting(request.command('sign'))
    .description('sign it, as Commissioner')
    .argument('<case>', 'the request’s reference')
    .action((reference: string, options: NodeOptions) =>
      run(async () => (await load()).signIt(reference, options)),
    );
  acting(request.command('send'))
    .description('send it to the IRS')
    .argument('<case>', 'the request’s reference')
    .option('--to <where>', 'a folder, or https (the outbox in the data folder)')
    .action((reference: string, options: NodeOptions & { to?: string }) =>
      run(async () => (await load()).send(reference, options)),
    );
  acting(request.command('withdraw'))
    .description('withdraw it')
    .argument('<case>', 'the request’s reference')
    .requiredOption('--reason <words>', 'why')
    .option('--to <where>', 'a folder, or https (the outbox in the data folder)')
    .action((reference: string, options: NodeOptions & { reason: string; to?: string }) =>
      run(async () => (await load()).withdraw(reference, options)),
    );
  acting(program.command('open'))
    .description('open an item, or (Customs) all and the letter; the look is recorded first')
    .argument('<case>', 'the request’s reference')
    .argument('[item]', 'the item; all of them and the letter with --out')
    .requiredOption('--because <words>', 'how the use is necessary, (f)')
    .requiredOption('--audit <reference>', 'the audit it is for')
    .option('--stage <stage>', 'of a civil judicial matter, (g): proceeding, preparation or investigation')
    .option('--out <dir>', 'a folder for all items and the letter')
    .action(
      (
        reference: string,
        item: string | undefined,
        options: NodeOptions & { because: string; audit: string; stage?: string; out?: string },
      ) => run(async () => (await import('./custody.ts')).open(reference, item, options)),
    );
};

const atIrs = (program: Command, run: Run): void => {
  const load = () => import('./review.ts');
  acting(program.command('review'))
    .description('IRS: the board of a case, item by item')
    .argument('<case>', 'the request’s reference')
    .action((reference: string, options: NodeOptions) =>
      run(async () => (await load()).board(reference, options)),
    );
  acting(program.command('locate'))
    .description('IRS: which record an item would come from')
    .argument('<case>', 'the request’s reference')
    .argument('<item>', 'the item')
    .option('--source <source>', 'return, examination, APA or "competent authority"')
    .option('--file <name>', 'of a return: its file')
    .option('--returns <dir>', 'the folder that the file is in')
    .option('--taxpayer <id>', 'of another record: whose it is')
    .option('--from <day>', 'of another record: first day of its period')
    .option('--to <day>', 'and the last')
    .option('--none', 'there is no such record')
    .action((reference: string, item: string, options: LocateOptions) =>
      run(async () => (await load()).locateRecord(reference, item, options)),
    );
  acting(program.command('finding'))
    .description('IRS: make a finding, or withdraw one')
    .argument('<case>', 'the request’s reference')
    .requiredOption('--finds <question>', 'such as "seriously impairs"')
    .option('--answer <answer>', 'yes or no; of a treaty: none, part or whole')
    .requiredOption('--reason <words>', 'why')
    .option('--of <item...>', 'items (all of the request)')
    .option('--stripped', 'of a treaty, part: that part has been taken out')
    .option('--counsel', 'found as counsel')
    .option('--withdraw', 'take the finding back; the question is then open')
    .action((reference: string, options: FindingOptions) =>
      run(async () => (await load()).finding(reference, options)),
    );
  acting(program.command('elect'))
    .description('IRS: elect not to disclose: the law says “may”, (a)')
    .argument('<case>', 'the request’s reference')
    .option('--of <item...>', 'items (all of the request)')
    .requiredOption('--reason <words>', 'why; it stays in the IRS')
    .option('--withdraw', 'take the election back')
    .action((reference: string, options: ElectOptions) =>
      run(async () => (await load()).elect(reference, options)),
    );
  acting(program.command('return'))
    .description('IRS: set aside what fails on the request’s own words, to go back for cure')
    .argument('<case>', 'the request’s reference')
    .action((reference: string, options: NodeOptions) =>
      run(async () => (await load()).returnForCure(reference, options)),
    );
  acting(program.command('approve'))
    .description('IRS: approve the determinations as they are')
    .argument('<case>', 'the request’s reference')
    .option('--withdraw <reason>', 'withdraw the approval')
    .action((reference: string, options: ApproveOptions) =>
      run(async () => (await load()).approve(reference, options)),
    );
  acting(program.command('release'))
    .description('IRS: decide anew, take out what is permitted, and answer; never by the one who approved')
    .argument('<case>', 'the request’s reference')
    .requiredOption('--returns <dir>', 'the folder with the returns')
    .option('--to <where>', 'a folder, or https (the outbox in the data folder)')
    .action((reference: string, options: ReleaseOptions) =>
      run(async () => (await load()).releaseAnswer(reference, options)),
    );
};

/** The commands of a node: what its people do in it, and what they can read of it. */
export const nodeCommands = (program: Command, run: Run): void => {
  setUp(program, run);
  atCustoms(program, run);
  atIrs(program, run);
  onNode(program.command('inbox'))
    .description('packets that wait, and cases by where they stand')
    .action((options: NodeOptions) => run(async () => (await import('./custody.ts')).inbox(options)));
  acting(program.command('receive'))
    .description('receive packets: those in the inbox, or the files and folders named')
    .argument('[packets...]', 'files or folders')
    .action((given: string[], options: NodeOptions) =>
      run(async () => (await import('./receive.ts')).receivePackets(given, options)),
    );
  acting(program.command('serve'))
    .description('serve the log, the office’s site, and take packets over mutual TLS, on loopback')
    .option('--port <port>', 'for packets (a free one)')
    .option('--log-port <port>', 'for the log (a free one)')
    .option('--site <file>', 'and the site for people, as this YAML file says')
    .action((options: NodeOptions & { port?: string; logPort?: string; site?: string }) =>
      run(async () => (await import('./serve.ts')).serve(options)),
    );
  acting(program.command('witness'))
    .description('send another office this log’s newest head, to be cosigned')
    .requiredOption('--office <office>', 'which office: irs, customs or justice')
    .option('--to <where>', 'a folder, or https (the outbox in the data folder)')
    .action((options: NodeOptions & { office: string; to?: string }) =>
      run(async () => (await import('./people.ts')).witness(options)),
    );
};
