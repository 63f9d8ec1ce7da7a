import { describe, expect, it } from 'vitest';
import { printedF } from './printed-f.ts';

describe('printedF', () => {
  it.each([
    [2850.427, '2850.427000'],
    [-0.1, '-0.100000'],
    [0.0078125, '0.007812'],
    [0.0234375, '0.023438'],
    [1e-9, '0.000000'],
    [-1e-9, '-0.000000'],
    [-0, '-0.000000'],
    [35 * 1e-7, '0.000003'],
    [1e22, '10000000000000000000000.000000'],
    [2 ** 70, '1180591620717411303424.000000'],
    [Number.NaN, 'nan'],
    [Number.POSITIVE_INFINITY, 'inf'],
    [Number.NEGATIVE_INFINITY, '-inf'],
  ])('prints %d as C does', (value, text) => {
    expect(printedF(value)).toBe(text);
  });
});
