import { describe, expect, it } from 'vitest';
import { isAnybodyThere, searchPrimary } from './search-primary.ts';
import { slaveBus } from './testing/slave-bus.ts';
import type { SimulatedSlave } from './testing/slaves.ts';

const at = (primary: number, id: string): SimulatedSlave => ({ primary, id, telegrams: ['0c 13 27048502'] });

describe('searchPrimary', () => {
  it('finds who answers, and where several do', async () => {
    const bus = slaveBus([
      at(0, '11111111'),
      at(5, '12345678'),
      at(250, '22222222'),
      at(9, '33333333'),
      at(9, '44444444'),
    ]);
    const found = await searchPrimary(bus);
    expect(found.map((one) => [one.address, one.kind, one.kind === 'slave' ? one.slave.secondary : null])).toEqual([
      [0, 'slave', '111111112D2C0107'],
      [5, 'slave', '123456782D2C0107'],
      [9, 'several', null],
      [250, 'slave', '222222222D2C0107'],
    ]);
  });

  it('goes through a part, and tells what it is about', async () => {
    const probes: string[] = [];
    const onProbe = (address: number, found: number): void => void probes.push(`${address}:${found}`);
    await searchPrimary(slaveBus([at(2, '12345678')]), { from: 1, to: 3, onProbe });
    expect(probes).toEqual(['1:0', '2:0', '3:1']);
  });

  it('takes noise for nobody', async () => {
    const bus = slaveBus([at(2, '12345678')], { noise: (request) => (request === 0 ? [0x55] : []) });
    expect(await searchPrimary(bus, { from: 1, to: 2 })).toMatchObject([{ address: 2, kind: 'slave' }]);
  });

  it('asks again for data that were lost', async () => {
    const bus = slaveBus([at(3, '12345678')], { lost: (request) => request === 1 || request === 2 });
    expect(await searchPrimary(bus, { from: 3, to: 3 })).toMatchObject([{ address: 3, kind: 'slave' }]);
  });

  it('keeps who acknowledges and sends no data', async () => {
    const bus = slaveBus([{ primary: 3, id: '12345678', telegrams: [] }]);
    expect(await searchPrimary(bus, { from: 3, to: 3 })).toEqual([{ address: 3, kind: 'unnamed' }]);
  });
});

describe('isAnybodyThere', () => {
  it.each([
    ['one slave, whatever its address', [at(9, '33333333')]],
    ['several at once', [at(9, '33333333'), at(0, '44444444')]],
  ])('hears %s', async (_, slaves) => {
    expect(await isAnybodyThere(slaveBus(slaves))).toBe(true);
  });

  it('asks more than once before nobody is there', async () => {
    const deaf = slaveBus([at(9, '33333333')], { lost: (request) => request < 2 });
    expect(await isAnybodyThere(deaf)).toBe(true);
    expect(await isAnybodyThere(slaveBus([]))).toBe(false);
    expect(await isAnybodyThere(slaveBus([{ ...at(9, '33333333'), mute: true }]))).toBe(false);
  });
});
