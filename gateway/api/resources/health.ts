/**
 * Whether the gateway does its work. `failing` is kept for what keeps an alarm on site from reaching anybody: only that
 * is worth waking somebody for, or a restart. Pure.
 */
import { z } from 'zod';
import type { BusStatistics } from '../../statistics.ts';
import type { Health } from '../deps.ts';

const status = z.enum(['ok', 'degraded', 'failing']);
type Status = z.infer<typeof status>;

export const healthSchema = z.object({
  status: status.describe('The worst of the checks'),
  checks: z.array(
    z.object({
      name: z.enum(['store', 'broker', 'buses', 'loop', 'configuration', 'monitoringStation', 'time']),
      status,
      words: z.string(),
    }),
  ),
});

type Check = z.infer<typeof healthSchema>['checks'][number];

/** What the watchdog allows the event loop to be late. */
const LOOP_LIMIT_MS = 1_000;
const LOOP_SLOW_MS = 250;
const WORST_FIRST: readonly Status[] = ['failing', 'degraded', 'ok'];

export function healthView(health: Health, buses: readonly BusStatistics[]): z.infer<typeof healthSchema> {
  const checks = [
    checkStore(health),
    checkBroker(health),
    checkBuses(buses),
    checkLoop(health),
    checkConfiguration(health),
    ...checkStation(health),
    ...checkTime(health),
  ];
  return { status: WORST_FIRST.find((worst) => checks.some((check) => check.status === worst)) ?? 'ok', checks };
}

function checkStore({ storeTrouble, recorder }: Health): Check {
  if (storeTrouble !== null) return { name: 'store', status: 'failing', words: storeTrouble };
  const { droppedReadings } = recorder;
  const lost = droppedReadings > 0 ? `; ${droppedReadings} readings were dropped since the start` : '';
  return { name: 'store', status: 'ok', words: `it can be written${lost}` };
}

function checkBroker({ broker: { online, trouble } }: Health): Check {
  return online
    ? { name: 'broker', status: 'ok', words: 'connected' }
    : { name: 'broker', status: 'failing', words: `not connected: ${trouble ?? 'not yet'}; events wait in the outbox` };
}

function checkBuses(buses: readonly BusStatistics[]): Check {
  const down = buses.filter(({ state }) => state !== 'open');
  const silent = buses.filter((bus) => bus.state === 'open' && nobodyAnswers(bus));
  if (down.length + silent.length === 0) return { name: 'buses', status: 'ok', words: `all ${buses.length} are open` };
  const words = [
    ...down.map(({ bus, state, reason }) => `${bus} is ${state}${reason === null ? '' : `: ${reason}`}`),
    ...silent.map(({ bus, devices: { length } }) => `${bus} is open, and ${silentOnes(length)}`),
  ];
  return { name: 'buses', status: down.length === buses.length ? 'failing' : 'degraded', words: words.join('; ') };
}

function nobodyAnswers({ devices }: BusStatistics): boolean {
  return devices.length > 0 && devices.every(({ breaker }) => breaker === 'open');
}

function silentOnes(devices: number): string {
  return devices === 1 ? 'its one device does not answer' : `none of its ${devices} devices answers`;
}

function checkLoop({ loopLagMs }: Health): Check {
  const words = `at most ${Math.round(loopLagMs)} ms late in the last seconds`;
  if (loopLagMs >= LOOP_LIMIT_MS) return { name: 'loop', status: 'failing', words };
  return { name: 'loop', status: loopLagMs >= LOOP_SLOW_MS ? 'degraded' : 'ok', words };
}

function checkConfiguration({ configuration: { mistakes, waitsForRestart } }: Health): Check {
  const name = 'configuration';
  const [first, ...others] = mistakes;
  if (first) {
    const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
    const words = `what the files say is not in force: ${first.file}:${first.line}: ${first.message}${more}`;
    return { name, status: 'degraded', words };
  }
  if (waitsForRestart.length > 0)
    return { name, status: 'degraded', words: `waits for a restart: ${waitsForRestart.join(', ')}` };
  return { name, status: 'ok', words: 'what the files say is in force' };
}

/** What happens on site reaches the people here without it. */
function checkStation({ monitoringStation }: Health): Check[] {
  if (monitoringStation === null) return [];
  const { up, receivers, waiting, refused } = monitoringStation;
  const silent = receivers.filter((receiver) => receiver.up === false);
  const words = [
    up === null ? 'not heard yet' : up ? 'it acknowledges' : 'no receiver acknowledges',
    ...silent.map(({ name, reason }) => `${name}: ${reason ?? 'silent'}`),
    ...(waiting > 0 ? [`${waiting} reports wait`] : []),
    ...(refused > 0 ? [`${refused} could not be processed since the start`] : []),
  ];
  const isWell = up !== false && silent.length === 0 && refused === 0;
  return [{ name: 'monitoringStation', status: isWell ? 'ok' : 'degraded', words: words.join('; ') }];
}

/** Whoever takes this gateway for a real one is told. */
function checkTime({ simulatedTime }: Health): Check[] {
  return simulatedTime === null ? [] : [{ name: 'time', status: 'degraded', words: `it is ${simulatedTime}` }];
}
