/** A protocol as small as can be: one block per poll class, of stated lengths. For tests of what stands above drivers. */
import { z } from 'zod';
import { unitAddressing } from '../../../drivers/modbus/unit-address.ts';
import type { Block, Driver, Profile, Session } from '../../../drivers/contract.ts';

const schema = z.strictObject({
  id: z.string(),
  driver: z.literal('tiny'),
  maker: z.string(),
  model: z.string(),
  nameZh: z.string(),
  points: z.array(
    z.strictObject({
      key: z.string(),
      nameZh: z.string(),
      poll: z.enum(['alarm', 'fast', 'normal', 'slow']),
      channel: z.int().optional(),
      role: z.enum(['level', 'counter', 'latch']).optional(),
    }),
  ),
  commands: z.array(z.never()).default([]),
  replyLength: z.int().default(17),
});

type TinyProfile = Profile & z.infer<typeof schema>;

const REQUEST_BYTES = 8;

export const tinyDriver: Driver<TinyProfile> = {
  name: 'tiny',
  addressing: unitAddressing,
  parseProfile: (raw) => {
    const result = schema.safeParse(raw);
    if (result.success) return { ok: true, profile: result.data };
    const mistakes = result.error.issues.map(({ path, message }) => ({
      path: path.map((step) => (typeof step === 'symbol' ? String(step) : step)),
      message,
    }));
    return { ok: false, mistakes };
  },
  open: ({ profile }) => ({ ...neverTalks, plan: () => planOf(profile) }),
};

function planOf({ points, replyLength }: TinyProfile): Block[] {
  const classes = Map.groupBy(points, ({ poll }) => poll);
  return [...classes].map(([poll, ofClass]) => ({
    id: poll,
    poll,
    points: ofClass,
    requestLength: REQUEST_BYTES,
    replyLength,
  }));
}

const neverTalks: Omit<Session, 'plan'> = {
  poll: () => Promise.reject(new Error('this driver only plans')),
  execute: () => Promise.reject(new Error('this driver only plans')),
  prepare: () => Promise.reject(new Error('this driver only plans')),
};
