import { describe, expect, it } from 'vitest';
import type { DecodeEntry, Fields } from './explain-entry.ts';
import { explainStream } from './explain.ts';
import { fromHex, joined, mbusVectors, type Vector } from './testing/vectors.ts';

const explain = (hex: string): DecodeEntry[] => explainStream('mbus', fromHex(hex));

function fieldsOf(entry: DecodeEntry | undefined): Fields {
  return entry?.fields ?? {};
}

/** One frame is in the vectors twice: to be refused, and to be explained. */
const REPORTED_ERROR = 'P-mbus-054';
const withRecords = mbusVectors.filter(({ decoded }) => decoded.records !== undefined);
const refused = mbusVectors.filter(({ valid }) => !valid);
const errorReports = mbusVectors.filter(({ decoded }) => decoded.libmbusXml !== undefined);
const withMeaning = mbusVectors.filter(({ decoded }) => decoded.meaning !== undefined);

/** libmbus prints six decimals of a double. */
const isNumber = (text: string): boolean => /^-?\d+\.\d{6}$/.test(text);

function recordsOf({ hex }: Vector): readonly Fields[] {
  const [entry] = explain(hex);
  return (fieldsOf(entry)['records'] ?? []) as readonly Fields[];
}

describe('explainStream on the frames of libmbus', () => {
  it('has frames and records to judge by', () => {
    const records = withRecords.flatMap(({ decoded }) => decoded.records ?? []);
    expect([withRecords.length, records.length, refused.length, withMeaning.length]).toEqual([38, 461, 13, 3]);
  });

  it.each(withRecords)('says of $id, $kind, what libmbus says', ({ hex, decoded }) => {
    const bytes = fromHex(hex);
    const entries = explainStream('mbus', bytes);
    expect(entries).toMatchObject([{ ok: true, offset: 0, length: bytes.length, fields: decoded }]);
    expect(fieldsOf(entries[0])['slave']).toEqual(decoded.slave);
    expect(fieldsOf(entries[0])['records']).toHaveLength(decoded.records?.length ?? -1);
  });

  it.each(withRecords)('gives no word of libmbus for a record of $id that libmbus does not know', (vector) => {
    const unknown = (vector.decoded.records ?? []).map((record) => Object.keys(record).length === 1);
    expect(recordsOf(vector).map((record) => record['Function'] === undefined)).toEqual(unknown);
  });

  it.each(refused)('refuses $id, $kind $decoded.name', ({ hex }) => {
    expect(explain(hex)).toMatchObject([{ ok: false, offset: 0, length: hex.length / 2 }]);
  });

  it.each(errorReports)('gives the error that $id reports', ({ hex, decoded }) => {
    const [, name = ''] = /<Error>(.*)<\/Error>/.exec(decoded.libmbusXml ?? '') ?? [];
    const [entry] = explain(hex);
    expect(entry).toMatchObject({ ok: false, error: { code: 'application' }, fields: { errorReply: true } });
    // libmbus writes VIFE´s, in an encoding that its XML does not name.
    expect(fieldsOf(entry)['errorName']).toBe(name.replace(/[^\x20-\x7e]+s$/, 's'));
  });

  it.each(withMeaning)('says in words what $id means', ({ id, hex, decoded }) => {
    const [entry] = explain(hex);
    expect(fieldsOf(entry)['meaning']).toBe(decoded.meaning);
    expect(entry?.ok).toBe(id !== REPORTED_ERROR);
  });
});

describe('our values beside those of libmbus', () => {
  const numbers = withRecords.flatMap((vector) =>
    recordsOf(vector).flatMap((record, i) => {
      const theirs = vector.decoded.records?.[i]?.['Value'] ?? '';
      return isNumber(theirs) ? [{ id: vector.id, i, record, theirs: Number(theirs) }] : [];
    }),
  );
  /** A month and a year of libmbus are so many seconds; ours are what the meter counts in. */
  const SECONDS: Readonly<Record<string, number>> = { min: 60, h: 3600, d: 86_400 };

  it('has many numbers to compare', () => {
    expect(numbers.length).toBeGreaterThan(300);
  });

  it('are the same numbers, within what a float and six decimals hold, or have a reason', () => {
    const wrong = numbers.filter(({ record, theirs }) => {
      if (record['value'] === null) return typeof record['reason'] !== 'string';
      const { value, unit } = record;
      const ours = Number(value) * (typeof unit === 'string' ? (SECONDS[unit] ?? 1) : 1);
      return Math.abs(ours - theirs) > Math.max(1e-6 * Math.abs(theirs), 5e-7);
    });
    expect(wrong).toEqual([]);
  });

  it('keep the decimals of the register', () => {
    const [first] = withRecords.filter(({ id }) => id === 'P-mbus-014').flatMap(recordsOf);
    expect(first).toMatchObject({ Value: '2850.427000', value: '2850.427', unit: 'm3' });
  });
});

describe('explainStream on one stream', () => {
  const noise = ['', 'fe fe fe fe', '00 ff', 'e5', '68 68 10'];
  const parts = mbusVectors.map(({ hex }, i) => joined(fromHex(noise[i % noise.length] ?? ''), fromHex(hex)));
  const stream = joined(...parts);
  const entries = explainStream('mbus', stream);

  it('finds every frame between noise, wake-up bytes and acknowledgements', () => {
    const offsets = parts.map(
      (_, i) => joined(...parts.slice(0, i + 1)).length - (mbusVectors[i]?.hex.length ?? 0) / 2,
    );
    expect(offsets.filter((offset) => !entries.some((entry) => entry.offset === offset))).toEqual([]);
  });

  it('covers all bytes, in order', () => {
    const ends = entries.map(({ offset, length }) => offset + length);
    expect(entries.map(({ offset }) => offset)).toEqual([0, ...ends.slice(0, -1)]);
    expect(ends.at(-1)).toBe(stream.length);
  });
});
