import { describe, expect, it } from 'vitest';
import { DriverError } from '../errors.ts';
import { readMeter, type MeterAddress, type MeterReadout } from './read-meter.ts';
import { parseSecondaryAddress } from './secondary-address.ts';
import { slaveBus } from './testing/slave-bus.ts';
import type { SimulatedSlave } from './testing/slaves.ts';
import { fromHex, vectorBytes } from './testing/vectors.ts';

const first: SimulatedSlave = { primary: 1, id: '12345678', telegrams: ['0c 13 27048502'] };
const long: SimulatedSlave = {
  primary: 2,
  id: '22345678',
  telegrams: ['0c 13 11000000 1f', '4c 13 22000000 1f', '8c 10 13 33000000 0f aa'],
};
const to = (address: number): MeterAddress => ({ kind: 'primary', address });
const by = (text: string): MeterAddress => ({
  kind: 'secondary',
  address: parseSecondaryAddress(text) ?? new Uint8Array(8),
});

/** The values of all telegrams. */
function values({ telegrams }: MeterReadout): (string | null)[] {
  return telegrams.flatMap((telegram) =>
    telegram.kind === 'variable'
      ? telegram.records.map(({ value }) => value)
      : telegram.fixed.counters.map(({ value }) => value),
  );
}

describe('readMeter by primary address', () => {
  it('resets the link and asks with frame count bit 1', async () => {
    const bus = slaveBus([first, long]);
    const readout = await readMeter(bus, to(1));
    expect(values(readout)).toEqual(['2850.427']);
    expect(readout.complete).toBe(true);
    expect(bus.requests).toEqual(['1040014116', '107b017c16']);
  });

  it('asks for all telegrams, turning the frame count bit', async () => {
    const bus = slaveBus([first, long]);
    const readout = await readMeter(bus, to(2));
    expect([values(readout), readout.complete]).toEqual([['0.011', '0.022', '0.033'], true]);
    expect(bus.requests).toEqual(['1040024216', '107b027d16', '105b025d16', '107b027d16']);
  });

  it('begins with the first telegram, wherever the last reading ended', async () => {
    const bus = slaveBus([long]);
    for (const state of bus.states) Object.assign(state, { telegram: 1, lastFcb: 0 });
    expect(values(await readMeter(bus, to(2)))).toEqual(['0.011', '0.022', '0.033']);
  });

  it('reads a meter that does not answer the reset', async () => {
    expect(values(await readMeter(slaveBus([{ ...first, mute: true }]), to(1)))).toEqual(['2850.427']);
  });

  it('asks once more for a telegram that was lost, and misses none', async () => {
    const readout = await readMeter(slaveBus([long], { lost: (request) => request === 2 }), to(2));
    expect([values(readout), readout.complete]).toEqual([['0.011', '0.022', '0.033'], true]);
  });

  it('keeps what it has read when a later telegram cannot be had', async () => {
    const readout = await readMeter(slaveBus([long], { lost: (request) => request >= 3 }), to(2));
    expect(values(readout)).toEqual(['0.011', '0.022']);
    expect(readout).toMatchObject({ complete: false, reason: 'no answer from address 2' });
  });

  it('does not take one telegram for many where the meter ignores the frame count bit', async () => {
    const bus = slaveBus([{ ...long, ignoresFcb: true }]);
    const readout = await readMeter(bus, to(2));
    expect(values(readout)).toEqual(['0.011']);
    expect(readout).toMatchObject({
      complete: false,
      reason: 'the meter sends the same telegram again instead of the next one',
    });
  });

  it('ends with a meter that always says that more follow', async () => {
    const telegrams = Array.from({ length: 100 }, (_, i) => `0c 13 ${String(i).padStart(2, '0')}000000 1f`);
    const readout = await readMeter(slaveBus([{ ...first, telegrams }]), to(1));
    expect(readout).toMatchObject({ complete: false, reason: 'the meter has more than 64 telegrams' });
    expect(readout.telegrams).toHaveLength(64);
  });

  it.each([
    ['nobody is there', [], 'timeout', 'no answer from address 1'],
    [
      'two meters have its address',
      [first, { ...first, id: '87654321' }],
      'checksum',
      'the reply of address 1 is damaged: its check byte is ',
    ],
    [
      'its records contradict themselves',
      [{ ...first, telegrams: ['0c 13 27'] }],
      'unsupported',
      'record 0: the data end after byte 15, before its data',
    ],
  ])('rejects where %s', async (_, slaves: readonly SimulatedSlave[], code, message) => {
    const error: unknown = await readMeter(slaveBus(slaves), to(1)).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(DriverError);
    expect(error).toMatchObject({ code });
    expect(String(error)).toContain(message);
  });

  it('rejects where another meter than the expected one has the address', async () => {
    const bus = slaveBus([first]);
    expect(values(await readMeter(bus, { kind: 'primary', address: 1, id: '12345678' }))).toEqual(['2850.427']);
    await expect(readMeter(bus, { kind: 'primary', address: 1, id: '12345679' })).rejects.toMatchObject({
      code: 'foreign',
      message: 'meter 12345678 answered at address 1 instead of 12345679',
    });
  });

  it('rejects with the error that the meter reports', async () => {
    const busy = slaveBus([first]);
    const reply = Uint8Array.from(Buffer.from('68040468080170088116', 'hex'));
    const link = { ...busy, exchange: () => Promise.resolve(reply) };
    await expect(readMeter(link, to(1))).rejects.toMatchObject({
      code: 'refused',
      detail: 8,
      message: 'the meter reports an application error: Application busy',
    });
  });

  it('does not hide a line that is closed', async () => {
    const link = { ...slaveBus([]), exchange: () => Promise.reject(new DriverError('closed', 'port unplugged')) };
    await expect(readMeter(link, to(1))).rejects.toMatchObject({ code: 'closed' });
  });
});

describe('readMeter by secondary address', () => {
  it('selects, waits for the acknowledgement, and asks whom it has selected', async () => {
    const bus = slaveBus([first, long]);
    expect(values(await readMeter(bus, by('223456782D2C0107')))).toEqual(['0.011', '0.022', '0.033']);
    expect(bus.requests[0]).toBe('680b0b6873fd52785634222d2c010747 16'.replace(' ', ''));
    expect(bus.requests.slice(1)).toEqual(['107bfd7816', '105bfd5816', '107bfd7816']);
  });

  it('reads with wildcards where one meter alone fits', async () => {
    expect(values(await readMeter(slaveBus([first, long]), by('1FFFFFFFFFFFFFFF')))).toEqual(['2850.427']);
  });

  it('asks nobody for data who has not acknowledged the selection', async () => {
    const bus = slaveBus([long]);
    await expect(readMeter(bus, by('123456782D2C0107'))).rejects.toMatchObject({ code: 'timeout' });
    expect(bus.requests).toHaveLength(1);
  });

  it('keeps the line from the first request to the last answer', async () => {
    const bus = slaveBus([first, long]);
    await readMeter(bus, by('223456782D2C0107'));
    await readMeter(bus, to(1));
    expect(bus.requests).toHaveLength(6);
    expect(bus.kept).toEqual(bus.requests.map(() => true));
  });

  it('knows a meter with fixed data by its number alone', async () => {
    const answer = vectorBytes('P-mbus-046');
    const link = { ...slaveBus([]), exchange: () => Promise.resolve(answer) };
    expect(values(await readMeter(link, by('12345678FFFFFFFF')))).toEqual(['0.001', '0.135']);
    expect(values(await readMeter(link, by('123456782D2C0107')))).toEqual(['0.001', '0.135']);
    await expect(readMeter(link, by('12345679FFFFFFFF'))).rejects.toMatchObject({
      code: 'foreign',
      message: 'meter 12345678 answered where 12345679FFFFFFFF was selected',
    });
  });

  it('never gives the data of another meter', async () => {
    const bus = slaveBus([first, long], {
      before: (request, { states }) => {
        if (request % 2 === 1) for (const state of states) state.selected = state.slave === long;
      },
    });
    await expect(readMeter(bus, by('123456782D2C0107'))).rejects.toMatchObject({
      code: 'foreign',
      message: 'meter 223456782D2C0107 answered where 123456782D2C0107 was selected',
    });
  });

  it('reads the second telegram of a meter that calls itself otherwise in it', async () => {
    const answers = [fromHex('e5'), vectorBytes('P-mbus-045'), vectorBytes('P-mbus-049')];
    const link = {
      ...slaveBus([]),
      exchange: () => {
        const answer = answers.shift();
        return answer ? Promise.resolve(answer) : Promise.reject(new DriverError('timeout', 'silence'));
      },
    };
    const { telegrams, complete } = await readMeter(link, by('01006089CD4E090C'));
    expect([telegrams.length, complete]).toEqual([2, false]);
    expect(telegrams[1]).toMatchObject({ slave: { id: '01006089', medium: 'Heat: Outlet' }, records: [] });
  });

  it('does not mix the telegrams of two meters', async () => {
    const bus = slaveBus([long, { ...long, id: '32345678', primary: 3 }], {
      before: (request, { states }) => {
        if (request === 2)
          for (const state of states) Object.assign(state, { selected: !state.selected, telegram: 0, lastFcb: 1 });
      },
    });
    const readout = await readMeter(bus, by('223456782D2C0107'));
    expect(values(readout)).toEqual(['0.011']);
    expect(readout).toMatchObject({ complete: false, reason: 'meter 32345678 answered instead of 22345678' });
  });
});
