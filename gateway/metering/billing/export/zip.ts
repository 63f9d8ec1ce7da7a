/** A ZIP archive that is put together piece by piece: what is compressed is not kept. ZIP File Format Specification 6.3.10, 4.3. */
import { constants, crc32, deflateRawSync } from 'node:zlib';
import { GrowingFile } from './growing-file.ts';

/** 1 January 1980, 00:00: the same content gives the same bytes. 4.4.6 */
const NO_DATE = 0x0021;
/** Deflate, and names in UTF-8. 4.4.4, 4.4.5 */
const [VERSION, UTF8, DEFLATED] = [20, 0x0800, 8];
const [LOCAL, CENTRAL, END] = [0x04034b50, 0x02014b50, 0x06054b50];
/** So much is compressed in one go. */
const PIECE_BYTES = 128 * 1024;
/** Most of what there is to gain, in half the time that the usual 6 takes. */
const LEVEL = 3;

interface Entry {
  readonly name: Buffer;
  readonly crc: number;
  readonly compressed: number;
  readonly size: number;
  readonly offset: number;
}

export class Zip {
  readonly #file = new GrowingFile();
  readonly #entries: Entry[] = [];

  /** One entry at a time: `add` takes its text, `end` finishes it. */
  open(name: string): { readonly add: (text: string) => void; readonly end: () => void } {
    const pieces: Buffer[] = [];
    let [waiting, waitingChars, crc, size] = [[] as string[], 0, 0, 0];
    const compress = (finishFlush: number): void => {
      const piece = Buffer.from(waiting.join(''), 'utf8');
      [waiting, waitingChars] = [[], 0];
      crc = crc32(piece, crc);
      size += piece.length;
      // Each but the last ends on a whole byte and without the mark of the end: one after the other they are one stream. RFC 1951
      pieces.push(deflateRawSync(piece, { finishFlush, level: LEVEL }));
    };
    return {
      add: (text) => {
        waiting.push(text);
        waitingChars += text.length;
        if (waitingChars >= PIECE_BYTES) compress(constants.Z_SYNC_FLUSH);
      },
      end: () => {
        compress(constants.Z_FINISH);
        const compressed = pieces.reduce((sum, { length }) => sum + length, 0);
        const entry = { name: Buffer.from(name, 'utf8'), crc, compressed, size, offset: this.#file.length };
        this.#entries.push(entry);
        for (const part of [localHeader(entry), ...pieces]) this.#file.append(part);
      },
    };
  }

  end(): Uint8Array<ArrayBuffer> {
    const offset = this.#file.length;
    for (const entry of this.#entries) this.#file.append(centralHeader(entry));
    this.#file.append(endRecord(this.#entries.length, this.#file.length - offset, offset));
    return this.#file.bytes();
  }
}

/** 4.3.7 */
function localHeader(entry: Entry): Buffer {
  return Buffer.concat([u32(LOCAL), u16(VERSION), sharedHeader(entry), entry.name]);
}

/** 4.3.12: no comment, the first disk, no attributes. */
function centralHeader(entry: Entry): Buffer {
  const rest = [u16(0), u16(0), u16(0), u32(0), u32(entry.offset), entry.name];
  return Buffer.concat([u32(CENTRAL), u16(VERSION), u16(VERSION), sharedHeader(entry), ...rest]);
}

/** What both kinds of header have in common; no extra field. */
function sharedHeader({ crc, compressed, size, name }: Entry): Buffer {
  const lengths = [u32(crc), u32(compressed), u32(size), u16(name.length), u16(0)];
  return Buffer.concat([u16(UTF8), u16(DEFLATED), u16(0), u16(NO_DATE), ...lengths]);
}

/** 4.3.16: one disk, no comment. */
function endRecord(entries: number, size: number, offset: number): Buffer {
  return Buffer.concat([u32(END), u16(0), u16(0), u16(entries), u16(entries), u32(size), u32(offset), u16(0)]);
}

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
