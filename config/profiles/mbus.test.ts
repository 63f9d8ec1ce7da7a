/**
 * What billing gets of captured M-Bus frames by the profiles of this folder. The numbers are typed in by hand from libmbus's own
 * output for the same frames, in the unit of the point.
 */
import { describe, expect, it } from 'vitest';
import type { Reading } from '../../drivers/contract.ts';
import { DriverError } from '../../drivers/errors.ts';
import { mbus } from '../../drivers/mbus/driver.ts';
import { vectorBytes } from '../../drivers/mbus/testing/vectors.ts';
import { shippedFile, shippedIds } from './shipped.ts';

/** What each point says: its exact value, or its value, or why it has none; with the moment where it has one. */
async function readoutOf(id: string, frame: string): Promise<Record<string, unknown>> {
  const parsed = mbus.parseProfile(shippedFile(id));
  if (!parsed.ok) throw new Error(parsed.mistakes.map(({ message }) => message).join('\n'));
  const setup = {
    device: 'd',
    address: '1',
    medium: 'line',
    cost: { byteMs: 1, overheadMs: 1 },
    knowledge: {},
  } as const;
  const session = mbus.open({ ...setup, profile: parsed.profile });
  const answers = [Uint8Array.of(0xe5), vectorBytes(frame)];
  const [block] = session.plan();
  if (!block) throw new Error('no block');
  const { readings } = await session.poll(block, {
    medium: 'line',
    now: () => 0,
    wait: () => Promise.resolve(),
    exchange: () => {
      const answer = answers.shift();
      return answer ? Promise.resolve(answer) : Promise.reject(new DriverError('timeout', 'no more'));
    },
  });
  return Object.fromEntries(readings.map((reading) => [reading.point, told(reading)]));
}

function told({ value, exact, quality, reason, meterTime }: Reading): unknown {
  if (quality !== 'good') return `${quality}: ${reason ?? ''}`;
  if (typeof value === 'boolean') return value;
  const text = exact ?? String(value);
  return meterTime === undefined || meterTime === value ? text : `${text} at ${meterTime}`;
}

const FACTS: readonly (readonly [profile: string, frame: string, facts: Readonly<Record<string, unknown>>])[] = [
  ['mbus-cold-water', 'P-mbus-011', { volume: '54.321', meterClock: '2014-03-13T11:11:00', meterNumber: '11490378' }],
  ['mbus-cold-water', 'P-mbus-014', { volume: '2850.427', settlementVolume1: '1445.419 at 2008-01-01T00:00:00', volumeFlow: '0.127' }],
  ['mbus-cold-water', 'P-mbus-015', { volume: '1234.567', settlementVolume1: '456.951 at 2007-01-01T00:00:00' }],
  ['mbus-cold-water', 'P-mbus-012', { volume: '123.49', batteryLow: false, temporaryFault: true }],
  ['mbus-hot-water', 'P-mbus-031', { volume: '0.000', settlementVolume1: '0.000 at 2011-01-01T00:00:00' }],
  ['mbus-water-fixed', 'P-mbus-046', { volume: '0.001', historicVolume: '0.135', meterNumber: '12345678' }],
  ['mbus-heat', 'P-mbus-017', { heatEnergy: '800', settlementHeatEnergy1: '800 at 2012-01-01T00:00:00', volume: '12.9', supplyTemperature: '95', temperatureDifference: '52.58' }],
  ['mbus-heat', 'P-mbus-020', { heatEnergy: '1389817', volume: '504647.0', supplyTemperature: '41.211052' }],
  ['mbus-heat', 'P-mbus-027', { heatEnergy: '0.0', settlementHeatEnergy1: '0.0 at 2011-04-30T23:59:00', temporaryFault: true }],
  ['mbus-heat', 'P-mbus-022', { heatEnergy: '5272', volume: '1204.27', heatPower: '0.00' }],
  ['mbus-heat', 'P-mbus-021', { heatEnergy: 'bad: the meter sends 0 J, which no decimal number of kWh stands for exactly' }],
  ['mbus-heat-gj', 'P-mbus-021', { heatEnergy: '0.000', volume: '0.00', heatPower: '0.000' }],
  ['mbus-electricity', 'P-mbus-036', { importEnergy: '1.274', voltageL1: '237.2', currentL1: '0.0', activePower: '0' }],
  ['mbus-electricity', 'P-mbus-034', { importEnergyTariff1: '4.09', importEnergy: 'bad: the readout has no Energy' }],
  ['mbus-gas', 'P-mbus-043', { volume: '0.26', settlementVolume1: 'bad: the readout does not say when it was kept' }],
  ['mbus-kamstrup-382', 'P-mbus-038', { importEnergy: '0', importEnergyTariff2: '0', activePowerMax: '0', onTime: '9', meterNumber: '14839120' }],
  ['mbus-sensus-pollutherm', 'P-mbus-026', { heatEnergy: '8640', volume: '7998.92', heatPower: '54.58', supplyTemperature: '75.5', returnTemperature: '59.4', temperatureDifference: '16.076' }],
  ['mbus-sensus-pollutherm', 'P-mbus-025', { heatEnergy: '0', volumeFlow: '0.00', customerLocation: '44950146', temporaryFault: true }],
  ['mbus-landis-gyr-g350', 'P-mbus-042', { volume: '10834.092 at 2016-07-22T08:00:00', serialNumber: 'G0017591208205814', valveOutput: '1', errorFlags: '0' }],
]; // prettier-ignore

describe.each(FACTS)('%s reads %s', (profile, frame, facts) => {
  it('as it is', async () => {
    expect(await readoutOf(profile, frame)).toMatchObject(facts);
  });
});

it('reads nothing of an electricity meter by the profile of a water meter', async () => {
  const { volume } = await readoutOf('mbus-cold-water', 'P-mbus-036');
  expect(volume).toBe('bad: the meter says that its medium is Electricity, not Water or Cold water');
});

it('holds every M-Bus profile of this folder to a frame', () => {
  expect([...new Set(FACTS.map(([profile]) => profile))].sort()).toEqual(shippedIds('mbus'));
});
