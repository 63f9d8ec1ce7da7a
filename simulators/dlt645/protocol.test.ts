import { describe, expect, it } from 'vitest';
import { hex } from '../../drivers/bytes/hex.ts';
import { scanFrames } from '../wire/frame-finder.ts';
import { wireReply, wireRequest } from '../testing/dlt645-frames.ts';
import { bytes } from '../testing/hex.ts';
import { dlt645 } from './protocol.ts';

/** Vectors P-dlt645-2007-007 and -008: a request for 00010000 and its answer. */
const REQUEST = '68129078563412681104333334336816';
const REPLY = 'fefe6812907856341268910833333433896745335416';

const requests = (heard: string): string[] => scanFrames(bytes(heard), dlt645.requestEnd).frames.map(hex);

describe('requests in the bytes on a line', () => {
  it.each([0, 1, 4, 7, 20])('are found after %i wake-up bytes', (count) => {
    const request = 'fe'.repeat(count) + REQUEST;
    expect(requests(request)).toEqual([request]);
  });

  it.each([
    ['an address with 68H and 16H', wireRequest('166816681668', '11', '00000100')],
    ['68H, 16H and FEH in the data on the wire', wireRequest('000000000001', '14', '35e335cbe3cb3568')],
    ['no data', wireRequest('aaaaaaaaaaaa', '13')],
  ])('with %s', (_, request) => {
    expect(requests(request + REQUEST)).toEqual([request, REQUEST]);
  });

  it.each([
    ['another checksum', REQUEST.replace('6816', '6916')],
    ['another end', wireRequest('000000000001', '11', '00000100').replace(/16$/, '17')],
    ['no second 68H, as DL/T 698.45', '6817004345aaaaaaaaaaaa10da5f0501034001020000900f16'],
    ['the answer of a meter', REPLY],
  ])('not where there is %s', (_, heard) => {
    expect(requests(heard)).toEqual([]);
    expect(requests(heard + REQUEST)).toEqual([REQUEST]);
  });

  it('are waited for while they come', () => {
    for (let end = 1; end < REQUEST.length / 2; end++) {
      const part = REQUEST.slice(0, 2 * end);
      expect(scanFrames(bytes(part), dlt645.requestEnd)).toMatchObject({ frames: [], discarded: 0 });
    }
  });
});

describe('what goes wrong with a reply', () => {
  const distorted = (fault: Parameters<typeof dlt645.distort>[1], reply = REPLY) =>
    wireReply(hex(dlt645.distort(bytes(reply), fault)));

  it('keeps its wake-up bytes and its checksum right', () => {
    expect(distorted('wrongUnit')).toEqual({
      wakeUp: 2,
      address: '123456789013',
      control: '91',
      data: '0000010056341200',
    });
    expect(distorted('failure')).toMatchObject({ wakeUp: 2, control: 'D1', data: '01' });
    expect(distorted('wrongItem')).toMatchObject({ data: '0000010156341200' });
    expect(distorted('wrongDigits')).toMatchObject({ data: '000001005f341200' });
    expect(distorted('busy')).toEqual(wireReply(REPLY));
  });

  it('of a meter of 1997 is after two bytes of identifier', () => {
    const old = wireRequest('000000000001', '81', '109000880000');
    expect(distorted('wrongDigits', old)).toMatchObject({ data: '10900f880000' });
    expect(distorted('failure', old)).toMatchObject({ control: 'C1' });
  });

  it('spoils the checksum where the checksum is', () => {
    expect(dlt645.checksumAt(bytes(REPLY))).toBe(bytes(REPLY).length - 2);
    expect(dlt645.checksumAt(bytes('e5'))).toBeUndefined();
  });
});

describe('the same question to another meter', () => {
  const readdressed = (request: string) =>
    wireReply(hex(dlt645.readdress(bytes(request), '000000000007')).replace(/^(fe)*/, ''));

  it('is the same where it only reads, and else one that does', () => {
    expect(readdressed(REQUEST)).toMatchObject({ address: '000000000007', control: '11', data: '00000100' });
    const trip = wireRequest('123456789012', '1c', '02000000000000001a00000000010180');
    expect(readdressed(trip)).toMatchObject({ address: '000000000007', control: '11', data: '00000100' });
    expect(readdressed(wireRequest('123456789012', '02', '1f90'))).toMatchObject({ control: '01', data: '1090' });
  });
});
