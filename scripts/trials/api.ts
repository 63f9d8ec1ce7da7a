/** The gateway's API, as a program of an office uses it. */
import type { z } from 'zod';

export interface Api {
  readonly get: <S extends z.ZodType>(schema: S, path: string) => Promise<z.output<S>>;
  readonly post: <S extends z.ZodType>(schema: S, path: string, body: object) => Promise<z.output<S>>;
  readonly bytes: (path: string) => Promise<Buffer>;
}

const DRAFTING_MS = 600_000;

/** Each rejects with what the gateway says where it refuses. */
export function apiOf(base: string): Api {
  const ask = async (path: string, init: RequestInit = {}): Promise<Response> => {
    const response = await fetch(`${base}${path}`, { ...init, signal: AbortSignal.timeout(DRAFTING_MS) });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response;
  };
  const headers = { 'content-type': 'application/json' };
  return {
    get: async (schema, path) => schema.parse(await (await ask(path)).json()),
    post: async (schema, path, body) =>
      schema.parse(await (await ask(path, { method: 'POST', headers, body: JSON.stringify(body) })).json()),
    bytes: async (path) => Buffer.from(await (await ask(path)).arrayBuffer()),
  };
}
