import { describe, expect, it } from 'vitest';
import { functionName, isErrorReply, isReply, isWrite } from './control-codes.ts';

describe('C', () => {
  it.each([
    [0x01, 'read data', false, false, false],
    [0x81, 'read data', true, false, false],
    [0xc1, 'read data', true, true, false],
    [0x03, 'read address', false, false, false],
    [0xc3, 'read address', true, true, false],
    [0x09, 'read key version', false, false, false],
    [0x04, 'write data', false, false, true],
    [0x84, 'write data', true, false, true],
    [0xc4, 'write data', true, true, true],
    [0x15, 'write address', false, false, true],
    [0xd5, 'write address', true, true, true],
    [0x16, 'write base reading', false, false, true],
    [0xd6, 'write base reading', true, true, true],
    [0x2a, 'defined by the maker', false, false, true],
    [0xaa, 'defined by the maker', true, false, true],
    [0x02, 'reserved', false, false, false],
  ])('%i is %s', (control, name, reply, error, write) => {
    expect([functionName(control), isReply(control), isErrorReply(control), isWrite(control)]).toEqual([
      name,
      reply,
      error,
      write,
    ]);
  });
});
