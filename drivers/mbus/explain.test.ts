import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DecodeEntry, Fields } from './explain-entry.ts';
import { explainStream } from './explain.ts';
import { sum8 } from '../bytes/sum8.ts';
import { fromHex, joined, longFrame, mbusVectors, reply } from './testing/vectors.ts';

const explainAll = (bytes: Uint8Array): DecodeEntry[] => explainStream('mbus', bytes);
const fieldsOf = (entry: DecodeEntry | undefined): Fields => entry?.fields ?? {};

describe('explainStream', () => {
  it('gives the slave, its status by name, and every record', () => {
    const bytes = longFrame(0x38, 5, '72 78563412 2d2c 01 07 2a 1d ffff 0c 13 27048502 02 fd 17 0100 1f aa bb');
    expect(explainAll(bytes)).toEqual([
      {
        ok: true,
        offset: 0,
        length: bytes.length,
        fields: {
          frame: 'RSP_UD',
          control: '38',
          primaryAddress: 5,
          ci: '72',
          accessDemand: true,
          dataFlowControl: true,
          address: '12345678',
          secondaryAddress: '123456782D2C0107',
          slave: {
            Id: '12345678',
            Manufacturer: 'KAM',
            Version: '1',
            ProductName: 'Kamstrup 382 (6850-005)',
            Medium: 'Water',
            AccessNumber: '42',
            Status: '1D',
            Signature: 'FFFF',
          },
          status: ['application busy', 'power low', 'permanent error', 'temporary error'],
          moreFollow: true,
          records: [
            {
              id: '0',
              Function: 'Instantaneous value',
              StorageNumber: '0',
              Unit: 'm^3',
              Quantity: 'Volume',
              Value: '2850.427000',
              value: '2850.427',
              unit: 'm3',
              quantity: 'Volume',
              dib: '0c',
              vib: '13',
              data: '27048502',
            },
            {
              id: '1',
              Function: 'Instantaneous value',
              StorageNumber: '0',
              Unit: '',
              Quantity: 'Error flags',
              Value: '1.000000',
              value: '1',
              unit: null,
              quantity: 'Error flags',
              dib: '02',
              vib: 'fd17',
              data: '0100',
            },
            {
              id: '2',
              Function: 'More records follow',
              StorageNumber: '0',
              Unit: '',
              Quantity: '',
              Value: 'AA BB',
              value: null,
              unit: null,
              reason: 'only the manufacturer knows what these data mean',
              data: 'aabb',
            },
          ],
        },
      },
    ]);
  });

  it('gives a reason and the bytes for a record whose VIF is reserved', () => {
    const [entry] = explainAll(reply('02 7b 3412'));
    expect(fieldsOf(entry)['records']).toEqual([
      {
        id: '0',
        value: null,
        unit: null,
        reason: 'unknown VIF 7b',
        quantity: null,
        dib: '02',
        vib: '7b',
        data: '3412',
      },
    ]);
  });

  it.each([
    ['77', 'fixed data, high byte first (mode 2) (CI 77) is not decoded'],
    ['7a 2a 00 0000', 'variable data with a short header (CI 7A) is not decoded'],
    ['b7 01', 'CI field B7 is not decoded'],
    ['72 78563412', 'a header of 4 bytes: it has 12'],
    ['73 78563412', 'fixed data of 4 bytes: they are always 16'],
    ['72 78563412 2d2c 01 07 2a 00 0000 04 13 00', 'record 0: the data end after byte 15, before its data'],
    ['72 78563412 2d2c 01 07 2a 00 0000 1f 00', 'nothing but 1 byte that only the manufacturer can read'],
  ])('refuses the reply %s: %s', (body, message) => {
    expect(explainAll(longFrame(0x08, 1, body))).toMatchObject([{ ok: false, error: { message } }]);
  });

  it.each([
    [0x53, '51 01 7a 05', 'a master sends to 1: data (CI 51): not decoded'],
    [0x73, 'bd', 'a master sends to 1: the baud rate 9600 (CI BD): not decoded'],
    [0x53, '50', 'a master sends to 1: an application reset (CI 50): not decoded'],
    [0x53, '56 00', 'a master sends to 1: data or a selection with the high byte first (mode 2) (CI 56): not decoded'],
    [0x53, '99', 'a master sends to 1: something of unknown kind (CI 99): not decoded'],
    [0x53, '52 51753516', 'a selection with 4 bytes of address: it has 8'],
    [0x49, '72', 'a frame with the C field 49'],
    [0x0a, '72', 'C field 0A is no reply of a slave'],
  ])('refuses what has the C field %i and %s: %s', (control, body, message) => {
    expect(explainAll(longFrame(control, 1, body))).toMatchObject([{ ok: false, error: { message } }]);
  });

  it('refuses a short frame that asks nothing known', () => {
    expect(explainAll(fromHex('10 49 01 4a 16'))).toMatchObject([{ ok: false, error: { code: 'unsupported' } }]);
  });

  it('shows what a selection says besides the address', () => {
    const [entry] = explainAll(longFrame(0x53, 0xfd, '52 51753516 ffff ff ff 0c 78 78563412'));
    expect(fieldsOf(entry)).toMatchObject({ furtherSelection: '0c7878563412', address: '16357551' });
  });

  it('knows an acknowledgement', () => {
    expect(explainAll(fromHex('e5'))).toEqual([
      { ok: true, offset: 0, length: 1, fields: { frame: 'E5', meaning: 'acknowledgement' } },
    ]);
  });
});

describe('explainStream on bytes of any kind', () => {
  const frames = mbusVectors.map(({ hex }) => fromHex(hex));
  const mutated = fc
    .tuple(fc.constantFrom(...frames), fc.array(fc.tuple(fc.nat(300), fc.nat(255)), { maxLength: 4 }), fc.boolean())
    .map(([frame, changes, repaired]) => {
      const bytes = Uint8Array.from(frame);
      for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
      if (repaired && bytes.length > 8) bytes[bytes.length - 2] = sum8(bytes, 4, bytes.length - 2);
      return bytes;
    });
  const records = fc.uint8Array({ maxLength: 200 }).map((bytes) => reply(Buffer.from(bytes).toString('hex')));
  const anything = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    mutated,
    records,
    fc.tuple(mutated, records).map((two) => joined(...two)),
  );

  it('covers all bytes, gives values only from frames whose check byte is right, and never throws', () => {
    fc.assert(
      fc.property(anything, (bytes) => {
        let at = 0;
        for (const entry of explainAll(bytes)) {
          expect(entry.offset).toBe(at);
          at += entry.length;
          const frame = bytes.subarray(entry.offset, at);
          const summed = frame[0] === 0x68 ? 4 : 1;
          const whole = frame.length === 1 || sum8(frame, summed, frame.length - 2) === frame.at(-2);
          if (entry.fields !== undefined) expect(whole).toBe(true);
          if (!entry.ok) expect(entry.error.message).not.toBe('');
        }
        expect(at).toBe(bytes.length);
      }),
      { numRuns: 20_000 },
    );
  });

  it('gives each record a value or a reason, and what has a unit is a decimal number', () => {
    fc.assert(
      fc.property(records, (bytes) => {
        for (const entry of explainAll(bytes)) {
          for (const record of (fieldsOf(entry)['records'] ?? []) as readonly Fields[]) {
            expect(typeof (record['value'] ?? record['reason'])).toBe('string');
            if (record['unit'] !== null) expect(record['value']).toMatch(/^-?\d+(\.\d+)?$/);
          }
        }
      }),
      { numRuns: 2000 },
    );
  });
});
