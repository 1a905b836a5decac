import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { extname } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { Hono } from 'hono';

/*
 * Every file that pages load, read once. Its address has the digest of what is in it, so that it may be kept for ever. Only
 * names of this list are served: no path is made from what a browser asks for.
 */

const USWDS = new URL('../', import.meta.resolve('@uswds/uswds'));
const OURS = new URL('public/', import.meta.url);

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.png': 'image/png',
};

interface Asset {
  readonly bytes: Buffer;
  readonly type: string;
}

const digestOf = (bytes: Buffer): string =>
  createHash('sha256').update(bytes).digest('base64url').slice(0, 16);

const read = (url: URL): Asset => ({
  bytes: readFileSync(url),
  type: types[extname(url.pathname)] ?? 'application/octet-stream',
});

const files = (folder: string): string[] =>
  readdirSync(new URL(folder, USWDS), { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile() && extname(one.name) in types)
    .map((one) => `${one.parentPath.slice(USWDS.pathname.length)}/${one.name}`.replace('//', '/'));

/** The style sheet names fonts and pictures beside it, so they share its folder. */
const uswds = (): Map<string, Asset> => {
  if (!existsSync(USWDS)) throw new Error('the U.S. Web Design System is not installed: npm ci');
  const style = read(new URL('css/uswds.min.css', USWDS));
  const folder = digestOf(style.bytes);
  return new Map([
    [`${folder}/css/uswds.min.css`, style],
    ...['fonts/', 'img/']
      .flatMap(files)
      .map((name) => [`${folder}/${name}`, read(new URL(name, USWDS))] as const),
  ]);
};

const ours = (): Map<string, Asset> =>
  new Map(
    readdirSync(OURS).map((name) => {
      const asset = read(new URL(name, OURS));
      return [`${digestOf(asset.bytes)}/${name}`, asset] as const;
    }),
  );

const assets: ReadonlyMap<string, Asset> = new Map([...uswds(), ...ours()]);

const addresses = new Map(
  [...assets.keys()].map((path) => [path.slice(path.lastIndexOf('/') + 1), `/assets/${path}`]),
);

/** Where a page finds a file, by its name. */
export const href = (name: string): string => {
  const address = addresses.get(name);
  if (address === undefined) throw new TypeError(`no such asset: ${name}`);
  return address;
};

const squeezed = new Map<string, Buffer>();

/** The file, compressed as the browser takes it: once, and kept. */
const compressed = (path: string, { bytes, type }: Asset, accepts: string): readonly [Buffer, string?] => {
  if (!/^(text|image\/svg)/.test(type)) return [bytes];
  const encoding = /\bbr\b/.test(accepts) ? 'br' : /\bgzip\b/.test(accepts) ? 'gzip' : undefined;
  if (encoding === undefined) return [bytes];
  const key = `${encoding} ${path}`;
  const made =
    squeezed.get(key) ??
    (encoding === 'br'
      ? brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } })
      : gzipSync(bytes));
  squeezed.set(key, made);
  return [made, encoding];
};

export const assetRoutes = (): Hono => {
  const app = new Hono();
  app.get('/assets/*', (c) => {
    const path = c.req.path.slice('/assets/'.length);
    const asset = assets.get(path);
    if (asset === undefined) return c.notFound();
    const [bytes, encoding] = compressed(path, asset, c.req.header('accept-encoding') ?? '');
    if (encoding !== undefined) c.header('Content-Encoding', encoding);
    c.header('Vary', 'Accept-Encoding');
    c.header('Content-Type', asset.type);
    c.header('Cache-Control', 'public, max-age=31536000, immutable');
    return c.body(Uint8Array.from(bytes));
  });
  return app;
};
