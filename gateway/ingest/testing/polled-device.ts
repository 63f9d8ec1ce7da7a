/** Devices on a bus of their own, polled as the gateway polls them, without a store. */
import { onTestFinished } from 'vitest';
import { modbus } from '../../../drivers/modbus/driver.ts';
import type { ModbusProfile } from '../../../drivers/modbus/profile.ts';
import { Bus } from '../../bus/bus.ts';
import { tcpTransport } from '../../bus/tcp.ts';
import { systemClock } from '../../clock.ts';
import { busSchema, deviceSchema } from '../../config/schema.ts';
import { lineCost } from '../../config/wire-time.ts';
import { until } from '../../testing/programs.ts';
import type { Seen } from '../device-task.ts';
import { Poller } from '../poll.ts';

export interface PolledSetup {
  readonly port: number;
  readonly type: 'modbus-tcp' | 'tcp-serial';
  /** One device for each. Default: unit 1. */
  readonly units?: readonly number[];
  readonly sheet: unknown;
  readonly replyTimeoutMs: number;
  readonly periodMs: number;
  /** Of what is rare; default: the same. */
  readonly rareMs?: number;
  readonly breaker: { failures: number; firstBackoffMs: number; maxBackoffMs: number };
  readonly observe: (seen: Seen) => void;
}

/** The bus of device `d`, open; of more units the others are `d2`, `d3` and so on. `sheet` is a Modbus profile as it stands in a file. */
export async function pollDevice(setup: PolledSetup): Promise<Bus> {
  const { type, port, units = [1], replyTimeoutMs, breaker, periodMs, rareMs = periodMs } = setup;
  const baud = type === 'tcp-serial' ? { baud: 115200 } : {};
  const busConfig = busSchema.parse({ id: 'b', type, host: '127.0.0.1', port, ...baud, replyTimeoutMs, breaker });
  const settings = { id: 'b', interByteTimeoutMs: 20, echo: false, breaker, silenceLimit: 4 };
  const poller = new Poller({ clock: systemClock, archiveEveryMs: 1_000_000, observe: setup.observe });
  const bus = new Bus(
    tcpTransport('127.0.0.1', port),
    settings,
    systemClock,
    () => poller.busChanged('b'),
    (device) => poller.distrust(device),
  );
  onTestFinished(async () => {
    poller.stop();
    await bus.stop();
  });
  bus.start();
  await until(() => bus.state === 'open', 'the bus to open');
  const profile = parsed(setup.sheet);
  const medium = type === 'modbus-tcp' ? 'ip' : 'line';
  const periods = { alarm: periodMs, fast: periodMs, normal: periodMs, slow: periodMs, rare: rareMs };
  for (const unit of units) {
    const device = unit === 1 ? 'd' : `d${unit}`;
    const config = deviceSchema.parse({ id: device, bus: 'b', unit, profile: profile.id });
    const cost = lineCost(busConfig, config);
    const session = modbus.open({ device, address: String(unit), profile, medium, knowledge: {}, cost });
    poller.add({ config, profile, session, bus, busConfig, periods, baselines: new Map() });
  }
  return bus;
}

function parsed(sheet: unknown): ModbusProfile {
  const result = modbus.parseProfile(sheet);
  if (!result.ok) throw new Error(JSON.stringify(result.mistakes));
  return result.profile;
}
