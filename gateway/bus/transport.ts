/** What carries a line's bytes: opened and closed by the line's owner, and by nobody else. */
import type { SerialRate } from '../config/wire-time.ts';

export type SerialSettings = SerialRate;

export interface TransportHandlers {
  readonly data: (bytes: Uint8Array) => void;
  /** The far end is gone; called once per successful open, not for a close() of ours. `reason` is for a person. */
  readonly closed: (reason: string) => void;
}

export interface Transport {
  /** Rejects with an Error whose message tells a person what is wrong and what to do. */
  open(handlers: TransportHandlers): Promise<void>;
  write(bytes: Uint8Array): void;
  /** Switches speed and format where the medium has them. */
  apply(settings: SerialSettings): Promise<void>;
  close(): Promise<void>;
}
