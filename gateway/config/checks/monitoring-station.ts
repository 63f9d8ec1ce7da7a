/** Where alarms are sent to: its key, its zones, and what of the site it will never be told. */
import { parseKey } from '../../../drivers/dc09/cipher.ts';
import { isSendable } from '../../monitoring-station/report.ts';
import type { MonitoringStation } from '../monitoring-station-schema.ts';
import { suggest } from '../mistakes/suggest.ts';
import { error, warning, type Finding } from '../mistakes/mistake.ts';
import type { CheckInput } from './input.ts';

const SECTION = 'monitoringStation';

export function checkMonitoringStation({ config, stationKey, known, lost }: CheckInput): Finding[] {
  const station = config.monitoringStation;
  if (!station || lost.has([SECTION])) return [];
  const names = new Set([...known.devices, ...known.equipment, ...config.devices.map(({ id }) => id)]);
  return [
    ...checkKey(station, stationKey),
    ...checkZones(station, names),
    ...checkCodes(station, config.alarms),
    ...checkReceivers(station),
  ];
}

function checkKey({ keyFile }: MonitoringStation, key: string | null): Finding[] {
  const path = [SECTION, 'keyFile'];
  if (keyFile === undefined) return [];
  if (key === null) return [error(path, `there is no file ${keyFile}`, 'names start at the folder of the site file')];
  if (parseKey(key.trim()) !== null) return [];
  return [error(path, `${keyFile} has no key`, '32, 48 or 64 hex digits: AES-128, AES-192 or AES-256')];
}

function checkZones({ zones }: MonitoringStation, names: ReadonlySet<string>): Finding[] {
  return Object.keys(zones).flatMap((source) => {
    if (names.has(source)) return [];
    const message = `there is no equipment or device ${JSON.stringify(source)}`;
    return [error([SECTION, 'zones', source], message, suggest(source, [...names]))];
  });
}

/** Once, with all types: each of them may well be meant so. */
function checkCodes({ format }: MonitoringStation, alarms: CheckInput['config']['alarms']): Finding[] {
  const sent = new Set(alarms.filter(({ settings }) => isSendable(settings, format)).map(({ type }) => type));
  const types = [...new Set(alarms.map(({ type }) => type))].filter((type) => !sent.has(type)).sort();
  if (types.length === 0) return [];
  const key = format === 'sia-dcs' ? 'sia' : 'contactId';
  const message = `the station is not told of alarms without a code: ${types.join(', ')}`;
  return [warning([SECTION, 'format'], message, `give the types a ${key} in the alarm rules, where it should be`)];
}

function checkReceivers({ receivers: [first, second] }: MonitoringStation): Finding[] {
  if (!first || first.host !== second?.host || first.port !== second.port) return [];
  const message = 'both receivers are the same: there is no second way';
  return [warning([SECTION, 'receivers', 1], message, 'name another one, or leave it out')];
}
