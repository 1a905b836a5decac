/*
 * PostgreSQL's binary formats (protocol documentation, "Formats and Format Codes"; COPY, "Binary Format"), for arrays
 * given as parameters and for rows given to COPY. As text each byte of ciphertext would travel as two.
 */

const uint64 = (out: Buffer, value: number, at: number): void => {
  out.writeUInt32BE(Math.floor(value / 2 ** 32), at);
  out.writeUInt32BE(value % 2 ** 32, at + 4);
};

/** The 16 bytes of a UUID. */
export const uuidBytes = (uuid: string): Buffer => Buffer.from(uuid.replaceAll('-', ''), 'hex');

const INT2 = 21;
const INT4 = 23;
const INT8 = 20;
const BYTEA = 17;
const TEXT = 25;
const UUID = 2950;

const HEADER = 20;

const header = (out: Buffer, type: number, count: number): void => {
  out.writeInt32BE(1, 0);
  out.writeInt32BE(1, 4);
  out.writeInt32BE(type, 8);
  out.writeInt32BE(count, 12);
  out.writeInt32BE(1, 16);
};

const fixed =
  (type: number, width: number, write: (out: Buffer, value: number, at: number) => void) =>
  (values: readonly number[]): Buffer => {
    const out = Buffer.allocUnsafe(HEADER + values.length * (4 + width));
    header(out, type, values.length);
    values.forEach((value, i) => {
      const at = HEADER + i * (4 + width);
      out.writeInt32BE(width, at);
      write(out, value, at + 4);
    });
    return out;
  };

const varying =
  (type: number) =>
  (values: readonly (Uint8Array | undefined)[]): Buffer => {
    const out = Buffer.allocUnsafe(values.reduce((sum, value) => sum + 4 + (value?.length ?? 0), HEADER));
    header(out, type, values.length);
    let at = HEADER;
    for (const value of values) {
      at = out.writeInt32BE(value?.length ?? -1, at);
      if (value === undefined) continue;
      out.set(value, at);
      at += value.length;
    }
    return out;
  };

export const int2Array = fixed(INT2, 2, (out, value, at) => out.writeInt16BE(value, at));
export const int4Array = fixed(INT4, 4, (out, value, at) => out.writeInt32BE(value, at));
export const int8Array = fixed(INT8, 8, uint64);
export const byteaArray = varying(BYTEA);
export const uuidArray = (values: readonly string[]): Buffer => varying(UUID)(values.map(uuidBytes));
export const textArray = (values: readonly string[]): Buffer =>
  varying(TEXT)(values.map((value) => Buffer.from(value)));

const COPY_HEADER = Buffer.concat([Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1'), Buffer.alloc(8)]);

/** Rows for `COPY … FROM STDIN (FORMAT binary)`: each field is written in the order of the columns. */
export class CopyRows {
  #out: Buffer = Buffer.allocUnsafe(1 << 18);
  #at: number = COPY_HEADER.copy(this.#out);

  #room(bytes: number): void {
    if (this.#at + bytes <= this.#out.length) return;
    const grown = Buffer.allocUnsafe(Math.max(this.#out.length * 2, this.#at + bytes));
    this.#out.copy(grown, 0, 0, this.#at);
    this.#out = grown;
  }

  row(fields: number): void {
    this.#room(2);
    this.#at = this.#out.writeInt16BE(fields, this.#at);
  }

  int2(value: number): void {
    this.#room(6);
    this.#at = this.#out.writeInt16BE(value, this.#out.writeInt32BE(2, this.#at));
  }

  int4(value: number): void {
    this.#room(8);
    this.#at = this.#out.writeInt32BE(value, this.#out.writeInt32BE(4, this.#at));
  }

  int8(value: number): void {
    this.#room(12);
    const at = this.#out.writeInt32BE(8, this.#at);
    uint64(this.#out, value, at);
    this.#at = at + 8;
  }

  /** Bytes, or null. */
  bytes(value: Uint8Array | undefined): void {
    this.#room(4 + (value?.length ?? 0));
    this.#at = this.#out.writeInt32BE(value?.length ?? -1, this.#at);
    if (value === undefined) return;
    this.#out.set(value, this.#at);
    this.#at += value.length;
  }

  /** What was written since it was last taken. */
  take(): Buffer {
    const taken = this.#out.subarray(0, this.#at);
    this.#out = Buffer.allocUnsafe(this.#out.length);
    this.#at = 0;
    return taken;
  }

  /** The last of it, with the end that COPY asks for. */
  end(): Buffer {
    this.#room(2);
    this.#at = this.#out.writeInt16BE(-1, this.#at);
    return this.take();
  }
}
