/** Who is billed, and by which meters: as the tables of a site say it. */
import { createHash } from 'node:crypto';
import type { Home, Meter } from '../model.ts';

/** A table as it came: an export of it is these bytes. */
export interface RegistryFile {
  readonly holds: 'meters' | 'homes';
  readonly file: string;
  readonly bytes: Uint8Array;
  /** Of the bytes, in hex. */
  readonly sha256: string;
}

export interface Registry {
  /** By number, in the order of the tables; those that were removed included. */
  readonly meters: ReadonlyMap<string, Meter>;
  /** By id. */
  readonly homes: ReadonlyMap<string, Home>;
  readonly files: readonly RegistryFile[];
  /** Equal for two registries of the same tables, byte for byte, wherever they stand: SHA-256, in hex. */
  readonly version: string;
}

export function registryFile(holds: RegistryFile['holds'], file: string, bytes: Uint8Array): RegistryFile {
  return { holds, file, bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
}

export function createRegistry(
  meters: Iterable<Meter>,
  homes: Iterable<Home>,
  files: readonly RegistryFile[],
): Registry {
  const version = createHash('sha256');
  for (const { holds, sha256 } of files) version.update(`${holds} ${sha256}\n`);
  return {
    meters: new Map(Array.from(meters, (meter) => [meter.number, meter])),
    homes: new Map(Array.from(homes, (home) => [home.id, home])),
    files,
    version: version.digest('hex'),
  };
}

export const NO_REGISTRY: Registry = createRegistry([], [], []);
