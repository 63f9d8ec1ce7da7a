import { describe, expect, it } from 'vitest';
import { printedAddressing } from './printed-address.ts';

const parse = (text: string, bus: 'serial' | 'tcp-serial' | 'modbus-tcp' = 'serial') =>
  printedAddressing.parse(text, bus);
const refusal = (text: string, bus?: 'modbus-tcp') => {
  const parsed = parse(text, bus);
  return parsed.ok ? 'taken' : `${parsed.message} | ${parsed.hint}`;
};

describe('printedAddressing', () => {
  it('takes the twelve digits of the plate, zeros in front and groups included', () => {
    expect(parse('000006605518')).toEqual({ ok: true, address: '000006605518' });
    expect(parse('0000 0660 5518', 'tcp-serial')).toEqual({ ok: true, address: '000006605518' });
  });

  it('says what lost zeros would have been, and guesses nothing', () => {
    expect(refusal('6605518')).toBe(
      '"6605518" is no meter address: it has 7 digits, and twelve make one | "000006605518", if it is zeros at its start that are lost',
    );
  });

  it.each([
    ['a number that a spreadsheet has cut', '6.60552E+06', 'its last digits are lost'],
    ['letters', '00000660551x', 'it is not digits alone'],
    ['nothing', '', 'it is not digits alone'],
    ['too many digits', '0000066055180', 'it has 13 digits'],
    ['the broadcast', '999999999999', 'nobody answers it'],
    ['the wildcard', 'AAAAAAAAAAAA', 'has wildcards'],
    ['a wildcard in front', 'aaaaaa605518', 'has wildcards'],
    ['an asset number', '0130001000100006605518', '通信地址'],
  ])('refuses %s', (_, text, words) => {
    expect(refusal(text)).toContain(words);
  });

  it('refuses a bus that does not carry its frames, and names one that does', () => {
    expect(refusal('000006605518', 'modbus-tcp')).toMatch(/modbus-tcp.*\| .*tcp-serial/);
  });
});
