/** What the three loops against a Modbus TCP server have in common: how long to go on, and what it took. */
import { sharedNow } from '../measure/time.ts';
import type { Protocol } from '../processes/protocol.ts';

export interface LoopReport {
  readonly transactions: number;
  readonly wallMs: number;
  /** User and system time of the whole process. */
  readonly cpuMs: number;
}

export interface LoopProgram extends Protocol {
  readonly settings: {
    /** Of the server, on loopback. */
    readonly port: number;
    /** Has one device `m1`, of the profile METER_PROFILE. */
    readonly siteFile: string;
  };
  readonly ready: null;
  readonly question: { readonly forMs: number };
  readonly answer: LoopReport;
}

/** Registers of one transaction. */
export const REGISTERS = 100;

/** Runs `once` again and again, one at a time. */
export async function loop(once: () => Promise<unknown>, { forMs }: LoopProgram['question']): Promise<LoopReport> {
  const cpu = process.cpuUsage();
  const from = sharedNow();
  let transactions = 0;
  let now = from;
  while (now < from + forMs) {
    await once();
    transactions += 1;
    now = sharedNow();
  }
  const { user, system } = process.cpuUsage(cpu);
  return { transactions, wallMs: now - from, cpuMs: (user + system) / 1000 };
}
