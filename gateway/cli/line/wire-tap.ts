/** Hears all that goes over a transport, in both directions. */
import type { Clock } from '../../clock.ts';
import type { Transport } from '../../bus/transport.ts';

/** One request, and all that came after it until the next one. */
export interface Overheard {
  readonly sent: Uint8Array;
  readonly received: Uint8Array;
  /** From the request to the last byte received, in milliseconds; null where nothing came. */
  readonly tookMs: number | null;
}

interface Recording {
  readonly sent: Uint8Array;
  readonly sentAt: number;
  readonly received: Uint8Array[];
  lastAt: number | null;
}

export interface WireTap extends Transport {
  /** What was overheard since the last call. What came before any request is dropped. */
  take(): readonly Overheard[];
}

export function tapWire(transport: Transport, clock: Clock): WireTap {
  let recordings: Recording[] = [];
  return {
    open: (handlers) =>
      transport.open({
        ...handlers,
        data: (bytes) => {
          const last = recordings.at(-1);
          last?.received.push(bytes.slice());
          if (last) last.lastAt = clock.monotonic();
          handlers.data(bytes);
        },
      }),
    write: (bytes) => {
      recordings.push({ sent: bytes.slice(), sentAt: clock.monotonic(), received: [], lastAt: null });
      transport.write(bytes);
    },
    apply: (settings) => transport.apply(settings),
    close: () => transport.close(),
    take: () => {
      const taken = recordings.map(({ sent, sentAt, received, lastAt }) => ({
        sent,
        received: Buffer.concat(received),
        tookMs: lastAt === null ? null : lastAt - sentAt,
      }));
      recordings = [];
      return taken;
    },
  };
}
