/**
 * A barrier without a data interface behind a Waveshare IO 8CH: outputs 0, 1, 2 press its open, close and stop buttons,
 * inputs 0, 1, 2 are the open limit, the closed limit and the safety loop.
 */
import type { Device, DeviceOptions } from '../modbus/device.ts';
import { createArm, type Arm } from './barrier-arm.ts';
import type { Contacts } from './contacts.ts';
import { waveshareIo8ch } from './waveshare-io-8ch.ts';

/** A shorter press is taken for a disturbance. */
const PRESS_MS = 200;
const OPEN_LIMIT = 0;
const CLOSED_LIMIT = 1;
const LOOP = 2;

export interface RelayBarrier extends Device {
  readonly contacts: Contacts;
  readonly arm: Arm;
}

export function relayBarrier(options: DeviceOptions & { readonly travelMs?: number }): RelayBarrier {
  const io = waveshareIo8ch({ ...options, model: 'relay-barrier' });
  const arm = createArm(options.travelMs);
  const buttons = [() => arm.open(), () => arm.close(), () => arm.stop()];
  /** Outputs that are closed and whose press has not yet been long enough: since when. */
  const pressed = new Map<number, number>();
  const limits = { open: false, closed: false };

  const takePresses = (now: number): void => {
    for (const [channel, since] of pressed) {
      if (since + PRESS_MS > now) continue;
      pressed.delete(channel);
      arm.advance(since + PRESS_MS);
      buttons[channel]?.();
    }
  };
  io.onOutput(({ channel, level, at }) => {
    if (level) pressed.set(channel, at);
    else {
      takePresses(at);
      pressed.delete(channel);
    }
  });
  io.contacts.onSeen(({ channel, level }) => {
    if (channel === LOOP) arm.loop(level);
  });

  /** A limit switch moves only with the arm, so that a test can hold one against it. */
  const moveLimits = (now: number): void => {
    const next = { open: arm.state === 'open', closed: arm.state === 'closed' };
    if (next.open !== limits.open) io.contacts.set(OPEN_LIMIT, next.open, now);
    if (next.closed !== limits.closed) io.contacts.set(CLOSED_LIMIT, next.closed, now);
    Object.assign(limits, next);
  };

  return {
    ...io,
    arm,
    advance(now) {
      io.advance(now);
      takePresses(now);
      arm.advance(now);
      moveLimits(now);
    },
  };
}
