/** Renders the files of a closed run from its lines. */
import { createHash } from 'node:crypto';
import type { BillingLineRow } from '../../../store/rows.ts';
import type { Store } from '../../../store/store.ts';
import type { BillLine } from '../../rules/line.ts';
import { correctionsIn } from '../../rules/revision.ts';
import { EXPORT_KINDS, fileNameOf, type ExportKind, type RenderAsked, type Rendered } from './ask.ts';
import { COLUMNS, type LineShown } from './columns.ts';
import { csvRendering } from './csv.ts';
import { homesIn } from './homes.ts';
import { manifestRendering } from './manifest.ts';
import { ndjsonRendering } from './ndjson.ts';
import type { Rendering } from './rendering.ts';
import { xlsxRendering } from './xlsx.ts';

const PAGE = 1_000;

/** `take` gets each file that is not kept yet, the manifest last: it names the others by their hashes. */
export function renderAll(
  { billing, registry }: Pick<Store, 'billing' | 'registry'>,
  asked: RenderAsked,
  take: (rendered: Rendered) => void,
): void {
  const hashes = new Map(asked.kept);
  const named = () =>
    [...hashes].map(([file, sha256]) => ({ file, sha256 })).sort((a, b) => (a.file < b.file ? -1 : 1));
  const wanted = EXPORT_KINDS.filter((kind) => !hashes.has(fileNameOf(asked.run, kind)));
  const renderings = wanted.map((kind) => ({ kind, rendering: renderingOf(kind, asked, named) }));
  for (const shown of linesOf(billing, asked, homesIn(registry.files(asked.registry)))) {
    const cells = COLUMNS.map((column) => column.of(shown));
    for (const { rendering } of renderings) rendering.add(shown, cells);
  }
  // Each is let go before the next one is put together.
  for (let next = renderings.shift(); next !== undefined; next = renderings.shift()) {
    const file = fileNameOf(asked.run, next.kind);
    const bytes = next.rendering.end();
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    hashes.set(file, sha256);
    take({ file, bytes, sha256 });
  }
}

function renderingOf(
  kind: ExportKind,
  asked: RenderAsked,
  named: () => { readonly file: string; readonly sha256: string }[],
): Rendering {
  switch (kind) {
    case 'csv':
      return csvRendering();
    case 'xlsx':
      return xlsxRendering(asked.run.period);
    case 'ndjson':
      return ndjsonRendering(asked.run);
    case 'manifest':
      return manifestRendering(asked, named);
  }
}

/** Page by page: all of them at once are tens of megabytes. */
function* linesOf(
  billing: Store['billing'],
  { run, zone }: RenderAsked,
  homes: ReturnType<typeof homesIn>,
): Generator<LineShown> {
  for (let after = -1; ; after += PAGE) {
    const page = billing.lines(run.id, after, PAGE) as BillingLineRow<BillLine>[];
    for (const { n, line } of page) {
      const home = homes.get(line.home ?? '') ?? null;
      yield { row: n + 1, line, home, corrections: correctionsIn(run, line), zone };
    }
    if (page.length < PAGE) return;
  }
}
