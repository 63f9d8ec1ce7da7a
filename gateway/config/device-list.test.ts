import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { COLUMNS, parseDeviceList } from './device-list.ts';
import { deviceSchema } from './schema.ts';

const HEADER = 'id,bus,unit,profile';

describe('a device list', () => {
  it('gives each device with the line that it stands on, over blank lines', () => {
    const { devices, spots } = parseDeviceList(`${HEADER},location\n\na,b,1,p,"floor 1, left"\n,,,,\nc,b,2,p,\n`);
    expect(spots).toEqual([]);
    expect(devices.map(({ device, line }) => [device.id, line, device.location])).toEqual([
      ['a', 3, 'floor 1, left'],
      ['c', 5, undefined],
    ]);
  });

  it('leads a column with a dot into a map, and leaves an empty cell out', () => {
    const { devices } = parseDeviceList(
      `${HEADER},poll.slow,serial.baud,serial.format\na,b,1,p,900000,2400,8E1\nc,b,2,p,,,`,
    );
    expect(devices[0]?.device).toMatchObject({ poll: { slow: 900_000 }, serial: { baud: 2400, format: '8E1' } });
    expect(devices[1]?.device).not.toHaveProperty('poll');
    expect(devices[1]?.device).not.toHaveProperty('serial');
  });

  it('takes the columns in any order, TRUE for true, and trims blanks', () => {
    const { devices } = parseDeviceList('unit, profile ,enabled,id,bus\n 7 ,p,TRUE, a ,b\n');
    expect(devices[0]?.device).toMatchObject({ id: 'a', unit: 7, profile: 'p', enabled: true });
  });

  it.each([
    ['semicolons', ';'],
    ['tabs', '\t'],
  ])('reads columns that are separated by %s', (_, separator) => {
    const { devices, spots } = parseDeviceList(`${HEADER}\na,b,1,p\n`.replaceAll(',', separator));
    expect(spots).toEqual([]);
    expect(devices.map(({ device }) => device)).toMatchObject([{ id: 'a', bus: 'b', unit: 1, profile: 'p' }]);
  });

  it('keeps a row with a mistake for the checks that follow, and says what of it stands on something else', () => {
    const { devices, whole } = parseDeviceList(`${HEADER},enabled\na,b,999,p,\nc,b,2,p,yes\n`);
    expect(devices.map(({ device, lost }) => [device.id, device.bus, lost])).toEqual([
      ['a', 'b', [['unit']]],
      ['c', 'b', [['enabled']]],
    ]);
    expect(whole).toBe(true);
  });

  it('says the cell', () => {
    const { spots } = parseDeviceList(`${HEADER}\n"a",b,999,p\n`);
    expect(spots).toMatchObject([{ line: 2, column: 7 }]);
  });

  it('an unknown column hides no mistake of a row, and none is made of the cells that it may have', () => {
    const { devices, spots } = parseDeviceList('id,bus,units,profile,colour\na b,b,1,p,red\n');
    expect(spots.map(({ line, message }) => [line, message])).toEqual([
      [1, 'unknown column "units"'],
      [1, 'unknown column "colour"'],
      [2, expect.stringContaining('"id" is wrong') as string],
    ]);
    expect(devices[0]?.lost).toEqual([['unit'], ['address'], ['id']]);
  });

  it('is not whole where a row is no device, or has no id', () => {
    expect(parseDeviceList(`${HEADER}\na,b,"1,p\n`).whole).toBe(false);
    expect(parseDeviceList(`${HEADER}\n,b,1,p\n`).whole).toBe(false);
  });

  it.each([
    ['CRLF', '\r\n'],
    ['CR', '\r'],
  ])('counts lines that end in %s', (_, end) => {
    const { spots } = parseDeviceList([HEADER, 'a,b,1,p', 'c,b,999,p', ''].join(end));
    expect(spots.map(({ line }) => line)).toEqual([3]);
  });

  it('has contacts with semicolons between them', () => {
    const { devices } = parseDeviceList('id,bus,unit,profile,contacts\na,b,1,p,门岗 8001； 维保 8002;李\n');
    expect(devices[0]?.device.contacts).toEqual(['门岗 8001', '维保 8002', '李']);
  });

  it('has a column for every value of a device but its inputs and alarms', () => {
    const { properties = {} } = z.toJSONSchema(deviceSchema, { io: 'input' });
    const keys = Object.entries(properties).flatMap(([key, shape]) => {
      const below = typeof shape === 'object' ? Object.keys(shape.properties ?? {}) : [];
      return below.length === 0 ? [key] : below.map((inner) => `${key}.${inner}`);
    });
    expect([...COLUMNS].sort()).toEqual(keys.filter((key) => key !== 'inputs' && key !== 'alarms').sort());
  });
});

describe('what is wrong with a device list', () => {
  it.each<
    [name: string, text: string, said: readonly (readonly [line: number, message: string, hint: string | undefined])[]]
  >([
    ['nothing in it', '', [[1, 'the file is empty', 'first line: id,bus,profile, and what else there is']]],
    ['an unknown column', `${HEADER},adress\n`, [[1, 'unknown column "adress"', 'did you mean "address"?']]],
    ['no column of addresses', 'id,bus,profile\n', [[1, 'there is neither a column "unit" nor "address"', undefined]]],
    ['a column twice', `${HEADER},unit\n`, [[1, 'the column "unit" stands twice', undefined]]],
    ['a column missing', 'id,bus,unit\na,b,1', [[1, 'the column "profile" is missing', undefined]]],
    [
      'no header',
      'a,b,1,p\n',
      [[1, 'the first line names no columns', 'first line: id,bus,profile, and what else there is']],
    ],
    [
      'a quote in the first line',
      'id,"bus,unit,profile\na,b,1,p\n',
      [[1, 'a quote is opened on this line and not closed on it', 'a cell has no line breaks']],
    ],
    [
      'a cell too many',
      `${HEADER}\na,b,1,p,floor 1, left\n`,
      [[2, '6 cells, and there are 4 columns', 'put a cell that has a separator in it in quotes']],
    ],
    ['a cell too few', `${HEADER}\na,b,1\n`, [[2, '"profile" is missing', undefined]]],
    [
      'a quote that never closes',
      `${HEADER}\na,b,1,p\nc,b,"2,p\nd,b,3,p\n`,
      [[3, 'a quote is opened on this line and not closed on it', 'a cell has no line breaks']],
    ],
    [
      'a quote inside a cell',
      `${HEADER}\na,b,1,p"q\nc,b,2,p\n`,
      [[2, 'a quote stands inside a cell', 'put the cell in quotes and write "" for each quote in it']],
    ],
    [
      'a number as a spreadsheet rounds it',
      `${HEADER}\na,b,1E+05,p\n`,
      [[2, '"unit" must be a number, not "1E+05"', undefined]],
    ],
    [
      'yes for true',
      `${HEADER},enabled\na,b,1,p,yes\n`,
      [[2, '"enabled" must be true or false, not "yes"', undefined]],
    ],
    [
      'a baud rate that no port has',
      `${HEADER},serial.baud\na,b,1,p,9601\n`,
      [[2, expect.stringMatching(/^"baud" must be one of 300/) as string, undefined]],
    ],
  ])('%s', (_, text, said) => {
    const { spots } = parseDeviceList(text);
    expect(spots.map(({ line, message, hint }) => [line, message, hint])).toEqual(said);
  });
});
