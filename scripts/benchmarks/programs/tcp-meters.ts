/** Counting meters that speak Modbus TCP, each behind a port of its own. */
import type { LineAddress } from '../../../simulators/wire/line.ts';
import { startTcpServer } from '../../../simulators/wire/tcp-server.ts';
import type { Protocol } from '../processes/protocol.ts';
import { serve } from '../processes/serve.ts';
import { countingMeter } from './counting-meter.ts';

export interface TcpMetersProgram extends Protocol {
  readonly settings: { readonly devices: number; readonly registers: number };
  /** Where each meter is, in their order. */
  readonly ready: readonly LineAddress[];
  readonly question: never;
  readonly answer: never;
}

await serve<TcpMetersProgram>(async ({ devices, registers }) => {
  const servers = await Promise.all(
    Array.from({ length: devices }, () =>
      startTcpServer({ devices: [countingMeter({ unit: 1, registers, replyDelayMs: 2, moving: true })] }),
    ),
  );
  return { ready: servers.map(({ address }) => address) };
});
