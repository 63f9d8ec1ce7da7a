import { describe, expect, it } from 'vitest';
import { fromHex, rtuVectors, tcpVectors } from '../../../drivers/modbus/testing/vectors.ts';
import type { FrameEntry, Part } from './entry.ts';
import type { ProtocolName } from './protocol-names.ts';
import { protocols } from './protocols.ts';

/** The parts of every frame, each read after the one before it. */
function partsOf(protocol: ProtocolName, hex: string, labelOf?: (fc: number, address: number) => string): Part[][] {
  const bytes = fromHex(hex);
  let before: FrameEntry | null = null;
  return protocols[protocol].explain(bytes).flatMap((entry) => {
    if (!entry.ok) return [];
    const own = bytes.subarray(entry.offset, entry.offset + entry.length);
    const parts = [...protocols[protocol].parts(own, entry, { before, labelOf })];
    before = entry;
    return [parts];
  });
}

function said(parts: readonly Part[] | undefined): string[] {
  return (parts ?? []).map(({ bytes, name, meaning }) => `${Buffer.from(bytes).toString('hex')} ${name}: ${meaning}`);
}

describe('modbusParts', () => {
  it('names every byte of a request', () => {
    expect(said(partsOf('modbus-rtu', '07040000000271ad')[0])).toEqual([
      '07 unit: 7',
      '04 function: 4 Read Input Registers',
      '0000 address: 0 (0x0000)',
      '0002 count: 2',
      '71ad CRC: right',
    ]);
  });

  it('names the registers of a reply by the request before it', () => {
    const [, reply] = partsOf('modbus-rtu', '07040000000271ad 070404436633347d38');
    expect(said(reply)).toContain('43663334 register 0 and next: 17254, 13108; as a float32: 230.2');
  });

  it('counts the registers of a reply whose request is not known', () => {
    const [reply] = partsOf('modbus-rtu', '070404436633347d38');
    expect(said(reply)).toContain('43663334 register +0 and next: 17254, 13108; as a float32: 230.2');
  });

  it('names registers by the points that the model has there', () => {
    const label = (fc: number, address: number): string => `fc${fc} at ${address}`;
    const [, reply] = partsOf('modbus-rtu', '07040000000271ad 070404436633347d38', label);
    expect(said(reply)).toContain('43663334 register 0 and next: 17254, 13108; as a float32: 230.2  fc4 at 0');
  });

  it('says what a refusal refuses', () => {
    expect(said(partsOf('modbus-rtu', '0790016dc1')[0])).toEqual([
      '07 unit: 7',
      '90 function: 16 Write Multiple Registers, with the exception flag',
      '01 exception: 1 Illegal Function',
      '6dc1 CRC: right',
    ]);
  });

  it('names the header of Modbus TCP', () => {
    expect(said(partsOf('modbus-tcp', '000100000006010300000002')[0])).toEqual([
      '0001 transaction: 1',
      '0000 protocol: 0, Modbus',
      '0006 length: 6 bytes follow',
      '01 unit: 1',
      '03 function: 3 Read Holding Registers',
      '0000 address: 0 (0x0000)',
      '0002 count: 2',
    ]);
  });

  it.each([
    ['modbus-rtu', rtuVectors],
    ['modbus-tcp', tcpVectors],
  ] as const)('leaves out no byte of any known frame of %s, and none twice', (protocol, vectors) => {
    const frames = vectors.filter(({ valid }) => valid);
    expect(frames.length).toBeGreaterThan(0);
    for (const { hex } of frames) {
      const covered = partsOf(protocol, hex).flat();
      expect(covered.map(({ bytes }) => Buffer.from(bytes).toString('hex')).join('')).toBe(hex.toLowerCase());
    }
  });
});
