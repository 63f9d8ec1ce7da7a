/** Who waits for the next value of a point, told by what is polled. */
import type { Reading } from '../../../drivers/contract.ts';
import type { Seen } from '../../ingest/device-task.ts';

interface Waiting {
  readonly device: string;
  readonly point: string;
  readonly tell: (reading: Reading | null) => void;
}

export class AwaitedReadings {
  readonly #waiting = new Set<Waiting>();

  /** What was polled. */
  take({ device, seen }: Seen): void {
    for (const waiting of this.#waiting) {
      if (waiting.device !== device) continue;
      const reading = seen.find(({ point }) => point === waiting.point);
      if (reading) waiting.tell(reading);
    }
  }

  /** The next one; null where none comes within `ms`. */
  next(device: string, point: string, ms: number): Promise<Reading | null> {
    return new Promise((resolve) => {
      const tell = (reading: Reading | null): void => {
        clearTimeout(timer);
        this.#waiting.delete(waiting);
        resolve(reading);
      };
      const timer = setTimeout(() => tell(null), ms);
      const waiting = { device, point, tell };
      this.#waiting.add(waiting);
    });
  }
}
