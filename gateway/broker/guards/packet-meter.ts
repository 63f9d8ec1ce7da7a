/**
 * Reads the length that each MQTT packet declares in its fixed header (MQTT 3.1.1, 2.2.3: one to four bytes, seven bits
 * each, least significant first) as the bytes go by, and keeps none of them. A parser behind it buffers a packet until it
 * is whole, so the declaration has to be judged before the first byte is let through.
 */
export type Verdict = 'pass' | 'oversize' | 'malformed';

export class PacketMeter {
  readonly #maxLength: number;
  #state: 'type' | 'length' | 'body' = 'type';
  #length = 0;
  #lengthBytes = 0;
  #left = 0;

  /** `maxLength`: of what follows the fixed header, in bytes. */
  constructor(maxLength: number) {
    this.#maxLength = maxLength;
  }

  /** Judges a piece of the stream. Once it was not `pass`, the stream is over. */
  judge(chunk: Uint8Array): Verdict {
    for (let at = 0; at < chunk.length;) {
      if (this.#state === 'body') {
        const skipped = Math.min(this.#left, chunk.length - at);
        at += skipped;
        this.#left -= skipped;
        if (this.#left === 0) this.#state = 'type';
        continue;
      }
      const byte = chunk[at] ?? 0;
      at += 1;
      if (this.#state === 'type') this.#begin();
      else if (!this.#lengthByte(byte)) return 'malformed';
      else if (this.#length > this.#maxLength) return 'oversize';
    }
    return 'pass';
  }

  #begin(): void {
    this.#state = 'length';
    this.#length = 0;
    this.#lengthBytes = 0;
  }

  /** False: a fifth byte, which no length has. */
  #lengthByte(byte: number): boolean {
    if (this.#lengthBytes === 4) return false;
    this.#length += (byte & 0x7f) * 128 ** this.#lengthBytes;
    this.#lengthBytes += 1;
    if (byte & 0x80) return true;
    this.#left = this.#length;
    this.#state = this.#left === 0 ? 'type' : 'body';
    return true;
  }
}
