import { describe, expect, it } from 'vitest';
import { decodeItem, itemOf } from './decode-item.ts';
import { fromHex } from './testing/vectors.ts';

const hexByte = (byte: number): string => byte.toString(16).toUpperCase().padStart(2, '0');

/** Value and unit of the item `di` with `data`, the lowest byte first. */
function read(di: string, data: string): string {
  const { values, rest } = decodeItem(di, fromHex(data), di.length === 4 ? '1997' : '2007');
  const [{ value, unit, reason } = { value: null, unit: undefined, reason: 'none' }] = values;
  const said = value ?? `null (${reason ?? ''})`;
  return [said, unit, rest === undefined ? undefined : `rest ${rest}`]
    .filter((part) => part !== undefined && part !== '')
    .join(' ');
}

describe('the items of 2007', () => {
  it.each([
    ['00000000', '00000080', '0.00 kWh'],
    ['00010000', '56341200', '1234.56 kWh'],
    ['00020000', '25970600', '697.25 kWh'],
    ['00030000', '26000180', '-100.26 kvarh'],
    ['00040000', '26000100', '100.26 kvarh'],
    ['00050000', '26000100', '100.26 kvarh'],
    ['00080C00', '26000100', '100.26 kvarh'],
    ['00090000', '26000100', '100.26 kVAh'],
    ['000A0000', '26000100', '100.26 kVAh'],
    ['00013F00', '26000100', '100.26 kWh'],
    ['0001000C', '26000100', '100.26 kWh'],
    ['00013F0C', '26000100', '100.26 kWh'],
    ['00150000', '26000100', '100.26 kWh'],
    ['001E0000', '26000100', '100.26 kVAh'],
    ['002B0000', '26000180', '-100.26 kvarh'],
    ['00320000', '26000100', '100.26 kVAh'],
    ['003D000C', '26000100', '100.26 kWh'],
    ['00460000', '26000100', '100.26 kVAh'],
    ['00850000', '26000100', '100.26 kWh'],
    ['00C20000', '26000100', '100.26 kWh'],
    ['00900100', '97160300', '316.97 kWh'],
    ['00900200', '97160300', '316.97 yuan'],
    ['01010000', '4523011830121026', '1.2345 kW'],
    ['01050000', '4523011830121026', '1.2345 kvar'],
    ['01090000', '4523011830121026', '1.2345 kVA'],
    ['02010300', '5622', '225.6 V'],
    ['02020100', '030880', '-0.803 A'],
    ['02030000', '122500', '0.2512 kW'],
    ['02040300', '122580', '-0.2512 kvar'],
    ['02050000', '122500', '0.2512 kVA'],
    ['02060000', '0010', '1.000'],
    ['02060100', '7289', '-0.972'],
    ['02070100', '0036', '360.0 °'],
    ['02080100', '3412', '12.34 %'],
    ['020A0115', '3412', '12.34 %'],
    ['02800001', '030800', '0.803 A'],
    ['02800002', '9849', '49.98 Hz'],
    ['02800003', '122500', '0.2512 kW'],
    ['02800004', '122500', '0.2512 kW'],
    ['02800005', '122500', '0.2512 kvar'],
    ['02800006', '122500', '0.2512 kVA'],
    ['02800007', '5182', '-25.1 °C'],
    ['02800008', '6503', '3.65 V'],
    ['02800009', '6503', '3.65 V'],
    ['0280000A', '56341200', '123456 min'],
    ['02800020', '00550000', '0.5500 yuan/kWh'],
    ['03110000', '310000', '31 count'],
    ['03300000', '310000', '31 count'],
    ['03300400', '310000', '31 count'],
    ['03300D00', '310000', '31 count'],
    ['03300E00', '310000', '31 count'],
    ['10010001', '310000', '31 count'],
    ['13030002', '310000', '31 min'],
    ['14000001', '310000', '31 count'],
    ['1D000001', '540200', '254 count'],
    ['1E000001', '540200', '254 count'],
    ['04000101', '01110116', '2016-01-11'],
    ['04000102', '325318', '18:53:32'],
    ['0400010C', '32531801110116', '2016-01-11 18:53:32'],
    ['0400010C', '32531801110216', '2016-02-11 18:53:32'],
    ['0400010C', '32531801300216', 'null (no such YYMMDDWWhhmmss: 16023001185332)'],
    ['04000103', '15', '15 min'],
    ['04000204', '04', '4'],
    ['04000401', '214300123456', '563412004321'],
    ['04000402', '214300123456', '563412004321'],
    ['04000403', '00000033323141', 'A123'],
    ['04000404', '56303232', '220V'],
    ['04000404', '563032ff', 'null (not ASCII: 563032ff)'],
    ['04000404', '0000', 'null (empty)'],
    ['04000407', '302e32', '2.0'],
    ['04000409', '310000', '31 imp/kWh'],
    ['0400040A', '310000', '31 imp/kvarh'],
    ['0400040D', '37303032', '2007'],
    ['04000703', '08', '2400'],
    ['04000704', '20', '9600'],
    ['04000705', '18', 'null (18 is no baud rate)'],
    ['04000B01', '0001', '01 00'],
    ['04000B02', '9999', 'null (not set (9999))'],
    ['04000E03', '4526', '264.5 V'],
    ['05060001', '0000290224', '2024-02-29 00:00'],
    ['0506003E', '0000000000', 'null (not set (0000000000))'],
    ['05060101', '54720900', '972.54 kWh'],
    ['05060201', '54720900', '972.54 kWh'],
    ['05060301', '54720980', '-972.54 kvarh'],
    ['05060901', '4523011830121026', '1.2345 kW'],
    ['05000101', '54720900', '972.54 kWh'],
    ['0507013E', '54720900', '972.54 kWh'],
  ])('%s with %s is %s', (di, data, expected) => {
    expect(read(di, data)).toBe(expected);
  });

  it('have the date and time in one item, weekday between them', () => {
    expect(decodeItem('0400010C', fromHex('325318 01 110116'), '2007').values).toMatchObject([
      { value: '2016-01-11 18:53:32', weekday: 1 },
    ]);
  });

  it('are every tariff of every settlement day', () => {
    for (let tariff = 0; tariff <= 63; tariff++) {
      for (let settlement = 0; settlement <= 12; settlement++) {
        const item = decodeItem(`0001${hexByte(tariff)}${hexByte(settlement)}`, fromHex('54720900'), '2007');
        expect(item.values).toEqual([{ value: '972.54', unit: 'kWh', obis: `1-0:1.8.${tariff}` }]);
        expect(item.name).toContain(tariff === 0 ? 'total' : `tariff ${tariff}`);
        expect(item.name?.includes(`settlement ${settlement}`)).toBe(settlement > 0);
      }
    }
  });

  it('are a block of all tariffs, current or of a settlement day', () => {
    for (const di of ['0001FF00', '0001FF0C', '0101FF00']) {
      const size = di.startsWith('00') ? 4 : 8;
      const { shape, values } = decodeItem(di, new Uint8Array(64 * size), '2007');
      expect([shape, values.length, values[63]?.label]).toEqual(['series', 64, 'tariff 63']);
    }
  });

  it('are a block of one tariff on all settlement days', () => {
    const { name, values } = decodeItem('000102FF', new Uint8Array(13 * 4), '2007');
    expect(name).toBe('forward active energy, tariff 2, by settlement');
    expect(values.map(({ label }) => label)).toEqual([
      'current',
      ...Array.from({ length: 12 }, (_, i) => `settlement ${i + 1}`),
    ]);
    expect(values[12]?.obis).toBe('1-0:1.8.2');
  });

  it.each([
    ['00010000', '1-0:1.8.0'],
    ['00010400', '1-0:1.8.4'],
    ['00020000', '1-0:2.8.0'],
    ['00050000', '1-0:5.8.0'],
    ['00080000', '1-0:8.8.0'],
    ['00090000', '1-0:9.8.0'],
    ['000A0000', '1-0:10.8.0'],
    ['00150000', '1-0:21.8.0'],
    ['002A0000', '1-0:42.8.0'],
    ['00460000', '1-0:70.8.0'],
    ['01010200', '1-0:1.6.2'],
    ['02010100', '1-0:32.7.0'],
    ['02010300', '1-0:72.7.0'],
    ['02020200', '1-0:51.7.0'],
    ['02030000', '1-0:16.7.0'],
    ['02030100', '1-0:36.7.0'],
    ['02050000', '1-0:9.7.0'],
    ['02060000', '1-0:13.7.0'],
    ['02800002', '1-0:14.7.0'],
    ['05060201', '1-0:2.8.0'],
    // What is combined is up to the meter.
    ['00000000', undefined],
    ['00030000', undefined],
    ['9012', '1-0:1.8.2'],
    ['9110', '1-0:3.8.0'],
    ['9140', '1-0:8.8.0'],
    ['9150', '1-0:6.8.0'],
    ['A010', '1-0:1.6.0'],
    ['B612', '1-0:52.7.0'],
    ['B630', '1-0:16.7.0'],
  ])('%s has the name %s', (di, obis) => {
    const { values } = decodeItem(di, new Uint8Array(8), di.length === 4 ? '1997' : '2007');
    expect(values[0]?.obis).toBe(obis);
  });

  it('give a single frozen energy, or one of each tariff', () => {
    expect(decodeItem('05060101', fromHex('54720900'), '2007')).toMatchObject({ shape: 'one' });
    expect(decodeItem('05060101', fromHex('54720900 72690100'), '2007')).toMatchObject({
      shape: 'series',
      values: [
        { label: 'total', value: '972.54', obis: '1-0:1.8.0' },
        { label: 'tariff 1', value: '169.72', obis: '1-0:1.8.1' },
      ],
    });
  });

  it('give all that an hourly freeze keeps', () => {
    expect(decodeItem('0504FF01', fromHex('0013290224 54720900 72690100'), '2007').values).toMatchObject([
      { label: 'time', value: '2024-02-29 13:00' },
      { label: 'forward active energy, total', value: '972.54', obis: '1-0:1.8.0' },
      { label: 'reverse active energy, total', value: '169.72', obis: '1-0:2.8.0' },
    ]);
  });

  it('give all that a daily freeze keeps with four tariffs', () => {
    const energies = Array.from({ length: 40 }, (_, i) => `${hexByte(Number(`0x${i % 10}${i % 10}`))}000000`);
    const demands = Array.from({ length: 10 }, () => '452301 3012290224');
    const powers = Array.from({ length: 8 }, () => '122500');
    const data = fromHex(['0000290224', ...energies, ...demands, ...powers].join(''));
    const { values, rest } = decodeItem('0506FF01', data, '2007');
    expect([data.length, values.length, rest]).toEqual([269, 59, undefined]);
    expect(values[0]).toMatchObject({ label: 'time', value: '2024-02-29 00:00' });
    expect(values[2]).toMatchObject({ label: 'forward active energy, tariff 1', value: '0.11', obis: '1-0:1.8.1' });
    expect(values[41]).toMatchObject({
      label: 'forward active maximum demand, total',
      value: '1.2345',
      time: '2024-02-29 12:30',
    });
    expect(values[58]).toMatchObject({ label: 'reactive power, phase C', value: '0.2512', unit: 'kvar' });
  });

  it('give the bytes of a freeze block that has more than the standard lists', () => {
    for (const length of [29 + 48 + 10, 377, 29 + 48 * 65]) {
      const { values, rest } = decodeItem('0506FF01', new Uint8Array(length), '2007');
      expect([values, rest?.length]).toEqual([[], 2 * length]);
    }
  });

  it('give the bytes of a freeze block whose length fits no layout', () => {
    expect(decodeItem('0506FF01', fromHex('0000290224 aa 54720900 aa'), '2007')).toMatchObject({
      name: 'all, daily freeze 1',
      values: [],
      rest: '0000290224aa54720900aa',
    });
  });

  it('give counts and durations of each phase', () => {
    const { values } = decodeItem('03010000', fromHex('010000 020000 030000 040000 050000 ffffff'), '2007');
    expect(values.map(({ label, value, unit }) => `${label ?? ''}: ${value ?? 'none'} ${unit ?? ''}`)).toEqual([
      'count of phase A: 1 count',
      'duration of phase A: 2 min',
      'count of phase B: 3 count',
      'duration of phase B: 4 min',
      'count of phase C: 5 count',
      'duration of phase C: none min',
    ]);
  });

  it.each([
    ['03110001', '003012290224 103512290224 00', ['2024-02-29 12:30:00', '2024-02-29 12:35:10'], '00'],
    [
      '03050001',
      '003012290224 345612 103512290224',
      ['2024-02-29 12:30:00', '125.634', '2024-02-29 12:35:10'],
      undefined,
    ],
    ['03300D01', '003012290224 103512290224 54720900', ['2024-02-29 12:30:00', '2024-02-29 12:35:10'], '54720900'],
    [
      '03300401',
      '01000000 003012290224 103512290224',
      ['00000001', '2024-02-29 12:30:00', '2024-02-29 12:35:10'],
      undefined,
    ],
    [
      '03120101',
      '003012290224 103512290224 452301 3012290224',
      ['2024-02-29 12:30:00', '2024-02-29 12:35:10', '1.2345'],
      undefined,
    ],
    ['03120000', '010000020000030000040000050000060000', ['1', '2', '3', '4', '5', '6'], undefined],
    ['03060000', '010000020000', ['1', '2'], undefined],
    [
      '040005FF',
      '0000 0000 5000 0000 0000 0000 0001',
      ['0x0000', '0x0000', '0x0050', '0x0000', '0x0000', '0x0000', '0x0100'],
      undefined,
    ],
  ])('record %s is in its parts', (di, data, expected, rest) => {
    const item = decodeItem(di, fromHex(data), '2007');
    expect(item.values.map(({ value }) => value)).toEqual(expected);
    expect(item.rest).toBe(rest);
  });

  it.each(
    (
      '00014000 0001000D 00FF0000 0001FFFF 00150100 000B0000 01000000 02010000 02010400 02010101 02800100 0280000C ' +
      '03010101 03300F00 0311000B 04000C01 05060000 050600FF 05060B01 05080001 06000001 0F010001 20010001 1D000002 ' +
      '1D000101 FFFFFFFF'
    ).split(' '),
  )('have no layout for %s', (di) => {
    expect(itemOf(di, '2007')).toBeNull();
  });
});

describe('the items of 1997', () => {
  it.each([
    ['9010', '75660000', '66.75 kWh'],
    ['901E', '75660000', '66.75 kWh'],
    ['9020', '75660000', '66.75 kWh'],
    ['9110', '75660000', '66.75 kvarh'],
    ['9160', '75660000', '66.75 kvarh'],
    ['9410', '75660000', '66.75 kWh'],
    ['9810', '75660000', '66.75 kWh'],
    ['9960', '75660000', '66.75 kvarh'],
    ['A010', '452301', '1.2345 kW'],
    ['A130', '452301', '1.2345 kvar'],
    ['B010', '30121105', '05-11 12:30'],
    ['B611', '2302', '223 V'],
    ['B621', '3412', '12.34 A'],
    ['B630', '452301', '1.2345 kW'],
    ['B633', '452381', '-1.2345 kW'],
    ['B640', '3412', '12.34 kvar'],
    ['B650', '7209', '0.972'],
    ['B212', '3100', '31 count'],
    ['B310', '3100', '31 count'],
    ['B320', '310000', '31 min'],
    ['C010', '01110116', '2016-01-11'],
    ['C011', '325318', '18:53:32'],
    ['C030', '310000', '31 imp/kWh'],
    ['C032', '214300123456', '563412004321'],
    ['C033', '214300123456', '563412004321'],
    ['C119', '54720900', '9725.4 kWh'],
    ['C117', '0001', '01 00'],
  ])('%s with %s is %s', (di, data, expected) => {
    expect(read(di, data)).toBe(expected);
  });

  it('take an AA that is not one byte too many for data', () => {
    const { values, blockEnd } = decodeItem('901F', fromHex('54720900 000000aa'), '1997');
    expect([values.map(({ nonBcd }) => nonBcd), blockEnd]).toEqual([[undefined, 'aa000000'], undefined]);
  });

  it('name the month and the tariff', () => {
    expect(itemOf('9413', '1997')?.name).toBe('forward active energy, tariff 3, last month');
    expect(itemOf('981F', '1997')?.name).toBe('forward active energy, by tariff, month before last');
    expect(itemOf('A910', '1997')?.name).toBe('forward reactive maximum demand, total, month before last');
  });

  it('name the bits of the status words', () => {
    expect(decodeItem('C020', fromHex('14'), '1997').values).toMatchObject([
      { value: '0x14', status: { batteryLow: true, activePowerReverse: true, reactivePowerReverse: false } },
    ]);
    expect(decodeItem('C021', fromHex('12'), '1997').values).toMatchObject([
      { status: { phaseBreakB: true, overVoltageA: true, phaseBreakA: false } },
    ]);
  });

  it.each(['9000', '9030', '9170', '9210', '9C10', 'A070', 'B610', 'B614', 'C099', 'E323', '0000', 'FFFF'])(
    'have no layout for %s',
    (di) => {
      expect(itemOf(di, '1997')).toBeNull();
    },
  );
});
