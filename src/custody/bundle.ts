/** Bytes of the longest entry that a bundle can hold: its length is a uint16. */
export const MAX_ENTRY_SIZE = 65535;

/** An entry bundle of C2SP tlog-tiles: each entry after its length as a big-endian uint16. */
export const encodeBundle = (entries: readonly Uint8Array[]): Uint8Array => {
  const bytes = Buffer.allocUnsafe(entries.reduce((sum, entry) => sum + 2 + entry.length, 0));
  let at = 0;
  for (const entry of entries) {
    if (entry.length > MAX_ENTRY_SIZE) throw new RangeError('an entry of a bundle has at most 65535 bytes');
    at = bytes.writeUInt16BE(entry.length, at);
    bytes.set(entry, at);
    at += entry.length;
  }
  return bytes;
};

/** The entries of a bundle, as views on it. `rest` is how many bytes at the end are not a whole entry: 0 in a sound bundle. */
export const decodeBundle = (bytes: Uint8Array): { entries: Uint8Array[]; rest: number } => {
  const entries: Uint8Array[] = [];
  let at = 0;
  while (at + 2 <= bytes.length) {
    const end = at + 2 + (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0);
    if (end > bytes.length) break;
    entries.push(bytes.subarray(at + 2, end));
    at = end;
  }
  return { entries, rest: bytes.length - at };
};
