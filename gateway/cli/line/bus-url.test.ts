import { describe, expect, it } from 'vitest';
import { isBusUrl, parseBusUrl } from './bus-url.ts';

describe('parseBusUrl', () => {
  it.each([
    ['modbus-tcp://10.0.0.5', { type: 'modbus-tcp', host: '10.0.0.5', port: 502 }],
    ['modbus-tcp://gateway.local:1502', { type: 'modbus-tcp', host: 'gateway.local', port: 1502 }],
    ['modbus-tcp://[::1]:502', { type: 'modbus-tcp', host: '::1', port: 502 }],
    ['tcp-serial://10.0.0.6:4001?baud=2400&format=8E1', { type: 'tcp-serial', port: 4001, baud: 2400, format: '8E1' }],
    ['serial:///dev/ttyUSB0', { type: 'serial', path: '/dev/ttyUSB0', baud: 9600, format: '8N1' }],
    ['serial:///dev/ttyUSB0?baud=19200&echo=true', { type: 'serial', baud: 19_200, echo: true }],
    ['serial:///dev/serial/by-id/usb-FTDI%20x', { path: '/dev/serial/by-id/usb-FTDI x' }],
    ['serial:var/sim/meters-1', { type: 'serial', path: 'var/sim/meters-1' }],
    ['serial://var/sim/meters-1', { type: 'serial', path: 'var/sim/meters-1' }],
    ['modbus-tcp://10.0.0.5?replyTimeoutMs=900&retries=3', { replyTimeoutMs: 900, retries: 3 }],
  ])('reads %s', (text, expected) => {
    expect(parseBusUrl(text)).toMatchObject({ id: 'bus-1', ...expected });
  });

  it('finds a serial port from where the caller stands', () => {
    expect(parseBusUrl('serial:ttyS0', (path) => `/from/here/${path}`)).toMatchObject({ path: '/from/here/ttyS0' });
  });

  it.each([
    ['modbus-tpc://10.0.0.5', 'there is no kind of bus called "modbus-tpc"', 'did you mean "modbus-tcp"?'],
    ['/dev/ttyUSB0', '"/dev/ttyUSB0" is no address of a bus', 'serial:///dev/ttyUSB0'],
    ['10.0.0.5:502', '"10.0.0.5:502" is no address of a bus', 'modbus-tcp://10.0.0.5:502'],
    ['tcp-serial://10.0.0.6', '"port" is missing', ''],
    ['serial:///dev/ttyUSB0?baud=9601', '"baud" must be one of', ''],
    ['serial:///dev/ttyUSB0?buad=9600', 'unknown key "buad"', 'did you mean "baud"?'],
    ['modbus-tcp://10.0.0.5?baud=9600', 'unknown key "baud"', 'there is id'],
    ['serial://', '"path" must not be empty', ''],
  ])('refuses %s and says what would be right', (text, message, hint) => {
    expect(() => parseBusUrl(text)).toThrow(
      expect.objectContaining({
        message: expect.stringContaining(message) as string,
        hint: expect.stringContaining(hint) as string,
        exitCode: 2,
      }),
    );
  });
});

describe('isBusUrl', () => {
  it('tells an address from the id of a bus', () => {
    expect(['serial:///dev/ttyUSB0', '/dev/ttyUSB0', '10.0.0.5:502'].every(isBusUrl)).toBe(true);
    expect(['meters-1', 'Power_2'].some(isBusUrl)).toBe(false);
  });
});
