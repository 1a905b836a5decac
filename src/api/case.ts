import { isOutcomeShown } from '../casework/acts/shown.ts';
import type { Actor } from '../casework/acts/people.ts';
import { type Holding, unanswered } from '../casework/after/holding.ts';
import type { CaseFile } from '../office/case-file.ts';
import { type CaseLine, lineOf } from '../office/line.ts';

/** A case in one line, with the version under the name that it has everywhere in this API. */
export const lineJson = ({ steps, ...line }: CaseLine) => ({ ...line, version: steps });

/** What an office holds: which items, under which conditions, and what was done with them. Never where the vault has them. */
const holdingJson = (holding: Holding) => ({
  held: [...holding.items].map(([item, { contents: _vault, chain: _custody, ...held }]) => ({
    item,
    ...held,
  })),
  papers: [...holding.papers].map(([paper, filed]) => ({ ...filed, paper })),
  engaged: holding.engaged,
  recalls: [...holding.recalls.values()],
  unanswered: unanswered(holding),
  incidents: holding.incidents,
});

const ofCustoms = ({ state, holding }: Extract<CaseFile, { office: 'customs' }>) => {
  const { draft, signed, sent, withdrawn, answer, items } = state;
  return {
    request: draft,
    signed,
    sent: sent === undefined ? undefined : { on: sent.on, packet: sent.packet },
    withdrawn: withdrawn === undefined ? undefined : { on: withdrawn.on, reason: withdrawn.reason },
    answered: answer === undefined ? undefined : { on: answer.on, letter: answer.letter !== undefined },
    outcomes: [...items].map(([item, { outcome, reasons }]) => ({ item, outcome, reasons })),
    ...holdingJson(holding),
  };
};

/**
 * The request and where it stands. What was answered is told to titles that are shown all grounds: to another, an item that is not
 * disclosed though nothing it is shown stands against it would tell of (d) or (e). What the review found is on the board.
 */
const ofIrs = ({ state }: Extract<CaseFile, { office: 'irs' }>, actor: Actor) => {
  const { request, approval, release, told, withdrawal, given } = state;
  const isTold = told.answered && isOutcomeShown(actor);
  return {
    request: request?.body,
    received: request?.on,
    withdrawn: withdrawal === undefined ? undefined : { on: withdrawal.on },
    approved: approval === undefined ? undefined : { by: approval.by, on: approval.on },
    answered: told.answered && release !== undefined ? { on: release.on, letter: true } : undefined,
    outcomes: isTold ? release?.items.map(({ item, outcome }) => ({ item, outcome })) : undefined,
    recalls: [...given.recalls.values()],
  };
};

/** A case as its office has it, for one of its own people. */
export const caseJson = (file: CaseFile, actor: Actor) => {
  const { title: _inRequest, ...line } = lineJson(lineOf(file));
  const state =
    file.office === 'irs'
      ? ofIrs(file, actor)
      : file.office === 'customs'
        ? ofCustoms(file)
        : { request: file.holding.matter, ...holdingJson(file.holding) };
  return { office: file.office, ...line, ...state };
};
