import type { ActOf } from '../casework/acts/act.ts';
import { itemScope } from '../casework/acts/events.ts';
import { foldIrs } from '../casework/acts/irs.ts';
import { decideAfter } from '../casework/after/decide.ts';
import { foldHolding } from '../casework/after/evolve.ts';
import { receiveAnswerByIrs } from '../casework/after/irs-recall.ts';
import { referralBodySchema } from '../casework/after/letters.ts';
import { canonicalJson } from '../ground/canonical.ts';
import { verifyChain } from '../packet/chain.ts';
import { PacketRefused } from '../packet/refusal.ts';
import type { NewContent } from '../store/types.ts';
import { heldPlace, holderOf } from './after.ts';
import { inStream } from './customs.ts';
import type { AtGate } from './gate.ts';
import { irsPlaces } from './irs.ts';
import type { Node } from './node.ts';
import { type Reading, common, readBody } from './reading.ts';
import { vaulting } from './vaulting.ts';

const entryOf = ({ checked: { entry, payload } }: AtGate) => ({ log: payload.from, seq: entry });

/** Decided on what this office holds in the case. */
const asHolder = (
  node: Node,
  input: ActOf<'receive referral' | 'receive recall' | 'receive recall answer'>,
  contents: readonly NewContent[] = [],
): Reading => {
  const place = heldPlace(node, input.case);
  return {
    reads: [place],
    decide: (read, actor, when) => {
      const state = foldHolding(holderOf(node), read(place));
      const { events } = decideAfter(state, input, actor, { ...when, catalogue: node.catalogue });
      return { events: inStream(place, input.case, events), contents };
    },
  };
};

/**
 * Items that Customs refers to Justice: each into the vault, under a key of its own. Customs' signature says that the chain is
 * what Customs has; whether it is true, the logs of the offices in it say, and each of their receipts is verified here again.
 */
export const aReferral = (node: Node, gate: AtGate): Reading => {
  const { payload } = gate.checked;
  const reference = payload.case ?? '';
  const body = referralBodySchema.safeParse(payload.body);
  if (!body.success) throw new PacketRefused('not-a-packet');
  verifyChain(body.data.chain, reference, payload.from, gate.cards);
  const { contents, keep } = vaulting();
  const places = Object.fromEntries(
    body.data.items.map(({ id, content }) => [
      id,
      keep(itemScope(reference, id), Buffer.from(JSON.stringify(content, null, 2))),
    ]),
  );
  const jws = keep(`packet/${payload.id}`, Buffer.from(canonicalJson(gate.opened.jws)));
  const input = readBody<'receive referral'>({
    act: 'receive referral',
    ...common(gate),
    jws,
    entry: entryOf(gate),
    contents: places,
  });
  return asHolder(node, input, contents);
};

/** A recall that comes down: the items are locked at once. */
export const aRecall = (node: Node, gate: AtGate): Reading => {
  const input = readBody<'receive recall'>({
    act: 'receive recall',
    ...common(gate),
    jws: canonicalJson(gate.opened.jws),
    entry: entryOf(gate),
  });
  return asHolder(node, input);
};

/** An answer that comes up: to Customs from Justice, to the IRS from Customs. */
export const aRecallAnswer = (node: Node, gate: AtGate): Reading => {
  const input = readBody<'receive recall answer'>({
    act: 'receive recall answer',
    ...common(gate),
    jws: canonicalJson(gate.opened.jws),
    entry: entryOf(gate),
  });
  if (node.office === 'irs') {
    const { request, review } = irsPlaces(input.case);
    return {
      reads: [request, review],
      decide: (read, actor, when) => {
        const state = foldIrs(read(request), read(review));
        const events = receiveAnswerByIrs(state, input, actor, { ...when, catalogue: node.catalogue });
        return { events: inStream(request, input.case, events) };
      },
    };
  }
  return asHolder(node, input);
};
