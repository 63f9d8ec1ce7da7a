import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPayload } from './read-payload.ts';
import { deviceCommand } from './schemas.ts';

const read = (text: string | Uint8Array) => readPayload(deviceCommand, Buffer.from(text), 'commandId');

describe('readPayload', () => {
  it('gives checked data', () => {
    expect(read('{"commandId":"c1","value":true}')).toEqual({ data: { commandId: 'c1', value: true }, id: 'c1' });
  });

  it.each([
    ['what is not JSON', '{"commandId":"c1",', 'not JSON'],
    ['an unknown field', '{"commandId":"c1","extra":1}', 'extra'],
    ['a field of the prototype', '{"commandId":"c1","__proto__":{"x":1}}', 'nrecognized'],
    ['a long expiry', '{"commandId":"c1","expiresInMs":60000}', 'expiresInMs'],
    ['too many bytes', `{"commandId":"c1","value":"${'x'.repeat(20_000)}"}`, '16384 bytes'],
  ])('names whom to answer although there is %s', (_what, text, error) => {
    expect(read(text)).toMatchObject({ id: 'c1', error: expect.stringContaining(error) as string });
  });

  it.each(['', 'null', '[]', '{}', '{"commandId":7}', '{"commandId":"a/b"}', '{"commandId":"+"}'])(
    'knows nobody to answer in %s',
    (text) => {
      expect(read(text)).toMatchObject({ id: null, error: expect.any(String) as string });
    },
  );

  it('refuses what is not UTF-8', () => {
    expect(read(Uint8Array.of(0x22, 0xff, 0x22))).toMatchObject({ error: 'not JSON' });
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void read(bytes)));
    fc.assert(fc.property(fc.json(), (text) => void read(text)));
  });
});
