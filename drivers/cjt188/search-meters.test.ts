import { describe, expect, it } from 'vitest';
import { hex } from '../bytes/hex.ts';
import type { Exchange, Link } from '../contract.ts';
import { findByAddress, REQUESTS_AN_ADDRESS } from './find-by-address.ts';
import { identifyMeter } from './identify-meter.ts';
import { searchMeters, type TypeStep } from './search-meters.ts';
import { scriptedLine } from './testing/scripted-line.ts';
import { WIRE_ADDRESS } from './testing/meters.ts';
import { sealed, vectorBytes } from './testing/vectors.ts';

interface Present {
  readonly type: string;
  /** As printed. */
  readonly address: string;
  readonly diOrder?: 'high' | 'low';
  readonly knowsLastDigits?: boolean;
  readonly saysAddress?: boolean;
}

const wire = (address: string): string => Buffer.from(address, 'hex').reverse().toString('hex');

/** The answers of all who are meant; two fall together bit by bit, and a 0 wins over a 1. */
function lineOf(meters: readonly Present[], noise: (request: number) => Uint8Array | null = () => null) {
  const asked: string[] = [];
  const link: Link = {
    medium: 'line',
    now: () => 0,
    wait: () => Promise.resolve(),
    exchange: ({ request }: Exchange) => {
      const text = Buffer.from(request)
        .toString('hex')
        .replace(/^(?:fe)+/, '');
      asked.push(text);
      const disturbed = noise(asked.length);
      if (disturbed !== null) return Promise.resolve(disturbed);
      const replies = meters.flatMap((meter) => replyOf(meter, text));
      const [first = new Uint8Array(), ...others] = replies;
      return Promise.resolve(others.reduce((sum, each) => sum.map((byte, i) => byte & (each[i] ?? 0xff)), first));
    },
  };
  return { link, asked };
}

function replyOf(
  { type, address, diOrder = 'high', knowsLastDigits = false, saysAddress = true }: Present,
  text: string,
) {
  const [askedType, asked, control, di, ser] = [text.slice(2, 4), wire(text.slice(4, 18)), text.slice(18, 20), text.slice(22, 26), text.slice(26, 28)]; // prettier-ignore
  const suffix = asked.replace(/^(?:aa)+/, '');
  const isMeant = knowsLastDigits ? address.endsWith(suffix) : suffix === '' || asked === address;
  if ((askedType !== 'aa' && askedType !== type) || !isMeant) return [];
  const order = diOrder === 'high' ? ['810a', '901f'] : ['0a81', '1f90'];
  if (!order.includes(di) || (control === '03' && !saysAddress)) return [];
  const reading = `${address.slice(-2)}000000 2c 00000000 2c 00000000000000 0000`;
  const answer = control === '03' ? `83 03 ${di} ${ser}` : `81 16 ${di} ${ser} ${reading}`;
  return [sealed(`68 ${type} ${wire(address)} ${answer}`)];
}

async function search(line: { link: Link }): Promise<TypeStep[]> {
  const steps: TypeStep[] = [];
  for await (const step of searchMeters(line.link)) steps.push(step);
  return steps;
}

const foundIn = (steps: readonly TypeStep[]): string[] => [
  ...new Set(steps.flatMap(({ found }) => found.map((one) => `${one.meterType.toString(16)} ${one.address}`))),
];
const unresolvedIn = (steps: readonly TypeStep[]): string[] => steps.flatMap(({ unresolved }) => unresolved ?? []);

const WATER = { type: '10', address: '00201510270588' };
const GAS = { type: '30', address: '00201510270589' };

describe('searchMeters', () => {
  it.each([
    ['that says its address', WATER],
    ['that answers a reading alone', { ...WATER, saysAddress: false }],
    ['with the low byte of DI first', { ...WATER, diOrder: 'low' as const }],
  ])('finds a meter %s', async (_, meter) => {
    expect(foundIn(await search(lineOf([meter])))).toEqual(['10 00201510270588']);
  });

  it('tells meters apart by their types', async () => {
    const steps = await search(lineOf([WATER, GAS]));
    expect(foundIn(steps)).toEqual(['10 00201510270588', '30 00201510270589']);
    expect(unresolvedIn(steps)).toEqual([]);
  });

  it('tells meters of one type apart that know partial wildcards', async () => {
    const meters = ['00201510270588', '00201510270589', '00201510280588', '00201510270599'];
    const steps = await search(lineOf(meters.map((address) => ({ type: '10', address, knowsLastDigits: true }))));
    expect(foundIn(steps).sort()).toEqual(meters.map((address) => `10 ${address}`).sort());
    expect(unresolvedIn(steps)).toEqual([]);
  });

  it('says so where several of one type know none', async () => {
    const steps = await search(lineOf([WATER, { ...WATER, address: '00201510270577' }, GAS]));
    expect(foundIn(steps)).toEqual(['30 00201510270589']);
    expect(unresolvedIn(steps)).toEqual([
      'several meters answer at once, and none to the last digits of its address alone',
    ]);
  });

  it('finds nobody on an empty line, and takes neither an echo nor passing noise for somebody', async () => {
    expect(foundIn(await search(lineOf([])))).toEqual([]);
    const echo: Link = { ...lineOf([]).link, exchange: ({ request }) => Promise.resolve(request) };
    expect(await search({ link: echo })).toMatchObject([{ several: false }, ...Array.from({ length: 8 }, () => ({}))]);
    const steps = await search(lineOf([], (request) => (request % 9 === 0 ? Uint8Array.of(1, 2, 3) : null)));
    expect(steps.some(({ several }) => several)).toBe(false);
  });

  it('gives up where bytes come back whoever is asked for', async () => {
    await expect(search(lineOf([], () => Uint8Array.of(1, 2, 3)))).rejects.toMatchObject({ code: 'checksum' });
  });

  it('takes the address from the data where the head repeats the wildcard', async () => {
    const reply = sealed(`68 10 aaaaaaaaaaaaaa 83 0a 81 0a 00 ${WIRE_ADDRESS}`);
    const line = lineOf([], (request) => (request === 1 ? reply : null));
    expect(foundIn(await search(line))).toEqual(['10 00201510270588']);
  });
});

describe('findByAddress', () => {
  const other = { ...WATER, address: '00201510270577' };

  it('finds each of several of one type, which none can be told from by the wildcard', async () => {
    const { link } = lineOf([WATER, { ...other, diOrder: 'low' }]);
    expect(await findByAddress(link, WATER.address)).toEqual({
      meterType: 0x10,
      askedAs: 0xaa,
      address: WATER.address,
    });
    expect(await findByAddress(link, other.address)).toEqual({
      meterType: 0x10,
      askedAs: 0xaa,
      address: other.address,
    });
  });

  it('asks as each type before it gives one up', async () => {
    const { link, asked } = lineOf([WATER]);
    expect(await findByAddress(link, other.address)).toBeNull();
    expect(asked).toHaveLength(REQUESTS_AN_ADDRESS);
    expect(new Set(asked.map((request) => request.slice(2, 4))).size).toBe(9);
  });

  it('takes an answer of another address for nobody', async () => {
    const { link } = lineOf([], () => sealed(`68 10 ${wire(WATER.address)} 81 04 901f 00 00`));
    expect(await findByAddress(link, other.address)).toBeNull();
  });
});

describe('identifyMeter', () => {
  const ask = (type: string, di: string, ser: string): string =>
    hex(sealed(`68 ${type} ${WIRE_ADDRESS} 01 03 ${di} ${ser}`));
  const reading = (type: string, di: string, data: string): Uint8Array => {
    const length = (3 + data.replaceAll(' ', '').length / 2).toString(16).padStart(2, '0');
    return sealed(`68 ${type} ${WIRE_ADDRESS} 81 ${length} ${di} 77 ${data}`);
  };
  const WATER_DATA = '00000000 2c 00000000 2c 00000000000000 0000';
  const meter = { meterType: 0x10, askedAs: 0x10, address: WATER.address };

  it('finds the order of DI by one reading', async () => {
    const line = scriptedLine([
      { asks: ask('10', '90 1f', '00') },
      { asks: ask('10', '1f 90', '01'), hears: reading('10', '1f 90', WATER_DATA) },
    ]);
    expect(await identifyMeter(line, meter)).toEqual({ meterType: 0x10, diOrder: 'low', layout: 'standard' });
  });

  it('knows nothing of a meter that is silent', async () => {
    const line = scriptedLine([{ asks: ask('10', '90 1f', '00') }, { asks: ask('10', '1f 90', '01') }]);
    expect(await identifyMeter(line, meter)).toBeNull();
  });

  it('asks as the meter was found, although it answers as another type', async () => {
    const data = hex(vectorBytes('028').slice(14, -2));
    const line = scriptedLine([{ asks: ask('20', '90 1f', '00'), hears: reading('25', '1f 90', data) }]);
    expect(await identifyMeter(line, { ...meter, meterType: 0x25, askedAs: 0x20 })).toEqual({
      meterType: 0x20,
      diOrder: 'high',
      layout: 'standard',
    });
  });

  it('asks as the plain type of its family, and as any type last: a profile names one', async () => {
    const silent = ['25', '20', 'aa'].flatMap((type, i) => [
      { asks: ask(type, '90 1f', `0${2 * i}`) },
      { asks: ask(type, '1f 90', `0${2 * i + 1}`) },
    ]);
    const line = scriptedLine(silent);
    expect(await identifyMeter(line, { ...meter, meterType: 0x25, askedAs: 0xaa })).toBeNull();
    expect(line.left()).toBe(0);
  });

  it.each([
    ['with units that nobody knows', '10', WATER_DATA.replaceAll('2c', '00')],
    ['of a length that no layout has', '10', '00 00'],
    ['of another family', '20', WATER_DATA],
  ])('guesses no layout of a reading %s', async (_, type, data) => {
    const asked = Number.parseInt(type, 16);
    const line = scriptedLine([{ asks: ask(type, '90 1f', '00'), hears: reading(type, '90 1f', data) }]);
    expect(await identifyMeter(line, { ...meter, meterType: asked, askedAs: asked })).toEqual({
      meterType: asked,
      diOrder: 'high',
      layout: null,
    });
  });
});
