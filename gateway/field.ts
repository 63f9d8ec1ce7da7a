/** The field side: the buses and devices that the configuration names, as they run. A change touches only what it names. */
import type { Driver, Profile, Reading } from '../drivers/contract.ts';
import type { DriverError } from '../drivers/errors.ts';
import { busAsDevice, busReading } from './alarms/bus-alarms.ts';
import { Bus } from './bus/bus.ts';
import { createLink } from './bus/link.ts';
import { SerialTransport } from './bus/serial.ts';
import { tcpTransport } from './bus/tcp.ts';
import type { Transport } from './bus/transport.ts';
import type { Clock } from './clock.ts';
import type { CommandTarget } from './commands/run.ts';
import type { Change } from './config/diff.ts';
import type { BusConfig, DeviceConfig } from './config/schema.ts';
import { periodsOf, type SiteConfig } from './config/site-config.ts';
import { openSession } from './config/open-session.ts';
import { serialRateOf } from './config/wire-time.ts';
import type { Seen } from './ingest/device-task.ts';
import { knowledgeOf } from './ingest/learned.ts';
import { Poller } from './ingest/poll.ts';
import type { SettableClock } from './metering/watch/clock-setter.ts';
import type { BusStatistics } from './statistics.ts';
import type { Store } from './store/store.ts';

export interface FieldOptions {
  readonly clock: Clock;
  readonly drivers: readonly Driver[];
  readonly store: Store;
  readonly archiveEveryMs: number;
  readonly observe: (seen: Seen) => void;
  /** Resolves with true when the store has what was observed, with false when it cannot take it. */
  readonly settled: () => Promise<boolean>;
}

/** Requests into silence before a connection counts as half-open; a serial port has no connection to renew. */
const TCP_SILENCE_LIMIT = 4;

export class Field {
  readonly #options: FieldOptions;
  readonly #poller: Poller;
  readonly #buses = new Map<string, { bus: Bus; config: BusConfig }>();
  #config: SiteConfig;
  /** By bus. */
  #polled: ReadonlyMap<string, readonly DeviceConfig[]>;

  /** Starts nothing yet. */
  constructor(config: SiteConfig, options: FieldOptions) {
    this.#config = config;
    this.#polled = polledByBus(config);
    this.#options = options;
    const { clock, archiveEveryMs } = options;
    this.#poller = new Poller({ clock, archiveEveryMs, observe: (seen) => this.#observe(seen) });
  }

  start(): void {
    for (const config of this.#config.buses) this.#open(config);
    for (const device of this.#config.devices) this.#add(device);
  }

  /** Makes what runs what `next` says, given how it differs. Exchanges under way on untouched buses are not disturbed. */
  async apply(next: SiteConfig, { buses, devices }: Change): Promise<void> {
    this.#config = next;
    this.#polled = polledByBus(next);
    for (const id of [...devices.removed, ...devices.changed]) this.#remove(id);
    await Promise.all([...buses.removed, ...buses.changed].map((id) => this.#close(id)));
    // What a device has counted so far is where it counts on from.
    await this.#options.settled();
    const named = (ids: readonly string[]): ReadonlySet<string> => new Set(ids);
    const openAgain = named([...buses.added, ...buses.changed]);
    const addAgain = named([...devices.added, ...devices.changed]);
    for (const config of next.buses) if (openAgain.has(config.id)) this.#open(config);
    for (const device of next.devices)
      if (addAgain.has(device.id)) this.#add(device);
      else this.#poller.describe(device);
  }

  async stop(): Promise<void> {
    this.#poller.stop();
    await Promise.all([...this.#buses.keys()].map((id) => this.#close(id)));
  }

  /** Asks for a point once more, as soon as its line is free. */
  readAgain(device: string, point: string): void {
    this.#poller.readAgain(device, point);
  }

  /** Asks for a point at once, before all that waits for its line. Undefined where nothing reads it. */
  readNow(device: string, point: string): Promise<Reading | DriverError | undefined> {
    return this.#poller.readNow(device, point);
  }

  /** Tells every value anew, as after a time in which the store could not take them. */
  reportAgain(): Promise<void> {
    return this.#poller.reportAgain(this.#options.settled);
  }

  statistics(): BusStatistics[] {
    return [...this.#buses.values()].map(({ bus }) => {
      const told = bus.statistics();
      return { ...told, queued: told.queued + this.#poller.waiting(bus) };
    });
  }

  get skippedPolls(): number {
    return this.#poller.skippedPolls;
  }

  /** Tells how every device and every bus is, for whoever goes by it may be new. */
  tellStates(): void {
    this.#poller.tellStates();
    for (const id of this.#buses.keys()) this.#lookAtBus(id);
  }

  /** What may be commanded. */
  commandable(device: string): { readonly enabled: boolean; readonly profile: Profile } | undefined {
    const task = this.#poller.task(device);
    return task && { enabled: task.config.enabled, profile: task.profile };
  }

  /** Where a command goes. */
  target(device: string): CommandTarget | undefined {
    const task = this.#poller.task(device);
    if (!task) return undefined;
    const { bus, busConfig, config, session } = task;
    return {
      session,
      link: (permit) => createLink(bus, busConfig, config, this.#options.clock, { priority: 'command', permit }),
    };
  }

  /** How the clock of a device is set, and on which bus; undefined where it cannot be. */
  settableClock(device: string): SettableClock | undefined {
    const task = this.#poller.task(device);
    const setting = task?.session.clock;
    if (!task?.config.enabled || !setting) return undefined;
    const { bus, busConfig, config } = task;
    const link = createLink(bus, busConfig, config, this.#options.clock, { priority: 'command' });
    return { bus: bus.id, reach: setting.reach, set: (local) => setting.set(local, link) };
  }

  #observe(seen: Seen): void {
    this.#options.observe(seen);
    const bus = seen.state === undefined ? undefined : this.#poller.task(seen.device)?.bus.id;
    if (bus !== undefined) this.#lookAtBus(bus);
  }

  /** What its alarms go by. A bus that has been taken out of the configuration is closed and says nothing of it. */
  #lookAtBus(id: string): void {
    const open = this.#buses.get(id);
    if (!open) return;
    const { clock, observe } = this.#options;
    const states = (this.#polled.get(id) ?? []).map(
      ({ id: device }) => this.#poller.task(device)?.state.name ?? 'unknown',
    );
    const device = busAsDevice(id);
    const reading = busReading(open.bus.state === 'open', states, clock.now());
    observe({ device, seen: [reading], pulses: [], observation: { device } });
  }

  #open(config: BusConfig): void {
    const bus = new Bus(
      transportOf(config),
      {
        id: config.id,
        interByteTimeoutMs: config.interByteTimeoutMs,
        echo: config.echo,
        serial: serialRateOf(config) ?? undefined,
        breaker: config.breaker,
        silenceLimit: config.type === 'serial' ? 0 : TCP_SILENCE_LIMIT,
      },
      this.#options.clock,
      () => {
        this.#poller.busChanged(config.id);
        this.#lookAtBus(config.id);
      },
      (device) => this.#poller.distrust(device),
    );
    this.#buses.set(config.id, { bus, config });
    bus.start();
  }

  async #close(id: string): Promise<void> {
    const open = this.#buses.get(id);
    this.#buses.delete(id);
    await open?.bus.stop();
  }

  #add(config: DeviceConfig): void {
    const on = this.#buses.get(config.bus);
    const profile = this.#config.profiles.get(config.profile);
    // The configuration has been checked: what is missing here is a mistake of the program.
    if (!on || !profile) throw new Error(`device ${config.id}: no bus ${config.bus} or profile ${config.profile}`);
    const { store, drivers } = this.#options;
    const knowledge = knowledgeOf(config, store.devices.get(config.id)?.knowledge ?? {});
    const session = openSession({ drivers, profile, bus: on.config, device: config, knowledge });
    const periods = periodsOf(this.#config.poll, config);
    const baselines = store.points.lastGoodNumbers(config.id);
    this.#poller.add({ config, profile, session, bus: on.bus, busConfig: on.config, periods, baselines });
    // What it showed while it was polled is not known any more.
    if (!config.enabled && store.points.list(config.id).some(({ quality }) => quality !== 'bad'))
      this.#poller.giveUp(config.id);
  }

  #remove(device: string): void {
    const task = this.#poller.task(device);
    task?.bus.forget(device);
    this.#poller.remove(device);
  }
}

function polledByBus({ devices }: SiteConfig): Map<string, DeviceConfig[]> {
  return Map.groupBy(
    devices.filter(({ enabled }) => enabled),
    ({ bus }) => bus,
  );
}

export function transportOf(config: BusConfig): Transport {
  switch (config.type) {
    case 'serial':
      return new SerialTransport(config.path, { baud: config.baud, format: config.format });
    case 'tcp-serial':
    case 'modbus-tcp':
      return tcpTransport(config.host, config.port);
  }
}
