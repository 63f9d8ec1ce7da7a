/** Input modules that restart so fast that no poll fails: their counters stand still until somebody starts them again. */
import { readFileSync } from 'node:fs';
import { expect, it, onTestFinished } from 'vitest';
import { moxaE1210 } from '../../simulators/devices/moxa-iologik-e1210.ts';
import { portOf } from '../../simulators/testing/master.ts';
import { startTcpServer } from '../../simulators/wire/tcp-server.ts';
import type { NewEvent } from '../store/rows.ts';
import { until } from '../testing/programs.ts';
import { pollDevice } from './testing/polled-device.ts';

const CHANNEL = 2;
/** ioLogik E1200 Series User's Manual, appendix A: the coil that says whether the counter of input 0 runs. */
const COUNTING = 0x0100 + CHANNEL;
const PROFILE = new URL('../../config/profiles/moxa-iologik-e1210.json', import.meta.url);

async function module() {
  const device = moxaE1210({ id: 'io', unit: 1 });
  const line = await startTcpServer({ devices: [device] });
  onTestFinished(() => line.close());
  const events: NewEvent[] = [];
  const counted: number[] = [];
  const shown = new Map<string, unknown>();
  await pollDevice({
    ...{ port: portOf(line), type: 'modbus-tcp', replyTimeoutMs: 500, periodMs: 80 },
    sheet: JSON.parse(readFileSync(PROFILE, 'utf8')) as unknown,
    breaker: { failures: 3, firstBackoffMs: 200, maxBackoffMs: 1_000 },
    observe: ({ observation, pulses, seen }) => {
      for (const { point, value } of seen) shown.set(point, value);
      events.push(...(observation.events ?? []));
      counted.push(...pulses.filter(({ channel }) => channel === CHANNEL).map(({ count }) => count));
    },
  });
  const isCounting = (): boolean => device.image.read('coil', COUNTING, 1)[0] === 1;
  const press = async (): Promise<void> => {
    // A poll may have counted the last press while it still lasted: another one within it is none.
    await until(() => !device.contacts.level(CHANNEL), 'the last press to be over');
    const before = counted.length;
    device.contacts.press(CHANNEL, 20, line.behaviour.clock.monotonic());
    await until(() => counted.length > before, 'the press to be counted');
  };
  const isAtZero = (): boolean => isCounting() && shown.get(`di${CHANNEL}Count`) === 0;
  await until(isAtZero, 'the counter to run, and to be read');
  return { device, events, counted, isCounting, isAtZero, press };
}

it.each([
  ['shown by a counter that began again', 2],
  ['shown by the setting itself, where nothing had been counted', 0],
])('are set up again, which is told once: %s', async (_, presses) => {
  const { device, events, counted, isCounting, isAtZero, press } = await module();
  for (let n = 0; n < presses; n++) await press();
  device.restart?.(0);
  expect(isCounting()).toBe(false);
  await until(isAtZero, 'the counter to be started again');
  await press();
  expect(counted).toEqual(Array.from({ length: presses + 1 }, () => 1));
  expect(events.filter(({ type }) => type === 'settingsLost')).toMatchObject([{ domain: 'device', source: 'd' }]);
});
