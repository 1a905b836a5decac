import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Session } from './sessions.ts';

const mac = (session: Session, nonce: string): Buffer =>
  createHmac('sha256', session.csrf).update(nonce).digest();

/**
 * Proof that a form is ours: another in every page, for what is the same in compressed pages can be guessed letter by letter by
 * who can put words of his own beside it (BREACH).
 */
export const sealForm = (session: Session): string => {
  const nonce = randomBytes(16).toString('base64url');
  return `${nonce}.${mac(session, nonce).toString('base64url')}`;
};

/** Whether a form was sealed for this session. */
export const isSealed = (session: Session, given: string | undefined): boolean => {
  const [nonce = '', proof = ''] = (given ?? '').split('.');
  const bytes = Buffer.from(proof, 'base64url');
  const wanted = mac(session, nonce);
  return bytes.length === wanted.length && timingSafeEqual(bytes, wanted);
};
