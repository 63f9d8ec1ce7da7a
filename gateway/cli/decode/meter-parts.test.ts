import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fromHex } from '../../../drivers/modbus/testing/vectors.ts';
import type { FrameEntry } from './entry.ts';
import { protocols } from './protocols.ts';

type MeterName = 'dlt645-2007' | 'dlt645-1997' | 'cjt188' | 'mbus';

function framesOf(protocol: MeterName, hex: string): { bytes: Uint8Array; frame: FrameEntry }[] {
  const bytes = fromHex(hex);
  return protocols[protocol]
    .explain(bytes)
    .flatMap((frame) =>
      frame.ok ? [{ bytes: bytes.subarray(frame.offset, frame.offset + frame.length), frame }] : [],
    );
}

function lines(protocol: MeterName, hex: string): string[] {
  const [found] = framesOf(protocol, hex);
  if (!found) throw new Error('there is no frame');
  const { parts, title } = protocols[protocol];
  const said = parts(found.bytes, found.frame, { before: null }).map(
    ({ bytes, name, meaning }) => `${Buffer.from(bytes).toString('hex')} ${name}: ${meaning}`,
  );
  return [title(found.frame), ...said];
}

describe('meterParts', () => {
  it('names the envelope of DL/T 645 and says the value below it', () => {
    const said = lines('dlt645-2007', '68 01 00 00 00 00 00 68 91 08 33 33 34 33 59 39 54 53 70 16');
    expect(said.slice(0, 9)).toEqual([
      'reply of 000000000001: read',
      ...['68 start: ', '010000000000 address: 000000000001', '68 start: ', '91 control: read'],
      ...['08 length: ', '3333343359395453 data: ', '70 check: ', '16 end: '],
    ]);
    expect(said).toContain(' value: 202106.26');
    expect(said).toContain(' unit: kWh');
  });

  it('has a line for each record of M-Bus', () => {
    const hex = '680f0f680808720803056a0a01000102030405'; // not whole: nothing to say
    expect(framesOf('mbus', hex)).toEqual([]);
    const whole = '683c3c680808727803491177040e160a0000000c7878034911041331d40000426c0000441300000000046d0b0bcd130227000009fd0e0209fd0f060f00017513d316'; // prettier-ignore
    const said = lines('mbus', whole);
    expect(said.filter((line) => line.startsWith(' records '))).toHaveLength(9);
    expect(said).toContainEqual(expect.stringMatching(/^ records 2: .*value 54\.321, unit m3/));
  });

  it('knows the short frame and the acknowledgement of M-Bus', () => {
    expect(lines('mbus', '105bfd5816').slice(1, 6)).toEqual([
      ...['10 start: ', '5b control: REQ_UD2', 'fd address: 253', '58 check: ', '16 end: '],
    ]);
    expect(lines('mbus', 'e5').slice(0, 2)).toEqual(['acknowledgement', 'e5 acknowledgement: ']);
  });

  it.each<[MeterName, string]>([
    ['dlt645-2007', 'drivers/dlt645/testdata/vectors/dlt645-2007.json'],
    ['dlt645-1997', 'drivers/dlt645/testdata/vectors/dlt645-1997.json'],
    ['cjt188', 'drivers/cjt188/testdata/vectors/cjt188-2004.json'],
    ['mbus', 'drivers/mbus/testdata/vectors/mbus.json'],
  ])('leaves out no byte of any captured frame: %s', (protocol, file) => {
    const vectors = (JSON.parse(readFileSync(file, 'utf8')) as { hex: string }[]).flatMap(({ hex }) =>
      framesOf(protocol, hex),
    );
    expect(vectors.length).toBeGreaterThan(10);
    for (const { bytes, frame } of vectors) {
      const parts = protocols[protocol].parts(bytes, frame, { before: null });
      expect(Buffer.concat(parts.map((part) => part.bytes))).toEqual(Buffer.from(bytes));
    }
  });
});
