import { expect, it } from 'vitest';
import type { Point, Reading } from '../../../drivers/contract.ts';
import type { NewMeterReading } from '../../store/rows.ts';
import type { Meter } from '../model.ts';
import type { PlacedRegister } from './registers.ts';
import { registersShown } from './registers-shown.ts';

const POINTS: readonly Point[] = [
  { key: 'importEnergy', nameZh: '', unit: 'kWh', poll: 'slow', obis: '1-0:1.8.0' },
  { key: 'importEnergyTariff1', nameZh: '', unit: 'kWh', poll: 'slow', obis: '1-0:1.8.1' },
  { key: 'voltageL1', nameZh: '', unit: 'V', poll: 'slow', obis: '1-0:32.7.0' },
  {
    ...{ key: 'dailyImportEnergy1', nameZh: '', unit: 'kWh', poll: 'rare', obis: '1-0:1.8.0' },
    frozen: { kind: 'daily', ago: 1 },
  },
];
const METER: Meter = {
  ...{
    number: '000012345678',
    home: '1-1-101',
    utility: 'electricity',
    unit: 'kWh',
    multiplier: '1',
    digits: 6,
    decimals: 2,
  },
  ...{ installedAt: '2026-01-01T00:00:00', initial: '0.00', removedAt: null, final: null, replaces: null },
  ...{ maxPerHour: null, location: null, place: { device: 'm1', point: 'importEnergy', pulseWeight: null } },
};
const PLACED: PlacedRegister = {
  ...{ meter: METER, device: 'm1', point: 'importEnergy', unit: 'kWh', pulses: null, clock: null, points: POINTS },
  frozen: new Map([['dailyImportEnergy1', { kind: 'daily', ago: 1 }]]),
};

function seen(point: string, exact: string, more: Partial<Reading> = {}): Reading {
  return { point, value: Number(exact), exact, quality: 'good', at: 7, ...more };
}

function stored(value: string, standing: 'good' | 'suspect' = 'good'): NewMeterReading {
  return { meter: METER.number, value, at: 7, quality: 'actual', standing, notes: [], occasion: null };
}

it('tells the billed register as it is stored, the registers beside it as they were read, and no voltage', () => {
  const poll = [seen('importEnergy', '12.3456'), seen('importEnergyTariff1', '4.0000'), seen('voltageL1', '229.8')];
  expect(registersShown(poll, [PLACED], [stored('12.34')])).toMatchObject([
    { point: 'importEnergy', obis: '1-0:1.8.0', value: '12.34', unit: 'kWh', meter: METER.number, standing: 'good' },
    { point: 'importEnergyTariff1', obis: '1-0:1.8.1', value: '4.0000', meter: null, standing: null },
  ]);
});

it('leaves out a value that is asked for again, and tells one that is held', () => {
  const poll = [seen('importEnergy', '1.00')];
  expect(registersShown(poll, [PLACED], [])).toEqual([]);
  expect(registersShown(poll, [PLACED], [stored('1.00', 'suspect')])).toMatchObject([{ standing: 'suspect' }]);
});

it('tells what the meter kept with its own time', () => {
  const kept = seen('dailyImportEnergy1', '11.20', { meterTime: '2026-11-22T00:00:00' });
  expect(registersShown([kept], [PLACED], [])).toMatchObject([
    { value: '11.20', frozen: { kind: 'daily', ago: 1 }, meterTime: '2026-11-22T00:00:00', meter: METER.number },
  ]);
});

it('tells that a meter refuses one register, and nothing of a poll that failed', () => {
  const refused: Reading = { point: 'importEnergyTariff1', value: null, quality: 'bad', reason: 'no such item', at: 7 };
  expect(registersShown([seen('importEnergy', '1.00'), refused], [PLACED], [stored('1.00')])[1]).toMatchObject({
    ...{ value: null, quality: 'bad', reason: 'no such item' },
  });
  expect(registersShown([refused], [PLACED], [])).toEqual([]);
});
