/**
 * Takes the payload out of messages that are longer than any that is meant for us, as they come in from a broker that takes
 * them: whoever reads packets keeps each until it is whole, and a broker may hand over 256 MB. What is left is a message without
 * payload, which is acknowledged: one that was retained would otherwise come again with each connection. MQTT 3.1.1, 2.2 and 3.3.
 */

const PUBLISH = 3;
const QOS = 0x06;
const MORE = 0x80;
/** One byte for the type, four for the length. */
const LONGEST_HEADER = 5;

export class PacketTrimmer {
  readonly #maxLength: number;
  #state: 'header' | 'body' | 'topic' | 'payload' = 'header';
  /** The fixed header, as far as it has come. */
  #header: number[] = [];
  /** Topic and packet id of a message that is too long, as far as they have come. */
  #topic: number[] = [];
  /** Bytes of the packet that have not come. */
  #left = 0;
  #cut = 0;

  /** `maxLength`: of what follows the fixed header, in bytes. */
  constructor(maxLength: number) {
    this.#maxLength = maxLength;
  }

  /** Messages whose payload was taken out. */
  get cut(): number {
    return this.#cut;
  }

  /** What of `chunk` is to be read. Null: the connection has to end, as no broker sends such a packet. */
  trim(chunk: Buffer): Buffer | null {
    const kept: Uint8Array[] = [];
    for (let at = 0; at < chunk.length;) {
      if (this.#state === 'body' || this.#state === 'payload') {
        const part = chunk.subarray(at, at + this.#left);
        if (this.#state === 'body') kept.push(part);
        at += part.length;
        this.#went(part.length);
        continue;
      }
      const byte = chunk[at] ?? 0;
      at += 1;
      const next = this.#state === 'header' ? this.#headerByte(byte) : this.#topicByte(byte);
      if (next === null) return null;
      kept.push(next);
    }
    return Buffer.concat(kept);
  }

  #went(bytes: number): void {
    this.#left -= bytes;
    if (this.#left > 0) return;
    this.#state = 'header';
    this.#header = [];
  }

  #headerByte(byte: number): Uint8Array | null {
    this.#header.push(byte);
    const isWhole = this.#header.length > 1 && ((byte & MORE) === 0 || this.#header.length === LONGEST_HEADER);
    if (!isWhole) return new Uint8Array();
    const [type = 0, ...digits] = this.#header;
    const length = digits.reduce((sum, digit, place) => sum + (digit & ~MORE) * 128 ** place, 0);
    const header = Uint8Array.from(this.#header);
    this.#left = length;
    if (length > this.#maxLength && (byte & MORE) === 0) {
      this.#state = 'topic';
      this.#topic = [];
      return type >> 4 === PUBLISH ? new Uint8Array() : null;
    }
    this.#state = 'body';
    this.#went(0);
    return header;
  }

  #topicByte(byte: number): Uint8Array | null {
    this.#topic.push(byte);
    const [type = 0] = this.#header;
    const [high = 0, low = 0] = this.#topic;
    const needed = 2 + high * 256 + low + ((type & QOS) === 0 ? 0 : 2);
    if (this.#topic.length < 2 || this.#topic.length < needed)
      return this.#topic.length < this.#left ? new Uint8Array() : null;
    this.#cut += 1;
    this.#state = 'payload';
    this.#went(needed);
    return Uint8Array.of(type, ...lengthOf(needed), ...this.#topic);
  }
}

function lengthOf(bytes: number): number[] {
  return bytes < 128 ? [bytes] : [(bytes % 128) | MORE, ...lengthOf(Math.floor(bytes / 128))];
}
