import { describe, expect, it } from 'vitest';
import { hex } from '../../drivers/bytes/hex.ts';
import { ask, bits, registers, writeCoil, writeRegister } from '../testing/asking.ts';
import { adam6050 } from './advantech-adam-6050.ts';
import { moxaE1210 } from './moxa-iologik-e1210.ts';
import { waveshareIo8ch } from './waveshare-io-8ch.ts';
import { wbMcm8 } from './wb-mcm8.ts';

describe('Moxa ioLogik E1210', () => {
  const make = () => moxaE1210({ id: 'x', unit: 1 });
  const count = (device: ReturnType<typeof make>, channel: number, now: number): number =>
    registers(device, 4, 0x0010 + 2 * channel, 2, now).getUint32(0);

  it('shows a closed contact as a discrete input and in the word of all inputs', () => {
    const device = make();
    device.contacts.set(9, true, 0);
    expect(bits(device, 2, 0x0000, 16, 100).indexOf(true)).toBe(9);
    expect(registers(device, 4, 0x0030, 1, 100).getUint16(0)).toBe(0x0200);
  });

  it('does not count before its counter is started', () => {
    const device = make();
    device.contacts.press(2, 100, 0);
    expect(count(device, 2, 1_000)).toBe(0);
    expect(hex(writeCoil(device, 0x0102, true, 1_000))).toBe('050102ff00');
    device.contacts.press(2, 100, 2_000);
    expect(count(device, 2, 3_000)).toBe(1);
  });

  it('counts presses that came and went between two requests', () => {
    const device = make();
    ask(device, [0x0f, 0x01, 0x00, 0x00, 0x10, 0x02, 0xff, 0xff], 0);
    for (let i = 0; i < 5; i++) device.contacts.press(0, 50, 1_000 + 200 * i);
    expect(count(device, 0, 10_000)).toBe(5);
    expect(bits(device, 2, 0, 1, 10_000)).toEqual([false]);
  });

  it('has the high word of a counter first', () => {
    const device = make();
    device.image.put('input', 0x0010, [0x0001, 0x0002]);
    expect(count(device, 0, 0)).toBe(65_538);
  });

  it('clears a counter with 1, refuses 0 with exception 03, and reads the clearing coil as 0', () => {
    const device = make();
    writeCoil(device, 0x0100, true);
    device.contacts.press(0, 100, 100);
    expect(hex(writeCoil(device, 0x0110, false, 1_000))).toBe('8503');
    expect(count(device, 0, 1_000)).toBe(1);
    expect(hex(writeCoil(device, 0x0110, true, 1_000))).toBe('050110ff00');
    expect(count(device, 0, 1_000)).toBe(0);
    expect(bits(device, 1, 0x0110, 1)).toEqual([false]);
  });

  it('loses its counters and their start in a power cut', () => {
    const device = make();
    writeCoil(device, 0x0100, true);
    device.contacts.press(0, 100, 100);
    device.advance(1_000);
    device.restart?.(1_000);
    expect(count(device, 0, 2_000)).toBe(0);
    expect(bits(device, 1, 0x0100, 1)).toEqual([false]);
  });

  it('has nothing at the addresses that its manual leaves out', () => {
    expect(hex(ask(make(), [0x02, 0x00, 0x10, 0x00, 0x01]))).toBe('8202');
    expect(hex(ask(make(), [0x04, 0x00, 0x31, 0x00, 0x01]))).toBe('8402');
    expect(hex(ask(make(), [0x01, 0x01, 0x30, 0x00, 0x01]))).toBe('8102');
  });
});

describe('Advantech ADAM-6050', () => {
  const make = (mode?: 'latch-rising') => adam6050({ id: 'x', unit: 1, ...(mode && { mode: () => mode }) });

  it('shows its inputs as coils, which cannot be written', () => {
    const device = make();
    device.contacts.set(11, true, 0);
    expect(bits(device, 1, 0x0000, 12).indexOf(true)).toBe(11);
    expect(hex(writeCoil(device, 0x000b, false))).toBe('8502');
  });

  it('counts with the low word first once it is started', () => {
    const device = make();
    writeCoil(device, 0x0028, true); // start of channel 2
    device.contacts.press(2, 50, 100);
    device.contacts.press(2, 50, 300);
    const reply = registers(device, 3, 0x0004, 2, 1_000);
    expect([reply.getUint16(0), reply.getUint16(2)]).toEqual([2, 0]);
  });

  it('carries from the low word into the high word', () => {
    const device = make();
    writeCoil(device, 0x0020, true);
    for (let i = 0; i < 65_537; i++) device.contacts.press(0, 1, i * 2);
    const reply = registers(device, 3, 0x0000, 2, 1_000_000);
    expect([reply.getUint16(0), reply.getUint16(2)]).toEqual([1, 1]);
  });

  it('clears a counter', () => {
    const device = make();
    writeCoil(device, 0x0020, true);
    device.contacts.press(0, 50, 100);
    writeCoil(device, 0x0021, true, 1_000);
    expect(registers(device, 3, 0x0000, 2, 1_000).getUint32(0)).toBe(0);
  });

  it('keeps a pulse in its latch until the latch is cleared', () => {
    const device = make('latch-rising');
    device.contacts.press(3, 50, 100);
    expect(bits(device, 1, 0x0003, 1, 1_000)).toEqual([false]);
    expect(bits(device, 1, 0x002f, 1, 1_000)).toEqual([true]);
    writeCoil(device, 0x002f, false, 1_000);
    expect(bits(device, 1, 0x002f, 1, 1_000)).toEqual([false]);
  });

  it('switches its outputs', () => {
    const device = make();
    writeCoil(device, 0x0015, true);
    expect(bits(device, 1, 0x0010, 6)).toEqual([false, false, false, false, false, true]);
  });
});

describe('Wiren Board WB-MCM8', () => {
  const make = () => wbMcm8({ id: 'x', unit: 5 });

  it('counts without being started, high word first', () => {
    const device = make();
    device.setCount(1, 65_537);
    device.contacts.press(1, 200, 100);
    const reply = registers(device, 4, 62, 2, 1_000);
    expect([reply.getUint16(0), reply.getUint16(2)]).toEqual([1, 2]);
  });

  it('has a debounce time of 50 ms: a bouncing press counts once, a disturbance not at all', () => {
    const device = make();
    device.contacts.press(0, 250, 100, 20);
    device.contacts.press(1, 30, 100);
    expect(registers(device, 4, 60, 4, 1_000).getUint32(0)).toBe(1);
    expect(registers(device, 4, 62, 2, 1_000).getUint32(0)).toBe(0);
    expect(registers(device, 3, 20, 1).getUint16(0)).toBe(50);
  });

  it('takes another debounce time up to 2000 ms', () => {
    const device = make();
    expect(hex(writeRegister(device, 21, 10))).toBe('060015000a');
    expect(hex(writeRegister(device, 21, 2001))).toBe('8603');
    device.contacts.press(1, 30, 100);
    expect(registers(device, 4, 62, 2, 1_000).getUint32(0)).toBe(1);
  });

  it('shows the level, and a frequency in steps of 2⁻¹⁶ Hz', () => {
    const device = make();
    device.contacts.press(7, 300, 0);
    device.contacts.press(7, 300, 500);
    expect(bits(device, 2, 0, 8, 600).indexOf(true)).toBe(7);
    expect(registers(device, 4, 54, 2, 600).getUint32(0) * 1.52588e-5).toBeCloseTo(2, 3);
  });
});

describe('Waveshare IO 8CH', () => {
  const make = () => waveshareIo8ch({ id: 'x', unit: 30 });

  it('shows its inputs and forgets them at once: it neither counts nor latches', () => {
    const device = make();
    device.contacts.press(5, 100, 0);
    expect(hex(ask(device, [0x02, 0, 0, 0, 8], 50))).toBe('020120');
    expect(hex(ask(device, [0x02, 0, 0, 0, 8], 150))).toBe('020100');
    expect(hex(ask(device, [0x04, 0, 0, 0, 1]))).toBe('8401');
  });

  it('switches outputs one by one and together', () => {
    const device = make();
    writeCoil(device, 0x0001, true);
    ask(device, [0x0f, 0, 4, 0, 4, 1, 0x0f]);
    expect(hex(ask(device, [0x01, 0, 0, 0, 8]))).toBe('0101f2');
  });

  it('closes an output for seven tenths of a second, as its wiki writes it', () => {
    const device = make();
    expect(hex(ask(device, [0x05, 0x02, 0x00, 0x00, 0x07], 1_000))).toBe('0502000007');
    expect(bits(device, 1, 0, 1, 1_699)).toEqual([true]);
    expect(bits(device, 1, 0, 1, 1_700)).toEqual([false]);
  });
});
