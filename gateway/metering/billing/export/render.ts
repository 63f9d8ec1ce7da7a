/** Renders the files of a closed run from its lines. */
import { createHash } from 'node:crypto';
import type { BillingLineRow } from '../../../store/rows.ts';
import type { Store } from '../../../store/store.ts';
import type { BillLine } from '../../rules/line.ts';
import { EXPORT_KINDS, fileNameOf, type ExportKind, type RenderAsked, type Rendered } from './ask.ts';
import type { LineShown } from './columns.ts';
import { renderCsv } from './csv.ts';
import { homesIn } from './homes.ts';
import { renderManifest } from './manifest.ts';
import { renderNdjson } from './ndjson.ts';
import { renderXlsx } from './xlsx.ts';

const PAGE = 1_000;

/** `take` gets each file that is not kept yet, the manifest last: it names the others by their hashes. */
export async function renderAll(
  { billing, registry }: Pick<Store, 'billing' | 'registry'>,
  asked: RenderAsked,
  take: (rendered: Rendered) => void,
): Promise<void> {
  const { run, kept } = asked;
  const lines = linesOf(billing, asked, homesIn(registry.files(asked.registry)));
  const named = new Map(kept);
  for (const kind of EXPORT_KINDS) {
    const file = fileNameOf(run, kind);
    if (named.has(file)) continue;
    const files = [...named].map(([name, hash]) => ({ file: name, sha256: hash }));
    const bytes = await render(
      kind,
      asked,
      lines,
      files.sort((a, b) => (a.file < b.file ? -1 : 1)),
    );
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    named.set(file, sha256);
    take({ file, bytes, sha256 });
  }
}

function render(
  kind: ExportKind,
  asked: RenderAsked,
  lines: Iterable<LineShown>,
  files: Parameters<typeof renderManifest>[2],
): Buffer | Promise<Buffer> {
  switch (kind) {
    case 'csv':
      return renderCsv(lines);
    case 'xlsx':
      return renderXlsx(lines, asked.run.period);
    case 'ndjson':
      return renderNdjson(asked.run, lines);
    case 'manifest':
      return renderManifest(asked, lines, files);
  }
}

/** Read anew by each who goes through them: all of them at once are tens of megabytes. */
function linesOf(
  billing: Store['billing'],
  { run, zone }: RenderAsked,
  homes: ReturnType<typeof homesIn>,
): Iterable<LineShown> {
  const corrections = new Map(run.corrections.map((correction) => [correction.chain, correction]));
  return {
    *[Symbol.iterator]() {
      for (let after = -1; ; after += PAGE) {
        const page = billing.lines(run.id, after, PAGE) as BillingLineRow<BillLine>[];
        for (const { n, line } of page) {
          const home = homes.get(line.home ?? '') ?? null;
          yield { row: n + 1, line, home, correction: corrections.get(line.chain) ?? null, zone };
        }
        if (page.length < PAGE) return;
      }
    },
  };
}
