import { describe, expect, it } from 'vitest';
import { parseBusUrl } from '../line/bus-url.ts';
import { settingsOf } from './settings.ts';

const serial = parseBusUrl('serial:///dev/ttyUSB0?baud=2400&format=8E1');

describe('settingsOf', () => {
  it('tries every rate with every format', () => {
    expect(settingsOf(serial, { rates: [9600, 2400], formats: ['8N1', '8E1'] })).toEqual([
      { baud: 9600, format: '8N1' },
      { baud: 9600, format: '8E1' },
      { baud: 2400, format: '8N1' },
      { baud: 2400, format: '8E1' },
    ]);
  });

  it("goes by the line's own where none is named", () => {
    expect(settingsOf(serial, {})).toEqual([{ baud: 2400, format: '8E1' }]);
    expect(settingsOf(serial, { rates: [9600] })).toEqual([{ baud: 9600, format: '8E1' }]);
  });

  it.each(['tcp-serial://10.0.0.6:4001', 'modbus-tcp://10.0.0.5'])('refuses to switch the rate of %s', (url) => {
    expect(settingsOf(parseBusUrl(url), {})).toHaveLength(1);
    expect(() => settingsOf(parseBusUrl(url), { rates: [9600] })).toThrow('rate');
    expect(() => settingsOf(parseBusUrl(url), { formats: ['8N1'] })).toThrow('rate');
  });
});
