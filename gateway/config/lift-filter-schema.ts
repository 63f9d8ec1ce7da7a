/** The schema of a lift's alarm filter: docs/alarms.md. Seconds. */
import { z } from 'zod';

export const liftFilterSchema = z.strictObject({
  holdS: z
    .int()
    .min(15)
    .max(30)
    .default(20)
    .describe('Seconds after which a button that is held is an alarm, whatever the car does'),
  travelS: z
    .int()
    .min(10)
    .max(120)
    .default(60)
    .describe('Pressed while the car moves: seconds within which its doors must be open at a floor'),
  openS: z.int().min(2).max(30).default(10).describe('And seconds within which they must be open once it has stopped'),
});
