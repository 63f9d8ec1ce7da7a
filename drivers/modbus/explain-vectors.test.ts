import { describe, expect, it } from 'vitest';
import { explainStream, type DecodeEntry } from './explain.ts';
import { fromHex, joined, rtuVectors, tcpVectors, type Vector } from './testing/vectors.ts';

/** What only the device's manual says. */
const NOT_IN_THE_BYTES = new Set(['meaning', 'unitName']);

const protocolOf = ({ id }: Vector): 'modbus-rtu' | 'modbus-tcp' =>
  id.includes('-tcp-') ? 'modbus-tcp' : 'modbus-rtu';

function expected({ decoded }: Vector): Record<string, unknown> {
  return Object.fromEntries(Object.entries(decoded).filter(([name]) => !NOT_IN_THE_BYTES.has(name)));
}

function fieldsOf(entry: DecodeEntry | undefined): object {
  return entry?.ok === true ? entry.fields : {};
}

const all = [...rtuVectors, ...tcpVectors];
const valid = all.filter((vector) => vector.valid);
const refused = all.filter((vector) => !vector.valid);

/** Its request asked for one coil; alone, the reply has eight bits. */
const BITS_NEED_THE_REQUEST = 'P-modbus-rtu-021';

describe('explainStream on published frames', () => {
  it('has frames to judge by', () => {
    expect([valid.length, refused.length]).toEqual([42, 7]);
  });

  it.each(valid.filter(({ id }) => id !== BITS_NEED_THE_REQUEST))('explains $id, $kind', (vector) => {
    const bytes = fromHex(vector.hex);
    const entries = explainStream(protocolOf(vector), bytes);
    expect(entries).toMatchObject([{ ok: true, offset: 0, length: bytes.length, fields: expected(vector) }]);
  });

  it.each(refused)('refuses $id, $kind', (vector) => {
    const { error, ...rest } = vector.decoded;
    const entries = explainStream(protocolOf(vector), fromHex(vector.hex));
    expect(entries).toMatchObject([{ ok: false, offset: 0, error: { code: error, ...rest } }]);
  });

  const dialogues = Map.groupBy(
    valid.filter(({ exchange }) => exchange !== undefined),
    ({ exchange }) => exchange,
  );
  it.each([...dialogues])('explains dialogue %s as one stream', (_, vectors) => {
    const [first] = vectors;
    const entries =
      first === undefined ? [] : explainStream(protocolOf(first), joined(...vectors.map((v) => fromHex(v.hex))));
    expect(entries.map(fieldsOf)).toMatchObject(vectors.map(expected));
  });

  it('takes the bits that were not asked for out of a reply that follows its request', () => {
    const vectors = rtuVectors.filter(({ exchange }) => exchange === 'W2d');
    const [, reply] = explainStream('modbus-rtu', joined(...vectors.map(({ hex }) => fromHex(hex))));
    expect(fieldsOf(reply)).toMatchObject({ bits: [0] });
  });

  it('explains all RTU frames in one stream with noise, wake-up bytes and damaged frames between them', () => {
    const idle = ['', 'fe fe fe fe', '00 ff'];
    const noise = [...idle, 'ab cd ef 12 99 77'];
    const parts = rtuVectors.flatMap(({ hex, valid }, i) => {
      const before = valid ? noise[i % noise.length] : idle[i % idle.length];
      return [fromHex(before ?? ''), fromHex(hex)];
    });
    const entries = explainStream('modbus-rtu', joined(...parts));
    expect(entries.filter(({ ok }) => ok)).toHaveLength(39);
    expect(entries.flatMap((entry) => (!entry.ok && entry.error.code === 'crc' ? [entry.error.crcFound] : []))).toEqual(
      refused.map(({ decoded }) => decoded['crcFound']),
    );
  });
});
