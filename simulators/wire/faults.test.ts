import { describe, expect, it } from 'vitest';
import { crc16Modbus } from '../../drivers/bytes/crc16.ts';
import { hex } from '../../drivers/bytes/hex.ts';
import { modbusRtu } from '../modbus/rtu-device.ts';
import { openTcp, sealRtu, sealTcp, type Reply } from '../modbus/seal.ts';
import { wrongReply } from '../modbus/wrong-reply.ts';
import { createRandom } from '../random.ts';
import { bytes } from '../testing/hex.ts';
import { faultsSchema, merge, misbehave, type Delivery, type Faults, type Wire } from './faults.ts';

/** Eastron SDM630 v1.8: unit 1 answers 1.0. */
const REPLY: Reply = { unit: 1, pdu: bytes('03 04 3F 80 00 00'), transaction: 0xffff };
const WHOLE = '0103043f800000f7cf';
const NEIGHBOUR: Reply = { unit: 2, pdu: bytes('03 02 00 01'), transaction: 0xffff };

const RTU: Wire = { checksumAt: modbusRtu.checksumAt, distort: modbusRtu.distort, foreign: () => sealRtu(NEIGHBOUR) };
const TCP: Wire = {
  checksumAt: () => undefined,
  distort: (frame, fault) => sealTcp(wrongReply(openTcp(frame), fault)),
  foreign: () => sealTcp(NEIGHBOUR),
};

function deliver(faults: Faults, seed = 1, overTcp = false): Delivery {
  const random = createRandom(seed);
  return overTcp
    ? misbehave(sealTcp(REPLY), { ...TCP, faults, random })
    : misbehave(sealRtu(REPLY), { ...RTU, faults, random });
}

const sent = (faults: Faults, seed = 1): string =>
  deliver(faults, seed)
    .pieces.map((piece) => hex(piece.bytes))
    .join('');

describe('misbehave', () => {
  it('does nothing without faults', () => {
    expect(deliver({})).toEqual({
      delayMs: 0,
      pieces: [{ pauseMs: 0, bytes: bytes(WHOLE) }],
      disconnect: false,
      hold: false,
    });
  });

  it('silence: no pieces', () => {
    expect(deliver({ silence: 1 }).pieces).toEqual([]);
  });

  it('late: by as much as it says', () => {
    expect(deliver({ late: 1, lateMs: 1_234 }).delayMs).toBe(1_234);
  });

  it('bad checksum: the same bytes, but a CRC that does not fit', () => {
    const frame = bytes(sent({ badChecksum: 1 }));
    expect(hex(frame).slice(0, 14)).toBe(WHOLE.slice(0, 14));
    expect(crc16Modbus(frame)).not.toBe(0);
  });

  it('bad checksum is nothing to Modbus TCP', () => {
    expect(hex(deliver({ badChecksum: 1 }, 1, true).pieces[0]?.bytes ?? new Uint8Array())).toBe(
      'ffff0000000701' + '03043f800000',
    );
  });

  it('truncate: the beginning, and never the whole', () => {
    for (let seed = 1; seed <= 50; seed++) {
      const frame = sent({ truncate: 1 }, seed);
      expect(frame.length).toBeGreaterThan(0);
      expect(frame.length).toBeLessThan(WHOLE.length);
      expect(WHOLE.startsWith(frame)).toBe(true);
    }
  });

  it('twice: once more at once', () => {
    expect(sent({ twice: 1 })).toBe(WHOLE + WHOLE);
  });

  it('garbage: stray bytes first', () => {
    expect(sent({ garbage: 1 })).toMatch(new RegExp(`^([0-9a-f]{2}){1,8}${WHOLE}$`));
  });

  it('wake-up: FE first', () => {
    expect(sent({ wakeUp: 1 })).toMatch(new RegExp(`^(fe){1,4}${WHOLE}$`));
  });

  it("another device's reply first, then the right one", () => {
    expect(sent({ foreignReply: 1 })).toBe(hex(sealRtu(NEIGHBOUR)) + WHOLE);
  });

  it('wrong unit, wrong function: a frame with a CRC that fits', () => {
    for (const [fault, start] of [
      ['wrongUnit', '0203'],
      ['wrongFunction', '0104'],
    ] as const) {
      const frame = bytes(sent({ [fault]: 1 }));
      expect(hex(frame).slice(0, 4)).toBe(start);
      expect(crc16Modbus(frame)).toBe(0);
    }
  });

  it('wrong transaction: another number, also past the last one', () => {
    const [piece] = deliver({ wrongTransaction: 1 }, 1, true).pieces;
    expect(hex(piece?.bytes.subarray(0, 2) ?? new Uint8Array())).toBe('0000');
  });

  it('failure and busy: exceptions 04 and 06', () => {
    expect(sent({ failure: 1 }).slice(0, 6)).toBe('018304');
    expect(sent({ busy: 1 }).slice(0, 6)).toBe('018306');
  });

  it('split: two pieces, the second after a pause, nothing lost', () => {
    const { pieces } = deliver({ split: 1, splitPauseMs: 70 });
    expect(pieces.map((piece) => piece.pauseMs)).toEqual([0, 70]);
    expect(sent({ split: 1 })).toBe(WHOLE);
  });

  it('happens as often as its chance says', () => {
    const random = createRandom(7);
    const silent = Array.from({ length: 2_000 }, () =>
      misbehave(sealRtu(REPLY), { ...RTU, faults: { silence: 0.1 }, random }),
    ).filter(({ pieces }) => pieces.length === 0);
    expect(silent.length).toBeGreaterThan(140);
    expect(silent.length).toBeLessThan(260);
  });

  it('is the same again for the same seed, and not for another', () => {
    const faults: Faults = { garbage: 0.5, truncate: 0.5, twice: 0.5, split: 0.5, late: 0.5 };
    const many = (seed: number): Delivery[] => {
      const random = createRandom(seed);
      return Array.from({ length: 20 }, () => misbehave(sealRtu(REPLY), { ...RTU, faults, random }));
    };
    expect(many(3)).toEqual(many(3));
    expect(many(3)).not.toEqual(many(4));
  });
});

describe('merge', () => {
  it('puts what was held back in front of the first piece of what comes', () => {
    const held = [{ pauseMs: 0, bytes: bytes('01 02') }];
    const pieces = [
      { pauseMs: 0, bytes: bytes('03') },
      { pauseMs: 30, bytes: bytes('04') },
    ];
    expect(merge(held, pieces).map((piece) => [piece.pauseMs, hex(piece.bytes)])).toEqual([
      [0, '010203'],
      [30, '04'],
    ]);
  });
});

describe('faultsSchema', () => {
  it('refuses a fault that there is not, and a chance above 1', () => {
    expect(faultsSchema.safeParse({ sillence: 1 }).success).toBe(false);
    expect(faultsSchema.safeParse({ silence: 1.5 }).success).toBe(false);
  });
});
