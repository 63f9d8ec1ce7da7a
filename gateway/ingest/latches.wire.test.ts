/** An input module whose latches are all that shows a short press: each is told, and cleared once it is stored. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { adam6050 } from '../../simulators/devices/advantech-adam-6050.ts';
import type { Write, WriteVerdict } from '../../simulators/modbus/device.ts';
import { startTcpServer } from '../../simulators/wire/tcp-server.ts';
import type { Gateway } from '../main.ts';
import { lockOut } from '../store/testing/recording.ts';
import { until } from '../testing/programs.ts';
import { busOn, createSite } from '../testing/site.ts';

const CHANNEL = 3;
/** ADAM-6000 Series User's Manual, 0X table: four control coils of each input, the last of which is its latch. */
const LATCH = 0x0020 + 4 * CHANNEL + 3;
const POLL_MS = 60;

/** The shipped profile only reads latches; this site has found out that any write clears one. */
function letLatchesBeCleared(folder: string): void {
  const file = join(folder, 'profiles', 'advantech-adam-6050.json');
  const profile = JSON.parse(readFileSync(file, 'utf8')) as { points: Record<string, unknown>[] };
  const points = profile.points.map((point) => (point['role'] === 'latch' ? { ...point, access: 'rw' } : point));
  writeFileSync(file, JSON.stringify({ ...profile, points }));
}

/** What becomes of a clearing: `lost`: it neither reaches the module nor is answered; `ignored`: it is answered. */
type Fate = 'arrives' | 'lost' | 'ignored';

/** A module that latches, and a gateway that polls it. `fate` is asked at the `n`th clearing, the first being 1. */
async function latchingModule(fate: (n: number, press: () => void) => Fate = () => 'arrives') {
  const module = adam6050({ id: 'io', unit: 1, mode: () => 'latch-rising' });
  const line = await startTcpServer({ devices: [module] });
  onTestFinished(() => line.close());
  const clearings = { count: 0 };
  // Shorter than what lies between two requests: no two presses are ever one.
  const press = (): void => module.contacts.press(CHANNEL, 1, line.behaviour.clock.monotonic());
  const write = module.write?.bind(module);
  module.write = (asked: Write, now: number): WriteVerdict => {
    if (asked.address !== LATCH) return write?.(asked, now) ?? 'taken';
    clearings.count += 1;
    const becomes = fate(clearings.count, press);
    line.behaviour.faults = becomes === 'lost' ? { silence: 1 } : {};
    if (becomes === 'lost') setTimeout(() => (line.behaviour.faults = {}), 1);
    return becomes === 'arrives' ? (write?.(asked, now) ?? 'taken') : 'taken';
  };
  const inputs = [{ channel: CHANNEL, source: 'lift-1-1', alarm: 'lift.carAlarm' }];
  const site = createSite({
    buses: [busOn(line, { id: 'b', type: 'modbus-tcp', turnaroundMs: 2, replyTimeoutMs: 300, retries: 0 })],
    equipment: [{ id: 'lift-1-1', nameZh: '1号楼1号梯', kind: 'lift' }],
    devices: [{ id: 'io', bus: 'b', unit: 1, profile: 'advantech-adam-6050', inputs }],
    poll: { alarm: POLL_MS, fast: 500, normal: 500, slow: 500 },
  });
  letLatchesBeCleared(site.folder);
  const gateway = await site.start();
  onTestFinished(() => gateway.stop());
  const isSeenClear = (): boolean => gateway.store.points.get('io', `di${CHANNEL}Latch`)?.value === false;
  await until(isSeenClear, 'the latch to be read');
  return {
    ...{ gateway, line, clearings, file: `${site.folder}/store.sqlite` },
    isSeenClear,
    isSet: () => module.image.read('coil', LATCH, 1)[0] === 1,
    press,
  };
}

/** The presses in the store, oldest first: whether nobody knows when each was. */
function presses({ store }: Gateway): unknown[] {
  return store.events.list({ after: 0, domain: 'input', limit: 999 }).map(({ data }) => data['afterOutage']);
}

/** Until the module has been polled so many times more. */
async function polls(gateway: Gateway, more: number): Promise<void> {
  const asked = (): number => gateway.field.statistics()[0]?.exchanges ?? 0;
  const enough = asked() + more;
  await until(() => asked() >= enough, `${more} more polls`);
}

describe('a latch', () => {
  it('tells each press once, and is cleared after it', async () => {
    const { gateway, clearings, isSeenClear, press } = await latchingModule();
    for (let n = 1; n <= 3; n++) {
      press();
      await until(() => presses(gateway).length === n, `press ${n} to be stored`);
      await until(() => isSeenClear(), 'the latch to be read as clear');
    }
    expect(clearings.count).toBe(3);
  });

  it('whose clearing is lost is cleared again at the next poll', async () => {
    const { gateway, clearings, isSet, press } = await latchingModule((n) => (n <= 2 ? 'lost' : 'arrives'));
    press();
    await until(() => clearings.count === 3 && !isSet(), 'the latch to be cleared at the third time');
    await polls(gateway, 10);
    expect(clearings.count).toBe(3);
    // Nobody knows whether it was the old press or another one that was seen after the first clearing: it is told, and once.
    expect(presses(gateway)).toEqual([false, true]);
    press();
    await until(() => presses(gateway).length === 3, 'the next press to be told');
  });

  it('that a module does not clear is told twice at most, and tried again with each poll', async () => {
    const { gateway, clearings, press } = await latchingModule(() => 'ignored');
    press();
    await until(() => clearings.count > 5, 'some clearings');
    expect(presses(gateway)).toEqual([false, true]);
  });

  it('tells a press that comes between its clearing and the look at what has become of it', async () => {
    const { gateway, isSet, press } = await latchingModule((n, pressed) => {
      if (n === 1) setImmediate(pressed);
      return 'arrives';
    });
    press();
    await until(() => presses(gateway).length === 2, 'both presses to be told');
    await until(() => !isSet(), 'the latch to be cleared');
  });

  it('is cleared once, and not before the press is stored, however long the disk takes and often it is polled', async () => {
    const { gateway, clearings, isSet, press, file } = await latchingModule();
    const letGo = lockOut(file);
    press();
    await polls(gateway, 12);
    expect([isSet(), clearings.count]).toEqual([true, 0]);
    letGo();
    await until(() => presses(gateway).length === 1, 'the press to be stored');
    await until(() => !isSet(), 'the latch to be cleared');
    await polls(gateway, 12);
    expect([presses(gateway), clearings.count]).toEqual([[false], 1]);
  });
});
