/** What the gateway counts, as Prometheus would read it. */
import type { BenchSite } from './site.ts';

/** Sums of the samples of each metric, by name. */
export async function readMetrics({ apiUrl }: BenchSite): Promise<ReadonlyMap<string, number>> {
  const text = await (await fetch(`${apiUrl}/metrics`)).text();
  const sums = new Map<string, number>();
  for (const [, name = '', value = ''] of text.matchAll(/^(\w+)(?:\{[^\n]*\})? (\S+)$/gm)) {
    sums.set(name, (sums.get(name) ?? 0) + Number(value));
  }
  return sums;
}
