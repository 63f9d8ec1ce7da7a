/** CJ/T 188 as a line sees it. */
import { describe, expect, it } from 'vitest';
import { bytes } from '../testing/hex.ts';
import { cjt188 } from './protocol.ts';
import { sealed } from './testing/asking.ts';

const HEAD = '10 34 12 90 78 56 34 12';
const REQUEST = sealed(`${HEAD} 01 03 90 1F 07`);
const REPLY = Uint8Array.of(0xfe, 0xfe, ...sealed(`${HEAD} 81 08 D1 20 07 01 00 00 00 2C`), 0x52, 0x4f);

const hexOf = (frame: Uint8Array): string => Buffer.from(frame).toString('hex');
const end = (heard: Uint8Array): unknown => cjt188.requestEnd(heard, 0);
/** REPLY with other insides. */
const replied = (body: string): string => `fefe${hexOf(sealed(body))}524f`;

describe('requests', () => {
  it('end where L puts their 16, wake-up bytes included', () => {
    expect(end(REQUEST)).toBe(REQUEST.length);
    expect(end(Uint8Array.of(0xfe, 0xfe, ...REQUEST, 0xfe))).toBe(REQUEST.length + 2);
  });

  it('are waited for', () => {
    for (const heard of ['FE', 'FE FE 68', '68 10 34 12 90 78 56 34 12 01 03'])
      expect(end(bytes(heard))).toBe('incomplete');
    expect(end(REQUEST.subarray(0, -1))).toBe('incomplete');
  });

  it('are none where check byte, end or length are wrong', () => {
    expect(end(REQUEST.with(-2, 0))).toBeUndefined();
    expect(end(REQUEST.with(-1, 0))).toBeUndefined();
    expect(end(REQUEST.with(10, 0x65))).toBeUndefined();
    expect(end(bytes('FE 00'))).toBeUndefined();
  });
});

describe('what goes wrong on a line', () => {
  it('spoils the check byte, which trailing bytes hide', () => {
    expect(REPLY[cjt188.checksumAt(REPLY) ?? 0]).toBe(REPLY.at(-4));
  });

  it.each([
    ['failure', `${HEAD} C1 03 07 00 00`],
    ['wrongFunction', `${HEAD} 84 08 D1 20 07 01 00 00 00 2C`],
    ['wrongUnit', `10 35 12 90 78 56 34 12 81 08 D1 20 07 01 00 00 00 2C`],
    ['wrongItem', `${HEAD} 81 08 90 20 07 01 00 00 00 2C`],
    ['wrongDigits', `${HEAD} 81 08 D1 20 07 1A 00 00 00 2C`],
    ['busy', `${HEAD} 81 08 D1 20 07 01 00 00 00 2C`],
  ] as const)('makes a sound reply say something else: %s', (fault, body) => {
    expect(hexOf(cjt188.distort(REPLY, fault))).toBe(replied(body));
  });

  it('puts the same question to a neighbour, and never a command', () => {
    const neighbour = '12345678901235';
    const head = HEAD.replace('34', '35');
    expect(hexOf(cjt188.readdress(REQUEST, neighbour))).toBe(hexOf(sealed(`${head} 01 03 90 1F 07`)));
    const command = sealed(`${HEAD} 04 04 A0 17 07 99`);
    expect(hexOf(cjt188.readdress(command, neighbour))).toBe(hexOf(sealed(`${head} 01 03 90 1F 07`)));
  });
});
