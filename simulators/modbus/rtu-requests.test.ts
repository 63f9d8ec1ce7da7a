import { describe, expect, it } from 'vitest';
import { hex } from '../../drivers/bytes/hex.ts';
import { bytes } from '../testing/hex.ts';
import { FrameFinder, scanFrames, type FrameScan } from '../wire/frame-finder.ts';
import { requestEnd } from './rtu-requests.ts';
import { openRtu } from './seal.ts';

/** Frames with their source: published documents and drivers; the CRCs are theirs. */
const READ_DEMAND_TIME = '01 03 00 00 00 02 C4 0B'; // Eastron SDM630 Modbus protocol v1.8
const READ_EXAMPLE = '11 03 00 6B 00 03 76 87'; // MODBUS Application Protocol, 6.3, as a serial frame
const WRITE_FLOAT = '01 10 00 02 00 02 04 42 70 00 00 67 D5'; // Eastron SDM630 Modbus protocol v1.8
const ECHO = '07 08 00 00 12 34 ED 1A'; // layout of Eastron SDM630 Modbus protocol v1.8

const scan = (spaced: string): FrameScan => scanFrames(bytes(spaced), requestEnd);
const request = (frame: Uint8Array): string => `${openRtu(frame).unit}:${hex(openRtu(frame).pdu)}`;
const heard = (spaced: string): string[] => scan(spaced).frames.map(request);

describe('requests in a stretch of bytes', () => {
  it.each([
    ['FC 03', READ_DEMAND_TIME, '1:0300000002'],
    ['FC 04', '07 04 00 00 00 02 71 AD', '7:0400000002'],
    ['FC 02', '07 02 00 00 00 08 79 AA', '7:0200000008'],
    ['FC 05', '01 05 00 01 FF 00 DD FA', '1:050001ff00'],
    ['FC 06', '07 06 00 00 00 02 08 6D', '7:0600000002'],
    ['FC 08', ECHO, '7:0800001234'],
    ['FC 16', WRITE_FLOAT, '1:10000200020442700000'],
  ])('understands %s', (_name, frame, request) => {
    expect(heard(frame)).toEqual([request]);
  });

  it('understands two frames without a gap between them', () => {
    expect(heard(WRITE_FLOAT + READ_EXAMPLE)).toEqual(['1:10000200020442700000', '17:03006b0003']);
  });

  it.each([
    ['SDM120 protocol v2.5 prints the CRC of another frame', '01 03 00 00 00 14 C4 0B'],
    ['a gate driver publishes a wrong CRC', '01 03 20 02 00 01 B8 D7'],
    ['a wiki publishes a wrong CRC', '01 05 00 00 00 00 8C 3A'],
    ['one bit is wrong', '01 03 00 00 00 03 C4 0B'],
  ])('hears nothing where %s', (_name, frame) => {
    expect(heard(frame)).toEqual([]);
  });

  it('finds a request after stray bytes and counts them', () => {
    const found = scan('00 FF 80' + READ_EXAMPLE);
    expect(found.frames).toHaveLength(1);
    expect(found.discarded).toBe(3);
  });

  it('finds a request after the wake-up bytes of another protocol', () => {
    expect(heard('FE FE FE FE' + READ_EXAMPLE)).toEqual(['17:03006b0003']);
  });

  it('hears a function that the standard does not have, so that it can be refused', () => {
    expect(heard('01 41 C0 10')).toEqual(['1:41']);
  });

  it('hears report server id, which has no data', () => {
    expect(heard('01 11 C0 2C')).toEqual(['1:11']);
  });

  it('keeps the beginning of a request for later', () => {
    const found = scan('11 03 00 6B');
    expect(found).toMatchObject({ frames: [], discarded: 0 });
    expect(hex(found.rest)).toBe('1103006b');
  });
});

describe('requests one after the other', () => {
  it('puts a request together that comes byte by byte', () => {
    const requests = new FrameFinder(requestEnd, 50);
    const found = Array.from(bytes(WRITE_FLOAT), (byte, i) => requests.hear(Uint8Array.of(byte), i * 10)).flat();
    expect(found).toHaveLength(1);
  });

  it('forgets half a request after a silence, and hears the next one', () => {
    const requests = new FrameFinder(requestEnd, 50);
    requests.hear(bytes('11 03 00'), 0);
    expect(requests.hear(bytes(READ_DEMAND_TIME), 60).map(request)).toEqual(['1:0300000002']);
    expect(requests).toMatchObject({ understood: 8, pending: 0 });
  });

  it('never carries out a request that it has once given up', () => {
    const requests = new FrameFinder(requestEnd, 50);
    // Looks like the start of a long write: what follows it at once is taken for its data.
    expect(requests.hear(bytes('01 10 00 00 00 7B F6' + READ_DEMAND_TIME), 0)).toEqual([]);
    expect(requests.hear(bytes(READ_EXAMPLE), 1_000).map(request)).toEqual(['17:03006b0003']);
  });

  it('counts the silence from the end of the bytes before it, however long they took', () => {
    const requests = new FrameFinder(requestEnd, 50);
    requests.hear(bytes('11 03 00'), 0, 400);
    expect(requests.hear(bytes('6B 00 03 76 87'), 440, 445)).toHaveLength(1);
  });
});
