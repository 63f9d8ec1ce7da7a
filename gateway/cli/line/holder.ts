/** Whether the gateway itself has a line open: a second master would disturb it, and the gateway the second master. */
import { z } from 'zod';
import type { BusConfig } from '../../config/schema.ts';
import type { SiteConfig } from '../../config/site-config.ts';
import { API_PATH, apiOrigin } from '../api-address.ts';
import { CliError } from '../exit.ts';

/** The API is on this machine. */
const ANSWERS_WITHIN_MS = 1_000;

const answer = z.object({ id: z.string(), state: z.string() });

/**
 * Rejects with CliError where the gateway of this site runs and has `bus` open. Only serial lines are asked about: there
 * bytes of two masters collide, and most device servers drop the first of two connections. Modbus TCP serves several.
 */
export async function refuseIfHeld(bus: BusConfig, { api }: Pick<SiteConfig, 'api'>): Promise<void> {
  if (bus.type === 'modbus-tcp') return;
  const base = apiOrigin(api) + API_PATH;
  if (!(await isOpenAt(`${base}/buses/${bus.id}`, bus.id))) return;
  throw new CliError(
    `the gateway is running and has the bus ${JSON.stringify(bus.id)} open: a second master would disturb it`,
    `ask the gateway (curl ${base}/devices), or stop it first`,
  );
}

async function isOpenAt(url: string, id: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(ANSWERS_WITHIN_MS) });
    const body = answer.safeParse(await response.json());
    return body.success && body.data.id === id && body.data.state === 'open';
  } catch {
    // Nobody there, or something else than a gateway.
    return false;
  }
}
