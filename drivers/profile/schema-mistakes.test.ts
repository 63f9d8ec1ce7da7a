import { expect, it } from 'vitest';
import { z } from 'zod';
import { schemaMistakes } from './schema-mistakes.ts';

const schema = z.strictObject({
  poll: z.enum(['alarm', 'fast', 'slow']).optional(),
  address: z.int().min(0).max(65535).optional(),
  scale: z.number().optional(),
  enum: z.record(z.string().regex(/^\d+$/), z.string()).optional(),
});

it.each([
  [{ poll: 'fats' }, 'unknown poll "fats"; one of alarm, fast, slow; did you mean "fast"?'],
  [{ poll: 'never' }, 'unknown poll "never"; one of alarm, fast, slow'],
  [{ address: 70_000 }, 'address: at most 65535, not 70000'],
  [{ address: -1 }, 'address: at least 0, not -1'],
  [{ address: 1.5 }, 'address: must be a whole number, not 1.5'],
  [{ scale: 'ten' }, 'scale: must be a number, not "ten"'],
  [{ enum: { x: 'on' } }, String.raw`x: as a key it must match /^\d+$/`],
  [{ adress: 1 }, 'unknown key "adress"; did you mean "address"?'],
])('%j: %s', (raw, message) => {
  const parsed = schema.safeParse(raw);
  expect(schemaMistakes(schema, parsed.error?.issues ?? [], raw).map((mistake) => mistake.message)).toEqual([message]);
});
