import { expect, it } from 'vitest';
import { z } from 'zod';
import { toJsonSchema } from './json-schema.ts';

it.each([
  ['a value or null as one type of two kinds', z.string().nullable(), { type: ['string', 'null'] }],
  ['a choice or null', z.enum(['a', 'b']).nullable(), { type: ['string', 'null'], enum: ['a', 'b', null] }],
  ['a time by its format alone', z.iso.datetime().nullable(), { type: ['string', 'null'], format: 'date-time' }],
  [
    'an object or null',
    z.object({ n: z.number() }).nullable(),
    {
      type: ['object', 'null'],
      properties: { n: { type: 'number' } },
      required: ['n'],
      additionalProperties: false,
    },
  ],
  [
    'a real choice as it is',
    z.union([z.object({}), z.null(), z.int()]),
    { anyOf: [expect.anything(), { type: 'null' }, expect.anything()] },
  ],
])('writes %s', (_, schema, json) => {
  expect(toJsonSchema(schema, 'output')).toEqual(json);
});

it('writes what a caller may leave out, and what it then is', () => {
  const schema = z.strictObject({ limit: z.preprocess(Number, z.int().min(1).max(9).default(5)) });
  expect(toJsonSchema(schema, 'input')).toEqual({
    type: 'object',
    properties: { limit: { type: 'integer', minimum: 1, maximum: 9, default: 5 } },
    additionalProperties: false,
  });
});
