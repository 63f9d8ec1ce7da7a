/** What is to be rendered, and what comes of it: plain data, as it travels to the thread that does it. */
import type { Run } from '../../rules/run.ts';

export interface RenderAsked {
  readonly run: Run;
  readonly site: { readonly id: string; readonly nameZh: string };
  /** IANA name: times in tables are on the wall. */
  readonly zone: string;
  /** The version of the registry that the run was drafted from. */
  readonly registry: string;
  /** Files that are kept already, with the SHA-256 of each: they are not rendered again. */
  readonly kept: ReadonlyMap<string, string>;
}

export interface Rendered {
  readonly file: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** In hex. */
  readonly sha256: string;
}

export type ExportKind = 'csv' | 'xlsx' | 'ndjson' | 'manifest';

export const EXPORT_KINDS = ['csv', 'xlsx', 'ndjson', 'manifest'] as const satisfies readonly ExportKind[];

/** `electricity-2026-11.csv`; the manifest is `electricity-2026-11.manifest.json`. */
export function fileNameOf(run: Pick<Run, 'id'>, kind: ExportKind): string {
  return kind === 'manifest' ? `${run.id}.manifest.json` : `${run.id}.${kind}`;
}

export const CONTENT_TYPES: Readonly<Record<ExportKind, string>> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  ndjson: 'application/x-ndjson',
  manifest: 'application/json',
};
