/** Three simulated input modules with 48 buttons behind them, which live through everything, and a ledger of every edge. */
import { createLedger, type LedgerEntry } from '../../simulators/devices/ledger.ts';
import { moxaE1210 } from '../../simulators/devices/moxa-iologik-e1210.ts';
import { startTcpServer } from '../../simulators/wire/tcp-server.ts';
import type { Stoppable } from '../benchmarks/processes/scope.ts';

/** ioLogik E1200 Series User's Manual, appendix A: 32-bit counters, high word first, in the input registers from 0010h. */
const CHANNELS = 16;
const COUNTERS = 0x0010;
/** Every one is latched, and raised by what the module has counted. */
const TYPES = [
  Array.from({ length: CHANNELS }, () => 'lift.carAlarm'),
  Array.from({ length: CHANNELS }, () => 'home.sos'),
  Array.from({ length: CHANNELS }, (_, channel) => (channel % 2 === 0 ? 'fire.alarm' : 'barrier.forced')),
];

export interface Contact {
  readonly device: string;
  readonly channel: number;
  /** The equipment that it belongs to. */
  readonly source: string;
  readonly type: string;
  readonly alarm: string;
}

export interface Modules extends Stoppable {
  readonly contacts: readonly Contact[];
  /** Of the site file. */
  readonly buses: readonly Readonly<Record<string, unknown>>[];
  /** Closes the contact now, for `heldMs`. */
  readonly press: (contact: Contact, heldMs: number) => void;
  /** Every edge since the start. */
  readonly ledger: () => readonly LedgerEntry[];
  /** How often each contact of a device has closed, by channel, as its counters show. */
  readonly counted: (device: string) => readonly number[];
}

/** Resolves when they answer. */
export async function startModules(): Promise<Modules> {
  const modules = TYPES.map((_, i) => moxaE1210({ id: `io${i + 1}`, unit: 1 }));
  const lines = await Promise.all(modules.map((module) => startTcpServer({ devices: [module] })));
  const [first] = lines;
  if (!first) throw new RangeError('there are no modules');
  const ledger = createLedger(first.behaviour.clock);
  for (const module of modules) ledger.watch(module);
  const moduleOf = (id: string) => {
    const found = modules.find((module) => module.id === id);
    if (!found) throw new RangeError(`there is no module ${id}`);
    return found;
  };
  return {
    contacts: contactsOf(modules.map(({ id }) => id)),
    buses: lines.map(({ address }, i) => ({ id: `b${i + 1}`, type: 'modbus-tcp', turnaroundMs: 4, ...address })),
    press: ({ device, channel }, heldMs) => moduleOf(device).contacts.press(channel, heldMs, performance.now()),
    ledger: () => {
      for (const module of modules) module.contacts.advance(performance.now());
      if (ledger.dropped > 0) throw new Error('more edges than the ledger holds: fewer kills, or fewer edges a second');
      return ledger.since(0);
    },
    counted: (id) => {
      const module = moduleOf(id);
      module.contacts.advance(performance.now());
      const words = module.image.read('input', COUNTERS, 2 * CHANNELS);
      return Array.from({ length: CHANNELS }, (_, n) => (words[2 * n] ?? 0) * 0x1_0000 + (words[2 * n + 1] ?? 0));
    },
    stop: async () => {
      for (const line of lines) await line.close();
    },
  };
}

function contactsOf(devices: readonly string[]): Contact[] {
  return devices.flatMap((device, module) =>
    (TYPES[module] ?? []).map((type, channel) => {
      const source = `place-${module * CHANNELS + channel}`;
      return { device, channel, source, type, alarm: `${source}--${type.replace('.', '-')}` };
    }),
  );
}
