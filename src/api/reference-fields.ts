/** A field of a body, or a parameter, as one line of a table. */
export interface Field {
  /** `document.items[].period.from` */
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  readonly words: string;
}

/** JSON Schema, as far as the schemas of acts use it. */
interface Schema {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly format?: string;
}

const typeOf = (schema: Schema): string => {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum !== undefined) return schema.enum.map((one) => JSON.stringify(one)).join(', ');
  if (schema.anyOf !== undefined) return schema.anyOf.map(typeOf).join(' or ');
  if (schema.items !== undefined) return `list of ${typeOf(schema.items)}`;
  return schema.format ?? [schema.type ?? 'any'].flat().join(' or ');
};

const inner = (name: string, schema: Schema): readonly Field[] => [
  ...fieldsOf(schema, `${name}.`),
  ...(schema.items === undefined ? [] : inner(`${name}[]`, schema.items)),
  ...(schema.anyOf ?? []).flatMap((one) => inner(name, one)),
];

/** Every field of a schema, those of a group after the group. */
export const fieldsOf = (schema: Schema, before = ''): readonly Field[] =>
  Object.entries(schema.properties ?? {}).flatMap(([key, one]) => {
    const name = `${before}${key}`;
    return [
      {
        name,
        type: typeOf(one),
        required: schema.required?.includes(key) === true,
        words: one.description ?? '',
      },
      ...inner(name, one),
    ];
  });
