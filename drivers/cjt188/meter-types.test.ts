import { describe, expect, it } from 'vitest';
import { familyOf, meterTypeName } from './meter-types.ts';

describe('familyOf', () => {
  it.each([
    [0x0f, null],
    [0x10, 'water'],
    [0x19, 'water'],
    [0x1a, null],
    [0x20, 'heat'],
    [0x25, 'heat'],
    [0x29, 'heat'],
    [0x2a, null],
    [0x30, 'gas'],
    [0x39, 'gas'],
    [0x3a, null],
    [0x40, 'other'],
    [0x49, 'other'],
    [0x4a, null],
    [0xaa, null],
  ])('of type %i is %s', (type, family) => {
    expect(familyOf(type)).toBe(family);
  });
});

describe('meterTypeName', () => {
  it.each([
    [0x10, 'cold water'],
    [0x11, 'hot water'],
    [0x12, 'drinking water'],
    [0x13, 'reclaimed water'],
    [0x20, 'heat'],
    [0x21, 'cold of a heat meter'],
    [0x22, 'heat and cold'],
    [0x25, 'reserved for heat meters'],
    [0x30, 'gas'],
    [0xaa, 'any'],
    [0x99, 'unknown'],
  ])('of %i is %s', (type, name) => {
    expect(meterTypeName(type)).toBe(name);
  });
});
