/** The examples that people begin with are right, and their buses have the time that their schedules ask for. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { drivers } from '../../drivers/index.ts';
import { busBudget } from './budget.ts';
import { loadConfiguration } from './load.ts';
import { formatMistake } from './mistakes/mistake.ts';
import { periodsOf, type SiteConfig } from './site-config.ts';

async function load(name: string): Promise<SiteConfig> {
  const loaded = await loadConfiguration(join(import.meta.dirname, '../../config', name), drivers);
  const said = (loaded.ok ? loaded.warnings : loaded.mistakes).map(formatMistake);
  expect(said).toEqual([]);
  if (!loaded.ok) throw new Error('not loaded');
  return loaded.config;
}

describe('config/site.yaml', () => {
  it('has no mistake and no warning', async () => {
    const { buses, devices, equipment } = await load('site.yaml');
    expect([buses.length, devices.length, equipment.length]).toEqual([12, 25, 27]);
  });

  it('reads the lift contacts every half second, and no bus is used by more than two thirds', async () => {
    const config = await load('site.yaml');
    const lifts = config.devices.filter(({ id }) => id.startsWith('lift-io'));
    expect(lifts.map((device) => periodsOf(config.poll, device).alarm)).toEqual([500, 500, 500, 500, 500]);
    for (const bus of config.buses) expect(busBudget(bus, config, drivers).utilisation).toBeLessThan(0.67);
  });

  it('has a car alarm and a fault for each of the 13 lifts, each counted by its module', async () => {
    const { alarms, equipment } = await load('site.yaml');
    const lifts = equipment.filter(({ kind }) => kind === 'lift').map(({ id }) => id);
    expect(lifts).toHaveLength(13);
    for (const lift of lifts) {
      const own = alarms.filter(({ source }) => source === lift);
      expect(own.map(({ type }) => type)).toEqual(['lift.carAlarm', 'lift.fault']);
      expect(own[0]?.trigger).toMatchObject({ kind: 'points', pulse: { countsAt: 'onset' } });
    }
  });

  it('has the limits of each water zone, and the alarm of a power cut', async () => {
    const { alarms } = await load('site.yaml');
    const keys = alarms.map(({ alarm }) => alarm);
    for (const zone of ['low', 'mid', 'high']) {
      expect(keys).toContain(`pump-${zone}--pump-pressureLow`);
      expect(keys).toContain(`pump-${zone}--pump-fault`);
    }
    expect(keys).toContain('power-main--power-loss');
    expect(keys).toContain('pump-low--plant-flood');
  });

  it('has the silence of the drives and transmitters explained by the loss of the mains that feed the pumps', async () => {
    const { alarms, devices } = await load('site.yaml');
    const explained = alarms.filter(({ type, explainedBy = [] }) => {
      return type === 'device.offline' && explainedBy.some(({ cause }) => cause === 'power-main--power-loss');
    });
    const ofPumps = devices.filter(({ equipment }) => equipment?.startsWith('pump-'));
    expect(explained.map(({ source }) => source)).toEqual(ofPumps.map(({ id }) => id));
    expect(ofPumps).toHaveLength(6);
  });

  it('opens both barriers for a fire in each of the five towers, and the doors of that tower', async () => {
    const { alarms, fireRelease } = await load('site.yaml');
    const fires = alarms.filter(({ type }) => type === 'fire.alarm').map(({ source }) => source);
    expect(fires).toEqual(['fire-1', 'fire-2', 'fire-3', 'fire-4', 'fire-5']);
    for (const fire of fires) {
      const opened = fireRelease?.targets.filter(({ sources }) => sources?.includes(fire) ?? true);
      expect(opened?.map(({ device }) => device)).toEqual(['barrier-main', 'barrier-north', 'fire-io']);
    }
  });

  it('has a home whose zones raise each alarm that a home can have but a line fault', async () => {
    const { alarms } = await load('site.yaml');
    const types = new Set(alarms.flatMap(({ source, type }) => (source === 'home-3-1201' ? [type] : [])));
    expect(types).toEqual(new Set(['home.intrusion', 'home.sos', 'home.gas', 'input.tamper', 'home.duress']));
  });
});

describe('config/large/site.yaml', () => {
  it('has 300 floor meters more, 30 on each of ten lines, and no mistake and no warning', async () => {
    const { buses, devices } = await load('large/site.yaml');
    expect(devices).toHaveLength(325);
    const towers = buses.filter(({ id }) => id.startsWith('tower-'));
    expect(towers).toHaveLength(10);
    for (const { id } of towers) expect(devices.filter(({ bus }) => bus === id)).toHaveLength(30);
  });
});
