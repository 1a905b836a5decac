import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** One expectation: what the rulebook must say of one item at one hop. */
const expectation = z.strictObject({
  item: z.string(),
  /** The proposal that asks, for a hop after the first. */
  proposal: z.string().optional(),
  hop: z.string(),
  verdict: z.enum(['permitted', 'refused', 'undetermined']),
  /** Ids of the rules known not to be met, all of them. */
  failed: z.array(z.string()).default([]),
  /** Ids of the rules that missing facts could decide; where it is left out, they are not compared. */
  missing: z.array(z.string()).optional(),
  outward: z.enum(['released', 'returned for cure', 'not disclosed', 'not yet decided']).optional(),
});

/** A scenario: a shared case, changed by JSON Patch (RFC 6902), and its lawful outcome. */
const scenario = z.strictObject({
  title: z.string(),
  about: z.array(z.string()).min(1),
  /** File in `scenarios/base/`. */
  base: z.string(),
  change: z.array(z.looseObject({ op: z.string(), path: z.string() })).default([]),
  expect: z.array(expectation).min(1),
});

export type Scenario = z.infer<typeof scenario> & { readonly id: string; readonly file: string };

const read = (): readonly Scenario[] =>
  globSync('scenarios/*.yaml', { cwd: root })
    .sort()
    .flatMap((file) =>
      z
        .array(scenario)
        .parse(parse(readFileSync(join(root, file), 'utf8')))
        .map((one, n) => ({ ...one, id: `${basename(file, '.yaml')}-${n + 1}`, file })),
    );

let known: readonly Scenario[] | undefined;

/** Every scenario of `scenarios/*.yaml`, each file a list of them, in the order of their names. Read once. */
export const readScenarios = (): readonly Scenario[] => (known ??= read());
