/** Reads the registry's tables that the site file names, and joins them with the rest of the configuration. */
import type { ProtocolOf } from '../metering/registry/check-occupancy.ts';
import { meterOf } from '../metering/registry/meter-of-row.ts';
import type { MeterRow } from '../metering/registry/meter-row.ts';
import { placeAtPoints } from '../metering/registry/place-at-points.ts';
import { placeOnBuses } from '../metering/registry/place-on-buses.ts';
import { readRegistry, type RegistryRows, type TableText } from '../metering/registry/read-registry.ts';
import { createRegistry, registryFile, type Registry, type RegistryFile } from '../metering/registry/registry.ts';
import type { Surroundings } from '../metering/registry/surroundings.ts';
import type { ListedDevice } from './device-files.ts';
import { decodeTable } from './files/decode-table.ts';
import type { FilesRead } from './files/read-files.ts';
import { error, type Finding, type Mistake } from './mistakes/mistake.ts';

export interface MeterFilesRead extends RegistryRows {
  readonly files: readonly RegistryFile[];
  /** Files that are not there. */
  readonly absent: readonly string[];
  /** About the site file. */
  readonly findings: readonly Finding[];
}

/** In MB: some 80,000 meters. */
const LARGEST_MB = 8;

export interface MeterFileNames {
  readonly meters: readonly string[];
  readonly homes: string | null;
}

export async function readMeterFiles(
  names: MeterFileNames,
  protocolOf: ProtocolOf,
  read: FilesRead,
): Promise<MeterFilesRead> {
  const files: RegistryFile[] = [];
  const mistakes: Mistake[] = [];
  const absent: string[] = [];
  const textOf = async (holds: RegistryFile['holds'], file: string): Promise<TableText[]> => {
    const found = await read.bytes(file, LARGEST_MB);
    if (found.state === 'absent') absent.push(file);
    if (found.state === 'unusable') mistakes.push(found.mistake);
    if (found.state !== 'bytes') return [];
    files.push(registryFile(holds, file, found.bytes));
    const decoded = decodeTable(found.bytes);
    mistakes.push(...(decoded.ok ? decoded.spots : [decoded.spot]).map((spot) => ({ file, ...spot })));
    return decoded.ok ? [{ file, text: decoded.text }] : [];
  };
  const meters: TableText[] = [];
  for (const file of names.meters) meters.push(...(await textOf('meters', file)));
  const [homes = null] = names.homes === null ? [] : await textOf('homes', names.homes);
  const rows = readRegistry({ meters, homes, protocolOf });
  const findings = names.homes === null ? homesUnnamed(rows.meters) : [];
  return { ...rows, files, absent, findings, mistakes: [...mistakes, ...rows.mistakes] };
}

function homesUnnamed(meters: readonly MeterRow[]): Finding[] {
  const naming = meters.find(({ home }) => typeof home === 'string');
  if (!naming) return [];
  const message = `${naming.file} names homes (line ${naming.row.line} the first), and no file says which there are`;
  return [error(['meters'], message, 'homes: homes.csv')];
}

export interface JoinedMeters {
  readonly registry: Registry;
  /** Those that follow from meters on buses. */
  readonly devices: readonly ListedDevice[];
  readonly mistakes: readonly Mistake[];
}

export function joinMeters({ meters, homes, mistakes, files }: MeterFilesRead, around: Surroundings): JoinedMeters {
  const bad = new Set(mistakes.filter(({ severity }) => severity === 'error').map(lineKey));
  const isBad = ({ file, row }: MeterRow): boolean => bad.has(lineKey({ file, line: row.line }));
  const onBuses = placeOnBuses(meters, around, isBad);
  const atPoints = placeAtPoints(meters, around, onBuses);
  const placeOf = (row: MeterRow) => onBuses.places.get(row) ?? atPoints.places.get(row) ?? null;
  return {
    registry: createRegistry(
      meters.flatMap((row) => meterOf(row, placeOf(row)) ?? []),
      homes.flatMap(({ home }) => home ?? []),
      files,
    ),
    devices: onBuses.devices,
    mistakes: [...onBuses.mistakes, ...atPoints.mistakes],
  };
}

function lineKey({ file, line }: Pick<Mistake, 'file' | 'line'>): string {
  return `${file}:${line}`;
}
