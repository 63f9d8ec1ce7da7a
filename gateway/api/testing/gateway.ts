/** Everything behind the API but wires and broker: a real store in a file, its recorder, the alarm engine, commands. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Value } from '../../../drivers/contract.ts';
import { DriverError } from '../../../drivers/errors.ts';
import { createDecide } from '../../alarms/decide.ts';
import { createAlarmEngine } from '../../alarms/engine.ts';
import { acceptCommand, type Commandable } from '../../commands/accept.ts';
import { createSupply } from '../../commands/supply.ts';
import { HomeSecurity } from '../../home-security/home-security.ts';
import { LiftTests } from '../../lifts/lift-tests.ts';
import { Billing } from '../../metering/billing/billing.ts';
import { Desk } from '../../metering/desk/desk.ts';
import type { NewEvent } from '../../store/rows.ts';
import { decisionRefusal } from '../../people.ts';
import { createShiftLog } from '../../shifts/shift-log.ts';
import { Recorder } from '../../store/record.ts';
import { openStore } from '../../store/store.ts';
import type { ApiDeps } from '../deps.ts';
import { createApi, type ApiOptions } from '../server.ts';
import { BUDGET, BUSES, HEALTH, START } from './figures.ts';
import { createConfig } from './site.ts';

export type TestGateway = Awaited<ReturnType<typeof createGateway>>;

/** `overrides` stand in for what is behind the API. */
export async function createGateway(overrides: Partial<ApiDeps> = {}, options: ApiOptions = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-api-'));
  const file = join(folder, 'store.sqlite');
  const time = { now: START };
  const clock = { now: () => time.now, monotonic: () => time.now - START };
  const store = await openStore({ file, site: 'east-garden', gateway: 'east-garden', maxMegabytes: 64, now: START });
  const listeners = new Set<() => void>();
  const told = (): void => listeners.forEach((listener) => listener());
  const recorder = new Recorder({
    store,
    clock,
    onTrouble: () => undefined,
    onCommitted: ({ events }) => events > 0 && told(),
  });
  const config = overrides.config?.() ?? createConfig();
  const engine = createAlarmEngine({
    ...{ clock, definitions: config.alarms, rows: [] },
    record: (observation) => recorder.record(observation),
  });
  const commandable: Commandable = (id) => {
    const device = config.devices.find((candidate) => candidate.id === id);
    const profile = config.profiles.get(device?.profile ?? '');
    return device && profile && { enabled: device.enabled, profile };
  };
  const flush = () => recorder.flush();
  const decide = createDecide({
    ...{ engine, flush, decided: () => undefined },
    refusal: (decision) => decisionRefusal(config, decision),
  });
  const submit: ApiDeps['submitCommand'] = (request) =>
    acceptCommand({ store, commandable, hold: () => null }, request, time.now);
  const lifts = new LiftTests({
    ...{ store, clock, decide, config: () => config, flush: () => recorder.flush() },
    observe: (seen) => engine.observe(seen),
  });
  const homes = new HomeSecurity({
    ...{ started: config, store, clock, flush: () => recorder.flush() },
    observe: (seen) => engine.observe(seen),
    audit: (entry) => void store.write('audit', { ...entry, at: time.now }),
  });
  homes.start();
  const deps: ApiDeps = {
    billing: new Billing({ store, clock, config: () => config, onClosed: () => undefined }),
    handoverTrouble: () => null,
    desk: new Desk({
      ...{ store, clock, config: () => config },
      readAgain: () => undefined,
      readNow: () => Promise.resolve(new DriverError('timeout', 'no answer')),
      lookedAt: () => Promise.resolve(),
      flush: () => recorder.flush(),
    }),
    ...{ store, clock, version: '0.1.0', bootId: 'boot-1' },
    config: () => config,
    buses: () => BUSES,
    budgets: () => [BUDGET],
    decide,
    submitCommand: submit,
    homes,
    noteButtonTest: (lift, test) => lifts.note(lift, test),
    shifts: createShiftLog({ store, clock, config: () => config, buses: () => BUSES, flush, told }),
    supply: createSupply({ store, clock, config: () => config, commandable, submit }),
    onEvents: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    health: () => ({ ...HEALTH, recorder: recorder.statistics() }),
    broker: () => ({ type: 'embedded', url: 'mqtt://127.0.0.1:1883', prefix: 'community/east-garden' }),
    ...overrides,
  };
  const app = createApi(deps, options);

  return {
    ...{ app, deps, store, recorder, engine, homes, config, time, file, listeners },
    /** A contact of the lift's input module is seen, and stored. */
    async contact(point: 'di0' | 'di1', value: boolean): Promise<void> {
      const reading = { point, value, quality: 'good', at: time.now } as const;
      const readings = [{ ...reading, unit: null, reason: null, archive: true }];
      engine.observe({ device: 'lift-io', seen: [reading], observation: { device: 'lift-io', readings } });
      await recorder.flush();
    },
    reading(device: string, point: string, value: Value, at: number, unit: string | null = null): Promise<boolean> {
      const quality = value === null ? 'bad' : 'good';
      const reason = value === null ? 'no answer' : null;
      recorder.record({ device, readings: [{ point, value, quality, reason, unit, at, archive: true }] });
      return recorder.flush();
    },
    events(...events: readonly Partial<NewEvent>[]): Promise<boolean> {
      const usual = { domain: 'lift', type: 'moved', source: 'lift-1', at: time.now, data: {} };
      recorder.record({ device: 'lift-io', events: events.map((event) => ({ ...usual, ...event })) });
      return recorder.flush();
    },
    async close(): Promise<void> {
      homes.stop();
      await app.close();
      await store.close();
      rmSync(folder, { recursive: true });
    },
  };
}
