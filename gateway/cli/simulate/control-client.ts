/** Orders to the simulators, over their control port. */
import { z } from 'zod';
import { CliError, usageError } from '../exit.ts';

const refusal = z.object({ error: z.string() });

/** Asks the simulators at `base`, and checks the answer. Rejects with CliError. */
export async function control<S extends z.ZodType>(
  base: string,
  { method = 'GET', path, body, schema }: { method?: 'GET' | 'POST'; path: string; body?: unknown; schema: S },
): Promise<z.output<S>> {
  const url = URL.parse(path, base);
  if (!url) throw usageError(`${JSON.stringify(base)} is no address`, '--control http://127.0.0.1:15000');
  const response = await ask(url, method, body);
  const answer: unknown = await response.json().catch(() => null);
  if (!response.ok)
    throw new CliError(refusal.safeParse(answer).data?.error ?? `${url.href} answers ${response.status}`);
  const checked = schema.safeParse(answer);
  if (!checked.success) throw new CliError(`what answers at ${base} is no simulator`, 'name another with --control');
  return checked.data;
}

async function ask(url: URL, method: string, body: unknown): Promise<Response> {
  const sent =
    body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
  try {
    return await fetch(url, { method, ...sent });
  } catch {
    throw new CliError(`no simulators answer at ${url.origin}`, 'start them first: scripts/gatehouse simulate');
  }
}
