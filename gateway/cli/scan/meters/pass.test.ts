import { describe, expect, it } from 'vitest';
import { parseBusUrl } from '../../line/bus-url.ts';
import { passesOf, type Pass } from './pass.ts';

const serial = parseBusUrl('serial:///dev/ttyUSB0');
const server = parseBusUrl('tcp-serial://10.0.0.6:4001?baud=2400&format=8E1');

const inWords = (passes: readonly Pass[]): string[] =>
  passes.map(({ protocol, rate }) => `${protocol} ${rate.baud} ${rate.format}`);

describe('passesOf', () => {
  it('tries what is usual for each protocol', () => {
    expect(inWords(passesOf(serial, { protocol: 'all' }, false))).toEqual([
      'dlt645 2400 8E1',
      'dlt645 1200 8E1',
      'dlt645 4800 8E1',
      'dlt645 9600 8E1',
      'cjt188 2400 8E1',
      'cjt188 9600 8N1',
      'cjt188 9600 8E1',
      'mbus 2400 8E1',
      'mbus 9600 8E1',
      'mbus 300 8E1',
    ]);
    expect(passesOf(serial, { protocol: 'modbus' }, false)).toEqual([]);
  });

  it('begins with what somebody has said of the line', () => {
    const slow = parseBusUrl('serial:///dev/ttyUSB0?baud=1200&format=8N1');
    expect(inWords(passesOf(slow, { protocol: 'mbus' }, false))[0]).toBe('mbus 1200 8N1');
    expect(inWords(passesOf(serial, { protocol: 'mbus' }, true))[0]).toBe('mbus 9600 8N1');
  });

  it('tries the rates and formats that are named, and no others', () => {
    const words = inWords(passesOf(serial, { protocol: 'cjt188', rates: [9600, 1200] }, false));
    expect(words).toEqual(['cjt188 9600 8N1', 'cjt188 9600 8E1', 'cjt188 1200 8E1']);
    expect(inWords(passesOf(serial, { protocol: 'mbus', rates: [2400], formats: ['8N1'] }, false))).toEqual([
      'mbus 2400 8N1',
    ]);
  });

  it('takes the rate of a device server as it is', () => {
    expect(inWords(passesOf(server, { protocol: 'dlt645' }, false))).toEqual(['dlt645 2400 8E1']);
    expect(() => passesOf(server, { protocol: 'dlt645', rates: [9600] }, false)).toThrow('set in the server');
  });

  it('looks for no meters behind Modbus TCP', () => {
    const ip = parseBusUrl('modbus-tcp://10.0.0.5');
    expect(passesOf(ip, { protocol: 'all' }, false)).toEqual([]);
    expect(() => passesOf(ip, { protocol: 'mbus' }, false)).toThrow('serial lines');
  });

  it('gives M-Bus slaves 330 bit times and 50 ms, and what comes on top', () => {
    const waits = passesOf(serial, { protocol: 'mbus' }, false).map(({ timeoutMs }) => timeoutMs);
    expect(waits).toEqual([338, 235, 1300]);
    expect(passesOf(serial, { protocol: 'mbus', timeout: 60 }, false)[0]?.timeoutMs).toBe(60);
  });
});
