import { describe, expect, it } from 'vitest';
import { explainStream, type DecodeEntry } from './explain.ts';
import { fromHex, joined, vectors, type Vector } from './testing/vectors.ts';

const valid = vectors.filter((vector) => vector.valid);
const refused = vectors.filter((vector) => !vector.valid);

/** `reason` is the gatherer's own wording. */
const NOT_COMPARED = new Set(['error', 'reason']);

function fieldsOf(entry: DecodeEntry | undefined): Readonly<Record<string, unknown>> {
  return entry?.ok === true ? entry.fields : {};
}

/** Numbers are compared as numbers: our values are decimals with the digits of the register. */
function comparable(found: Readonly<Record<string, unknown>>, { decoded }: Vector): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(decoded)
      .filter(([name]) => !NOT_COMPARED.has(name))
      .map(([name, wanted]) => {
        const value = found[name];
        return [name, typeof wanted === 'number' && typeof value === 'string' ? Number(value) : value];
      }),
  );
}

function wanted({ decoded }: Vector): Record<string, unknown> {
  return Object.fromEntries(Object.entries(decoded).filter(([name]) => !NOT_COMPARED.has(name)));
}

describe('explainStream on published frames', () => {
  it('has frames to judge by', () => {
    expect([valid.length, refused.length]).toEqual([27, 2]);
  });

  it.each(valid)('explains $id, $kind', (vector) => {
    const frames = explainStream('cjt188', fromHex(vector.hex)).filter(({ ok }) => ok);
    expect(frames).toHaveLength(1);
    expect(comparable(fieldsOf(frames[0]), vector)).toEqual(wanted(vector));
  });

  it.each(refused)('refuses $id, $kind', (vector) => {
    const [entry, ...more] = explainStream('cjt188', fromHex(vector.hex));
    expect(more).toEqual([]);
    const error = entry?.ok === false ? entry.error : null;
    expect(error?.code).toBe(vector.decoded['error']);
    expect(comparable({ ...error }, vector)).toEqual(wanted(vector));
  });

  it('shows the decimals of the register', () => {
    const [reply] = explainStream('cjt188', fromHex(vectors.find(({ id }) => id.endsWith('-001'))?.hex ?? ''));
    expect(fieldsOf(reply)).toMatchObject({ current: '0.60', currentUnit: 'm3' });
  });

  it('explains all of them in one stream', () => {
    const trailing = vectors.filter(({ decoded }) => decoded['trailing'] === undefined);
    const found = explainStream('cjt188', joined(...trailing.map(({ hex }) => fromHex(hex))));
    const frames = found.filter(({ ok }) => ok).map(fieldsOf);
    const expected = trailing.filter((vector) => vector.valid);
    expect(
      frames.map((fields, i) => comparable(fields, expected[i] ?? ({ ...vectors[0], decoded: {} } as Vector))),
    ).toEqual(expected.map(wanted));
  });
});
