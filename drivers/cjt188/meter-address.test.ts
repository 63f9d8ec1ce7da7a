import { describe, expect, it } from 'vitest';
import { meterAddressing } from './meter-address.ts';

const parse = (text: string) => meterAddressing.parse(text, 'serial');

describe('the address of a meter', () => {
  it.each(['00201510270588', '0020 1510 2705 88', ' 00-20-15-10-27-05-88 '])('is written one way: %j', (text) => {
    expect(parse(text)).toEqual({ ok: true, address: '00201510270588' });
  });

  it('may have hex digits, as some makers count', () => {
    expect(parse('0020151027058F')).toEqual({ ok: true, address: '0020151027058f' });
    expect(parse('00201510270e58').ok).toBe(true);
  });

  it.each([
    ['201510270588', 'has 12 digits', 'try "00201510270588"'],
    ['1510270588', 'has 10 digits', 'try "00001510270588"'],
    ['123456789', 'has 9 digits', '14 digits'],
    ['002015102705881', 'has 15 digits', '14 digits'],
    ['2.01510E+11', 'spreadsheet', '14 digits'],
    ['2.0151E11', 'spreadsheet', '14 digits'],
    ['', 'is no number', '14 digits'],
    ['0020151027O588', 'is no number', '14 digits'],
    ['abcdef', 'is no number', '14 digits'],
    ['AAAAAAAAAAAAAA', 'wildcard', '14 digits'],
    ['aa', 'wildcard', '14 digits'],
    ['002015AA270588', 'stands for any digits', '14 digits'],
  ])('refuses %j, and says what would be right', (text, message, hint) => {
    const parsed = parse(text);
    expect(parsed).toMatchObject({ ok: false });
    expect(parsed.ok ? '' : parsed.message).toContain(message);
    expect(parsed.ok ? '' : parsed.hint).toContain(hint);
  });

  it('takes digits that straddle two bytes for digits, AA or not', () => {
    expect(parse('0020151027058a').ok).toBe(true);
    expect(parse('0aa0151027058a').ok).toBe(true);
  });

  it('needs a line', () => {
    expect(meterAddressing.parse('00201510270588', 'tcp-serial').ok).toBe(true);
    expect(meterAddressing.parse('00201510270588', 'modbus-tcp')).toMatchObject({
      ok: false,
      hint: 'a bus of type serial or tcp-serial',
    });
  });
});
