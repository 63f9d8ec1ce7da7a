/** Gives commands through the gateway's API, one at a time and at no fixed pace. */
import { sharedNow, sleep } from '../measure/time.ts';
import { SETPOINT_KEY } from '../processes/meter-profile.ts';
import type { Protocol } from '../processes/protocol.ts';
import { serve } from '../processes/serve.ts';

export interface CommanderProgram extends Protocol {
  readonly settings: { readonly apiUrl: string };
  readonly ready: null;
  readonly question: {
    readonly device: string;
    readonly value: number;
    /** Anything up to this passes before it is given. */
    readonly withinMs: number;
  };
  /** When the request was made; shared monotonic milliseconds. */
  readonly answer: number;
}

await serve<CommanderProgram>(async ({ apiUrl }) => {
  const give = async ({ device, value, withinMs }: CommanderProgram['question']): Promise<number> => {
    await sleep(Math.random() * withinMs);
    const at = sharedNow();
    const response = await fetch(`${apiUrl}/devices/${device}/commands`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ action: SETPOINT_KEY, value, by: 'benchmark' }),
    });
    if (response.status !== 202) throw new Error(`the gateway refused a command: ${await response.text()}`);
    return at;
  };
  // The first one pays for the connection.
  await fetch(`${apiUrl}/health`);
  return { ready: null, answer: give };
});
