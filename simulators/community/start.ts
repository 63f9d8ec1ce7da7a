/** Puts a community on its wires. */
import { resolve } from 'node:path';
import { systemClock, type Clock } from '../clock.ts';
import { createLedger, type Ledger } from '../devices/ledger.ts';
import { AlarmClock } from '../wire/alarm-clock.ts';
import type { Line, Member } from '../wire/line.ts';
import { startSerialLine } from '../wire/serial-line.ts';
import { startTcpServer } from '../wire/tcp-server.ts';
import type { MovableTime } from '../metering/community-time.ts';
import type { Community, HomeMeter, LinePlan, Plant } from './plan.ts';

export interface CommunityOptions {
  /** Pseudo-terminals stand under its `var/sim/`. */
  readonly root: string;
  /** Added to every TCP port. Undefined: any free ports. */
  readonly portOffset?: number | undefined;
  /** False: serial lines have a free TCP port each instead of a pseudo-terminal. Default true. */
  readonly pty?: boolean;
  readonly seed?: number;
  readonly clock?: Clock;
  readonly announce?: (line: string) => void;
}

export interface RunningCommunity {
  readonly lines: readonly Line[];
  readonly devices: ReadonlyMap<string, Member>;
  readonly plant: Plant;
  /** Empty where no homes are metered. */
  readonly meters: readonly HomeMeter[];
  /** What time it is for the meters of homes. */
  readonly time: MovableTime | undefined;
  readonly ledger: Ledger;
  readonly clock: Clock;
  /** Brings everything to this moment; it also happens ten times a second. */
  advance(): void;
  close(): Promise<void>;
}

const ADVANCE_EVERY_MS = 100;

async function startLine(plan: LinePlan, options: CommunityOptions, alarms: AlarmClock): Promise<Line> {
  const { id } = plan;
  const { seed = 1, clock = systemClock, announce = () => undefined } = options;
  const base = { id, seed, clock };
  const port = plan.type === 'serial' || options.portOffset === undefined ? 0 : plan.port + options.portOffset;
  if (plan.type === 'modbus-tcp') return startTcpServer({ ...base, devices: plan.devices, port });
  const withPty = plan.type === 'serial' && options.pty !== false;
  const pty = withPty ? { pty: resolve(options.root, 'var/sim', id) } : {};
  const { devices, serial, faults = {}, deviceFaults = {} } = plan;
  const line = await startSerialLine({ ...base, ...pty, ...serial, devices, faults, port, alarms, announce });
  for (const [device, of] of Object.entries(deviceFaults)) line.behaviour.setDeviceFaults(device, of);
  return line;
}

/** Rejects, with everything closed again, where a port is taken or socat is missing. */
export async function startCommunity(community: Community, options: CommunityOptions): Promise<RunningCommunity> {
  const clock = options.clock ?? systemClock;
  const alarms = await AlarmClock.start();
  const ledger = createLedger(clock);
  const devices = new Map(
    community.lines.flatMap((line): readonly Member[] => line.devices).map((device) => [device.id, device]),
  );
  for (const device of devices.values()) ledger.watch(device);
  const advance = (): void => {
    const now = clock.monotonic();
    for (const process of community.processes) process.advance(now);
    for (const device of devices.values()) device.advance(now);
  };
  advance();

  const lines: Line[] = [];
  const timer = setInterval(advance, ADVANCE_EVERY_MS);
  const close = async (): Promise<void> => {
    clearInterval(timer);
    await Promise.all(lines.map((line) => line.close()));
    await alarms.close();
  };
  try {
    for (const plan of community.lines) lines.push(await startLine(plan, options, alarms));
  } catch (error) {
    await close();
    throw error;
  }
  const { plant, meters = [], time } = community;
  return { lines, devices, plant, meters, time, ledger, clock, advance, close };
}
