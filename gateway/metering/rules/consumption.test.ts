import { describe, expect, it } from 'vitest';
import { measure, sumOf } from './consumption.ts';
import { billed, meter, read, type Unnumbered } from './testing/on-paper.ts';

const small = meter('E1', { digits: 4, decimals: 1, multiplier: '1.5' });
const measured = (
  from: string,
  to: string,
  between: readonly Unnumbered[] = [],
  quality: 'actual' | 'estimated' = 'actual',
) => {
  const readings = between.map((reading, index) => ({ ...reading, id: index + 1 }));
  const segment = measure(small, billed('E1', '11-01 00:00', from, quality), billed('E1', '12-01 00:00', to), readings);
  return [segment.way, segment.use, segment.consumption];
};
const ACROSS = [read('E1', '11-20 00:00', '9990.0'), read('E1', '11-20 01:00', '5.0')];

describe('measure', () => {
  it('multiplies exactly, and drops no digit of it', () => {
    expect(measured('100.1', '100.4')).toEqual(['forward', '0.3', '0.45']);
  });

  it('believes readings between for one roll-over', () => {
    expect(measured('9500.0', '300.0')).toEqual(['backwards', null, null]);
    expect(measured('9500.0', '300.0', ACROSS)).toEqual(['rollOver', '800.0', '1200.0']);
  });

  it.each([
    ['that are not good', ACROSS.map((reading) => ({ ...reading, standing: 'suspect' as const }))],
    ['of another meter', ACROSS.map((reading) => ({ ...reading, meter: 'E2' }))],
    ['that go back besides', [...ACROSS, read('E1', '11-21 00:00', '400.0')]],
    ['that roll over twice', [...ACROSS, read('E1', '11-25 00:00', '9995.0'), read('E1', '11-25 01:00', '6.0')]],
    ['from before and after', [read('E1', '10-20 00:00', '9990.0'), read('E1', '12-20 00:00', '5.0')]],
  ])('does not believe readings %s', (_, between) => {
    expect(measured('9500.0', '300.0', between)).toEqual(['backwards', null, null]);
  });

  it('gives back what an estimate was too high, and nothing else', () => {
    expect(measured('500.0', '480.0', [], 'estimated')).toEqual(['credit', '-20.0', '-30.0']);
    expect(measured('500.0', '480.0')).toEqual(['backwards', null, null]);
  });

  it('finds a roll-over behind an estimate that was too high, and passes by estimates on the way', () => {
    const first = read('E1', '11-02 00:00', '9880.0');
    expect(measured('9890.0', '160.0', [first, ...ACROSS], 'estimated')).toEqual(['rollOver', '270.0', '405.0']);
    expect(measured('9890.0', '160.0', [first, ...ACROSS])).toEqual(['backwards', null, null]);
    const guess = read('E1', '11-10 00:00', '9790.0', { quality: 'estimated' });
    const below = read('E1', '11-10 01:00', '9780.0');
    expect(measured('9700.0', '160.0', [guess, below, ...ACROSS])).toEqual(['rollOver', '460.0', '690.0']);
  });

  it('knows nothing where a value is missing', () => {
    expect(measure(small, null, billed('E1', '12-01 00:00', '1'), [])).toMatchObject({
      way: 'unknown',
      consumption: null,
    });
  });
});

describe('sumOf', () => {
  it('adds exactly, and has no sum of what is not known', () => {
    expect(sumOf([{ consumption: '0.1' }, { consumption: '0.2' }], 2)).toBe('0.30');
    expect(sumOf([], 2)).toBe('0.00');
    expect(sumOf([{ consumption: '0.1' }, { consumption: null }], 2)).toBeNull();
  });
});
