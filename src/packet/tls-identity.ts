import { generate } from 'selfsigned';

/** An office's end of a TLS connection. The key is secret; the certificate goes on the office's card. Both PEM. */
export interface TlsIdentity {
  readonly key: string;
  readonly cert: string;
}

/**
 * A new self-signed certificate (P-256) in force between two instants. Nobody vouches for it but the card it stands on:
 * both ends compare it byte for byte. It is no authority, so its key cannot make certificates for others.
 */
export const newTlsIdentity = async (name: string, from: Date, to: Date): Promise<TlsIdentity> => {
  const made = await generate([{ name: 'commonName', value: name }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    notBeforeDate: from,
    notAfterDate: to,
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true, clientAuth: true },
      { name: 'subjectAltName', altNames: [{ type: 2, value: name }] },
    ],
  });
  return { key: made.private, cert: made.cert };
};
