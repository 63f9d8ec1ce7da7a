/** The homes of a registry version: what they were called when a run was drafted. */
import { decodeTable } from '../../../config/files/decode-table.ts';
import type { RegistryFileRow } from '../../../store/rows.ts';
import type { Home } from '../../model.ts';
import { readRegistry } from '../../registry/read-registry.ts';

/** `files`: as they were kept. They were checked when they came into force. */
export function homesIn(files: readonly RegistryFileRow[]): ReadonlyMap<string, Home> {
  const kept = files.find(({ holds }) => holds === 'homes');
  const decoded = kept && decodeTable(Buffer.from(kept.bytes));
  if (!kept || !decoded?.ok) return new Map();
  const table = { file: kept.file, text: decoded.text };
  const { homes } = readRegistry({ meters: [], homes: table, protocolOf: () => undefined });
  return new Map(homes.flatMap(({ home }) => (home ? [[home.id, home] as const] : [])));
}
