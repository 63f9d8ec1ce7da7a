/** A billing run as it is answered. */
import { z } from 'zod';
import { iso } from '../../broker/messages.ts';
import { EXPORT_KINDS, fileNameOf } from '../../metering/billing/export/ask.ts';
import type { ApiDeps } from '../deps.ts';
import type { StoredRun } from '../../metering/billing/record.ts';
import { blocking, RUN_STATES } from '../../metering/rules/run.ts';
import { UTILITIES } from '../../metering/rules/utilities.ts';
import { time } from '../schema/fields.ts';

const utilities = Object.keys(UTILITIES) as (keyof typeof UTILITIES)[];
export const utilityName = z.enum(utilities);

const signature = z.object({ by: z.string(), at: time });

const finding = z.object({
  key: z.string().describe('What `accept` names'),
  code: z.string(),
  chain: z.string(),
  home: z.string().nullable(),
  weight: z
    .enum(['warns', 'note', 'mend'])
    .describe('mend: settle the reading or mend the registry, and draft again; note: accept it with a note'),
  zh: z.string(),
  en: z.string(),
});

export const runSchema = z.object({
  run: z.string(),
  utility: utilityName,
  period: z.string(),
  from: time,
  to: time,
  revision: z.int().describe('0: the run itself'),
  state: z.enum(RUN_STATES),
  draft: z.int().describe('How often it was drafted: closing names the one that was looked at'),
  drafted: signature.nullable().describe('Null: there is no whole draft, draft it (again)'),
  registry: z.string().nullable().describe('The version that its lines are computed from'),
  figures: z
    .object({
      lines: z.int(),
      byQuality: z.record(z.string(), z.int()).describe('Lines by the quality of their closing value'),
      withoutConsumption: z.int(),
      consumption: z.string().describe('The sum, exact'),
      unit: z.string(),
    })
    .nullable(),
  corrections: z.array(z.object({ chain: z.string(), replaces: z.string(), why: z.string() })),
  closed: signature.nullable(),
  manifest: z.string().nullable().describe('SHA-256: acknowledging names it'),
  files: z.array(z.object({ kind: z.enum(EXPORT_KINDS), file: z.string() })),
  dropped: time.describe('When its files were put into the drop folder'),
  handoverTrouble: z
    .string()
    .nullable()
    .describe('Why its files are not rendered and in the drop folder yet: that is tried again every minute'),
  acknowledged: signature.nullable(),
});

export const fullRunSchema = runSchema.extend({
  findings: z.array(finding.extend({ accepted: signature.extend({ note: z.string() }).nullable() })),
  blocking: z.array(z.string()).describe('Keys of the findings that keep it from being closed'),
});

const signed = (of: { readonly by: string; readonly at: number } | null) => of && { by: of.by, at: iso(of.at) };

type Handover = Pick<ApiDeps, 'handoverTrouble'>;

export function runView(
  { registry, run: { run, drafted, dropped } }: StoredRun,
  { handoverTrouble }: Handover,
): z.input<typeof runSchema> {
  const { id, utility, period, from, to, revision, state, draft, corrections, closed, manifest, acknowledged } = run;
  const kinds = manifest === null ? [] : EXPORT_KINDS;
  return {
    ...{ run: id, utility, period, from: iso(from), to: iso(to), revision, state, draft, registry, manifest },
    ...{ drafted: signed(drafted), closed: signed(closed), acknowledged: signed(acknowledged), dropped: iso(dropped) },
    figures: drafted && { ...drafted.figures, unit: drafted.figures.unit ?? UTILITIES[utility].unit },
    corrections: corrections.map(({ chain, replaces, why }) => ({ chain, replaces, why })),
    handoverTrouble: acknowledged ? null : handoverTrouble(id),
    files: kinds.map((kind) => ({ kind, file: fileNameOf(run, kind) })),
  };
}

export function fullRunView(stored: StoredRun, handover: Handover): z.input<typeof fullRunSchema> {
  const { run } = stored.run;
  const accepted = new Map(run.accepted.map((acceptance) => [acceptance.key, acceptance]));
  return {
    ...runView(stored, handover),
    findings: run.findings.map((found) => {
      const by = accepted.get(found.key);
      return { ...found, accepted: by ? { by: by.by, at: iso(by.at), note: by.note } : null };
    }),
    blocking: blocking(run).map(({ key }) => key),
  };
}
