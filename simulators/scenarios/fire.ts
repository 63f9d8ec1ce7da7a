/** What happens when there is a fire. */
import type { FireContacts, Plant } from '../community/plan.ts';
import type { Scenario } from './scenario.ts';

const BUILDING = 2;

function contactsOf({ fires }: Plant): FireContacts {
  const found = fires.get(BUILDING);
  if (found === undefined) throw new Error(`there is no building ${BUILDING}`);
  return found;
}

const openSeen = (plant: Plant): string => {
  const { main, north } = plant.barriers;
  const doors = contactsOf(plant).areDoorsReleased() ? 'released' : 'locked';
  return `barrier-main is ${main.arm.state}, barrier-north is ${north.arm.state}, the doors of building ${BUILDING} are ${doors}`;
};

const signal =
  (isOn: boolean) =>
  (plant: Plant, now: number): void => {
    const { contacts, channel } = contactsOf(plant).alarm;
    contacts.set(channel, isOn, now);
  };

export const burning: Scenario = {
  name: `fire in building ${BUILDING}`,
  about: `The fire alarm controller closes the contact of building ${BUILDING} for a minute`,
  steps: [
    { afterMs: 0, says: `the fire alarm controller closes the contact of building ${BUILDING}`, does: signal(true) },
    { afterMs: 10_000, says: openSeen },
    { afterMs: 50_000, says: 'the fire alarm controller is reset, the contact opens', does: signal(false) },
  ],
};
