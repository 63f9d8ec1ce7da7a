import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DriverError } from '../errors.ts';
import { hex } from '../bytes/hex.ts';
import { MAKER_WRITE, READ_ADDRESS, READ_KEY_VERSION } from './control-codes.ts';
import { explainStream } from './explain.ts';
import { ANY_ADDRESS } from './frame.ts';
import {
  addressRequest,
  baseReadingRequest,
  clockRequest,
  readingDayRequest,
  readRequest,
  sealRequest,
  settlementDayRequest,
  valveRequest,
  type Request,
} from './requests.ts';
import { vectorBytes } from './testing/vectors.ts';

const water = { meterType: 0x10, address: '78563412004321' };
const gas = { meterType: 0x30, address: '00000000000003' };

/** Hex without wake-up bytes. */
function bare(bytes: Uint8Array): string {
  return hex(bytes).replace(/^(?:fe)+/, '');
}

function explained(bytes: Uint8Array): Readonly<Record<string, unknown>> {
  const [entry] = explainStream('cjt188', bytes);
  return entry?.ok === true ? entry.fields : {};
}

describe('sealRequest', () => {
  it.each([
    ['002', { meterType: 0x10, address: '00201510270588' }, readRequest(0x901f), 'high', 1],
    ['023', { meterType: 0x30, address: '78563412004321' }, readRequest(0x901f), 'low', 0xff],
    ['027', { meterType: 0x20, address: '00312718241912' }, readRequest(0x901f), 'low', 0x12],
    ['016', { meterType: 0x10, address: ANY_ADDRESS }, readRequest(0x901f), 'high', 0xaa],
    ['009', gas, addressRequest('00000000000005'), 'low', 0xff],
    ['010', water, valveRequest('open', MAKER_WRITE), 'high', 0],
    ['012', water, valveRequest('close', MAKER_WRITE), 'high', 0],
    ['018', { ...water, meterType: 0x11 }, settlementDayRequest(15), 'high', 0],
    ['020', { meterType: 0x10, address: '78331505900569' }, valveRequest('open'), 'high', 1],
    ['021', gas, valveRequest('close'), 'low', 1],
  ] as const)('writes the published request %s', (id, meter, request, order, ser) => {
    expect(bare(sealRequest(meter, request, order, ser))).toBe(bare(vectorBytes(id)));
  });

  it('sends four wake-up bytes', () => {
    expect(hex(sealRequest(water, readRequest(0x901f), 'high', 0))).toMatch(/^fefefefe68/);
  });

  it('counts SER modulo 256', () => {
    expect(explained(sealRequest(water, readRequest(0x901f), 'high', 0x1fe))).toMatchObject({ ser: 'FE' });
  });

  it.each([
    ['a valve', valveRequest('close')],
    ['the valve of a maker', valveRequest('close', MAKER_WRITE)],
    ['a base reading', baseReadingRequest('1', 'm3')],
    ['a clock', clockRequest('2024-02-29 23:59:58')],
  ])('never writes %s of whatever meter hears it', (_, request) => {
    expect(() => sealRequest({ ...water, address: ANY_ADDRESS.toUpperCase() }, request, 'high', 0)).toThrow(
      DriverError,
    );
  });

  it('writes an address to the one meter of a line', () => {
    const request = addressRequest('00201510270588');
    expect(explained(sealRequest({ meterType: 0xaa, address: ANY_ADDRESS }, request, 'high', 0))).toMatchObject({
      newAddress: '00201510270588',
    });
  });

  it('refuses more than 50 bytes to write', () => {
    const request = (length: number): Request => ({ control: 0x04, di: 0xa010, data: new Uint8Array(length) });
    expect(sealRequest(water, request(47), 'high', 0)).toHaveLength(4 + 13 + 50);
    expect(() => sealRequest(water, request(48), 'high', 0)).toThrow(DriverError);
  });

  it.each(['1234', 'x'.repeat(14), ''])('refuses the address %j', (address) => {
    expect(() => sealRequest({ meterType: 0x10, address }, readRequest(0x901f), 'high', 0)).toThrow(DriverError);
  });
});

describe('the requests', () => {
  it.each([
    [readRequest(0x810a, READ_ADDRESS), { function: 'read address', di: '810A' }],
    [readRequest(0x8106, READ_KEY_VERSION), { function: 'read key version', di: '8106' }],
    [readRequest(0xd12b), { function: 'read data', di: 'D12B', item: 'reading at a settlement day' }],
    [settlementDayRequest(5), { di: 'A011', settlementDay: '5' }],
    [readingDayRequest(31), { di: 'A012', readingDay: '31' }],
    [clockRequest('2024-02-29 23:59:58'), { di: 'A015', time: '2024-02-29 23:59:58' }],
    [baseReadingRequest('1234.5', 'm3'), { control: '16', di: 'A016', base: '1234.50', baseUnit: 'm3' }],
    [baseReadingRequest('999999.99', 'kWh'), { di: 'A016', base: '999999.99', baseUnit: 'kWh' }],
    [addressRequest('00201510270588'), { control: '15', di: 'A018', newAddress: '00201510270588' }],
    [valveRequest('open'), { control: '04', di: 'A017', valveCmd: 'open' }],
    [valveRequest('close'), { valveCmd: 'close' }],
    [valveRequest('half-open'), { valveCmd: 'half-open' }],
    [valveRequest('exercise'), { valveCmd: 'exercise' }],
  ])('are explained as what they ask', (request, fields) => {
    for (const order of ['high', 'low'] as const) {
      const found = explained(sealRequest(water, request, order, 7));
      expect(found).toMatchObject({ ...fields, address: water.address, ser: '07', diOrder: `${order}-first` });
    }
  });

  it.each([
    ['day 0', () => settlementDayRequest(0)],
    ['day 32', () => readingDayRequest(32)],
    ['half a day', () => settlementDayRequest(1.5)],
    ['a time that is none', () => clockRequest('2023-02-29 00:00:00')],
    ['a base reading with three decimals', () => baseReadingRequest('1.234', 'm3')],
    ['a base reading of seven digits', () => baseReadingRequest('1000000', 'm3')],
    ['a negative base reading', () => baseReadingRequest('-1', 'm3')],
    ['a unit without a code', () => baseReadingRequest('1', 'gallon')],
    ['the wildcard as an address', () => addressRequest(ANY_ADDRESS)],
    ['an address of 13 digits', () => addressRequest('1234567890123')],
  ])('refuse %s', (_, build) => {
    expect(build).toThrow(DriverError);
  });

  it('carry every base reading to its last digit', () => {
    fc.assert(
      fc.property(fc.nat(99_999_999), (hundredths) => {
        const digits = String(hundredths).padStart(3, '0');
        const value = `${digits.slice(0, -2)}.${digits.slice(-2)}`;
        const request = baseReadingRequest(value, 'm3');
        expect(explained(sealRequest(water, request, 'high', 0))).toMatchObject({ base: value });
      }),
    );
  });
});
