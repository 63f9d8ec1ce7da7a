/** Input modules over Modbus TCP whose contacts are pressed at random moments, and a record of each press. */
import { moxaE1210 } from '../../../simulators/devices/moxa-iologik-e1210.ts';
import type { LineAddress } from '../../../simulators/wire/line.ts';
import { startTcpServer } from '../../../simulators/wire/tcp-server.ts';
import { sharedNow, sleep } from '../measure/time.ts';
import type { Protocol } from '../processes/protocol.ts';
import { serve } from '../processes/serve.ts';

export interface Press {
  /** Index of the module. */
  readonly module: number;
  readonly channel: number;
  /** When the contact closed; shared monotonic milliseconds. */
  readonly at: number;
}

export interface ModulesProgram extends Protocol {
  readonly settings: { readonly modules: number };
  /** Where each module is, in their order. */
  readonly ready: readonly LineAddress[];
  /** `everyMs`: mean pause between two presses. */
  readonly question: { readonly presses: number; readonly everyMs: number };
  readonly answer: readonly Press[];
}

const CHANNELS = 16;
/** Shorter than any poll period: only the module's counter has it in the end. */
const HELD_MS = 120;

await serve<ModulesProgram>(async (settings) => {
  const modules = Array.from({ length: settings.modules }, (_, i) => moxaE1210({ id: `io${i + 1}`, unit: 1 }));
  const servers = await Promise.all(modules.map((module) => startTcpServer({ devices: [module] })));
  const answer = async ({ presses, everyMs }: ModulesProgram['question']): Promise<Press[]> => {
    const made: Press[] = [];
    for (let i = 0; i < presses; i++) {
      await sleep(Math.random() * 2 * everyMs);
      // Round robin: a contact is not pressed again before its last press has long been counted.
      const module = i % modules.length;
      const channel = Math.floor(i / modules.length) % CHANNELS;
      made.push({ module, channel, at: sharedNow() });
      modules[module]?.contacts.press(channel, HELD_MS, performance.now());
    }
    return made;
  };
  return { ready: servers.map(({ address }) => address), answer };
});
