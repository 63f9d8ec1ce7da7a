import { describe, expect, it } from 'vitest';
import { hex } from '../bytes/hex.ts';
import type { Link } from '../contract.ts';
import type { SearchStep } from '../search/by-last-digits.ts';
import { detectVersion } from './detect-version.ts';
import { discoverMeter } from './discover-meter.ts';
import { afterAnswer, afterRefusal, isUnsupported, parseMeterKnowledge } from './meter-knowledge.ts';
import { searchMeters } from './search-meters.ts';
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
  interface Present {
    readonly address: string;
    /** 13H and the number, besides the energy. */
    readonly says?: 'all' | 'energy';
    readonly knowsPartialWildcards?: boolean;
    readonly answersAfter?: boolean;
  }

  const numberOf = (address: string): string => Buffer.from(address, 'hex').reverse().toString('hex');

  function replyOf({ address, says = 'all', knowsPartialWildcards = true }: Present, request: Uint8Array): Uint8Array {
    const suffix = numberOf(hex(request.subarray(5, 11))).replace(/^(?:aa)+/, '');
    if (!address.endsWith(suffix) || (!knowsPartialWildcards && suffix !== '')) return new Uint8Array();
    if (request[12] === 0x13) return says === 'all' ? wireFrame(address, 0x93, numberOf(address)) : new Uint8Array();
    if (request[12] !== 0x11) return new Uint8Array();
    if (request[14] === 0x33) return wireFrame(address, 0x91, '00000100 00000000');
    return says === 'all' ? wireFrame(address, 0x91, `01040004 ${numberOf(address)}`) : wireFrame(address, 0xd1, '02');
  }

  /** Answers that begin at the same instant: a 0 wins over a 1. */
  function lineOf(...meters: readonly (string | Present)[]): MemoryLine {
    const present = meters.map((meter) => (typeof meter === 'string' ? { address: meter } : meter));
    return new MemoryLine((request) => {
      const replies = present
        .map((meter) => ({ late: meter.answersAfter === true, bytes: replyOf(meter, request) }))
        .filter(({ bytes }) => bytes.length > 0);
      const [first = new Uint8Array(), ...others] = replies.filter(({ late }) => !late).map(({ bytes }) => bytes);
      const together = others.reduce((sum, each) => sum.map((byte, i) => byte & (each[i] ?? 0xff)), first);
      return joined(together, ...replies.filter(({ late }) => late).map(({ bytes }) => bytes));
    });
  }

  async function search(line: MemoryLine): Promise<SearchStep<string>[]> {
    const steps: SearchStep<string>[] = [];
    for await (const step of searchMeters(line, '2007')) steps.push(step);
    return steps;
  }

  const foundIn = (steps: readonly SearchStep<string>[]): string[] => steps.flatMap(({ found }) => found).sort();
  const unresolvedIn = (steps: readonly SearchStep<string>[]): string[] =>
    steps.flatMap(({ suffix, unresolved }) => (unresolved === null ? [] : [`${suffix}: ${unresolved}`]));

  it('finds one meter with three requests', async () => {
    const line = lineOf(METER);
    expect(await search(line)).toEqual([{ suffix: '', found: [METER], several: false, unresolved: null, pending: 0 }]);
    expect(line.sent.length).toBe(3);
  });

  it('finds several, going on where they answer at once', async () => {
    const addresses = ['000000000161', '000000000162', '000000000261', '201000000012'];
    const steps = await search(lineOf(...addresses));
    expect(foundIn(steps)).toEqual(addresses);
    expect(steps.filter(({ several }) => several).map(({ suffix }) => suffix)).toEqual(['', '61']);
    expect(steps.at(-1)?.pending).toBe(0);
  });

  it.each([
    ['of which one sounds like the other', ['000000000100', '000000000101']],
    ['which sound like a third that is not there', ['000000000101', '000000000102']],
  ])('finds new meters of one batch %s', async (_, addresses) => {
    expect(foundIn(await search(lineOf(...addresses)))).toEqual(addresses);
  });

  it('finds meters that answer one after the other', async () => {
    expect(foundIn(await search(lineOf(METER, { address: '000000000261', answersAfter: true })))).toEqual([
      METER,
      '000000000261',
    ]);
  });

  it('finds meters that say nothing but their energy', async () => {
    const meters = [METER, '000000000299'].map((address) => ({ address, says: 'energy' }) as const);
    expect(foundIn(await search(lineOf(...meters)))).toEqual([METER, '000000000299']);
  });

  it('says that several meters cannot be told apart which do not know partial wildcards', async () => {
    const meters = [METER, '000000000262'].map((address) => ({ address, knowsPartialWildcards: false }));
    const steps = await search(lineOf(...meters));
    expect(foundIn(steps)).toEqual([]);
    expect(unresolvedIn(steps)).toEqual([
      ': several meters answer at once, and none to the last digits of its address alone',
    ]);
  });

  it('takes the echo of its own request for nobody', async () => {
    const line = new MemoryLine((request) => joined(fromHex('00'), request));
    await expect(discoverMeter(line)).rejects.toMatchObject({ code: 'checksum' });
    expect(foundIn(await search(new MemoryLine((request) => request)))).toEqual([]);
  });

  it('takes noise that passes for nobody', async () => {
    let requests = 0;
    const line = new MemoryLine(() => (requests++ % 5 === 0 ? fromHex('13 37 42 99') : new Uint8Array()));
    expect(await search(line)).toMatchObject([{ found: [], several: false }]);
  });

  it('gives up where bytes come back whoever is asked for', async () => {
    const line = new MemoryLine(() => fromHex('13 37 42 99 01 55'));
    await expect(search(line)).rejects.toMatchObject({ code: 'checksum' });
    expect(line.sent.length).toBeLessThan(200);
  });

  it('gives up where most answers are garbled', async () => {
    let requests = 0;
    const line = new MemoryLine(() => (requests++ % 7 < 5 ? fromHex('13 37 42 99 01 55') : new Uint8Array()));
    await expect(search(line)).rejects.toMatchObject({ code: 'checksum' });
  });

  it('asks the silent ones again where there must be another', async () => {
    const line = lineOf('000000000161', '000000000162');
    let lost = false;
    const losing: Link = {
      medium: 'line',
      now: () => 0,
      wait: () => Promise.resolve(),
      exchange: (exchange) => {
        const isLost = !lost && hex(exchange.request.subarray(5, 7)) === '62aa';
        lost ||= isLost;
        return isLost ? Promise.resolve(new Uint8Array()) : line.exchange(exchange);
      },
    };
    const steps: SearchStep<string>[] = [];
    for await (const step of searchMeters(losing, '2007')) steps.push(step);
    expect([lost, foundIn(steps)]).toEqual([true, ['000000000161', '000000000162']]);
  });

  it('does not take an address for a meter that says another number', async () => {
    const line = new MemoryLine(scripted({ [frame(ANY, 0x13)]: frame('000000000100', 0x93, '010100000000') }));
    expect(foundIn(await search(line))).toEqual([]);
  });

  it('finds nobody on an empty line', async () => {
    const line = lineOf();
    expect(await search(line)).toMatchObject([{ found: [], several: false }]);
    expect(line.sent.length).toBe(4);
  });

  it('comes to an end where two meters have one address', async () => {
    const steps = await search(lineOf({ address: METER }, { address: METER, answersAfter: true, says: 'energy' }));
    expect(foundIn(steps)).toEqual([METER]);
  });

  it('can be left', async () => {
    const line = lineOf('000000000161', '000000000162');
    for await (const step of searchMeters(line, '2007')) if (step.found.length > 0) break;
    expect(line.sent.length).toBeLessThan(80);
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
