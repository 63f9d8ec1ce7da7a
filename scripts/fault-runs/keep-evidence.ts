/** What everybody said and did, in files beside the site and its store. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { House } from './house.ts';

/** May be called again: the files are then as of the latest call. */
export function keepEvidence({ site: { folder }, modules, guard, victims }: House, verdict: readonly string[]): void {
  const write = (name: string, content: string): void => writeFileSync(join(folder, name), content);
  for (const { name, said } of victims.values())
    write(`${name}-said.txt`, said.map((text, i) => `# life ${i + 1}\n${text}`).join('\n'));
  write('edges.jsonl', modules.ledger().map(jsonLine).join(''));
  write('accepted.jsonl', guard.accepted.map(jsonLine).join(''));
  write('verdict.txt', `${verdict.join('\n')}\n`);
}

function jsonLine(value: unknown): string {
  return `${JSON.stringify(value)}\n`;
}
