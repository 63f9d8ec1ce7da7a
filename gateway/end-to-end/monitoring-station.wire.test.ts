/** A whole gateway that tells a monitoring station of the lifts' alarms, killed while it waits for acknowledgements. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { Fault } from '../../simulators/receiver/answer.ts';
import { startReceiver, type Receiver } from '../../simulators/receiver/receiver.ts';
import { until } from '../testing/programs.ts';
import { integerBetween, killCount, newChance } from './testing/chance.ts';
import { GatewayProcess } from './testing/gateway-process.ts';
import { liftButtons } from './testing/lift-buttons.ts';
import { newSite } from './testing/site.ts';
import { readStored, type Stored, type StoredEvent } from './testing/stored.ts';

const KEY = '000102030405060708090A0B0C0D0E0F';
const FAULTS: readonly Fault[] = ['none', 'silent', 'close', 'wrongSequence', 'wrongCrc'];

/** What the station must have been told: `{code} {zone}` of each alarm that was raised or is over, oldest first. */
function toTell(events: readonly StoredEvent[]): string[] {
  return events.flatMap(({ domain, source, data }) => {
    if (domain !== 'alarm' || data['alarmType'] !== 'lift.carAlarm') return [];
    const isNew = data['type'] === 'raise' && data['to'] === 'B';
    const zone = String(Number(source.replace('lift-', '')) + 1).padStart(4, '0');
    return isNew ? [`QA${zone}`] : data['type'] === 'clear' ? [`QR${zone}`] : [];
  });
}

/** What it has acknowledged, by sequence: what came twice counts once. */
function told({ received }: Receiver): string[] {
  const acknowledged = received.filter(({ id, answer }) => id === 'SIA-DCS' && answer === 'ACK');
  const bySequence = new Map(
    acknowledged.map(({ sequence, data }) => [sequence, /Nri1\/(Q[AR]\d{4})/.exec(data ?? '')?.[1]]),
  );
  return [...bySequence.values()].map(String);
}

it('tells the station of every alarm and of its end, however often it is killed before it is acknowledged', async () => {
  const random = newChance();
  const kills = killCount(4);
  const station = await startReceiver({ key: Buffer.from(KEY, 'hex'), accounts: ['A1B2C3'] });
  onTestFinished(() => station.close());
  const { presses, sketch, hasCounted } = await liftButtons(random);
  const zones = Object.fromEntries(Array.from({ length: 16 }, (_, n) => [`lift-${n}`, n + 1]));
  const receivers = [{ host: '127.0.0.1', port: station.port }];
  const monitoringStation = { account: 'A1B2C3', receivers, zones, keyFile: 'station.key', answerTimeoutMs: 300 };
  const site = newSite({ ...sketch(), monitoringStation });
  writeFileSync(join(site.folder, 'station.key'), `${KEY}\n`);

  let gateway = new GatewayProcess(site.siteFile);
  await gateway.ready;
  await until(() => hasCounted(site.storeFile), 'every counter to be known');
  for (let n = 0; n < kills; n += 1) {
    station.fault(FAULTS[n % FAULTS.length] ?? 'none');
    const { length } = station.received;
    presses.start();
    await until(() => station.received.length > length + integerBetween(random, 1, 6), 'some reports');
    await gateway.kill();
    await presses.stop();
    gateway = new GatewayProcess(site.siteFile);
    await gateway.ready;
    await until(() => hasCounted(site.storeFile), 'what was pressed meanwhile');
  }
  station.fault('none');
  const isQuiet = ({ alarms }: Stored): boolean => alarms.every(({ active }) => !active);
  const stored = await until(() => {
    const now = readStored(site.storeFile);
    return isQuiet(now) && told(station).length >= toTell(now.events).length && now;
  }, 'the rest of the reports');
  await gateway.stop();
  const expected = toTell(stored.events).toSorted();
  expect(expected.length).toBeGreaterThan(kills);
  expect(told(station).toSorted()).toEqual(expected);
  expect(station.received.filter(({ why }) => why !== null)).toEqual([]);
}, 120_000);
