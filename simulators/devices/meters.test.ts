import { describe, expect, it } from 'vitest';
import { hex } from '../../drivers/bytes/hex.ts';
import { ask, registers } from '../testing/asking.ts';
import { bytes } from '../testing/hex.ts';
import { dtsu666 } from './chint-dtsu666.ts';
import { sdm120 } from './eastron-sdm120.ts';
import { sdm630 } from './eastron-sdm630.ts';
import type { Meter } from './meter.ts';
import { pressureTransmitter } from './pressure-transmitter.ts';
import { iem3000 } from './schneider-iem3000.ts';

const float = (meter: Meter, code: 3 | 4, address: number): number => registers(meter, code, address, 2).getFloat32(0);

describe('Eastron SDM120', () => {
  const meter = sdm120({ id: 'm', unit: 1 });

  it.each([
    ['voltage, V', 0x0000, 230.2],
    ['current, A', 0x0006, 1.5],
    ['power, W', 0x000c, 338.4],
    ['apparent power, VA', 0x0012, 345.3],
    ['reactive power, var', 0x0018, 68.7],
    ['power factor', 0x001e, 0.98],
    ['frequency, Hz', 0x0046, 50],
    ['import, kWh', 0x0048, 1234.5],
    ['export, kWh', 0x004a, 0.25],
    ['maximum demand, W', 0x0056, 5120],
    ['total, kWh', 0x0156, 1234.75],
  ])('%s', (_name, address, value) => {
    expect(float(meter, 4, address)).toBeCloseTo(value, 4);
  });

  it('has its serial number and its meter code as integers', () => {
    expect(registers(meter, 3, 0xfc00, 2).getUint32(0)).toBe(19_200_010);
    expect(registers(meter, 3, 0xfc02, 1).getUint16(0)).toBe(0x0020);
  });

  it.each([
    ['an odd start', '04 0001 0002', '8402'],
    ['an odd count', '04 0000 0003', '8403'],
    ['more than 80 registers', '04 0000 0052', '8403'],
    ['what no table of the manual has', '04 0200 0002', '8402'],
    ['FC 06', '06 000C 0001', '8601'],
  ])('refuses %s', (_name, request, reply) => {
    expect(hex(ask(meter, [...bytes(request)]))).toBe(reply);
  });

  it('reads zeros between its parameters, so that one request may span several', () => {
    expect(registers(meter, 4, 0x0000, 80).getFloat32(4)).toBe(0);
  });

  it('takes a new relay pulse width, as the manual writes it', () => {
    expect(hex(ask(meter, [...bytes('10 000C 0002 04 4270 0000')]))).toBe('10000c0002');
    expect(float(meter, 3, 0x000c)).toBe(60);
  });

  it('does not listen to broadcasts', () => {
    expect(meter.rules.ignoresBroadcast).toBe(true);
  });
});

describe('Eastron SDM630', () => {
  const meter = sdm630({ id: 'm', unit: 2 });

  it.each([
    ['L1, V', 0x0000, 230.2],
    ['L2, V', 0x0002, 231.5],
    ['L3, V', 0x0004, 229],
    ['L3, A', 0x000a, 13.75],
    ['L2, W', 0x000e, 2450],
    ['total, W', 0x0034, 8100],
    ['total power factor', 0x003e, 0.9375],
    ['frequency, Hz', 0x0046, 50],
    ['import, kWh', 0x0048, 45_678.5],
    ['export, kWh', 0x004a, 12.25],
    ['L1 to L2, V', 0x00c8, 398.75],
    ['import and export, kWh', 0x0156, 45_690.75],
  ])('%s', (_name, address, value) => {
    expect(float(meter, 4, address)).toBeCloseTo(value, 4);
  });

  it('answers the example of its manual with 1.0', () => {
    expect(hex(ask(meter, [...bytes('03 0000 0002')]))).toBe('03043f800000');
  });

  it('takes the demand period of the example in its manual', () => {
    expect(hex(ask(meter, [...bytes('10 0002 0002 04 4270 0000')]))).toBe('1000020002');
    expect(float(meter, 3, 0x0002)).toBe(60);
  });
});

describe('Chint DTSU666', () => {
  const meter = dtsu666({ id: 'm', unit: 4 });

  it.each([
    ['L1 is 230.2 V, in tenths', 0x2006, 2302],
    ['L2 is 4.25 A, in thousandths', 0x200e, 4250],
    ['3350 W in all, in tenths', 0x2012, 33_500],
    ['L3 is 1300 W, in tenths', 0x2018, 13_000],
    ['power factor 0.95, in thousandths', 0x202a, 950],
    ['49.99 Hz, in hundredths', 0x2044, 4999],
    ['import 876.5 kWh, as it is', 0x101e, 876.5],
    ['export 1.25 kWh, as it is', 0x1028, 1.25],
  ])('%s', (_name, address, value) => {
    expect(float(meter, 3, address)).toBe(value);
  });

  it('does not know FC 04, nor registers between its blocks', () => {
    expect(hex(ask(meter, [...bytes('04 2006 0002')]))).toBe('8401');
    expect(hex(ask(meter, [...bytes('03 2022 0002')]))).toBe('8302');
  });

  it('shows what it is set to in its own scale', () => {
    const other = dtsu666({ id: 'm', unit: 4 });
    other.set({ voltageL1V: 231.7, powerW: 1000, importKWh: 5 });
    expect(float(other, 3, 0x2006)).toBe(2317);
    expect(float(other, 3, 0x2012)).toBe(10_000);
    expect(float(other, 3, 0x101e)).toBe(5);
  });
});

describe('Schneider iEM3000', () => {
  const meter = iem3000({ id: 'm', unit: 1 });

  it.each([
    ['L1, A', 0x0bb7, 21.5],
    ['L2, V', 0x0bd5, 230.2],
    ['total, kW', 0x0bf3, 13.5],
    ['frequency, Hz', 0x0c25, 50.03125],
  ])('%s', (_name, address, value) => {
    expect(float(meter, 3, address)).toBeCloseTo(value, 4);
  });

  it('counts Wh in 64 bits: beyond 32 bits, most significant word first', () => {
    expect(registers(meter, 3, 0x0c83, 4).getBigInt64(0)).toBe(9_876_543_210n);
    expect(registers(meter, 3, 0x0c87, 4).getBigInt64(0)).toBe(1_234n);
  });

  it('is set in kWh and W', () => {
    const other = iem3000({ id: 'm', unit: 1 });
    other.set({ importKWh: 98_765.432, powerW: 7_500 });
    expect(registers(other, 3, 0x0c83, 4).getBigInt64(0)).toBe(98_765_432n);
    expect(float(other, 3, 0x0bf3)).toBe(7.5);
  });
});

describe('pressure transmitter', () => {
  it('answers the example of its manual: address 1', () => {
    const transmitter = pressureTransmitter({ id: 'p', unit: 1 });
    expect(hex(ask(transmitter, [...bytes('03 0000 0001')]))).toBe('03020001');
  });

  it('is 0.452 MPa: unit 0, three decimals, 452', () => {
    const reply = registers(pressureTransmitter({ id: 'p', unit: 1 }), 3, 0, 5);
    expect([reply.getUint16(4), reply.getUint16(6), reply.getInt16(8)]).toEqual([0, 3, 452]);
  });

  it('goes below zero', () => {
    const transmitter = pressureTransmitter({ id: 'p', unit: 1 });
    transmitter.setPressureMPa(-0.013);
    expect(registers(transmitter, 3, 4, 1).getInt16(0)).toBe(-13);
  });

  it('takes a new address, as its manual writes it, and refuses 0', () => {
    const transmitter = pressureTransmitter({ id: 'p', unit: 1 });
    expect(hex(ask(transmitter, [...bytes('06 0000 0002')]))).toBe('0600000002');
    expect(hex(ask(transmitter, [...bytes('06 0000 0000')]))).toBe('8603');
  });
});
