/** Lets the homes' time pass. */
import { setTimeout as delay } from 'node:timers/promises';
import { secondsBetween } from './local-time.ts';
import type { Leg } from './pace.ts';
import type { Simulators } from './simulators.ts';

/** A clock that follows learns a little late that time is slower, and stands still until it is caught up with: not for long. */
const STEP = 6;
const STEP_MS = 6_000;
const LOOK_MS = 500;

/** Resolves when the leg has passed. Says each day to whoever looks on. */
export async function pass(simulators: Simulators, { until, rate }: Leg): Promise<void> {
  await changeTo(simulators, rate);
  for (let told = ''; ;) {
    const { local } = await simulators.time();
    if (local >= until) return;
    const day = local.slice(0, 10);
    if (day !== told) process.stderr.write(`${day}\r`);
    told = day;
    await delay(Math.min(LOOK_MS, (secondsBetween(local, until) / rate) * 1_000));
  }
}

/** Faster at once, slower by steps. */
async function changeTo(simulators: Simulators, rate: number): Promise<void> {
  for (let { speed } = await simulators.time(); speed > STEP * rate;) {
    speed /= STEP;
    await simulators.setSpeed(speed);
    await delay(STEP_MS);
  }
  await simulators.setSpeed(rate);
}
