/** The homes of a registry version: what they were called when a run was drafted. */
import { decodeTable } from '../../../config/files/decode-table.ts';
import { readTable } from '../../../config/files/table.ts';
import type { RegistryFileRow } from '../../../store/rows.ts';
import type { Home } from '../../model.ts';
import { readHomeRow } from '../../registry/home-row.ts';
import { HOMES } from '../../registry/read-registry.ts';

/** `files`: as they were kept. They were checked when they came into force, and are not checked against each other again. */
export function homesIn(files: readonly RegistryFileRow[]): ReadonlyMap<string, Home> {
  const kept = files.find(({ holds }) => holds === 'homes');
  const decoded = kept && decodeTable(Buffer.from(kept.bytes));
  const homes = new Map<string, Home>();
  if (!kept || !decoded?.ok) return homes;
  const { rows, lacks } = readTable(decoded.text, HOMES);
  for (const row of rows) {
    const home = readHomeRow(kept.file, row, lacks).value?.home;
    if (home) homes.set(home.id, home);
  }
  return homes;
}
