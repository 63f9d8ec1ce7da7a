/** What happens in homes. */
import type { Plant } from '../community/plan.ts';
import type { Scenario, Step } from './scenario.ts';

const FLAT = 'flat 3-1201';

/** `moves`: contacts of the flat, and whether each closes. */
function step(afterMs: number, says: string, moves: Partial<Record<keyof Plant['flat'], boolean>>): Step {
  return {
    afterMs,
    says,
    does: ({ flat }, now) => {
      for (const [name, { contacts, channel }] of Object.entries(flat)) {
        const level = moves[name as keyof Plant['flat']];
        if (level !== undefined) contacts.set(channel, level, now);
      }
    },
  };
}

export const burgled: Scenario = {
  name: 'a flat is burgled',
  about: `${FLAT} is armed by its key, entered through the window, and disarmed by the resident who comes back`,
  steps: [
    step(0, `the resident of ${FLAT} turns the key and leaves`, { key: true }),
    step(35_000, 'the exit delay is over; somebody opens the balcony window', { window: true }),
    step(3_000, 'and walks through the living room', { hall: true }),
    step(2_000, 'nobody moves any more', { hall: false }),
    step(15_000, 'the resident is back and opens the door', { door: true }),
    step(5_000, 'turns the key back and closes door and window', { key: false, door: false, window: false }),
  ],
};
