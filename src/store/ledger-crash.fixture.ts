import { openDatabase } from './database.ts';
import { actOf, eventOf, optionsOf } from './ledger.fixture.ts';
import { openLedger } from './ledger.ts';

/*
 * A node that writes until it is killed: `node ledger-crash.fixture.ts <database url> <tag>`. Each line it prints is an
 * act, before it is given to the ledger, or the receipt that came back.
 */
const [url = '', tag = ''] = process.argv.slice(2);
const db = await openDatabase({ url });
const ledger = await openLedger(optionsOf(db));
const say = (line: object): void => void process.stdout.write(`${JSON.stringify(line)}\n`);

await Promise.all(
  Array.from({ length: 8 }, async (_, caller) => {
    const stream = `case/${tag}/${caller}`;
    for (let version = 0; ; version += 3) {
      const events = [eventOf(stream), eventOf(stream), eventOf(stream)] as const;
      const act = actOf({ [stream]: version }, events);
      say({ act });
      say({ receipt: await ledger.append(act) });
    }
  }),
);
