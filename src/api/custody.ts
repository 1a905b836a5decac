import { isShown } from '../casework/acts/shown.ts';
import type { Actor } from '../casework/acts/people.ts';
import { type Hop, hopsOfCase } from '../office/chain.ts';
import { caseFile } from '../office/case-file.ts';
import { chainOf } from '../office/custody.ts';
import type { Node } from '../office/node.ts';
import { casePictures } from '../office/pictures.ts';
import type { StoredEvent } from '../store/types.ts';

const eventJson = ({ log, seq, time, kind, cite, item, packet, person, title }: StoredEvent) => ({
  log,
  seq,
  at: new Date(time * 1000).toISOString(),
  kind,
  cite,
  item,
  packet,
  person,
  title,
});

const hopJson = ({ link: { kind, from, to, on, packet }, why, by, cosigned }: Hop) => ({
  kind,
  from,
  to,
  on,
  packet,
  verified: why === undefined,
  why,
  by,
  cosigned,
});

/** Every act on a case, and the way of its items. Of the review’s acts under (d) and (e), only who is shown those learns. */
export const custodyJson = async (node: Node, reference: string, actor: Actor) => {
  await caseFile(node, reference);
  const events = await chainOf(node, reference);
  return {
    reference,
    events: events.filter(({ log, cite }) => log !== 'irs-review' || isShown(actor, cite)).map(eventJson),
    hops: (await hopsOfCase(node, reference)).map(hopJson),
  };
};

/** The pictures of a case, each with the table that says all of it. */
export const mapJson = async (node: Node, reference: string, redacted: boolean) => {
  const { custody, timeline } = await casePictures(node, reference, { redacted });
  return { custody: { svg: custody.svg, hops: custody.rows, holdings: custody.holdings }, timeline };
};
