/** What a billing clerk does at the end of a month: docs/billing.md, step by step, over the API. */
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Api } from './api.ts';

const BY = 'trial';
const suspectsAnswer = z.object({
  items: z.array(z.object({ id: z.int(), meter: z.string(), value: z.string(), at: z.string(), quality: z.string() })),
  next: z.int().nullable(),
});
const runAnswer = z.object({
  run: z.string(),
  state: z.string(),
  draft: z.int(),
  figures: z.object({ lines: z.int(), byQuality: z.record(z.string(), z.int()), consumption: z.string() }).nullable(),
  findings: z.array(z.object({ key: z.string(), code: z.string(), weight: z.string(), en: z.string() })),
  blocking: z.array(z.string()),
  manifest: z.string().nullable(),
});
const settledAnswer = z.object({ settled: z.int() });

export type Suspect = z.infer<typeof suspectsAnswer>['items'][number];
export type Run = z.infer<typeof runAnswer>;

export async function suspects(api: Api): Promise<readonly Suspect[]> {
  const found: Suspect[] = [];
  for (let after: number | null = 0; after !== null;) {
    const page: z.infer<typeof suspectsAnswer> = await api.get(suspectsAnswer, `/suspects?limit=1000&after=${after}`);
    found.push(...page.items);
    after = page.next;
  }
  return found;
}

/** `isRight`: what the clerk found who went and looked. All of a meter at once where they are all the same. */
export async function settle(
  api: Api,
  doubted: readonly Suspect[],
  isRight: (suspect: Suspect) => Promise<boolean>,
): Promise<{ accepted: number; rejected: number }> {
  const count = { accepted: 0, rejected: 0 };
  for (const [meter, ofMeter] of Map.groupBy(doubted, (suspect) => suspect.meter)) {
    const looked = [];
    for (const suspect of ofMeter) looked.push({ suspect, right: await isRight(suspect) });
    const accepted = looked.filter(({ right }) => right);
    const words = (right: boolean) => ({
      decision: right ? 'accept' : 'reject',
      by: BY,
      note: right ? 'the dial shows it' : 'the dial shows something else',
    });
    if (accepted.length === looked.length || accepted.length === 0) {
      await api.post(settledAnswer, `/meters/${meter}/settle`, words(accepted.length > 0));
    } else {
      for (const { suspect, right } of looked) {
        await api.post(z.unknown(), `/readings/${suspect.id}/settle`, words(right));
      }
    }
    count.accepted += accepted.length;
    count.rejected += looked.length - accepted.length;
  }
  return count;
}

/** Drafted, looked at, accepted with notes, closed, exported and acknowledged. Rejects where something keeps it from being closed. */
export async function bill(api: Api, utility: string, period: string, folder: string): Promise<Run & { xlsx: string }> {
  const by = BY;
  const drafted = await api.post(z.object({ run: z.string() }), '/billing/runs', { utility, period, by });
  const path = `/billing/runs/${drafted.run}`;
  const checked = await api.post(runAnswer, `${path}/check`, { by });
  const mend = checked.findings.filter(({ weight }) => weight === 'mend');
  if (mend.length > 0) throw new Error(`${drafted.run}: ${mend.map(({ key, en }) => `${key}: ${en}`).join('\n')}`);
  if (checked.blocking.length > 0) {
    const note = 'looked at on site: it is as the dials show it';
    await api.post(runAnswer, `${path}/accept`, { keys: checked.blocking, note, by });
  }
  await api.post(runAnswer, `${path}/close`, { draft: checked.draft, by });
  const { manifest } = await api.post(runAnswer, `${path}/export`, { by });
  const file = (kind: string) => join(folder, `${drafted.run}.${kind}`);
  for (const kind of ['csv', 'xlsx', 'ndjson', 'manifest'])
    writeFileSync(file(kind), await api.bytes(`${path}/files/${kind}`));
  const bytes = await api.bytes(`${path}/files/manifest`);
  const hash = createHash('sha256').update(bytes).digest('hex');
  if (hash !== manifest) throw new Error(`${drafted.run}: the manifest's SHA-256 is ${hash}, not ${manifest}`);
  return { ...(await api.post(runAnswer, `${path}/acknowledge`, { manifest: hash, by })), xlsx: file('xlsx') };
}
