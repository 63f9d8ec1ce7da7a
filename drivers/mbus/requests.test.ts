import { describe, expect, it } from 'vitest';
import { buildDataRequest, buildLinkReset, buildSelect } from './requests.ts';
import { parseSecondaryAddress } from './secondary-address.ts';
import { explainStream } from './explain.ts';
import { fromHex, vectorBytes } from './testing/vectors.ts';

describe('requests', () => {
  it('reset the link of a slave', () => {
    expect(buildLinkReset(1)).toEqual(fromHex('10 40 01 41 16'));
    expect(buildLinkReset(0xfd)).toEqual(fromHex('10 40 fd 3d 16'));
  });

  it('ask for data, in turn with and without frame count bit', () => {
    expect(buildDataRequest(0xfd, 0)).toEqual(vectorBytes('P-mbus-052'));
    expect(buildDataRequest(0xfd, 1)).toEqual(fromHex('10 7b fd 78 16'));
    expect(buildDataRequest(254, 1)).toEqual(fromHex('10 7b fe 79 16'));
  });

  it('select a secondary address', () => {
    const address = parseSecondaryAddress('16357551FFFFFFFF') ?? new Uint8Array(0);
    expect(buildSelect(address)).toEqual(vectorBytes('P-mbus-053'));
  });

  it.each([-1, 256, 1.5, Number.NaN])('are not sent to %d', (address) => {
    expect(() => buildLinkReset(address)).toThrow(RangeError);
    expect(() => buildDataRequest(address, 1)).toThrow(RangeError);
  });

  it('do not select an address of the wrong length', () => {
    expect(() => buildSelect(new Uint8Array(7))).toThrow(RangeError);
  });

  it('are explained as what they were built for', () => {
    const address = parseSecondaryAddress('000257762D480307') ?? new Uint8Array(0);
    expect(explainStream('mbus', buildSelect(address))).toMatchObject([
      {
        ok: true,
        fields: {
          frame: 'SND_UD',
          control: '73',
          ci: '52',
          primaryAddress: 253,
          address: '00025776',
          secondaryAddress: '000257762D480307',
          meaning: 'select secondary address ID 00025776, manufacturer RAM, version 3, medium Water',
        },
      },
    ]);
    expect(explainStream('mbus', buildDataRequest(7, 1))).toMatchObject([
      { ok: true, fields: { frame: 'REQ_UD2', primaryAddress: 7, fcb: 1, meaning: 'REQ_UD2 FCB=1 to 7' } },
    ]);
    expect(explainStream('mbus', buildLinkReset(7))).toMatchObject([
      { ok: true, fields: { frame: 'SND_NKE', meaning: 'SND_NKE to 7: resets the link' } },
    ]);
  });
});
