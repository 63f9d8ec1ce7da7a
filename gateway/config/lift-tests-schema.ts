/** The schema of `liftTests`: docs/alarms.md. */
import { z } from 'zod';

export const liftTestsSchema = z.strictObject({
  everyH: z
    .int()
    .min(1)
    .max(24)
    .default(24)
    .describe('So many hours apart a drill of each lift goes all the way to MQTT'),
  missingAfterH: z
    .int()
    .min(48)
    .max(168)
    .default(72)
    .describe('So many hours without a confirmed test are the alarm lift.testMissing'),
});

export type LiftTestSettings = z.infer<typeof liftTestsSchema>;
