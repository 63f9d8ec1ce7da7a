import { describe, expect, it } from 'vitest';
import { hex } from '../../drivers/bytes/hex.ts';
import { bytes } from '../testing/hex.ts';
import { sealRtu, sealTcp } from './seal.ts';
import { scanTcpRequests } from './tcp-requests.ts';

/** node-modbus-serial, test/ports. */
const READ = '0002 0000 0006 11 03 006B 0003';
const WRITE = '0001 0000 0006 01 05 0005 FF00';

describe('scanTcpRequests', () => {
  it('understands a request', () => {
    const scan = scanTcpRequests(bytes(READ));
    expect(scan.requests).toEqual([{ transaction: 2, unit: 17, pdu: bytes('03 006B 0003') }]);
  });

  it('understands several requests in one segment, in their order', () => {
    expect(scanTcpRequests(bytes(READ + WRITE)).requests.map((request) => request.transaction)).toEqual([2, 1]);
  });

  it('keeps the beginning of the next one', () => {
    const scan = scanTcpRequests(bytes(READ + '0001 0000 0006 01 05'));
    expect(scan.requests).toHaveLength(1);
    expect(hex(scan.rest)).toBe('0001000000060105');
  });

  it.each([
    ['the protocol is not 0', '0002 0001 0006 11 03 006B 0003'],
    ['the length leaves no room for a function', '0002 0000 0001 11'],
    ['the length is beyond the longest frame', '0002 0000 00FF 11 03 006B 0003'],
  ])('gives the stream up where %s', (_name, frame) => {
    expect(scanTcpRequests(bytes(frame))).toMatchObject({ requests: [], broken: true });
  });

  it('still serves what came before the nonsense', () => {
    const scan = scanTcpRequests(bytes(READ + '0003 0007 0006 11 03 0000 0001'));
    expect(scan.requests).toHaveLength(1);
    expect(scan.broken).toBe(true);
  });
});

describe('sealing', () => {
  it.each([
    ['Eastron SDM630 v1.8: 1.0', 1, '03 04 3F 80 00 00', '0103043f800000f7cf'],
    ['Eastron SDM630 v1.8: reply to a write', 1, '10 00 02 00 02', '011000020002e008'],
    ['pressure transmitter manual', 1, '03 02 00 01', '01030200017984'],
    ['layout of Eastron SDM630 v1.8: exception 01', 7, '90 01', '0790016dc1'],
  ])('makes the serial frame of %s', (_name, unit, pdu, frame) => {
    expect(hex(sealRtu({ unit, pdu: bytes(pdu) }))).toBe(frame);
  });

  it('makes the TCP frame of an exception as node-modbus-serial tests it', () => {
    expect(hex(sealTcp({ transaction: 2, unit: 17, pdu: bytes('83 04') }))).toBe('000200000003118304');
  });
});
