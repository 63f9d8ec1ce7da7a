/** What happens in the pump room and to the mains. */
import { FAULT_OL1 } from '../devices/invt-goodrive.ts';
import type { Plant } from '../community/plan.ts';
import type { Scenario } from './scenario.ts';

const gensetSeen = ({ supply: { genset } }: Plant): string =>
  `genset ${genset.engine.state}, ${Math.round(genset.engine.rpm)} rpm, load on ${genset.onLoad}`;

export const mainsFail: Scenario = {
  name: 'mains fails, generator starts',
  about: 'All phases go to 0 V; the genset starts after 2 s and takes the load; the mains return after 40 s',
  steps: [
    { afterMs: 0, says: 'the mains fail: 0 V on all phases', does: ({ supply }) => supply.fail() },
    { afterMs: 3_500, says: gensetSeen },
    { afterMs: 6_500, says: gensetSeen },
    { afterMs: 30_000, says: 'the mains are back', does: ({ supply }) => supply.restore() },
    { afterMs: 7_000, says: gensetSeen },
    { afterMs: 10_000, says: gensetSeen },
  ],
};

const pressureSeen = ({ pumps }: Plant): string =>
  `pressure in the middle zone ${pumps.mid.pressureMPa.toFixed(3)} MPa`;

export const pumpTrips: Scenario = {
  name: 'booster pump trips',
  about: 'The middle zone drive trips on motor overload, its relay closes, the pressure falls; after 60 s it is reset',
  steps: [
    {
      afterMs: 0,
      says: `drive-mid trips: fault ${FAULT_OL1}, motor overload; its fault relay closes`,
      does: ({ pumps }, now) => pumps.mid.trip(FAULT_OL1, now),
    },
    { afterMs: 20_000, says: pressureSeen },
    {
      afterMs: 40_000,
      says: 'the drive is reset and starts',
      does: ({ pumps }, now) => pumps.mid.recover(now),
    },
    { afterMs: 20_000, says: pressureSeen },
  ],
};

export const flooding: Scenario = {
  name: 'sump is flooding',
  about: 'The float switch of the sump closes for a minute',
  steps: [
    {
      afterMs: 0,
      says: 'the high-level float switch closes',
      does: ({ sumpHigh }, now) => sumpHigh.contacts.set(sumpHigh.channel, true, now),
    },
    {
      afterMs: 60_000,
      says: 'the water has gone down, the switch opens',
      does: ({ sumpHigh }, now) => sumpHigh.contacts.set(sumpHigh.channel, false, now),
    },
  ],
};
