import { describe, expect, it } from 'vitest';
import { explainStream, type ExplainOptions } from './explain.ts';
import { fromHex, joined, sealed, vectorBytes } from './testing/vectors.ts';

const HEAD = '68 10 88 05 27 10 15 20 00';
const WATER_REST = '03 48 05 00 2c 58 59 23 29 02 24 20 00 00';

/** The fields of the only frame in `bytes`. */
function explain(bytes: Uint8Array | string, options?: ExplainOptions): Readonly<Record<string, unknown>> {
  const entries = explainStream('cjt188', typeof bytes === 'string' ? sealed(bytes) : bytes, options);
  const [only] = entries;
  return entries.length === 1 && only?.ok === true ? only.fields : { entries };
}

describe('explainStream', () => {
  it('explains nothing', () => {
    expect(explainStream('cjt188', new Uint8Array())).toEqual([]);
  });

  it('explains a request, its echo and the reply, and names what lies between', () => {
    const [request, reply] = [vectorBytes('002'), vectorBytes('003')];
    const entries = explainStream('cjt188', joined(request, request, fromHex('55'), reply, fromHex('52 4f')));
    expect(entries).toMatchObject([
      { ok: true, offset: 0, fields: { dir: 'request', item: 'current reading' } },
      { ok: true, offset: 16, fields: { dir: 'request', trailing: '55' } },
      { ok: false, offset: 32, length: 1, error: { code: 'garbage', message: '1 byte belongs to no CJ/T 188 frame' } },
      { ok: true, offset: 33, fields: { dir: 'reply', current: '0.00', trailing: '524f' } },
      { ok: false, offset: 68, length: 2 },
    ]);
  });

  it.each([
    ['c1', 'read data'],
    ['c3', 'read address'],
    ['c4', 'write data'],
    ['d5', 'write address'],
    ['d6', 'write base reading'],
  ])('explains the refusal %s', (control, name) => {
    expect(explain(`${HEAD} ${control} 03 12 05 01`)).toMatchObject({
      errorReply: true,
      function: name,
      ser: '12',
      st: '0501',
      valve: 'closed',
      batteryLow: true,
    });
  });

  it('explains a refusal with one status byte, and not one with two bytes', () => {
    expect(explain(`${HEAD} c1 01 01`)).toMatchObject({ errorReply: true, st: '01', valve: 'closed' });
    expect(explain(`${HEAD} c1 02 01 00`)).toMatchObject({
      errorReply: true,
      raw: '0100',
      reason: 'an error reply has SER and two status bytes, or one: here are 2 bytes',
    });
  });

  it('explains acknowledgements with two, one and no status bytes', () => {
    expect(explain(`${HEAD} 84 05 17 a0 01 01 00`)).toMatchObject({ item: 'valve', valve: 'closed', st: '0100' });
    expect(explain(`${HEAD} 96 04 a0 16 01 04`)).toMatchObject({ item: 'base reading', st: '04', batteryLow: true });
    expect(explain(`${HEAD} 84 03 a0 11 01`)).not.toHaveProperty('st');
    expect(explain(`${HEAD} 84 06 a0 11 01 00 00 00`)).toMatchObject({ raw: '000000', reason: 'more than a status' });
  });

  it('explains history with its age', () => {
    expect(explain(`${HEAD} 81 08 d1 2b 01 34 12 00 00 2c`)).toMatchObject({
      item: 'reading at a settlement day',
      ago: 12,
      value: '12.34',
      unit: 'm3',
    });
  });

  it.each([
    ['55', 'open'],
    ['99', 'close'],
    ['77', 'half-open'],
    ['aa', 'exercise'],
    ['12', null],
  ])('explains the valve code %s', (code, valveCmd) => {
    expect(explain(`${HEAD} 04 04 a0 17 00 ${code}`)).toMatchObject({ valveCmd });
  });

  it('says so where no source gives a valve code', () => {
    expect(explain(`${HEAD} 04 04 a0 17 00 12`)).toMatchObject({ reason: 'no source gives the valve code 12' });
    expect(explain(`${HEAD} 04 04 a0 17 00 55`)).not.toHaveProperty('reason');
  });

  it('explains a base reading and a price table that are written', () => {
    expect(explain(`${HEAD} 16 08 16 a0 01 34 12 00 00 2c`)).toMatchObject({
      base: '12.34',
      baseUnit: 'm3',
      raw: '341200002c',
    });
    expect(explain(vectorBytes('019'))).toMatchObject({ price1: '302.01', amount1: '60504', startDay: '16' });
  });

  it('never takes an unknown unit for m3', () => {
    expect(explain(`${HEAD} 81 16 90 1f 01 34 12 00 00 00 ${WATER_REST}`)).toMatchObject({
      current: '12.34',
      currentUnit: null,
      currentUnitCode: '00',
      settlementUnit: 'm3',
      reasons: { current: 'unit code 00 is in no table: the register shows 12.34' },
    });
  });

  it('says why a value or time is not there', () => {
    expect(explain(vectorBytes('017'))).toMatchObject({
      settlement: null,
      time: null,
      reasons: {
        settlement: 'FF in place of a value: not supported',
        time: 'FF in place of a time: the meter does not support it',
      },
    });
    expect(explain(vectorBytes('001'))).toMatchObject({
      time: '0000-00-00 20:20:60',
      reasons: { time: '0000-00-00 20:20:60 is no time of any day' },
    });
  });

  it('says that a layout was guessed, unless it was given', () => {
    const bytes = vectorBytes('026');
    expect(explain(bytes)).toMatchObject({ layout: 'unit-first', layoutGuessed: true, currentHeat: '80.31' });
    expect(explain(bytes, { layout: 'unit-first' })).not.toHaveProperty('layoutGuessed');
    expect(explain(bytes, { layout: 'standard' })).toMatchObject({ currentHeatUnit: null });
  });

  it('reads the status in the bit order that is given', () => {
    const frame = `${HEAD} 84 05 a0 17 01 40 00`;
    expect(explain(frame)).toMatchObject({ valve: 'open' });
    expect(explain(frame, { stBitOrder: 'high-first' })).toMatchObject({ valve: 'closed' });
  });

  it('says when a meter answers like one of another family', () => {
    expect(explain(`68 20 88 05 27 10 15 20 00 81 16 90 1f 01 34 12 00 00 2c ${WATER_REST}`)).toMatchObject({
      meterTypeName: 'heat',
      readAs: 'water meter',
      current: '12.34',
    });
  });

  it('shows what it does not know as bytes', () => {
    expect(explain(`${HEAD} 81 05 90 99 01 12 34`)).toMatchObject({
      di: '9099',
      item: 'unknown item',
      raw: '1234',
      reason: 'unknown item',
    });
    expect(explain(`${HEAD} 01 04 90 1f 01 77`)).toMatchObject({ item: 'current reading', raw: '77' });
    expect(explain(`${HEAD} 81 02 90 1f`)).toMatchObject({ raw: '901f', reason: 'too short for DI and SER' });
    expect(explain(`${HEAD} 81 00`)).not.toHaveProperty('reason');
    expect(explain(`${HEAD} 81 03 90 99 01`)).not.toHaveProperty('raw');
    expect(explain(vectorBytes('003'))).not.toHaveProperty('raw');
  });

  it('reads DI that makes sense in both orders as it was asked', () => {
    const reply = `${HEAD} 81 08 d2 d3 01 34 12 00 00 2c`;
    expect(explain(reply)).toMatchObject({ di: 'D2D3' });
    const entries = explainStream('cjt188', joined(sealed(`${HEAD} 01 03 1f 90 01`), sealed(reply)));
    expect(entries[1]).toMatchObject({ fields: { di: 'D3D2', diOrder: 'low-first' } });
  });

  it('finds the address in the data of a reply that has it there', () => {
    expect(explain(`${HEAD} 83 0a 81 0a 01 01 02 03 04 05 06 07`)).toMatchObject({ meterAddress: '07060504030201' });
    expect(explain(`${HEAD} 83 03 81 0a 01`)).toMatchObject({ meterAddress: '00201510270588' });
  });

  it('reads only what it has: the version of a key', () => {
    expect(explain(`${HEAD} 89 04 81 06 01 02`)).toMatchObject({ item: 'key version', keyVersion: '02' });
  });
});
