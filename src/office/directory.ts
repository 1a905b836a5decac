import { type PeopleAct, readAct } from '../casework/acts/act.ts';
import { stamp } from '../casework/acts/events.ts';
import { requireDuty } from '../casework/acts/problems.ts';
import { decidePeople } from '../casework/acts/people-acts.ts';
import { foldPeople } from '../casework/acts/people.ts';
import { canonicalJson } from '../ground/canonical.ts';
import { ProblemError } from '../ground/problem.ts';
import { readCard } from '../packet/card.ts';
import type { Json, NewEvent, Receipt } from '../store/types.ts';
import { type Events, type Order, act } from './act.ts';
import { exchangeStream, foldExchange } from './exchange.ts';
import type { Node } from './node.ts';

const peopleActs = ['add person', 'give title', 'end title'];

const isPeopleAct = (read: ReturnType<typeof readAct>): read is PeopleAct => peopleActs.includes(read.act);

/** Enters a person, or gives or ends a title: acts of whoever keeps the directory. A person is entered with a signing key. */
export const changeDirectory = async (node: Node, order: Order, input: unknown): Promise<Receipt> => {
  const read = readAct(input);
  if (!isPeopleAct(read)) throw new TypeError('not an act on the directory');
  const key = read.act === 'add person' ? await node.keystore.newPerson() : undefined;
  const place = { log: node.log, stream: 'people' } as const;
  return act(node, order, {
    log: node.log,
    asked: JSON.parse(canonicalJson(read)) as Json,
    reads: [place],
    decide: (readStream, actor, when) => {
      const events = decidePeople(foldPeople(readStream(place)), read, actor, when);
      const [first, ...rest] = events.map((one): NewEvent => ({
        ...one,
        stream: 'people',
        data: key === undefined ? one.data : { ...(one.data as { [name: string]: Json }), key },
      }));
      if (first === undefined) throw new TypeError('an act on the directory has an event');
      return { events: [first, ...rest] };
    },
  });
};

/** Takes in another office's card. Its keys are believed from then on, so it is for whoever keeps the directory to compare them. */
export const addOffice = (node: Node, order: Order, text: string): Promise<Receipt> => {
  const card = readCard(text);
  if (card.office === node.office)
    throw new ProblemError({
      kind: 'not-in-order',
      what: 'This is the card of this office itself.',
      next: 'Take in the file office.json of another office.',
    });
  const place = { log: node.log, stream: exchangeStream(card.office) } as const;
  return act(node, order, {
    log: node.log,
    asked: { card: canonicalJson(card) },
    reads: [place],
    decide: (read, actor, when): { events: Events } => {
      requireDuty(actor, when.day, 'keeps the directory');
      const before = foldExchange(read(place)).card;
      if (before !== undefined && before.vkey !== card.vkey)
        throw new ProblemError({
          kind: 'not-in-order',
          what: 'This node knows the office already, with another log.',
          where: card.office,
          next: 'A log is never replaced by another: ask that office, and its inspector, what has become of the first.',
        });
      return {
        events: [
          {
            stream: place.stream,
            kind: 'office-added',
            cite: '',
            data: { ...stamp(actor, when), card: JSON.parse(canonicalJson(card)) as Json },
          },
        ],
      };
    },
  });
};
