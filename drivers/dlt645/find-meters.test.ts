import { describe, expect, it } from 'vitest';
import { hex } from '../bytes/hex.ts';
import { detectVersion } from './detect-version.ts';
import { discoverMeter } from './discover-meter.ts';
import { afterAnswer, afterRefusal, isUnsupported, parseMeterKnowledge } from './meter-knowledge.ts';
import { searchMeters, type SearchStep } from './search-meters.ts';
import { MemoryLine, scripted } from './testing/memory-line.ts';
import { fromHex, joined } from './testing/vectors.ts';
import { wireFrame } from './testing/wire-frame.ts';

const METER = '000000000161';
const ANY = 'aaaaaaaaaaaa';
const frame = (address: string, control: number, data = ''): string => hex(wireFrame(address, control, data));

describe('discoverMeter', () => {
  it('takes the address that a meter says', async () => {
    const line = new MemoryLine(scripted({ [frame(ANY, 0x13)]: frame('222222222222', 0x93, '222222222222') }));
    expect(await discoverMeter(line)).toEqual({ address: '222222222222', version: '2007' });
  });

  it.each([
    ['that says no address', { [frame(ANY, 0x11, '00000100')]: frame(METER, 0x91, '00000100 56341200') }, '2007'],
    ['that has no such register', { [frame(ANY, 0x11, '00000100')]: frame(METER, 0xd1, '02') }, '2007'],
    ['of 1997', { [frame(ANY, 0x01, '1090')]: frame(METER, 0x81, '1090 75660000') }, '1997'],
  ])('finds a meter %s', async (_, script, version) => {
    expect(await discoverMeter(new MemoryLine(scripted(script)))).toEqual({ address: METER, version });
  });

  it('takes the number of a meter of 1997 that answers as the wildcard, if it answers to it', async () => {
    const wildcard = {
      [frame(ANY, 0x01, '1090')]: frame(ANY, 0x81, '1090 75660000'),
      [frame(ANY, 0x01, '32c0')]: frame(ANY, 0x81, '32c0 610100000000'),
    };
    const answersToIt = { [frame(METER, 0x01, '1090')]: frame(METER, 0x81, '1090 75660000') };
    expect(await discoverMeter(new MemoryLine(scripted({ ...wildcard, ...answersToIt })))).toEqual({
      address: METER,
      version: '1997',
    });
    expect(await discoverMeter(new MemoryLine(scripted(wildcard)))).toEqual({ address: ANY, version: '1997' });
  });

  it('says that several answer at once, and does not ask on', async () => {
    const garbled = fromHex('68 00 20 06 30 00 20 68 93 06 53 37 3b 77 33 33 00 16');
    const line = new MemoryLine(() => garbled);
    await expect(discoverMeter(line)).rejects.toMatchObject({ code: 'checksum' });
    expect(line.sent.length).toBe(1);
  });

  it('says that nobody answers', async () => {
    const line = new MemoryLine(() => new Uint8Array());
    await expect(discoverMeter(line)).rejects.toMatchObject({ code: 'timeout' });
    expect(line.sent.length).toBe(3);
  });
});

describe('searchMeters', () => {
  /** Meters that know wildcards; two that answer at once garble each other. */
  function lineOf(...addresses: readonly string[]): MemoryLine {
    return new MemoryLine((request) => {
      const asked = Buffer.from(request.subarray(5, 11)).reverse().toString('hex');
      const suffix = asked.replace(/^(?:aa)+/, '');
      const [first, second] = addresses
        .map((address, i) => wireFrame(address, 0x91, `00000100 5634${i}${i}00`))
        .filter((_, i) => addresses[i]?.endsWith(suffix) === true);
      if (second === undefined) return first ?? new Uint8Array();
      return (first ?? second).map((byte, i) => byte & (second[i] ?? 0xff));
    });
  }

  async function search(line: MemoryLine): Promise<SearchStep[]> {
    const steps: SearchStep[] = [];
    for await (const step of searchMeters(line, '2007')) steps.push(step);
    return steps;
  }

  const foundIn = (steps: readonly SearchStep[]): (string | null)[] =>
    steps.map(({ found }) => found).filter((found) => found !== null);

  it('finds one meter with one request', async () => {
    expect(await search(lineOf(METER))).toEqual([{ asked: ANY, found: METER, collision: false }]);
  });

  it('finds several, going on where they answer at once', async () => {
    const addresses = ['000000000161', '000000000162', '000000000261', '201000000012'];
    const steps = await search(lineOf(...addresses));
    expect(foundIn(steps).sort()).toEqual(addresses);
    // One for all, a hundred for the last two digits, a hundred for the two before 61.
    expect(steps.length).toBe(201);
    expect(steps.filter(({ collision }) => collision).map(({ asked }) => asked)).toEqual([ANY, 'aaaaaaaaaa61']);
  });

  it('takes the echo of its own request for nobody', async () => {
    const line = new MemoryLine((request) => joined(fromHex('00'), request));
    await expect(discoverMeter(line)).rejects.toMatchObject({ code: 'checksum' });
    expect(await search(new MemoryLine((request) => request))).toEqual([{ asked: ANY, found: null, collision: false }]);
  });

  it('finds nobody on an empty line', async () => {
    expect(await search(lineOf())).toEqual([{ asked: ANY, found: null, collision: false }]);
  });

  it('tells of two meters with one address, and comes to an end', async () => {
    const steps = await search(lineOf(METER, METER));
    expect(steps.filter(({ collision }) => collision).at(-1)).toEqual({ asked: METER, found: null, collision: true });
    expect(steps.length).toBe(601);
  });

  it('can be left', async () => {
    const line = lineOf('000000000161', '000000000162');
    for await (const step of searchMeters(line, '2007')) if (step.found !== null) break;
    expect(line.sent.length).toBe(1 + 62);
  });
});

describe('detectVersion', () => {
  it.each([
    ['answers in 2007', { [frame(METER, 0x11, '00000100')]: frame(METER, 0x91, '00000100 56341200') }, '2007'],
    ['refuses in 2007', { [frame(METER, 0x11, '00000100')]: frame(METER, 0xd1, '02') }, '2007'],
    [
      'refuses in 2007 what every meter has, and has it in 1997',
      {
        [frame(METER, 0x11, '00000100')]: frame(METER, 0xd1, '02'),
        [frame(METER, 0x01, '1090')]: frame(METER, 0x81, '1090 75660000'),
      },
      '1997',
    ],
    ['is silent in 2007', { [frame(METER, 0x01, '1090')]: frame(METER, 0x81, '1090 75660000') }, '1997'],
  ])('of a meter that %s', async (_, script, version) => {
    expect(await detectVersion(new MemoryLine(scripted(script)), METER)).toBe(version);
  });

  it('asks for the version first that is likely', async () => {
    const line = new MemoryLine(scripted({ [frame(METER, 0x01, '1090')]: frame(METER, 0x81, '1090 75660000') }));
    expect(await detectVersion(line, METER, '1997')).toBe('1997');
    expect(line.sent).toHaveLength(1);
  });

  it('concludes nothing from a damaged reply', async () => {
    const line = new MemoryLine(() =>
      joined(wireFrame(METER, 0x91, '00000100 56341200').subarray(0, -1), fromHex('00')),
    );
    await expect(detectVersion(line, METER)).rejects.toMatchObject({ code: 'checksum' });
    expect(line.sent.length).toBe(1);
  });

  it('says that the meter is silent', async () => {
    await expect(detectVersion(new MemoryLine(() => new Uint8Array()), METER)).rejects.toMatchObject({
      code: 'timeout',
    });
  });
});

describe('what is known of a meter', () => {
  it('is that it lacks an item only after three refusals in a row', () => {
    const none = parseMeterKnowledge({});
    const twice = afterRefusal(afterRefusal(none, '02010200'), '02010200');
    expect(isUnsupported(twice, '02010200')).toBe(false);
    expect(isUnsupported(afterRefusal(twice, '02010200'), '02010200')).toBe(true);
    expect(isUnsupported(afterRefusal(afterAnswer(twice, '02010200'), '02010200'), '02010200')).toBe(false);
    expect(isUnsupported(afterRefusal(twice, '02010200'), '02010100')).toBe(false);
  });

  it('does not grow without bound, and is the same where nothing was learned', () => {
    let known = parseMeterKnowledge({});
    for (let i = 0; i < 10; i++) known = afterRefusal(known, '02010200');
    expect(known.refusals).toEqual({ '02010200': 3 });
    expect(afterAnswer(known, '02010100')).toBe(known);
  });

  it('survives a restart, and nothing else does', () => {
    const known = { version: '1997', refusals: { B612: 3 } };
    expect(parseMeterKnowledge(JSON.parse(JSON.stringify(known)) as typeof known)).toEqual(known);
    expect(parseMeterKnowledge({ version: '2023', refusals: { a: 'b', c: 1.5, d: 2 } })).toEqual({
      refusals: { d: 2 },
    });
    expect(parseMeterKnowledge({ refusals: null })).toEqual({ refusals: {} });
  });
});
