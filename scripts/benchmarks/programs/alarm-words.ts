/** Modbus TCP devices whose every register is an alarm's condition, and a record of when each rose. */
import type { Device } from '../../../simulators/modbus/device.ts';
import { createImage, repeat } from '../../../simulators/modbus/image.ts';
import type { LineAddress } from '../../../simulators/wire/line.ts';
import { startTcpServer } from '../../../simulators/wire/tcp-server.ts';
import { sharedNow, sleep } from '../measure/time.ts';
import type { Protocol } from '../processes/protocol.ts';
import { serve } from '../processes/serve.ts';

/** Of each device, of each register: when it went from 0 to 1; shared monotonic milliseconds. */
export type Rises = readonly (readonly (readonly number[])[])[];

export interface AlarmWordsProgram extends Protocol {
  readonly settings: { readonly devices: number; readonly words: number };
  /** Where each device is, in their order. */
  readonly ready: readonly LineAddress[];
  /** `turn`: so many changes, one register after the other at random. `set`: the first so many registers, at once. */
  readonly question:
    | { readonly kind: 'turn'; readonly changes: number; readonly perSecond: number }
    | { readonly kind: 'set'; readonly count: number; readonly value: 0 | 1 };
  /** All since the start. */
  readonly answer: Rises;
}

const STEP_MS = 10;

await serve<AlarmWordsProgram>(async ({ devices, words }) => {
  const images = Array.from({ length: devices }, () => createImage({ holding: { 0: repeat(0, words) } }));
  const cells = images.flatMap((image, device) =>
    Array.from({ length: words }, (_, word) => ({ image, device, word })),
  );
  const values = cells.map(() => 0);
  const rises = images.map(() => Array.from({ length: words }, (): number[] => []));
  const put = (index: number, value: number): void => {
    const cell = cells[index];
    if (!cell || values[index] === value) return;
    values[index] = value;
    cell.image.put('holding', cell.word, [value]);
    if (value === 1) rises[cell.device]?.[cell.word]?.push(sharedNow());
  };
  const servers = await Promise.all(
    images.map((image, i) => {
      const device: Device = {
        ...{ id: `m${i}`, unit: 1, model: 'alarm-words', image, replyDelayMs: 2 },
        rules: { functions: [3] },
        advance: () => undefined,
      };
      return startTcpServer({ devices: [device] });
    }),
  );
  const answer = async (question: AlarmWordsProgram['question']): Promise<Rises> => {
    if (question.kind === 'set') {
      for (let index = 0; index < question.count; index++) put(index, question.value);
      return rises;
    }
    // Each register in its turn: none changes twice before it has been read.
    const order = cells.map((_, index) => index).sort(() => Math.random() - 0.5);
    const from = performance.now();
    for (let made = 0; made < question.changes;) {
      const due = Math.min(question.changes, Math.floor(((performance.now() - from) / 1000) * question.perSecond));
      for (; made < due; made++) {
        const index = order[made % order.length] ?? 0;
        put(index, values[index] === 1 ? 0 : 1);
      }
      await sleep(STEP_MS);
    }
    return rises;
  };
  return { ready: servers.map(({ address }) => address), answer };
});
