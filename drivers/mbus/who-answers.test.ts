import { describe, expect, it } from 'vitest';
import { fromHex, joined, longFrame, reply, vectorBytes } from './testing/vectors.ts';
import { whoAcknowledges, whoSendsData } from './who-answers.ts';

describe('whoAcknowledges', () => {
  it.each([
    ['', 'silence'],
    ['e5', 'one'],
    ['e5 e5', 'several'],
    ['e5 00', 'unclear'],
    ['a5', 'unclear'],
  ])('takes %s for %s', (hex, who) => {
    expect(whoAcknowledges(fromHex(hex))).toBe(who);
  });
});

describe('whoSendsData', () => {
  const data = reply('0c 13 27048502');

  it('knows a slave by its header', () => {
    expect(whoSendsData(data)).toMatchObject({ kind: 'slave', slave: { secondary: '123456782D2C0107', primary: 1 } });
  });

  it('knows a slave of fixed data by its number', () => {
    expect(whoSendsData(vectorBytes('P-mbus-046'))).toEqual({
      kind: 'slave',
      slave: {
        id: '12345678',
        secondary: '12345678FFFFFFFF',
        primary: 5,
        manufacturer: null,
        version: null,
        medium: null,
        product: '',
      },
    });
  });

  it.each([
    ['two frames', joined(data, longFrame(0x08, 2, '72 11111111 2d2c 01 07 2a 00 0000'))],
    ['a frame and noise', joined(data, fromHex('ff'))],
  ])('is not content with %s', (_, heard) => {
    expect(whoSendsData(heard)).toMatchObject({ kind: 'unclear', slave: { id: '12345678' } });
  });

  it.each([
    ['nothing', fromHex(''), 'silence'],
    ['noise', fromHex('00 55'), 'unclear'],
    ['a damaged frame', data.with(9, 0), 'unclear'],
    ['an application error', vectorBytes('P-mbus-004'), 'unnamed'],
    ['an acknowledgement', fromHex('e5'), 'unnamed'],
  ])('makes of %s: %s', (_, heard, kind) => {
    expect(whoSendsData(heard).kind).toBe(kind);
  });
});
