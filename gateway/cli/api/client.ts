/** Asks the running gateway of a site over its API, and says what it refuses in the words that it gives. */
import { z } from 'zod';
import { CliError, usageError } from '../exit.ts';
import { apiOf } from '../options/load-site.ts';
import { API_PATH, apiUrl } from '../running-gateway.ts';

export interface ApiOptions {
  readonly site: string;
  /** `http://127.0.0.1:8080`; unset: that of the site file. */
  readonly api?: string;
}

const refusal = z.object({
  error: z.object({ message: z.string(), details: z.looseObject({ zh: z.string().optional() }).optional() }),
});

export async function baseOf({ site, api }: ApiOptions): Promise<string> {
  if (api === undefined) return apiUrl(await apiOf(site));
  const url = URL.parse(api);
  if (!url) throw usageError(`${JSON.stringify(api)} is no address`, '--api http://127.0.0.1:8080');
  return url.origin + API_PATH;
}

export async function getApi<S extends z.ZodType>(options: ApiOptions, path: string, schema: S): Promise<z.output<S>> {
  return checked(await ask(options, path), schema);
}

export async function postApi<S extends z.ZodType>(
  options: ApiOptions,
  path: string,
  body: Readonly<Record<string, unknown>>,
  schema: S,
): Promise<z.output<S>> {
  const headers = { 'content-type': 'application/json' };
  return checked(await ask(options, path, { method: 'POST', headers, body: JSON.stringify(body) }), schema);
}

/** The bytes of a file. */
export async function downloadApi(options: ApiOptions, path: string): Promise<Uint8Array> {
  return (await ask(options, path)).bytes();
}

/** Rejects with CliError where nobody answers, or the answer is a refusal. */
async function ask(options: ApiOptions, path: string, init: RequestInit = {}): Promise<Response> {
  const base = await baseOf(options);
  const response = await reach(`${base}${path}`, init);
  if (response.ok) return response;
  const said = refusal.safeParse(await response.json().catch(() => null)).data;
  if (!said) throw new CliError(`${base} answers ${response.status}: that is no gateway`);
  throw new CliError(said.error.message, said.error.details?.zh);
}

async function reach(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch {
    const { origin } = new URL(url);
    throw new CliError(`no gateway answers at ${origin}`, 'start it, or name it with --site or --api');
  }
}

async function checked<S extends z.ZodType>(response: Response, schema: S): Promise<z.output<S>> {
  const answer = schema.safeParse(await response.json());
  if (answer.success) return answer.data;
  throw new CliError('the gateway answers in another way than expected', 'is it of another version?');
}
