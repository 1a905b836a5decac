import { generateKeyPairSync, randomBytes } from 'node:crypto';
import type { Office } from '../custody/entry.ts';
import { formatSkey, parseSkey } from '../custody/signer.ts';
import type { Signer } from '../custody/signer.ts';
import { COSIGNATURE_V1, ED25519, formatVkey } from '../custody/vkey.ts';
import type { OfficeCard } from './card.ts';
import { publicPart } from './jwk.ts';
import type { PrivateJwk } from './jwk.ts';
import { newTlsIdentity } from './tls-identity.ts';
import type { TlsIdentity } from './tls-identity.ts';

/** The private side of an office's card. Every member is JSON; all but `office` and `origin` is secret. */
export interface OfficeKeys {
  readonly office: Office;
  readonly origin: string;
  /** Private keys in golang's note form, as `parseSkey` reads them: of the log, and of the witness. */
  readonly log: string;
  readonly cosigner: string;
  readonly signing: PrivateJwk;
  readonly sealing: PrivateJwk;
  readonly tls: TlsIdentity;
}

const newP256 = (): PrivateJwk =>
  generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }) as PrivateJwk;

/** The key that a person signs packets with (ES256). */
export const newPersonKey = (): PrivateJwk => newP256();

/** The private key of a log, in the form of `OfficeKeys.log`. */
export const newLogKey = (origin: string): string => formatSkey(origin, ED25519, randomBytes(32));

const YEARS = 10;

/** New keys for an office whose log is `origin`, such as `irs.waybill.example/log`. The certificate is good for ten years from `now`. */
export const newOfficeKeys = async (office: Office, origin: string, now: Date): Promise<OfficeKeys> => {
  const until = new Date(now);
  until.setUTCFullYear(until.getUTCFullYear() + YEARS);
  return {
    office,
    origin,
    log: newLogKey(origin),
    cosigner: formatSkey(`${origin}/witness`, COSIGNATURE_V1, randomBytes(32)),
    signing: newP256(),
    sealing: newP256(),
    tls: await newTlsIdentity(`${office}.waybill`, now, until),
  };
};

export const cosignerOf = (keys: OfficeKeys): Signer => parseSkey(keys.cosigner, COSIGNATURE_V1);

/** The card that goes with the keys. `url` is where the node takes packets over HTTPS. */
export const newCard = (keys: OfficeKeys, url?: string): OfficeCard => ({
  waybill: 'office/1',
  office: keys.office,
  origin: keys.origin,
  vkey: formatVkey(parseSkey(keys.log).verifier),
  cosigner: formatVkey(cosignerOf(keys).verifier),
  signing: publicPart(keys.signing),
  sealing: publicPart(keys.sealing),
  tls: keys.tls.cert,
  ...(url === undefined ? {} : { url }),
});
