/** What a person or a program asks of the gateway over HTTP. */
import type { BenchSite } from './site.ts';

/** What it answers. Rejects where it refuses. */
export function postTo(site: BenchSite, path: string, body: unknown): Promise<unknown> {
  const headers = { 'content-type': 'application/json' };
  return answerOf(site, path, { method: 'POST', headers, body: JSON.stringify(body) });
}

export function getFrom(site: BenchSite, path: string): Promise<unknown> {
  return answerOf(site, path, {});
}

async function answerOf({ apiUrl }: BenchSite, path: string, request: RequestInit): Promise<unknown> {
  const answer = await fetch(`${apiUrl}${path}`, request);
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text}`);
  return JSON.parse(text);
}
