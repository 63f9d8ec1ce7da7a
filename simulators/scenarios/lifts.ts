/** What happens to lifts. */
import type { LiftContacts, Plant } from '../community/plan.ts';
import type { Terminal } from '../community/process.ts';
import type { Scenario } from './scenario.ts';

function contactOf(plant: Plant, lift: string, which: keyof LiftContacts): Terminal {
  const found = plant.lifts.get(lift)?.[which];
  if (found === undefined) throw new Error(`there is no ${lift}`);
  return found;
}

const carAlarm = (plant: Plant): Terminal => contactOf(plant, 'lift-3-2', 'alarm');

export const trapped: Scenario = {
  name: 'a person trapped in lift 3-2',
  about: 'The car alarm button is pressed for a moment, then held for four seconds, then let go',
  steps: [
    {
      afterMs: 0,
      says: 'the car alarm button is pressed for 180 ms',
      does: (plant, now) => carAlarm(plant).contacts.press(carAlarm(plant).channel, 180, now),
    },
    {
      afterMs: 3_000,
      says: 'the button is pressed again and held',
      does: (plant, now) => carAlarm(plant).contacts.set(carAlarm(plant).channel, true, now),
    },
    {
      afterMs: 4_000,
      says: 'the button is let go',
      does: (plant, now) => carAlarm(plant).contacts.set(carAlarm(plant).channel, false, now),
    },
  ],
};

const CHATTERS = 20;

export const chatters: Scenario = {
  name: 'lift contact chatters',
  about: `The fault contact of lift 1-2 closes ${CHATTERS} times, once a second, and bounces`,
  steps: Array.from({ length: CHATTERS }, (_, i) => ({
    afterMs: i === 0 ? 0 : 1_000,
    says: `the fault contact closes for 250 ms (${i + 1} of ${CHATTERS})`,
    does: (plant: Plant, now: number) => {
      const { contacts, channel } = contactOf(plant, 'lift-1-2', 'fault');
      contacts.press(channel, 250, now, 20);
    },
  })),
};
