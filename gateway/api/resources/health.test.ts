import { expect, it } from 'vitest';
import type { BusStatistics } from '../../statistics.ts';
import type { Health } from '../deps.ts';
import { BUSES, HEALTH } from '../testing/figures.ts';
import { healthView } from './health.ts';

const [OPEN, CLOSED] = BUSES as [BusStatistics, BusStatistics];
const silent = (bus: BusStatistics, ...breakers: ('open' | 'closed')[]): BusStatistics => ({
  ...bus,
  devices: breakers.flatMap((breaker) => bus.devices.map((device) => ({ ...device, breaker }))),
});
const STATION = {
  ...{ up: false, waiting: 2, refused: 0 },
  receivers: [{ name: 'tcp://a:1', up: false, reason: 'no answer in 3000 ms' }],
};
const offline = { online: false, trouble: 'connection refused', refusals: {} };

const NONE = { applied: 0, refused: 0 };

it.each<[string, Partial<Health>, BusStatistics[], string, string]>([
  ['everything works', {}, [OPEN], 'ok', 'all 1 are open'],
  ['one bus of two is down', {}, [OPEN, CLOSED], 'degraded', 'pump-room is closed: no such port'],
  ['no bus is open', {}, [CLOSED], 'failing', 'pump-room is closed: no such port'],
  ['nothing answers on an open bus', {}, [silent(OPEN, 'open', 'open')], 'degraded', 'none of its 2 devices answers'],
  ['the one device of a bus is dead', {}, [silent(OPEN, 'open')], 'degraded', 'lifts is open, and its one device'],
  ['one device of two answers', {}, [silent(OPEN, 'open', 'closed')], 'ok', 'all 1 are open'],
  ['the store is full', { storeTrouble: 'the store is full' }, [OPEN], 'failing', 'the store is full'],
  ['the broker is away', { broker: offline }, [OPEN], 'failing', 'not connected: connection refused; events wait'],
  [
    'a changed configuration has mistakes',
    {
      configuration: {
        mistakes: [
          { file: 'site.yaml', line: 7, message: 'unknown key' },
          { file: 'site.yaml', line: 9, message: 'unknown key' },
        ],
        waitsForRestart: ['the broker'],
        changes: NONE,
      },
    },
    [OPEN],
    'degraded',
    'site.yaml:7: unknown key (and 1 more)',
  ],
  [
    'a setting waits for a restart',
    { configuration: { mistakes: [], waitsForRestart: ['the broker', 'the API'], changes: NONE } },
    [OPEN],
    'degraded',
    'waits for a restart: the broker, the API',
  ],
  [
    'a receiver of the monitoring station is silent',
    { monitoringStation: { ...STATION, up: true } },
    [OPEN],
    'degraded',
    'it acknowledges; tcp://a:1: no answer in 3000 ms; 2 reports wait',
  ],
  [
    'nobody at the monitoring station answers',
    { monitoringStation: STATION },
    [OPEN],
    'degraded',
    'no receiver acknowl',
  ],
  [
    'the monitoring station acknowledges',
    { monitoringStation: { up: true, receivers: [], waiting: 0, refused: 0 } },
    [OPEN],
    'ok',
    'it acknowledges',
  ],
  ['the time is that of a trial', { simulatedTime: 'not the time' }, [OPEN], 'degraded', 'it is not the time'],
  ['the loop is slow', { loopLagMs: 250 }, [OPEN], 'degraded', 'at most 250 ms late'],
  ['the loop is stuck', { loopLagMs: 1_000 }, [OPEN], 'failing', 'at most 1000 ms late'],
])('%s', (_, trouble, buses, status, words) => {
  const view = healthView({ ...HEALTH, ...trouble }, buses);
  expect(view.status).toBe(status);
  expect(view.checks.filter((check) => check.status === status).map((check) => check.words)).toContainEqual(
    expect.stringContaining(words),
  );
});

it('mentions readings that were lost, though the store works again', () => {
  const recorder = { ...HEALTH.recorder, droppedReadings: 12 };
  expect(healthView({ ...HEALTH, recorder }, [OPEN]).checks[0]?.words).toBe(
    'it can be written; 12 readings were dropped since the start',
  );
});
