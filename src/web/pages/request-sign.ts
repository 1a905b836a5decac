import { html } from 'hono/html';
import { blocking } from '../../casework/acts/check.ts';
import { type Signature, bodyOf } from '../../casework/acts/request.ts';
import { taskOf } from '../../casework/acts/work.ts';
import { signRequest } from '../../office/customs.ts';
import type { RequestFile } from '../../office/request.ts';
import { actForm } from '../parts/fields.ts';
import { alert, nothing, notice, problems } from '../parts/parts.ts';
import { requestLetter } from './request-letter.ts';
import { to } from '../parts/to.ts';
import { type Handler, type Html, type Page, type Visit, orderOf } from '../route.ts';
import {
  closed,
  fileOf,
  findingsList,
  taskHref,
  taskNamed,
  taskState,
  things,
  trailOf,
} from './request-parts.ts';

const allFindings = (file: RequestFile) => taskNamed(file, 'check')?.findings ?? [];

const mendLink =
  (file: RequestFile) =>
  (one: ReturnType<typeof allFindings>[number]): Html => {
    const at = taskOf(one, file.draft);
    if (at === 'check' || at === 'signature' || at === 'sending') return nothing;
    const title = taskNamed(file, at)?.title ?? 'the request';
    return html`<a class="usa-link" href="${taskHref(file, at)}">Mend it: ${title}</a>`;
  };

/** GET /requests/:case/check: everything that would be sent back, before anybody signs. */
export const checkPage: Handler = async (visit): Promise<Page> => {
  const file = await fileOf(visit);
  const all = allFindings(file);
  const stops = blocking(all);
  const task = taskNamed(file, 'check');
  return {
    title: 'Check what the IRS would send back',
    trail: trailOf(file.reference),
    main: html`
      <p>
        The request is read by its own words, as the IRS reads it that knows nothing else. Nothing is judged
        that the law leaves to a person: whether an item is necessary, and whether it is disclosed, the IRS
        decides.
      </p>
      <p>
        ${task === undefined ? nothing : taskState(task.state)}
        ${stops.length === 0 ? '' : `${things(stops.length)} to mend before the Commissioner can sign.`}
      </p>
      ${closed(file) ?? nothing}
      ${
        stops.length === 0
          ? nothing
          : html`<h2>To mend</h2>
              ${findingsList(stops, mendLink(file))}`
      }
      ${
        all.length === stops.length
          ? nothing
          : html`<h2>To look at once more; it refuses nothing</h2>
              ${findingsList(
                all.filter((one) => !one.blocking),
                mendLink(file),
              )}`
      }
      ${all.length === 0 ? findingsList(all) : nothing}
      <p>
        <a class="usa-link" href="${to('requests', file.reference)}"
          >All steps of request ${file.reference}</a
        >
      </p>
    `,
  };
};

const signedWords = ({
  dated,
  signature,
}: {
  readonly dated: string;
  readonly signature: Signature;
}): string =>
  `Signed on ${dated} by ${signature.name}, ${signature.title}, as ${signature.capacity} of Customs.`;

const unsigned = {
  name: 'not signed',
  title: 'Commissioner',
  office: 'Customs',
  capacity: 'Commissioner',
} as const;

const letterOf = (
  { draft, state }: RequestFile,
  { node, when }: Visit,
  words: string,
  signature: Signature = unsigned,
): Html =>
  requestLetter({
    body: bodyOf(draft, state.signed ?? { dated: when.day, signature }),
    signed: state.signed === undefined ? words : signedWords(state.signed),
    catalogue: node.catalogue,
  });

/** GET /requests/:case/letter: what the IRS will read. */
export const letterPage: Handler = async (visit): Promise<Page> => {
  const file = await fileOf(visit);
  return {
    title: 'The letter',
    trail: trailOf(file.reference),
    main: html`
      ${
        file.state.signed === undefined
          ? notice(
              'info',
              html`Not signed yet: this is how it stands now. A group of which a part is missing does not
              travel.`,
            )
          : notice(
              'info',
              html`This is what was signed, and what ${file.state.sent === undefined ? 'will be' : 'was'}
              sent.`,
            )
      }
      ${letterOf(file, visit, 'Not signed yet.')}
    `,
  };
};

const signing = (file: RequestFile, visit: Visit): Html => {
  const { state, reference, version } = file;
  const over = closed(file);
  if (over !== undefined) return over;
  if (state.signed !== undefined)
    return notice(
      'success',
      html`${signedWords(state.signed)}
        <a class="usa-link" href="${to('requests', reference)}#send">It can be sent.</a>`,
    );
  const stops = blocking(allFindings(file));
  if (stops.length > 0)
    return html`${alert(
      'error',
      `It cannot be signed yet: ${things(stops.length)} to mend`,
      html`<p>
        The IRS would send it back for what stands here. Have it mended by who drafts, and come back.
      </p>`,
    )}
    ${findingsList(stops)}`;
  return html`
    <h2>Your signature</h2>
    <p>
      You sign all that stands above, and certify what it says of each taxpayer. It is signed with your own
      key; nothing of it can be changed afterwards without your signature falling away.
    </p>
    ${actForm({ action: to('requests', reference, 'sign'), seal: visit.seal, expect: version, body: nothing, button: `Sign request ${reference}` })}
  `;
};

/** GET /requests/:case/sign: the Commissioner’s one page. */
export const signPage: Handler = async (visit): Promise<Page> => {
  const file = await fileOf(visit);
  const { actor, when } = visit;
  const as =
    actor === undefined
      ? 'Not signed yet.'
      : `Not signed yet. It would be signed on ${when.day} by ${actor.name}, ${actor.title}.`;
  return {
    title: `Sign request ${file.reference}`,
    trail: trailOf(file.reference),
    main: html`
      ${visit.problem === undefined ? nothing : problems(visit.problem, visit)}
      ${letterOf(file, visit, as, actor === undefined ? unsigned : { name: actor.name, title: actor.title, office: actor.office, capacity: actor.capacity ?? 'delegate' })}
      ${signing(file, visit)}
    `,
  };
};

export const sign: Handler = async (visit) => {
  const { reference } = await fileOf(visit);
  await signRequest(visit.node, orderOf(visit), reference);
  return { to: to('requests', reference, 'sign'), say: `Request ${reference} is signed, and recorded.` };
};
