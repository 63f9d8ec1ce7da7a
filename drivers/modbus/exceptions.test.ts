import { describe, expect, it } from 'vitest';
import { exceptionName } from './exceptions.ts';

describe('exceptionName', () => {
  it.each([
    [1, 'Illegal Function'],
    [2, 'Illegal Data Address'],
    [3, 'Illegal Data Value'],
    [4, 'Server Device Failure'],
    [5, 'Acknowledge'],
    [6, 'Server Device Busy'],
    [7, 'Negative Acknowledge'],
    [8, 'Memory Parity Error'],
    [10, 'Gateway Path Unavailable'],
    [11, 'Gateway Target Device Failed to Respond'],
  ])('knows exception %i', (code, name) => {
    expect(exceptionName(code)).toBe(name);
  });

  it('says of any other code that it is unknown', () => {
    expect(exceptionName(9)).toBe('Unknown Exception 9');
  });
});
