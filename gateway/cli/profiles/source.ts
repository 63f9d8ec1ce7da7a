/** Where a profile is from: part of every driver's profile files, though not of what the gateway needs of them. */
import { z } from 'zod';
import type { Profile } from '../../../drivers/contract.ts';

const source = z.looseObject({
  manual: z.object({ title: z.string(), edition: z.string(), pages: z.string() }).optional(),
  verified: z.string().optional(),
  notes: z.string().optional(),
});

export function sourceOf(profile: Profile): z.infer<typeof source> {
  return source.parse(profile);
}
