import type { ActOf } from '../casework/acts/act.ts';
import { answerBodySchema } from '../casework/acts/answer.ts';
import { decideCustoms, foldCustoms } from '../casework/acts/customs.ts';
import { itemScope } from '../casework/acts/events.ts';
import { decideIrs, foldIrs } from '../casework/acts/irs.ts';
import { requireDuty } from '../casework/acts/problems.ts';
import type { Office } from '../custody/entry.ts';
import { canonicalJson } from '../ground/canonical.ts';
import { ProblemError } from '../ground/problem.ts';
import { PacketRefused } from '../packet/refusal.ts';
import { casePlace, inStream } from './customs.ts';
import type { AtGate } from './gate.ts';
import { irsPlaces, irsState, recordReview } from './irs.ts';
import type { Node } from './node.ts';
import { type Reading, common, readBody } from './reading.ts';
import { vaulting } from './vaulting.ts';
import { aRecall, aRecallAnswer, aReferral } from './readings-after.ts';

/** (b): the Commissioner's signature is the one on the packet, not a line in a text that someone else has signed. */
const requireSignature = ({ checked: { payload } }: AtGate, { body }: ActOf<'receive request'>): void => {
  const { signature } = body.request;
  const { name, title, capacity } = payload.signer;
  if (signature === undefined) return;
  if (signature.name === name && signature.title === title && signature.capacity === capacity) return;
  throw new ProblemError({
    kind: 'packet-refused',
    what: 'The request says that another person has signed it than the one whose signature the packet has.',
    cite: '(b)',
    next: 'Store nothing of it; ask Customs for the request signed by the Commissioner with the Commissioner’s own key.',
  });
};

/** The request of Customs, received by the IRS. */
const aRequest = (node: Node, gate: AtGate): Reading => {
  const input = readBody<'receive request'>({
    act: 'receive request',
    ...common(gate),
    jws: canonicalJson(gate.opened.jws),
  });
  requireSignature(gate, input);
  const { request, review } = irsPlaces(input.case);
  return {
    reads: [request, review],
    decide: (read, actor, when) => {
      const state = foldIrs(read(request), read(review));
      const { case: events } = decideIrs(state, input, actor, { ...when, catalogue: node.catalogue });
      return { events: inStream(request, input.case, events) };
    },
  };
};

/**
 * The withdrawal of a request. It closes the review first, in the review's own log: there it meets a release in the making, and
 * one of the two is first. If we crash between the two logs, the packet received again finishes the second.
 */
const aWithdrawal = (node: Node, gate: AtGate): Reading => {
  const input = readBody<'receive withdrawal'>({
    act: 'receive withdrawal',
    ...common(gate),
    jws: canonicalJson(gate.opened.jws),
  });
  const { request, review } = irsPlaces(input.case);
  return {
    before: async ({ id: _ofTheSecond, ...order }) => {
      const { request: asked, release, withdrawal } = await irsState(node, input.case);
      if (asked !== undefined && release === undefined && withdrawal === undefined)
        await recordReview(node, order, input);
    },
    reads: [request, review],
    decide: (read, actor, when) => {
      const state = foldIrs(read(request), read(review));
      const { case: events } = decideIrs(state, input, actor, { ...when, catalogue: node.catalogue });
      return { events: inStream(request, input.case, events) };
    },
  };
};

/** The answer of the IRS, received by Customs: each item disclosed goes to the vault under a key of its own. */
const anAnswer = (node: Node, gate: AtGate): Reading => {
  const { checked, opened } = gate;
  const { payload, senderHead } = checked;
  const reference = payload.case ?? '';
  const place = casePlace(reference);
  const body = answerBodySchema.safeParse(payload.body);
  if (!body.success) throw new PacketRefused('not-a-packet');
  const { contents, keep } = vaulting();
  const places = Object.fromEntries(
    body.data.items.flatMap((item) =>
      item.outcome === 'disclosed'
        ? [[item.id, keep(itemScope(reference, item.id), Buffer.from(JSON.stringify(item.content, null, 2)))]]
        : [],
    ),
  );
  const { letter } = body.data;
  // The letter and the signed packet show every item: each lies under a key of its own, so that it can go when one of them goes.
  const letterAt =
    letter === undefined ? undefined : keep(`letter/${reference}`, Buffer.from(letter, 'base64'));
  const jwsAt = keep(`packet/${payload.id}`, Buffer.from(canonicalJson(opened.jws)));
  const input = readBody<'receive answer'>({
    act: 'receive answer',
    ...common(gate),
    jws: jwsAt,
    head: senderHead.note,
    contents: places,
    ...(letterAt === undefined ? {} : { letter: letterAt }),
  });
  return {
    reads: [place],
    decide: (read, actor, when) => {
      const state = foldCustoms(read(place));
      const events = decideCustoms(state, input, actor, { ...when, catalogue: node.catalogue });
      return { events: inStream(place, reference, events), contents };
    },
  };
};

/** Nothing but a head to be witnessed. */
const aHead = (node: Node): Reading => ({
  reads: [],
  decide: (_read, actor, when) => {
    requireDuty(actor, when.day, node.office === 'irs' ? 'receives requests' : 'receives');
    return { events: [] };
  },
});

/** Where items go from an office, and recalls after them. */
const below: Readonly<Partial<Record<Office, Office>>> = { irs: 'customs', customs: 'justice' };

export const readingOf = (node: Node, gate: AtGate): Reading => {
  const { kind, from } = gate.checked.payload;
  if (kind === 'head') return aHead(node);
  if (node.office === 'irs' && from === 'customs' && kind === 'request') return aRequest(node, gate);
  if (node.office === 'irs' && from === 'customs' && kind === 'withdrawal') return aWithdrawal(node, gate);
  if (node.office === 'customs' && from === 'irs' && kind === 'answer') return anAnswer(node, gate);
  if (node.office === 'justice' && from === 'customs' && kind === 'referral') return aReferral(node, gate);
  if (kind === 'recall' && below[from] === node.office) return aRecall(node, gate);
  if (kind === 'recall answer' && below[node.office] === from) return aRecallAnswer(node, gate);
  throw new ProblemError({
    kind: 'packet-refused',
    what: 'This office takes no packet of that kind from that office.',
    next: 'Tell the sender: requests go from Customs to the IRS, answers back, referrals from Customs to Justice, recalls the way the items went.',
  });
};
