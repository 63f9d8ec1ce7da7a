import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPayload } from './read-payload.ts';
import { alarmDecision, deviceCommand } from './schemas.ts';

const read = (text: string | Uint8Array) => readPayload(deviceCommand, Buffer.from(text), 'commandId');

describe('readPayload', () => {
  it('gives checked data', () => {
    expect(read('{"commandId":"c1","value":true}')).toEqual({ data: { commandId: 'c1', value: true }, id: 'c1' });
  });

  it.each([
    ['what is not JSON', '{"commandId":"c1",', 'not JSON'],
    ['a key that stands twice', '{"commandId":"c1","value":1,"value":2}', 'the key "value" stands twice'],
    ['an unknown field', '{"commandId":"c1","expireInMs":1}', 'unknown key "expireInMs" (did you mean "expiresInMs"?)'],
    ['a field of the prototype', '{"commandId":"c1","__proto__":{"x":1}}', 'unknown key "__proto__"'],
    ['a long expiry', '{"commandId":"c1","expiresInMs":60000}', '"expiresInMs" must be at most 10000, not 60000'],
    ['text for a number', '{"commandId":"c1","expiresInMs":"5 s"}', '"expiresInMs" must be a number, not "5 s"'],
    [
      'a list for a value',
      '{"commandId":"c1","value":[1]}',
      '"value" must be a number, true or false, text, or nothing, not a list',
    ],
    ['too many bytes', `{"commandId":"c1","value":"${'x'.repeat(20_000)}"}`, '16384 bytes'],
  ])('names whom to answer although there is %s', (_what, text, error) => {
    expect(read(text)).toMatchObject({ id: 'c1', error: expect.stringContaining(error) as string });
  });

  it('names each field that is missing or not as it must be', () => {
    const decision = (text: string) => readPayload(alarmDecision, Buffer.from(text), 'commandId');
    expect(decision('{"commandId":"c1"}')).toMatchObject({
      error: '"alarm" is missing; "occurrenceId" is missing; "rev" is missing',
    });
    expect(decision('{"commandId":"c1","alarm":"lift 3","occurrenceId":"o1","rev":1}')).toMatchObject({
      error: expect.stringMatching(/^"alarm" is wrong: .*lift-3-2--lift-carAlarm, not "lift 3"$/) as string,
    });
    expect(decision('[]')).toMatchObject({ error: 'not a JSON object' });
  });

  it('says so much and no more of a payload that is wrong all over', () => {
    const keys = Array.from({ length: 1_500 }, (_, index) => `"k${index}":0`);
    const { error } = read(`{"commandId":"c1",${keys.join()}}`) as { readonly error: string };
    expect(error.split('; ')).toHaveLength(3);
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
