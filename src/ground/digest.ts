import { hash } from 'node:crypto';

/** SHA-256 of a text (UTF-8) or bytes, as 64 lower-case hex digits. One-shot: 3–4 times faster than createHash. */
export const sha256 = (data: string | Uint8Array): string => hash('sha256', data, 'hex');
