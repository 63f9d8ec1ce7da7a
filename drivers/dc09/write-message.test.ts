import { describe, expect, it } from 'vitest';
import { decrypt, encrypt, parseKey } from './cipher.ts';
import { writeContactId, writeSia } from './event-data.ts';
import { readMessage } from './read-message.ts';
import { bytesOf, sealed, vectors } from './testing/vectors.ts';
import { writeMessage, type MessageToWrite } from './write-message.ts';

const supervision: MessageToWrite = {
  ...{ id: 'NULL', sequence: '0000', receiver: '1', line: '0', account: 'A1B2C3' },
  content: { data: [], time: Date.parse('2026-03-09T02:17:00Z') },
};
const key = parseKey('000102030405060708090A0B0C0D0E0F') ?? new Uint8Array();

describe('writeMessage', () => {
  const clear = vectors.filter(({ frame }) => frame.includes('#A1B2C3[#') || frame.includes('NULL"0000R1L0'));

  it.each(clear.filter(({ encrypted }) => !encrypted))('writes $frame, and nothing else', ({ frame, fields }) => {
    const { time, data, ...head } = fields as { time: string; data: string[] } & Omit<MessageToWrite, 'content'>;
    const written = writeMessage({ ...head, content: { data, time: Date.parse(time) } });
    expect(new TextDecoder().decode(written)).toBe(`\n${frame}\r`);
  });

  it('hides data and time where there is a key, and a receiver with the key reads them', () => {
    const content = { data: ['#A1B2C3|Nri3/PA0101', 'I轿厢'], time: Date.parse('2026-03-09T02:15:30Z') };
    const written = writeMessage({ ...supervision, id: 'SIA-DCS', content }, key);
    expect(new TextDecoder().decode(written)).toMatch(/^\n.{8}"\*SIA-DCS"0000R1L0#A1B2C3\[[0-9A-F]+\r$/);
    expect(readMessage(written.subarray(9, -1), key)).toMatchObject({ kind: 'decrypted', message: { content } });
  });

  it('hides the same message differently each time', () => {
    expect(writeMessage(supervision, key)).not.toEqual(writeMessage(supervision, key));
  });

  it.each([
    ['brackets in the data', { ...supervision, content: { ...supervision.content, data: ['a]b'] } }, null],
    ['a line break in the data', { ...supervision, content: { ...supervision.content, data: ['a\rb'] } }, null],
    [
      'more than a frame holds',
      { ...supervision, content: { ...supervision.content, data: ['a'.repeat(4096)] } },
      null,
    ],
    ['an encrypted message without a time', { ...supervision, content: { data: [], time: null } }, key],
  ])('refuses %s', (_, message, withKey) => {
    expect(() => writeMessage(message, withKey)).toThrow(RangeError);
  });
});

describe('encrypt', () => {
  it.each(vectors.filter(({ plain }) => plain !== undefined))('makes the bytes of $frame', (vector) => {
    const { frame, padding = '', plain = '', key: hex = '' } = vector;
    const pad = (length: number): Uint8Array => {
      expect(length).toBe(padding.length / 2);
      return Buffer.from(padding, 'hex');
    };
    expect(encrypt(Buffer.from(hex, 'hex'), plain, pad)).toBe(frame.slice(frame.indexOf('[') + 1));
  });

  it.each([16, 24, 32])('hides and opens with a key of %i bytes', (length) => {
    const longer = new Uint8Array(length).fill(7);
    expect(decrypt(longer, encrypt(longer, '|]_02:17:00,03-09-2026'))).toBe('|]_02:17:00,03-09-2026');
  });

  it('has padding even where the text fills its blocks, and none of it ends the padding', () => {
    for (let run = 0; run < 200; run++) expect(decrypt(key, encrypt(key, '|234567890123456'))).toBe('|234567890123456');
    expect(encrypt(key, '|234567890123456')).toHaveLength(64);
  });
});

describe('readMessage', () => {
  it('reads an encrypted acknowledgement that leaves out the |', () => {
    const hidden = encrypt(key, ']_02:17:00,03-09-2026');
    const frame = sealed(`"*ACK"0007R1L0#A1B2C3[${hidden}`);
    expect(readMessage(bytesOf(frame.slice(8)), key)).toMatchObject({
      kind: 'decrypted',
      message: { id: 'ACK', sequence: '0007', content: { data: [], time: Date.parse('2026-03-09T02:17:00Z') } },
    });
  });

  it('does not believe what a key opens to no time', () => {
    const hidden = encrypt(key, '|#A1B2C3|Nri3/PA0101]');
    expect(readMessage(bytesOf(`"*SIA-DCS"0007R1L0#A1B2C3[${hidden}`), key)).toMatchObject({ kind: 'locked' });
  });
});

describe('parseKey', () => {
  it.each([32, 48, 64])('takes %i hex digits', (digits) => {
    expect(parseKey('aB'.repeat(digits / 2))).toHaveLength(digits / 2);
  });

  it.each(['', 'ab', 'zz'.repeat(16), 'ab'.repeat(20), ` ${'ab'.repeat(16)}`])('takes %j for no key', (text) => {
    expect(parseKey(text)).toBeNull();
  });
});

describe('the data of an event', () => {
  it('is as the vectors have it', () => {
    expect(writeSia({ account: 'A1B2C3', code: 'PA', area: 3, zone: 101 })).toBe('#A1B2C3|Nri3/PA0101');
    expect(writeContactId({ account: 'A1B2C3', qualifier: 3, event: 110, group: 2, zone: 11 })).toBe(
      '#A1B2C3|3110 02 011',
    );
  });

  it('is refused where a number does not fit', () => {
    expect(() => writeContactId({ account: 'A', qualifier: 1, event: 110, group: 2, zone: 1000 })).toThrow(RangeError);
    expect(() => writeSia({ account: 'A', code: 'FA', area: 1, zone: 10_000 })).toThrow(RangeError);
  });
});
