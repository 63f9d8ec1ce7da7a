import { describe, expect, it } from 'vitest';
import { hex } from '../../drivers/bytes/hex.ts';
import { bytes } from '../testing/hex.ts';
import { answer } from './answer.ts';
import type { Device } from './device.ts';
import { createImage, repeat } from './image.ts';

/** The device of the examples in MODBUS Application Protocol V1.1b3, clause 6. */
function exampleDevice(rules: Partial<Device['rules']> = {}, write?: Device['write']): Device {
  const on = (text: string): number[] => Array.from(text, Number);
  return {
    id: 'example',
    unit: 17,
    model: 'example',
    image: createImage({
      // 6.1: outputs 20 to 38 are CD 6B 05; 6.5: output 173.
      coil: { 19: on('1011001111010110101'), 172: [0] },
      // 6.2: inputs 197 to 218 are AC DB 35.
      discrete: { 196: on('0011010111011011101011') },
      // 6.4: input register 9 is 10.
      input: { 8: [0x000a], 100: repeat(7, 126) },
      // 6.3: registers 108 to 110; 6.6 and 6.12: registers 2 and 3.
      holding: { 1: [0, 0, 9], 107: [0x022b, 0x0000, 0x0064] },
      writable: {
        coil: [
          [19, 37],
          [172, 172],
        ],
        holding: [[1, 2]],
      },
    }),
    rules: { functions: [1, 2, 3, 4, 5, 6, 8, 15, 16], ...rules },
    replyDelayMs: 0,
    advance: () => undefined,
    ...(write && { write }),
  };
}

const asked = (pdu: string, device = exampleDevice()): string => hex(answer(device, bytes(pdu), 0));

describe('the examples of MODBUS Application Protocol V1.1b3', () => {
  it.each([
    ['6.1 read coils 20 to 38', '01 0013 0013', '0103cd6b05'],
    ['6.2 read discrete inputs 197 to 218', '02 00C4 0016', '0203acdb35'],
    ['6.3 read holding registers 108 to 110', '03 006B 0003', '0306022b00000064'],
    ['6.4 read input register 9', '04 0008 0001', '0402000a'],
    ['6.5 write coil 173 on', '05 00AC FF00', '0500acff00'],
    ['6.6 write register 2', '06 0001 0003', '0600010003'],
    ['6.8.1 return query data', '08 0000 A537', '080000a537'],
    ['6.11 write coils 20 to 29', '0F 0013 000A 02 CD01', '0f0013000a'],
    ['6.12 write registers 2 and 3', '10 0001 0002 04 000A 0102', '1000010002'],
  ])('%s', (_name, request, reply) => {
    expect(asked(request)).toBe(reply);
  });
});

describe('what a write leaves behind', () => {
  it('sets the coils of 6.11 in the order of their bits and no others', () => {
    const device = exampleDevice();
    device.image.put('coil', 19, repeat(0, 19));
    asked('0F 0013 000A 02 CD01', device);
    expect(device.image.read('coil', 19, 19).join('')).toBe('1011001110000000000');
  });

  it('sets the registers of 6.12 and leaves the next one', () => {
    const device = exampleDevice();
    asked('10 0001 0002 04 000A 0102', device);
    expect(device.image.read('holding', 1, 3)).toEqual([0x000a, 0x0102, 9]);
  });

  it('switches a coil off with 0000', () => {
    const device = exampleDevice();
    asked('05 00AC FF00', device);
    asked('05 00AC 0000', device);
    expect(device.image.read('coil', 172, 1)).toEqual([0]);
  });
});

describe('exceptions', () => {
  it.each([
    ['01 for report server id', '11', '9101'],
    ['01 for a function that nobody has', '41 00', 'c101'],
    ['01 for another sub-function of diagnostics', '08 0001 0000', '8801'],
    ['02 for a register that is not there', '03 0064 0001', '8302'],
    ['02 for a read that runs off the end', '03 006B 0004', '8302'],
    ['02 for a read beyond 65535', '04 FFFF 0002', '8402'],
    ['02 for a register that may not be written', '06 006B 0001', '8602'],
    ['02 for a coil that may not be written', '05 0100 FF00', '8502'],
    ['03 for no registers at all', '04 0008 0000', '8403'],
    ['03 for 126 registers', '04 0064 007E', '8403'],
    ['03 for 128 registers', '04 0000 0080', '8403'],
    ['03 for 2001 bits', '01 0013 07D1', '8103'],
    ['03 for a coil value that is neither 0000 nor FF00', '05 00AC 0001', '8503'],
    ['03 for fewer bytes than announced', '10 0001 0002 04 000A 01', '9003'],
    ['03 for a byte count that does not fit the count', '10 0001 0002 02 000A', '9003'],
    ['03 for a byte count that is not twice the count', '10 0001 0002 03 000A 0102', '9003'],
    ['03 for 0 coils', '0F 0013 0000 00 00', '8f03'],
    ['03 for a request that is cut short', '03 006B 00', '8303'],
  ])('%s', (_name, request, reply) => {
    expect(asked(request)).toBe(reply);
  });

  it('allows 125 registers and 2000 bits', () => {
    expect(asked('04 0064 007D').slice(0, 4)).toBe('04fa');
  });

  it('a write that runs into a read-only register changes nothing', () => {
    const device = exampleDevice();
    expect(asked('10 0001 0003 06 000A 0102 0304', device)).toBe('9002');
    expect(device.image.read('holding', 1, 3)).toEqual([0, 0, 9]);
  });
});

describe('a model with rules of its own', () => {
  it('answers a function that it does not know with 01', () => {
    expect(asked('06 0001 0003', exampleDevice({ functions: [3] }))).toBe('8601');
  });

  it('reads at most as many registers as it says', () => {
    expect(asked('04 0064 0011', exampleDevice({ maxRegisters: 16 }))).toBe('8403');
    expect(asked('04 0064 0010', exampleDevice({ maxRegisters: 16 })).slice(0, 4)).toBe('0420');
  });

  it('refuses with the code that its quirk gives', () => {
    expect(asked('04 0064 0003', exampleDevice({ checkRead: ({ count }) => (count % 2 ? 3 : undefined) }))).toBe(
      '8403',
    );
  });

  it('may refuse a write with a number of its own, and then keeps the old value', () => {
    const device = exampleDevice({}, () => 0xe0);
    expect(asked('05 00AC FF00', device)).toBe('85e0');
    expect(device.image.read('coil', 172, 1)).toEqual([0]);
  });

  it('takes any value for a coil that it says is raw', () => {
    const written: number[] = [];
    const device = exampleDevice({ rawCoil: () => true }, ({ values }) => {
      written.push(...values);
      return 'taken';
    });
    expect(asked('05 00AC 0007', device)).toBe('0500ac0007');
    expect(written).toEqual([7]);
  });
});
