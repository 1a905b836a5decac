/** Standard base64 with padding (RFC 4648 section 4). */
export const toBase64 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');

/** The bytes, or `undefined` if the text is not exactly what `toBase64` writes: one text for one value. */
export const fromBase64 = (text: string): Uint8Array | undefined => {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : undefined;
};

/** A 32-byte hash in base64, or `undefined`. */
export const hashFromBase64 = (text: string): Uint8Array | undefined => {
  const bytes = fromBase64(text);
  return bytes?.length === 32 ? bytes : undefined;
};

/** A decimal number without leading zeroes, within what a number holds exactly; or `undefined`. */
export const fromDecimal = (text: string): number | undefined => {
  const value = Number(text);
  return /^(0|[1-9]\d*)$/.test(text) && Number.isSafeInteger(value) ? value : undefined;
};
