/** The last letter of a text whose last group has two or three letters carries unused bits; these leave them zero. */
const LAST_OF_TWO = 'AQgw';
const LAST_OF_THREE = 'AEIMQUYcgkosw048';

/**
 * Whether a text is exactly what base64url without padding (RFC 7515 section 2) writes. Decoders ignore the unused bits
 * of the last letter; an adversary who may turn them has a second text for one packet.
 */
export const isBase64url = (text: string): boolean => {
  const last = text.at(-1) ?? '';
  const whole = [true, false, LAST_OF_TWO.includes(last), LAST_OF_THREE.includes(last)][text.length % 4];
  return whole === true && /^[A-Za-z0-9_-]*$/.test(text);
};

/** The bytes, or `undefined` if the text is not base64url. */
export const fromBase64url = (text: string): Buffer | undefined =>
  isBase64url(text) ? Buffer.from(text, 'base64url') : undefined;
