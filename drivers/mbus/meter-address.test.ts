import { describe, expect, it } from 'vitest';
import { fullAddress, mbusAddressing, meterAddressOf } from './meter-address.ts';
import { formatSecondaryAddress, parseSecondaryAddress } from './secondary-address.ts';

const parse = (text: string) => mbusAddressing.parse(text, 'serial');

/** As it is written, or message and hint. */
function outcome(text: string): string {
  const parsed = parse(text);
  return parsed.ok ? parsed.address : `${parsed.message}; ${parsed.hint}`;
}

describe('the address of an M-Bus meter', () => {
  it.each([
    ['5', '5'],
    ['005', '5'],
    ['250', '250'],
    ['5/12345678', '5/12345678'],
    ['00012345', '00012345'],
    ['14839120-KAM-01-02', '14839120-KAM-01-02'],
    ['14839120-kam-0a-1b', '14839120-KAM-0A-1B'],
    ['050002e5', '050002E5'],
  ])('is written one way: %s as %s', (text, written) => {
    expect(outcome(text)).toBe(written);
  });

  it('says of a primary address alone that anybody may answer there', () => {
    expect(parse('5')).toMatchObject({ caution: { hint: expect.stringContaining('"5/12345678"') as string } });
    for (const text of ['5/12345678', '12345678', '14839120-KAM-01-02'])
      expect(parse(text)).not.toHaveProperty('caution');
  });

  it.each([
    ['0', '0 is a meter that has not been given an address; give it one'],
    ['251', '251 is reserved; 1 to 250'],
    ['253', '253 is whoever is selected; 1 to 250'],
    ['254', '254 is everybody; 1 to 250'],
    [
      '1234567',
      '"1234567" has 7 digits: an identification number has eight; have zeros in front been lost? then it is "01234567"',
    ],
    ['123456789012', '"123456789012" has 12 digits: an identification number has eight; the eight digits'],
    ['5/1234', '"1234" has 4 digits: an identification number has eight; have zeros in front been lost?'],
    ['5/', '"" is no identification number'],
    ['1234567F', '"1234567F" has F in it, which stands for any digit'],
    ['FFFFFFFF', '"FFFFFFFF" has F in it'],
    ['meter 5', '"meter 5" is no identification number; 1 to 250'],
    ['', '"" is no identification number'],
    ['12345678-K1M-01-02', '"12345678-K1M-01-02": K1M is no manufacturer of three letters; "12345678-KAM-01-04"'],
    ['12345678-KAM', '"12345678-KAM": version and medium are two hex digits each'],
    ['12345678-KAM-1-4', 'version and medium are two hex digits each'],
    ['12345678-KAM-01-04-00', 'version and medium are two hex digits each'],
    ['12345678-KAM-FF-04', 'FF stands for any version or medium'],
    ['1234567-KAM-01-04', 'then it is "01234567"'],
    ['148391202D2C0102', 'is the address as it stands on the wire; write it as "14839120-KAM-01-02"'],
    ['050002E500001202', 'is the address as it stands on the wire; the eight digits'],
  ])('is refused with what would be right: %s', (text, words) => {
    expect(parse(text).ok).toBe(false);
    expect(outcome(text)).toContain(words);
  });

  it('belongs to a line that carries frames of meters', () => {
    expect(mbusAddressing.parse('5', 'modbus-tcp')).toEqual({
      ok: false,
      message: 'an M-Bus meter is on a serial line',
      hint: 'a bus of type serial or tcp-serial',
    });
    expect(mbusAddressing.parse('5', 'tcp-serial').ok).toBe(true);
  });

  it('names whom to ask', () => {
    expect(meterAddressOf('5')).toEqual({ kind: 'primary', address: 5, id: undefined });
    expect(meterAddressOf('5/12345678')).toEqual({ kind: 'primary', address: 5, id: '12345678' });
    expect(selected('12345678')).toBe('12345678FFFFFFFF');
    expect(selected('14839120-KAM-01-02')).toBe('148391202D2C0102');
    expect(() => meterAddressOf('nobody')).toThrow('nobody is no address');
  });

  it('is told in full of a meter that was found', () => {
    expect(full('148391202D2C0102')).toBe('14839120-KAM-01-02');
    expect(full('050002E500001202')).toBeNull();
    expect(full('148391202DAC0102')).toBeNull();
  });
});

function selected(text: string): string {
  const address = meterAddressOf(text);
  return address.kind === 'secondary' ? formatSecondaryAddress(address.address) : address.kind;
}

function full(text: string): string | null {
  return fullAddress(parseSecondaryAddress(text) ?? new Uint8Array(8));
}
