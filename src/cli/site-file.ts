import { parse } from 'yaml';
import { z } from 'zod';
import { readFileSync } from 'node:fs';
import type { JWK } from 'jose';
import { field, message } from '../casework/read.ts';
import { type Problem, ProblemError } from '../ground/problem.ts';
import { readText } from './read-text.ts';

const port = z.int().min(0).max(65535);
const url = z.url({ protocol: /^https?$/ });

const schema = z.strictObject({
  origin: url.optional().describe('Where browsers find the site; http://127.0.0.1:<port> where left out.'),
  port: port.default(0).describe('On loopback; a free one where left out.'),
  operatorPort: port.default(0).describe('Of /metrics, /healthz and /readyz, on loopback.'),
  login: z
    .strictObject({
      issuer: url,
      clientId: z.string().min(1),
      secretFile: z.string().optional().describe('A file that holds the client secret and nothing else.'),
      keyFile: z.string().optional().describe('A file with the private JWK, for private_key_jwt.'),
      claim: z
        .string()
        .min(1)
        .optional()
        .describe('Which claim is the person’s id in the directory; sub where left out.'),
      scope: z.string().min(1).optional(),
      acr: z
        .string()
        .min(1)
        .optional()
        .describe('What every sign-in has to have, such as the agency’s name for PIV.'),
      maxAge: z.int().positive().optional().describe('Seconds.'),
    })
    .optional()
    .describe('The agency’s OpenID provider.'),
  api: z
    .strictObject({ audience: z.string().min(1), jwks: url, claim: z.string().min(1).optional() })
    .optional()
    .describe('Who may use the JSON API: tokens of the same issuer, for this audience.'),
  channels: z
    .partialRecord(z.enum(['irs', 'customs', 'justice']), z.string().min(1))
    .default({})
    .describe('How packets go to another office: https, or a folder; the outbox where left out.'),
  proxies: z.array(z.string()).default([]).describe('Whose X-Forwarded-For is believed.'),
  returns: z.string().optional().describe('Of the IRS: the folder of the returns.'),
});

export type SiteFile = z.infer<typeof schema>;

const next = 'Correct the field; docs/OPERATE.md has an example of the whole file.';

/** Reads what a site is told when it starts. Problems: `usage`, with every field that is wrong. */
export const readSiteFile = (file: string): SiteFile => {
  const text = readText(file, 'The site’s file', next);
  let document: unknown;
  try {
    document = parse(text, { maxAliasCount: 0 });
  } catch {
    throw new ProblemError({ kind: 'not-yaml', what: 'The site’s file is not YAML.', where: file, next });
  }
  const parsed = schema.safeParse(document ?? {});
  if (parsed.success) return parsed.data;
  const [first, ...rest] = parsed.error.issues.map((issue): Problem => ({
    kind: 'usage',
    what: `${field(issue.path) || 'the file'}: ${message(issue)}.`,
    where: file,
    next,
  }));
  if (first === undefined) throw parsed.error;
  throw new ProblemError(first, ...rest);
};

/** How the site proves itself to the provider: from a file, so that it stands in no listing of processes and no backup of settings. */
export const credentialOf = ({
  secretFile,
  keyFile,
}: NonNullable<SiteFile['login']>): { readonly secret: string } | { readonly key: JWK } => {
  const file = secretFile ?? keyFile;
  if (file === undefined || (secretFile !== undefined && keyFile !== undefined))
    throw new ProblemError({
      kind: 'usage',
      what: 'The login names no credential, or two.',
      where: 'login',
      next: 'Give secretFile, or keyFile, and not both.',
    });
  try {
    const text = readFileSync(file, 'utf8').trim();
    return secretFile === undefined ? { key: JSON.parse(text) as JWK } : { secret: text };
  } catch {
    throw new ProblemError({
      kind: 'file-unreadable',
      what: 'The credential for the sign-in provider cannot be read.',
      where: file,
      next: 'Name a file that this user may read; a key is one JWK.',
    });
  }
};
