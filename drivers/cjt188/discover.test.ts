import { describe, expect, it } from 'vitest';
import { hex } from '../bytes/hex.ts';
import { DriverError } from '../errors.ts';
import { discoverMeter } from './discover.ts';
import { WIRE_ADDRESS } from './testing/meters.ts';
import { scriptedLine, type Turn } from './testing/scripted-line.ts';
import { sealed, vectorBytes } from './testing/vectors.ts';

const HEAD = `68 10 ${WIRE_ADDRESS}`;
const FOUND = { meterType: 0x10, address: '00201510270588' };
const ASKED = ['03 03 81 0a 00', '03 03 0a 81 01', '01 03 90 1f 02', '01 03 1f 90 03'];

/** The first `count` requests as any type, the last of them answered with `hears`. */
function script(count: number, hears?: Uint8Array): Turn[] {
  return ASKED.slice(0, count).map((text, i) => {
    const asks = hex(sealed(`68 aa aa aa aa aa aa aa aa ${text}`));
    return i === count - 1 && hears !== undefined ? { asks, hears } : { asks };
  });
}

describe('discoverMeter', () => {
  it.each([
    ['in the head', 1, `${HEAD} 83 03 81 0a 00`, 'high'],
    ['in the data', 1, `68 10 aa aa aa aa aa aa aa 83 0a 81 0a 00 ${WIRE_ADDRESS}`, 'high'],
    ['asked low first', 2, `${HEAD} 83 03 0a 81 01`, 'low'],
    ['in a reading', 3, `${HEAD} 81 03 90 1f 02`, 'high'],
    ['in a reading asked low first', 4, `${HEAD} 81 03 1f 90 03`, 'low'],
  ])('finds an address %s', async (_, count, answer, diOrder) => {
    const line = scriptedLine(script(count, sealed(answer)));
    expect(await discoverMeter(line)).toEqual({ ...FOUND, diOrder });
    expect([line.left(), line.effects.includes(true)]).toEqual([0, false]);
  });

  it('reads the captured reply to a request for the address', async () => {
    const line = scriptedLine(script(1, vectorBytes('008')));
    expect(await discoverMeter(line)).toMatchObject({ address: '00000805000001' });
  });

  it('finds nobody on a silent line', async () => {
    const line = scriptedLine(script(4));
    expect(await discoverMeter(line)).toBeNull();
    expect(line.left()).toBe(0);
  });

  it('goes on after a refusal', async () => {
    const [first, ...rest] = script(2, sealed(`${HEAD} 83 03 0a 81 01`));
    const refused = { asks: first?.asks ?? '', hears: sealed(`${HEAD} c3 03 00 00 00`) };
    expect(await discoverMeter(scriptedLine([refused, ...rest]))).toMatchObject(FOUND);
  });

  it('asks as each of the given types', async () => {
    const asks = (text: string): string => hex(sealed(`68 10 aa aa aa aa aa aa aa ${text}`));
    const turns = [...script(4), { asks: asks('03 03 81 0a 04'), hears: sealed(`${HEAD} 83 03 81 0a 04`) }];
    expect(await discoverMeter(scriptedLine(turns), [0xaa, 0x10])).toMatchObject(FOUND);
  });

  it.each([
    ['several meters at once', sealed(`${HEAD} 83 03 81 0a 00`).with(5, 0x7f), 'checksum'],
    ['answers to somebody else', vectorBytes('005'), 'foreign'],
  ] as const)('tells when it heard only %s', async (_, hears, code) => {
    const turns = script(4).map((turn) => ({ ...turn, hears }));
    // A reading of any meter is an answer to a reading.
    const asked = code === 'foreign' ? turns.slice(0, 2) : turns;
    const line = scriptedLine([...asked, ...script(4).slice(asked.length)]);
    await expect(discoverMeter(line)).rejects.toMatchObject({ code });
    expect(line.left()).toBe(0);
  });

  it('goes on after what it does not understand', async () => {
    const [first, second] = script(2, sealed(`${HEAD} 83 03 0a 81 01`));
    const line = scriptedLine([
      { asks: first?.asks ?? '', hears: vectorBytes('005') },
      { ...second, asks: second?.asks ?? '' },
    ]);
    expect(await discoverMeter(line)).toMatchObject(FOUND);
  });

  it.each(['closed', 'unsent'] as const)('goes no further on a line that is %s', async (code) => {
    const [first] = script(1);
    const line = scriptedLine([{ asks: first?.asks ?? '', hears: new DriverError(code, 'unplugged') }]);
    await expect(discoverMeter(line)).rejects.toMatchObject({ code });
  });

  it('finds no address in a reply that repeats the wildcard', async () => {
    const line = scriptedLine([
      ...script(1, sealed('68 10 aa aa aa aa aa aa aa 83 03 81 0a 00')),
      ...script(4).slice(1),
    ]);
    expect(await discoverMeter(line)).toBeNull();
  });
});
