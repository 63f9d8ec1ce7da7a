import { describe, expect, it } from 'vitest';
import { notFound } from './find.ts';

const many = Array.from({ length: 10_000 }, (_, n) => `meter-${n}`);
const messageFor = (wrong: string, names: readonly string[]) =>
  notFound('unknownDevice', 'there is no such device', wrong, names).message;

describe('a name that is not there', () => {
  it('is answered with the nearest of many', () => {
    expect(messageFor('metre-4711', many)).toBe('there is no such device (did you mean "meter-4711"?)');
  });

  it('is answered without a hint where none of many is near', () => {
    expect(messageFor('barrier', many)).toBe('there is no such device');
  });

  it('is answered with all of a few', () => {
    expect(messageFor('barrier', ['pump', 'lift'])).toBe('there is no such device (there is pump, lift)');
  });
});
