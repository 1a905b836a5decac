import { html, raw } from 'hono/html';
import type { ProblemError } from '../../ground/problem.ts';
import type { Form } from '../form.ts';
import type { Html } from '../route.ts';
import { nothing } from './parts.ts';

/** What every field has. `name` is the path in the act, such as `act.for.audit`; a problem there is shown at the field. */
export interface FieldOf {
  readonly name: string;
  readonly label: string;
  readonly hint?: string | Html;
  readonly required?: boolean;
  /** What is there before somebody types. */
  readonly value?: string | undefined;
}

export interface Typed {
  readonly form: Form;
  readonly problem?: ProblemError | undefined;
  /** Of one of several forms on a page: what tells its fields’ ids from the others’. */
  readonly scope?: string;
}

/** The field’s path in the act, as problems name it, and as the link of a problem finds it. */
const pathOf = (name: string): string => name.replace(/^act\./, '').replace(/(\[\]|\?)$/, '');
export const idOf = (name: string, scope?: string): string =>
  `f-${scope === undefined ? '' : `${scope}-`}${pathOf(name)}`;

const errorAt = (name: string, { problem }: Typed): string | undefined =>
  problem?.problems.find(({ where }) => where === pathOf(name))?.what;

const described = (id: string, hint: unknown, error: string | undefined): Html => {
  const by = [hint === undefined ? [] : `${id}-hint`, error === undefined ? [] : `${id}-error`].flat();
  return by.length === 0 ? nothing : raw(` aria-describedby="${by.join(' ')}"`);
};

const about = (id: string, { label, hint, required }: FieldOf, error: string | undefined): Html => {
  return html`
    <label class="usa-label${error === undefined ? '' : ' usa-label--error'}" for="${id}"
      >${label}${required === true ? nothing : html` <span class="usa-hint">(optional)</span>`}</label
    >
    ${hint === undefined ? nothing : html`<span class="usa-hint" id="${id}-hint">${hint}</span>`}
    ${error === undefined ? nothing : html`<span class="usa-error-message" id="${id}-error">${error}</span>`}
  `;
};

const group = (error: string | undefined, body: Html): Html =>
  html`<div class="usa-form-group${error === undefined ? '' : ' usa-form-group--error'}">${body}</div>`;

/** A line of text. */
export const line = (
  field: FieldOf & { readonly type?: 'text' | 'date' | 'search' | 'datetime-local'; readonly list?: string },
  typed: Typed,
): Html => {
  const { name, hint, required, value, type = 'text' } = field;
  const error = errorAt(name, typed);
  const id = idOf(name, typed.scope);
  return group(
    error,
    html`${about(id, field, error)}
      <input
        class="usa-input"
        id="${id}"
        name="${name}"
        type="${type}"
        value="${typed.form.get(name) ?? value ?? ''}"
        ${required === true ? raw(' required') : ''}${field.list === undefined ? '' : raw(` list="${field.list}"`)}${described(id, hint, error)}
      />`,
  );
};

/** Files, one or several. What was chosen does not come back with a form: a browser gives a file only to whoever it was chosen for. */
export const fileField = (field: FieldOf & { readonly accept: string }, typed: Typed): Html => {
  const { name, hint, accept } = field;
  const error = errorAt(name, typed);
  const id = idOf(name, typed.scope);
  return group(
    error,
    html`${about(id, field, error)}
      <input
        class="usa-file-input"
        id="${id}"
        name="${name}"
        type="file"
        accept="${accept}"
        ${raw(' multiple')}${described(id, hint, error)}
      />`,
  );
};

/** Several lines of text. */
export const lines = (field: FieldOf & { readonly rows?: number }, typed: Typed): Html => {
  const { name, hint, required, value, rows = 4 } = field;
  const error = errorAt(name, typed);
  const id = idOf(name, typed.scope);
  return group(
    error,
    html`${about(id, field, error)}
      <textarea
        class="usa-textarea"
        id="${id}"
        name="${name}"
        rows="${rows}"
        ${required === true ? raw(' required') : ''}${described(id, hint, error)}
      >
${typed.form.get(name) ?? value ?? ''}</textarea>`,
  );
};

export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly hint?: string | Html;
}

/** One of a list, in a box that opens. */
export const select = (
  field: FieldOf & { readonly choices: readonly Choice[]; readonly none?: string },
  typed: Typed,
): Html => {
  const { name, hint, required, value, choices, none = 'Choose' } = field;
  const error = errorAt(name, typed);
  const id = idOf(name, typed.scope);
  const chosen = typed.form.get(name) ?? value ?? '';
  return group(
    error,
    html`${about(id, field, error)}
      <select
        class="usa-select"
        id="${id}"
        name="${name}"
        ${required === true ? raw(' required') : ''}${described(id, hint, error)}
      >
        <option value="">${none}</option>
        ${choices.map(
          (one) =>
            html`<option value="${one.value}" ${one.value === chosen ? raw(' selected') : ''}>
              ${one.label}
            </option>`,
        )}
      </select>`,
  );
};

/** Some, or one, of a few that all stand there. A name that ends in `[]` takes several. */
export const choose = (
  field: FieldOf & { readonly choices: readonly Choice[]; readonly chosen?: readonly string[] },
  typed: Typed,
): Html => {
  const { name, label, hint, required, choices, value } = field;
  const kind = name.endsWith('[]') ? 'checkbox' : 'radio';
  const error = errorAt(name, typed);
  const id = idOf(name, typed.scope);
  const sent = typed.form.all(name);
  const chosen = sent.length > 0 ? sent : (field.chosen ?? (value === undefined ? [] : [value]));
  return group(
    error,
    html`<fieldset class="usa-fieldset" id="${id}" ${described(id, hint, error)}>
      <legend class="usa-legend">
        ${label}${required === true ? nothing : html` <span class="usa-hint">(optional)</span>`}
      </legend>
      ${hint === undefined ? nothing : html`<span class="usa-hint" id="${id}-hint">${hint}</span>`}
      ${error === undefined ? nothing : html`<span class="usa-error-message" id="${id}-error">${error}</span>`}
      ${choices.map(
        (one, n) =>
          html`<div class="usa-${kind}">
            <input
              class="usa-${kind}__input"
              type="${kind}"
              id="${id}-${n}"
              name="${name}"
              value="${one.value}"
              ${chosen.includes(one.value) ? raw(' checked') : ''}${required === true && kind === 'radio' ? raw(' required') : ''}
            />
            <label class="usa-${kind}__label" for="${id}-${n}"
              >${one.label}${one.hint === undefined ? nothing : html`<span class="usa-${kind}__label-description">${one.hint}</span>`}</label
            >
          </div>`,
      )}
    </fieldset>`,
  );
};

export const yesNo = (field: FieldOf, typed: Typed): Html =>
  choose(
    {
      ...field,
      choices: [
        { value: 'yes', label: 'Yes' },
        { value: 'no', label: 'No' },
      ],
    },
    typed,
  );

/** Asked only where one of these was chosen in that field: without script it stands there for everybody. */
export const when = (name: string, values: readonly string[], body: Html): Html =>
  html`<div data-when="${name}" data-is="${values.join('|')}">${body}</div>`;

/** What the form carries along unseen. */
export const hidden = (name: string, value: string | number): Html =>
  html`<input type="hidden" name="${name}" value="${value}" />`;

export interface FormOf {
  readonly action: string;
  /** Whether it sends files. */
  readonly files?: boolean;
  readonly seal: () => Html;
  /** The version of the case that is on the screen: an act on another one is refused, not redone. */
  readonly expect?: number;
  readonly body: Html;
  readonly button: string;
  readonly kind?: 'plain' | 'outline' | 'danger';
  /** What the button does where its words do not say of what. */
  readonly of?: string;
  /** Without the wide spacing of a page’s own form: one of many in a table. */
  readonly small?: boolean;
}

/** A form that acts. */
export const actForm = ({
  action,
  files,
  seal,
  expect,
  body,
  button,
  kind = 'plain',
  of,
  small,
}: FormOf): Html => html`
  <form
    class="${small === true ? 'wb-form--small' : 'usa-form wb-form'}"
    method="post"
    action="${action}"
    novalidate
    ${files === true ? raw(' enctype="multipart/form-data"') : ''}
  >
    ${seal()} ${expect === undefined ? nothing : hidden('expect', expect)} ${body}
    <button
      class="usa-button${kind === 'plain' ? '' : kind === 'danger' ? ' usa-button--secondary' : ' usa-button--outline'}"
      type="submit"
    >
      ${button}${of === undefined ? nothing : html`<span class="usa-sr-only"> ${of}</span>`}
    </button>
  </form>
`;
