import { describe, expect, it } from 'vitest';
import { explainStream } from './explain.ts';
import { bytesOf, onWire, sealed, vectors } from './testing/vectors.ts';

function explain(text: string, key?: string) {
  return explainStream(bytesOf(text), key === undefined ? null : Buffer.from(key, 'hex'));
}

describe('explainStream', () => {
  it.each(vectors)('says what $frame says', ({ frame, encrypted, key, fields }) => {
    const [entry, ...more] = explain(frame, key);
    expect(entry).toMatchObject({ ok: true, offset: 0, length: bytesOf(frame).length, fields });
    expect(entry?.ok === true && entry.fields['encrypted']).toBe(encrypted);
    expect(more).toEqual([]);
  });

  it('counts the LF and CR of a frame to it', () => {
    const [first, second] = vectors.map(({ frame }) => onWire(frame));
    const found = explainStream(Buffer.concat([first ?? [], second ?? []].map((part) => Uint8Array.from(part))));
    expect(found.map(({ offset, length }) => [offset, length])).toEqual([
      [0, first?.length],
      [first?.length, second?.length],
    ]);
  });

  it('names the event of a SIA frame, its area, its zone', () => {
    const [entry] = explain(sealed('"SIA-DCS"0101R1L0#A1B2C3[#A1B2C3|Nri3/PA0101]_02:15:30,03-09-2026'));
    expect(entry).toMatchObject({
      fields: {
        event: {
          ...{ account: 'A1B2C3', isNew: true, modifiers: ['ri3'] },
          ...{ code: 'PA', address: '0101', text: null, meaning: 'panic alarm' },
        },
      },
    });
  });

  it('names the event of a Contact ID frame and whether it is new', () => {
    const [entry] = explain(sealed('"ADM-CID"0103R1L0#A1B2C3[#A1B2C3|3110 02 011]'));
    expect(entry).toMatchObject({
      fields: {
        event: {
          ...{ account: 'A1B2C3', qualifier: 3, qualifierName: 'restore' },
          ...{ event: 110, meaning: 'fire alarm', group: '02', zone: '011' },
        },
      },
    });
  });

  it.each([
    ['no key', undefined, 'encrypted, and no key was given'],
    ['another key', 'ff'.repeat(16), 'the key does not open it'],
    ['a key of another length', 'ff'.repeat(32), 'the key does not open it'],
  ])('says what it can of an encrypted frame with %s', (_, key, reason) => {
    const frame = vectors.find(({ encrypted, fields }) => encrypted && fields['id'] === 'ADM-CID')?.frame ?? '';
    expect(explain(frame, key)).toMatchObject([
      { ok: true, fields: { id: 'ADM-CID', sequence: '0108', account: 'A1B2C3', data: null, time: null, reason } },
    ]);
  });

  it('reads a NAK, which has A0 for its account and the time of the receiver', () => {
    expect(explain(sealed('"NAK"0000R0L0A0[]_16:09:09,04-14-2015'))).toMatchObject([
      { ok: true, fields: { id: 'NAK', sequence: '0000', account: '0', time: '2015-04-14T16:09:09Z' } },
    ]);
  });

  it.each([
    ['a time that there is not', '"NULL"0001L0#1234[]_25:00:00,01-01-2026'],
    ['31 February', '"NULL"0001L0#1234[]_00:00:00,02-31-2026'],
    ['no time', '"NULL"0001L0#1234[]'],
  ])('has null for %s', (_, content) => {
    expect(explain(sealed(content))).toMatchObject([{ ok: true, fields: { data: [], time: null } }]);
  });

  it.each([
    ['a length that is one too small', sealed('"NULL"0001L0#1234[]', { length: 18 }), 'length'],
    ['a length that is one too great', `${sealed('"NULL"0001L0#1234[]', { length: 20 })}\r`, 'length'],
    [
      'a length in characters instead of bytes',
      sealed('"SIA-DCS"0001L0#1234[#1234|NFA1][I火]', { length: 34 }),
      'length',
    ],
    ['a wrong CRC', sealed('"NULL"0001L0#1234[]', { crc: 1 }), 'crc'],
    ['a frame that is cut', vectors[0]?.frame.slice(0, -5) ?? '', 'truncated'],
    ['an account that is none', sealed('"NULL"0001L0#12[]'), 'structure'],
    ['no sequence', sealed('"NULL"L0#1234[]'), 'structure'],
    ['no brackets', sealed('"NULL"0001L0#1234'), 'structure'],
    ['bytes that are no frame', 'hello', 'garbage'],
  ])('refuses %s', (_, frame, code) => {
    expect(explain(frame)).toMatchObject([{ ok: false, error: { code } }]);
  });

  it('says both what the CRC is and what it should be', () => {
    expect(explain(sealed('"NULL"0001L0#1234[]', { crc: 0xbeef }))).toMatchObject([
      { error: { message: expect.stringMatching(/^its CRC is BEEF and should be [0-9A-F]{4}$/) as string } },
    ]);
  });
});
