/** Questions to the gateway of a site, where it runs on this machine. */
import type { z } from 'zod';
import type { SiteConfig } from '../config/site-config.ts';

/** The version of the API that these commands speak. */
export const API_PATH = '/api/v1';

/** The API is on this machine. */
const ANSWERS_WITHIN_MS = 1_000;

/** `http://127.0.0.1:8080/api/v1`: IPv6 addresses stand in brackets. */
export function apiUrl({ host, port }: SiteConfig['api']): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}${API_PATH}`;
}

/** Null where nobody answers, or something else than a gateway. */
export async function askGateway<S extends z.ZodType>(url: string, schema: S): Promise<z.output<S> | null> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(ANSWERS_WITHIN_MS) });
    return schema.safeParse(await response.json()).data ?? null;
  } catch {
    return null;
  }
}
