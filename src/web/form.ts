/** What a form or a query says: names to what was typed, white space at the ends taken off; an empty field was not filled in. */
export interface Form {
  readonly get: (name: string) => string | undefined;
  readonly all: (name: string) => readonly string[];
  readonly names: readonly string[];
}

const plain = (value: string): string => value.replaceAll('\r\n', '\n').trim();

export const formOf = (pairs: Iterable<readonly [string, string]>): Form => {
  const values = new Map<string, string[]>();
  for (const [name, given] of pairs) {
    const value = plain(given);
    if (value === '') continue;
    const before = values.get(name);
    if (before === undefined) values.set(name, [value]);
    else before.push(value);
  }
  return {
    get: (name) => values.get(name)?.[0],
    all: (name) => values.get(name) ?? [],
    names: [...values.keys()],
  };
};

export const noForm: Form = formOf([]);

export interface Fields {
  [name: string]: unknown;
}

const answers: Readonly<Record<string, boolean>> = { yes: true, no: false };

/** What a field’s name says of its value: `of[]` is a list, `counsel?` a yes or no, and anything else what was typed. */
const valueOf = (name: string, form: Form): unknown => {
  const typed = form.get(name) ?? '';
  if (name.endsWith('[]')) return form.all(name);
  return name.endsWith('?') ? (answers[typed] ?? typed) : typed;
};

const child = (fields: Fields, name: string): Fields => {
  const before = Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (typeof before === 'object' && before !== null && !Array.isArray(before)) return before as Fields;
  const made: Fields = Object.create(null) as Fields;
  fields[name] = made;
  return made;
};

/**
 * The fields whose names begin with `prefix.`, as the act has them: `act.for.audit` becomes `{ for: { audit } }`. It only
 * gives shape: `readAct` judges what is in it. Objects have no prototype, so `__proto__` is a name like any other.
 */
export const fieldsOf = (form: Form, prefix = 'act'): Fields => {
  const fields: Fields = Object.create(null) as Fields;
  for (const name of form.names) {
    const [head, ...path] = name.split('.');
    const last = path.pop();
    if (head !== prefix || last === undefined) continue;
    path.reduce(child, fields)[last.replace(/(\[\]|\?)$/, '')] = valueOf(name, form);
  }
  return fields;
};
