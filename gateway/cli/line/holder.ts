/** Whether the gateway itself has a line open: a second master would disturb it, and the gateway the second master. */
import { z } from 'zod';
import { placeSchema } from '../../api/resources/bus.ts';
import { CliError } from '../exit.ts';
import { apiUrl, askGateway } from '../running-gateway.ts';
import type { FoundBus } from './find-bus.ts';
import { isSamePlace, placeOf } from './place.ts';

const busesAnswer = z.object({
  items: z.array(z.object({ id: z.string(), type: z.string(), place: placeSchema, state: z.string() })),
});

type HeldBus = z.infer<typeof busesAnswer>['items'][number];

/**
 * Rejects with CliError where the gateway of this site runs and has the line of `bus` open, whatever that is called here.
 * Only serial lines are held against a second master: there the bytes of two collide, and most device servers drop the
 * first of two connections. Modbus TCP serves several.
 */
export async function refuseIfHeld(wanted: FoundBus): Promise<void> {
  const base = apiUrl(wanted.api);
  const answer = await askGateway(`${base}/buses`, busesAnswer);
  for (const held of answer?.items ?? []) {
    if (held.state !== 'open' || held.type === 'modbus-tcp' || !(await isSameLine(held, wanted))) continue;
    throw new CliError(
      `the gateway is running and has the bus ${JSON.stringify(held.id)} open: a second master would disturb it`,
      `ask the gateway (curl ${base}/devices), or stop it first`,
    );
  }
}

async function isSameLine({ id, place }: HeldBus, { bus, site }: FoundBus): Promise<boolean> {
  return (site !== null && id === bus.id) || isSamePlace(place, placeOf(bus));
}
