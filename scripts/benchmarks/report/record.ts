/** What has been measured so far: of each benchmark the last whole run, with what it was made on. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

const Figure = z.strictObject({
  what: z.string(),
  unit: z.string(),
  measured: z.number(),
  reference: z.strictObject({ what: z.string(), value: z.number() }).optional(),
});

const Run = z.strictObject({
  verdict: z.enum(['met', 'missed']),
  figures: z.array(Figure),
  at: z.iso.datetime(),
  machine: z.string(),
  commit: z.string(),
  /** Load averages before and after. */
  loads: z.array(z.number()),
  /** Milliseconds of single durable writes, before and after. */
  disk: z.strictObject({ median: z.number(), p99: z.number(), longest: z.number() }),
  /** Whether processes whose figures are times had real-time priority. */
  undisturbed: z.boolean(),
});

/** One run of a benchmark. */
export type Run = z.infer<typeof Run>;

/** By benchmark. */
export type Runs = ReadonlyMap<string, Run>;

const File = z.record(z.string(), Run);

/** Nothing where there is no such file. Throws where it says something else. */
export function readRecord(file: string): Runs {
  return new Map(existsSync(file) ? Object.entries(File.parse(JSON.parse(readFileSync(file, 'utf8')))) : []);
}

/** `record` in the order of `names`, so that a run of one benchmark changes what it says alone. */
export function writeRecord(file: string, record: Runs, names: readonly string[]): void {
  const known = names.flatMap((name) => {
    const run = record.get(name);
    return run ? [[name, run] as const] : [];
  });
  writeFileSync(file, `${JSON.stringify(Object.fromEntries(known), null, 2)}\n`);
}
