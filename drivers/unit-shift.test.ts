import { describe, expect, it } from 'vitest';
import { shiftUnit } from './unit-shift.ts';

const value = (...args: Parameters<typeof shiftUnit>) => {
  const shifted = shiftUnit(...args);
  return shifted.ok ? shifted.value : shifted.reason;
};

describe('shiftUnit', () => {
  it('keeps every digit of the register', () => {
    expect(value('12.30', 'L', 'm3')).toBe('0.01230');
    expect(value('8031690', 'L', 'm3')).toBe('8031.690');
    expect(value('0.10', 'MWh', 'kWh')).toBe('100');
    expect(value('54427.88', 'kWh', 'MWh')).toBe('54.42788');
    expect(value('9007199254740.993', 'm3', 'L')).toBe('9007199254740993');
    expect(value('-0.5', 'kW', 'W')).toBe('-500');
    expect(value('1.25', 'bar', 'kPa')).toBe('125');
    expect(value('21837e1', 'Wh', 'kWh')).toBe('218.37');
    expect(value('-3e6', 'Wh', 'kWh')).toBe('-3000');
    expect(value('0e6', 'J/h', 'MJ/h')).toBe('0');
  });

  it('leaves a value as it is that is in that unit already', () => {
    expect(value('548.00', 'm3', 'm3')).toBe('548.00');
  });

  it('refuses what has no exact value in the unit', () => {
    expect(value('3.60', 'MJ', 'kWh')).toBe(
      'the meter sends 3.60 MJ, which no decimal number of kWh stands for exactly',
    );
    expect(value('1', 'h', 's')).toMatch(/exactly$/);
  });

  it('refuses another quantity, and units that nobody knows', () => {
    expect(value('3.60', 'MJ', 'm3')).toBe('the meter sends 3.60 MJ, which is no volume: it cannot be told in m3');
    expect(value('3.60', 'toString', 'm3')).toMatch(/is no volume/);
    expect(value('1,5', 'L', 'm3')).toBe('1,5 is no decimal number');
  });
});
