/** The meter registry's tables as they came, each version once. */
import type { Db } from '../open.ts';
import type { RegistryFileRow } from '../rows.ts';

export function writeRegistry(db: Db) {
  const known = db.prepare('SELECT 1 FROM registry_versions WHERE version = ?').pluck();
  const insert = db.prepare(
    'INSERT INTO registry_versions (version, n, holds, file, bytes, at) VALUES (?, ?, ?, ?, ?, ?)',
  );
  return {
    /** Within a transaction of the caller. `now`: Unix milliseconds. */
    keep(version: string, files: readonly RegistryFileRow[], now: number): void {
      if (known.get(version) !== undefined) return;
      for (const [n, { holds, file, bytes }] of files.entries()) insert.run(version, n, holds, file, bytes, now);
    },
  };
}

export function readRegistry(db: Db) {
  const files = db.prepare('SELECT holds, file, bytes FROM registry_versions WHERE version = ? ORDER BY n');
  const versions = db.prepare('SELECT version, min(at) AS at FROM registry_versions GROUP BY version ORDER BY 2 DESC');
  return {
    /** Byte for byte; empty where there is no such version. */
    files: (version: string): RegistryFileRow[] => files.all(version) as RegistryFileRow[],
    /** Newest first. `at`: when it was first in force. */
    versions: (): { version: string; at: number }[] => versions.all() as { version: string; at: number }[],
  };
}
