/** A protocol whose meters are told apart by twelve digits on their plates, and that only plans. For tests of what stands above drivers. */
import { z } from 'zod';
import type { Driver, Profile } from '../../../drivers/contract.ts';

const schema = z.object({
  ...{ id: z.string(), driver: z.literal('plate'), maker: z.string(), model: z.string(), nameZh: z.string() },
  points: z.array(
    z.object({
      ...{ key: z.string(), nameZh: z.string(), poll: z.enum(['normal', 'slow']) },
      ...{ unit: z.enum(['m3', 'GJ']).optional(), obis: z.string().optional() },
    }),
  ),
  commands: z.array(z.never()).default([]),
});

const neverTalks = (): Promise<never> => Promise.reject(new Error('this driver only plans'));

export const plateDriver: Driver = {
  name: 'plate',
  addressing: {
    key: 'address',
    parse: (text) =>
      /^\d{12}$/.test(text)
        ? { ok: true, address: text }
        : { ok: false, message: `the address ${text} has not 12 digits`, hint: `such as ${text.padStart(12, '0')}` },
  },
  parseProfile: (raw) => {
    const result = schema.safeParse(raw);
    if (result.success) return { ok: true, profile: result.data satisfies Profile };
    return { ok: false, mistakes: result.error.issues.map(({ message }) => ({ path: [], message })) };
  },
  open: () => ({ plan: () => [], poll: neverTalks, execute: neverTalks, prepare: neverTalks }),
};
