import fc from 'fast-check';
import { generate, type Packet } from 'mqtt-packet';
import { describe, expect, it } from 'vitest';
import { PacketTrimmer } from './packet-trimmer.ts';

const MOST = 1_000;

function publish(topic: string, qos: 0 | 1 | 2, length: number): Packet {
  return { cmd: 'publish', topic, payload: Buffer.alloc(length, 'x'), qos, retain: true, dup: false, messageId: 7 };
}

/** What is left of packets that come in pieces of `size`; null where the connection has to end. */
function trimmed(packets: readonly Uint8Array[], size: number): { left: Buffer | null; cut: number } {
  const trimmer = new PacketTrimmer(MOST);
  const bytes = Buffer.concat(packets);
  const left: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += size) {
    const next = trimmer.trim(bytes.subarray(at, at + size));
    if (next === null) return { left: null, cut: trimmer.cut };
    left.push(next);
  }
  return { left: Buffer.concat(left), cut: trimmer.cut };
}

describe('PacketTrimmer', () => {
  it.each([0, 1, 2] as const)('leaves of a long message with QoS %d what has to be acknowledged', (qos) => {
    const [long, none] = [generate(publish('a/b', qos, 300_000)), generate(publish('a/b', qos, 0))];
    expect(trimmed([long], 65_536)).toEqual({ left: none, cut: 1 });
  });

  it('leaves everything else as it is, wherever it is cut in pieces', () => {
    const message = fc.record({
      topic: fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme-ascii' }),
      qos: fc.constantFrom<0 | 1 | 2>(0, 1, 2),
      length: fc.oneof(fc.integer({ min: 0, max: 900 }), fc.integer({ min: 1_000, max: 20_000 })),
    });
    fc.assert(
      fc.property(fc.array(message, { maxLength: 6 }), fc.integer({ min: 1, max: 700 }), (messages, size) => {
        const sent = (longest: number): Buffer[] =>
          messages.flatMap(({ topic, qos, length }) => [
            generate({ cmd: 'pingresp' }),
            generate(publish(topic, qos, length > longest ? 0 : length)),
          ]);
        const cut = messages.filter(({ length }) => length > 900).length;
        expect(trimmed(sent(Infinity), size)).toEqual({ left: Buffer.concat(sent(900)), cut });
      }),
    );
  });

  it('ends a connection over which another packet is as long, or a message is shorter than its topic', () => {
    expect(trimmed([Uint8Array.of(0x90, 0xff, 0xff, 0xff, 0x7f)], 5).left).toBeNull();
    const shortOfItsTopic = Buffer.concat([Uint8Array.of(0x30, 0xe9, 0x07, 0xff, 0xff), Buffer.alloc(70_000, 'x')]);
    expect(trimmed([shortOfItsTopic], 1_000).left).toBeNull();
  });

  it('leaves a length of five bytes to whoever reads the packets', () => {
    const bytes = Buffer.of(0x30, 0xff, 0xff, 0xff, 0xff, 0x7f);
    expect(trimmed([bytes], 6).left?.subarray(0, 5)).toEqual(bytes.subarray(0, 5));
  });
});
