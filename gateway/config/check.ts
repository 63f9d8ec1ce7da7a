/** What no schema can see: references, owners, addresses, ports and wire time. Pure; `load.ts` brings the facts. */
import { checkBroker } from './checks/broker.ts';
import { checkBuses } from './checks/buses.ts';
import { checkDevices } from './checks/devices.ts';
import { checkFeeding } from './checks/fed-by.ts';
import { checkHomes } from './checks/homes.ts';
import { checkFireRelease } from './checks/fire-release.ts';
import { checkSupply } from './checks/supply.ts';
import { checkIds } from './checks/ids.ts';
import type { CheckInput } from './checks/input.ts';
import { checkInputs } from './checks/inputs.ts';
import { checkLifts } from './checks/lifts.ts';
import { checkMonitoringStation } from './checks/monitoring-station.ts';
import { checkWireTime } from './checks/wire-time.ts';
import type { Finding } from './mistakes/mistake.ts';

/** The findings' paths lead into `config`. */
export function check(input: CheckInput): Finding[] {
  return [
    ...checkIds(input.config),
    ...checkBuses(input),
    ...checkDevices(input),
    ...checkInputs(input),
    ...checkLifts(input),
    ...checkHomes(input),
    ...checkFeeding(input),
    ...checkFireRelease(input),
    ...checkSupply(input),
    ...checkBroker(input),
    ...checkMonitoringStation(input),
    ...checkWireTime(input),
  ];
}
