import { describe, expect, it } from 'vitest';
import { explainStream, type DecodeEntry } from './explain.ts';
import { fromHex, joined, streamVectors, vectors1997, vectors2007, type Vector } from './testing/vectors.ts';

type Protocol = 'dlt645-2007' | 'dlt645-1997';

const all = [...vectors2007, ...vectors1997];
const valid = all.filter((vector) => vector.valid);
const refused = all.filter((vector) => !vector.valid);

function fieldsOf(entry: DecodeEntry | undefined): Readonly<Record<string, unknown>> {
  return entry?.ok === true ? entry.fields : {};
}

/** A decimal keeps the register's decimals: `0.60` where the capture's note says 0.6. Null stands for what is not BCD. */
function sameAs(expected: unknown, found: unknown): boolean {
  if (Array.isArray(expected)) {
    return (
      Array.isArray(found) && expected.length === found.length && expected.every((one, i) => sameAs(one, found[i]))
    );
  }
  if (typeof expected === 'number' && typeof found === 'string')
    return found.trim() !== '' && Number(found) === expected;
  return JSON.stringify(expected) === JSON.stringify(found);
}

/** What `decoded` says and `fields` does not: none, where a frame is decoded in full. */
function differences(decoded: Readonly<Record<string, unknown>>, fields: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(decoded).flatMap(([name, expected]) => {
    const found = fields[name];
    if (isNonBcd(expected)) {
      return found === null && fields['nonBcd'] === expected.nonBcd ? [] : [`${name}: ${JSON.stringify(fields)}`];
    }
    return sameAs(expected, found) ? [] : [`${name}: ${JSON.stringify(expected)} is not ${JSON.stringify(found)}`];
  });
}

function isNonBcd(expected: unknown): expected is { readonly nonBcd: string } {
  return typeof expected === 'object' && expected !== null && 'nonBcd' in expected;
}

describe('explainStream on published frames', () => {
  it('has frames to judge by', () => {
    expect([vectors2007.length, vectors1997.length, streamVectors.length, refused.length]).toEqual([78, 15, 5, 2]);
  });

  it.each(valid)('explains $id, $kind', (vector: Vector) => {
    const bytes = fromHex(vector.hex);
    const [entry, ...more] = explainStream(vector.protocol as Protocol, bytes);
    expect(more).toEqual([]);
    expect(differences(vector.decoded, fieldsOf(entry))).toEqual([]);
    expect(entry).toMatchObject({
      offset: vector.decoded['preambleFE'],
      length: 12 + Number(vector.decoded['length']),
    });
  });

  it.each(refused)('refuses $id, $kind', (vector: Vector) => {
    const { error, ...rest } = vector.decoded;
    const entries = explainStream(vector.protocol as Protocol, fromHex(vector.hex));
    expect(entries).toMatchObject([{ ok: false, offset: rest['preambleFE'], error: { code: error, ...rest } }]);
    expect(JSON.stringify(entries)).not.toContain('value');
  });

  it.each(streamVectors)('explains $id, $kind, whatever version is named', ({ hex, decoded }) => {
    for (const protocol of ['dlt645-2007', 'dlt645-1997'] as const) {
      const found = explainStream(protocol, fromHex(hex)).filter(({ ok }) => ok);
      expect(found.map(({ offset, length }) => ({ offset, length }))).toEqual(
        decoded.frames.map((frame) => ({ offset: frame.offset, length: frame.hex.length / 2 })),
      );
      expect(found.flatMap((entry, i) => differences(decoded.frames[i]?.decoded ?? {}, fieldsOf(entry)))).toEqual([]);
    }
  });

  it('explains all frames in one stream with noise and damaged frames between them', () => {
    const noise = ['', '00 ff 16', '68 68 16', '7e'];
    const parts = all.flatMap(({ hex }, i) => [fromHex(noise[i % noise.length] ?? ''), fromHex(hex)]);
    const entries = explainStream('dlt645-2007', joined(...parts));
    expect(
      entries
        .filter(({ ok }) => ok)
        .map(fieldsOf)
        .map(({ data }) => data),
    ).toEqual(valid.map(({ decoded }) => decoded['data']));
    expect(
      entries.flatMap((entry) => (!entry.ok && entry.error.code === 'checksum' ? [entry.error.checksumFound] : [])),
    ).toEqual(refused.map(({ decoded }) => decoded['checksumFound']));
  });
});
