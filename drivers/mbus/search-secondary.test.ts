import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DriverError } from '../errors.ts';
import { searchSecondary } from './search-secondary.ts';
import { slaveBus } from './testing/slave-bus.ts';
import type { SimulatedSlave } from './testing/slaves.ts';

const volume = '0c 13 27 04 85 02';

function slave(id: string, more: Partial<SimulatedSlave> = {}): SimulatedSlave {
  return { primary: 1, id, telegrams: [volume], ...more };
}

const idsOf = (found: readonly { readonly id: string }[]): string[] => found.map(({ id }) => id).sort();

/** Ids of one batch, and some from elsewhere. */
const BLOCK = ['12345600', '12345601', '12345617', '12345699', '12350000', '00000001', '98765432'];

describe('searchSecondary', () => {
  it('finds nobody on an empty line, after asking more than once', async () => {
    const bus = slaveBus([]);
    const { found, unresolved } = await searchSecondary(bus);
    expect([found, unresolved]).toEqual([[], []]);
    expect(bus.requests.slice(1)).toEqual(Array.from({ length: 3 }, () => '680b0b6873fd52ffffffffffffffffba16'));
  });

  it('says who the only slave is, at once', async () => {
    const bus = slaveBus([slave('12345678', { primary: 7 })]);
    const { found, requests } = await searchSecondary(bus);
    expect(found).toEqual([
      {
        id: '12345678',
        secondary: '123456782D2C0107',
        primary: 7,
        manufacturer: 'KAM',
        version: 1,
        medium: 'Water',
        product: 'Kamstrup 382 (6850-005)',
      },
    ]);
    // Nobody, everybody, its data; then who might be hidden by it.
    expect(requests).toBe(3 + 14);
  });

  it('tells slaves apart whose acknowledgements fall together', async () => {
    const { found, unresolved } = await searchSecondary(slaveBus(BLOCK.map((id) => slave(id))));
    expect(idsOf(found)).toEqual([...BLOCK].sort());
    expect(unresolved).toEqual([]);
  });

  it.each([
    ['one sounds like the other', ['12345600', '12345601']],
    ['two sound like a third that is not there', ['12345601', '12345602']],
    ['many sound like one', ['10000000', '10000001', '11000000', '10300000', '10000007']],
  ])('finds new meters of one batch, of which %s', async (_, ids) => {
    const { found, unresolved } = await searchSecondary(
      slaveBus(ids.map((id) => slave(id, { telegrams: ['0c 13 00000000'] }))),
    );
    expect(idsOf(found)).toEqual(ids.toSorted());
    expect(unresolved).toEqual([]);
  });

  it('tells of each as soon as it is found', async () => {
    const told: string[] = [];
    await searchSecondary(slaveBus(BLOCK.map((id) => slave(id))), { onFound: ({ id }) => told.push(id) });
    expect(told.sort()).toEqual([...BLOCK].sort());
  });

  it('asks no more often than it has to', async () => {
    const { requests } = await searchSecondary(slaveBus([slave('99999999'), slave('69999999')]));
    // Nobody; everybody and their data; ten digits, of which two have data.
    expect(requests).toBe(1 + 2 + 10 + 2);
  });

  it('finds the slave that answers when the other has ended', async () => {
    const bus = slaveBus([slave('12345678'), slave('12345679', { slow: true })]);
    expect(idsOf((await searchSecondary(bus)).found)).toEqual(['12345678', '12345679']);
  });

  it('reads the acknowledgement behind the echo of a level converter', async () => {
    const bus = slaveBus([slave('12345678'), slave('22345678')], { echo: true });
    expect(idsOf((await searchSecondary(bus)).found)).toEqual(['12345678', '22345678']);
  });

  it('takes noise that passes for no collision', async () => {
    const noise = (request: number): number[] => (request % 7 === 3 ? [0x00, 0xff] : []);
    const quiet = await searchSecondary(slaveBus(BLOCK.map((id) => slave(id))));
    const { found, unresolved, requests } = await searchSecondary(
      slaveBus(
        BLOCK.map((id) => slave(id)),
        { noise },
      ),
    );
    expect(idsOf(found)).toEqual([...BLOCK].sort());
    expect(unresolved).toEqual([]);
    expect(requests).toBeLessThan(2 * quiet.requests);
  });

  it('looks once more where one of two answers was lost', async () => {
    const atTwo = '680b0b6873fd52ffffff2fffffffffea16';
    let times = 0;
    const lost = (_: number, bytes: string): boolean => bytes === atTwo && ++times === 1;
    const bus = slaveBus([slave('12345678'), slave('22345678')], { lost });
    expect(idsOf((await searchSecondary(bus)).found)).toEqual(['12345678', '22345678']);
    expect(times).toBeGreaterThan(1);
  });

  it('refuses a line on which bytes come back although nobody is asked', async () => {
    const bus = slaveBus([slave('12345678')], { noise: () => [0x55] });
    await expect(searchSecondary(bus)).rejects.toMatchObject({ code: 'checksum' });
    expect(bus.requests).toHaveLength(3);
  });

  it('gives up in time on a line that becomes noisy', async () => {
    const bus = slaveBus([slave('12345678')], { noise: (request) => (request > 0 ? [0x55] : []) });
    const { unresolved, requests } = await searchSecondary(bus, { mostRequests: 500 });
    expect(requests).toBe(500);
    expect(unresolved.at(-1)).toEqual({ digits: '', reason: 'given up after 500 requests: is the line noisy?' });
  });

  it('tells two slaves with one identification number by what they count', async () => {
    const bus = slaveBus([slave('12345678'), slave('12345678', { medium: '04', telegrams: ['0c 06 11 22 33 44'] })]);
    const { found, unresolved } = await searchSecondary(bus);
    expect(found.map(({ secondary }) => secondary)).toEqual(['123456782D2C0104', '123456782D2C0107']);
    expect(unresolved).toEqual([]);
  });

  it.each([
    ['count the same', '07', 'several slaves of one medium answer to this identification number'],
    ['count what no meter does', '31', 'several slaves answer to this identification number'],
  ])('says which identification number two slaves share that %s', async (_, medium, reason) => {
    const other = slave('12345678', { version: '02', medium, telegrams: ['0c 06 11 22 33 44'] });
    const bus = slaveBus([slave('12345678', { medium }), other]);
    const { found, unresolved } = await searchSecondary(bus);
    expect(found).toEqual([]);
    expect(unresolved).toEqual([{ digits: '12345678', reason }]);
  });

  it('says nothing of several where the line was noisy for as long as one slave was asked who it is', async () => {
    let from = Infinity;
    const bus = slaveBus([slave('12345678'), slave('12345679')], {
      before: (request, { requests }) => {
        if (requests[request]?.startsWith('680b0b6873fd5278563412') === true) from = Math.min(from, request);
      },
      // The selection is acknowledged; then the data of three requests are garbled.
      noise: (request) => (request > from && request <= from + 3 ? [0x00, 0xff] : []),
    });
    const { found, unresolved } = await searchSecondary(bus);
    expect([idsOf(found), unresolved]).toEqual([['12345678', '12345679'], []]);
  });

  it('finds a slave whose number is not all digits beside others', async () => {
    const bus = slaveBus([slave('050002E5'), slave('05000211')]);
    expect(idsOf((await searchSecondary(bus)).found)).toEqual(['05000211', '050002E5']);
  });

  it('says where somebody acknowledges and sends no data', async () => {
    const bus = slaveBus([slave('12345678', { telegrams: [] })]);
    const { unresolved } = await searchSecondary(bus);
    expect(unresolved).toEqual([{ digits: '', reason: 'it acknowledges the selection and sends no data' }]);
  });

  it('finds a meter whose records contradict themselves', async () => {
    expect(idsOf((await searchSecondary(slaveBus([slave('12345678', { telegrams: ['0c 13 27'] })]))).found)).toEqual([
      '12345678',
    ]);
  });

  it('tells what it is about', async () => {
    const probes: string[] = [];
    await searchSecondary(slaveBus([slave('12345678'), slave('22345678')]), {
      onProbe: (digits, found) => probes.push(`${digits}:${found}`),
    });
    expect(probes).toEqual([':0', '0:0', '1:0', '2:1', '3:2', '4:2', '5:2', '6:2', '7:2', '8:2', '9:2']);
  });

  it('ends where the line is closed', async () => {
    const closed = { ...slaveBus([]), exchange: () => Promise.reject(new DriverError('closed', 'port unplugged')) };
    await expect(searchSecondary(closed)).rejects.toMatchObject({ code: 'closed' });
  });

  it('finds all slaves of any line, each once', async () => {
    const id = fc.oneof(
      fc.nat(99_999_999).map((number) => String(number).padStart(8, '0')),
      fc.nat(99).map((number) => `123456${String(number).padStart(2, '0')}`),
    );
    const slaves = fc.uniqueArray(fc.record({ id, slow: fc.boolean() }), { selector: (one) => one.id, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(slaves, async (all) => {
        const { found, unresolved } = await searchSecondary(slaveBus(all.map((one) => slave(one.id, one))));
        expect(idsOf(found)).toEqual(all.map((one) => one.id).sort());
        expect(unresolved).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});
