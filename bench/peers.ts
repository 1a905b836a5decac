/*
 * The other engines, each given the same rules in its own language. Loaded by name, so that types and lint need only
 * the root's packages; the few members used are written down here.
 */
import { createRequire } from 'node:module';
import { type Condition, translate } from './condition.ts';

const load = createRequire(import.meta.url);

/** A fact set as its answers in words. */
export type Doc = Readonly<Record<string, string>>;

/** Names a condition by its place among all of them: two a rule, failed and missing. */
export interface Peer {
  readonly name: string;
  /** Fact sets a round: fewer for the slow ones. */
  readonly sample: number;
  /** The engine's own answer, as it comes. */
  readonly decide: (doc: Doc) => unknown;
  /** Places of the conditions that hold, read from that answer. */
  readonly holding: (answer: unknown) => readonly number[];
}

const places = (flags: readonly boolean[]) => flags.flatMap((flag, n) => (flag ? [n] : []));

const ajv = (conditions: readonly Condition[]): Peer => {
  interface Validate {
    (doc: Doc): boolean;
    errors?: readonly { readonly schemaPath: string }[] | null;
  }
  type Ajv = new (options: object) => { compile: (schema: object) => Validate };
  const { default: Engine } = load('ajv') as { default: Ajv };
  const validate = new Engine({ allErrors: true, strict: false }).compile({
    allOf: conditions.map((condition) => ({
      not: translate<object>(condition, {
        in: (fact, values) => ({ properties: { [fact]: { enum: values } } }),
        and: (of) => ({ allOf: of }),
        or: (of) => ({ anyOf: of }),
        not: (of) => ({ not: of }),
      }),
    })),
  });
  return {
    name: 'ajv (compiled, allErrors)',
    sample: 10_000,
    decide: (doc) => (validate(doc) ? [] : validate.errors),
    holding: (answer) =>
      (answer as readonly { schemaPath: string }[]).map(({ schemaPath }) => Number(schemaPath.split('/')[2])),
  };
};

const text = (values: readonly string[]) => `[${values.map((v) => JSON.stringify(v)).join(', ')}]`;

const cedar = (conditions: readonly Condition[]): Peer => {
  interface Cedar {
    preparsePolicySet: (id: string, policies: object) => { type: string };
    statefulIsAuthorized: (call: object) => { response: { diagnostics: { reason: readonly string[] } } };
  }
  const engine = load('@cedar-policy/cedar-wasm/nodejs') as Cedar;
  const policies = conditions.map((condition, n) => {
    const when = translate<string>(condition, {
      in: (fact, values) => `${text(values)}.contains(context.${fact})`,
      and: (of) => `(${of.join(' && ')})`,
      or: (of) => `(${of.join(' || ')})`,
      not: (of) => `!(${of})`,
    });
    return [String(n), `forbid(principal, action, resource) when { ${when} };`] as const;
  });
  const staticPolicies = Object.fromEntries([
    ...policies,
    ['permit', 'permit(principal, action, resource);'],
  ]);
  const parsed = engine.preparsePolicySet('hop', { staticPolicies });
  if (parsed.type !== 'success') throw new Error(`cedar: ${JSON.stringify(parsed)}`);
  const call = {
    principal: { type: 'Officer', id: 'irs' },
    action: { type: 'Action', id: 'disclose' },
    resource: { type: 'Item', id: 'one' },
    preparsedPolicySetId: 'hop',
    entities: [],
  };
  return {
    name: 'cedar-wasm (preparsed, stateful)',
    sample: 500,
    decide: (doc) => engine.statefulIsAuthorized({ ...call, context: doc }),
    holding: (answer) =>
      (answer as { response: { diagnostics: { reason: readonly string[] } } }).response.diagnostics.reason
        .filter((id) => id !== 'permit')
        .map(Number),
  };
};

const jsonLogic = (conditions: readonly Condition[]): Peer => {
  type Engine = new () => { build: (logic: unknown) => (doc: Doc) => readonly boolean[] };
  const { LogicEngine } = load('json-logic-engine') as { LogicEngine: Engine };
  const run = new LogicEngine().build(
    conditions.map((condition) =>
      translate<unknown>(condition, {
        in: (fact, values) => ({ in: [{ var: fact }, values] }),
        and: (of) => ({ and: of }),
        or: (of) => ({ or: of }),
        not: (of) => ({ '!': [of] }),
      }),
    ),
  );
  return {
    name: 'json-logic-engine (compiled)',
    sample: 10_000,
    decide: (doc) => run(doc),
    holding: (answer) => places(answer as readonly boolean[]),
  };
};

const casl = (conditions: readonly Condition[]): Peer => {
  interface CaslRule {
    readonly reason?: string;
    matchesConditions: (doc: object) => boolean;
  }
  interface Casl {
    createMongoAbility: (
      rules: readonly object[],
      options: object,
    ) => {
      rulesFor: (action: string, subject: string) => readonly CaslRule[];
    };
    buildMongoQueryMatcher: (parsers: object, interpreters: object) => unknown;
  }
  const { createMongoAbility, buildMongoQueryMatcher } = load('@casl/ability') as Casl;
  const { $and, $or, $nor, and, or, nor } = load('@ucast/mongo2js') as Record<string, unknown>;
  const rules = conditions.map((condition, n) => ({
    action: 'disclose',
    subject: 'Item',
    inverted: true,
    reason: String(n),
    conditions: translate<object>(condition, {
      in: (fact, values) => ({ [fact]: { $in: values } }),
      and: (of) => ({ $and: of }),
      or: (of) => ({ $or: of }),
      not: (of) => ({ $nor: [of] }),
    }),
  }));
  const conditionsMatcher = buildMongoQueryMatcher({ $and, $or, $nor }, { and, or, nor });
  const ability = createMongoAbility([{ action: 'disclose', subject: 'Item' }, ...rules], {
    conditionsMatcher,
  });
  return {
    name: 'casl',
    sample: 10_000,
    decide: (doc) => ability.rulesFor('disclose', 'Item').filter((rule) => rule.matchesConditions(doc)),
    holding: (answer) =>
      (answer as readonly CaslRule[]).flatMap(({ reason }) => (reason === undefined ? [] : [Number(reason)])),
  };
};

const jsonRules = (conditions: readonly Condition[]): Peer => {
  interface Result {
    readonly events: readonly { readonly type: string }[];
  }
  type Engine = new (rules: readonly object[]) => { run: (doc: Doc) => Promise<Result> };
  const { Engine } = load('json-rules-engine') as { Engine: Engine };
  const engine = new Engine(
    conditions.map((condition, n) => ({
      event: { type: String(n) },
      conditions: {
        all: [
          translate<object>(condition, {
            in: (fact, value) => ({ fact, operator: 'in', value }),
            and: (all) => ({ all }),
            or: (any) => ({ any }),
            not: (not) => ({ not }),
          }),
        ],
      },
    })),
  );
  return {
    name: 'json-rules-engine',
    sample: 300,
    decide: (doc) => engine.run(doc),
    holding: (answer) => (answer as Result).events.map(({ type }) => Number(type)),
  };
};

const zen = (conditions: readonly Condition[]): Peer => {
  interface Result {
    readonly result: Readonly<Record<string, boolean>>;
  }
  type Engine = new () => {
    createDecision: (content: object) => { evaluate: (doc: Doc) => Promise<Result> };
  };
  const { ZenEngine } = load('@gorules/zen-engine') as { ZenEngine: Engine };
  const expressions = conditions.map((condition, n) => ({
    id: `e${n}`,
    key: `c${n}`,
    value: translate<string>(condition, {
      in: (fact, values) => `(${fact} in ${text(values)})`,
      and: (of) => `(${of.join(' and ')})`,
      or: (of) => `(${of.join(' or ')})`,
      not: (of) => `(not (${of}))`,
    }),
  }));
  const decision = new ZenEngine().createDecision({
    nodes: [
      { id: 'in', name: 'in', type: 'inputNode' },
      { id: 'rules', name: 'rules', type: 'expressionNode', content: { expressions } },
      { id: 'out', name: 'out', type: 'outputNode' },
    ],
    edges: [
      { id: '1', sourceId: 'in', targetId: 'rules', type: 'edge' },
      { id: '2', sourceId: 'rules', targetId: 'out', type: 'edge' },
    ],
  });
  return {
    name: '@gorules/zen-engine',
    sample: 500,
    decide: (doc) => decision.evaluate(doc),
    holding: (answer) =>
      Object.entries((answer as Result).result).flatMap(([key, flag]) =>
        /^c\d+$/.test(key) && flag ? [Number(key.slice(1))] : [],
      ),
  };
};

export const peersOf = (conditions: readonly Condition[]): readonly Peer[] =>
  [ajv, cedar, jsonLogic, casl, jsonRules, zen].map((make) => make(conditions));
