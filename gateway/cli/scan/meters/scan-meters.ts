/** Goes over an open line for meters, one protocol and setting after another. */
import type { Link, Profile } from '../../../../drivers/contract.ts';
import { DriverError } from '../../../../drivers/errors.ts';
import { CliError } from '../../exit.ts';
import type { OpenLine } from '../../line/open-line.ts';
import type { ProgressState } from '../progress.ts';
import { BrokenOff, watchedLink } from '../watched-link.ts';
import { scanCjt188 } from './cjt188-pass.ts';
import { scanDlt645 } from './dlt645-pass.ts';
import { distinctAddresses } from './distinct-addresses.ts';
import type { FoundMeter, MeterProtocol, MeterScanResult, Unresolved } from './found-meter.ts';
import { scanMbus } from './mbus-pass.ts';
import type { PassContext } from './pass-context.ts';
import type { Pass } from './pass.ts';

export interface MeterScan {
  readonly line: Pick<OpenLine, 'overheard' | 'reopened'>;
  /** How the line is spoken to in a pass. */
  readonly linkTo: (pass: Pass) => Link;
  readonly passes: readonly Pass[];
  readonly profiles: readonly Profile[];
  readonly primary: readonly number[] | undefined;
  readonly listed: readonly string[];
  readonly signal: AbortSignal;
  readonly progress: (state: ProgressState) => void;
}

const SCANS: Readonly<Record<MeterProtocol, (context: PassContext) => Promise<void>>> = {
  dlt645: scanDlt645,
  cjt188: scanCjt188,
  mbus: scanMbus,
};

/** Rejects with CliError where the line is lost for good. */
export async function scanMeters(scan: MeterScan): Promise<MeterScanResult> {
  const meters = new Map<string, FoundMeter>();
  const unresolved: Unresolved[] = [];
  let [asked, doneMs] = [0, 0];
  for (const [index, pass] of scan.passes.entries()) {
    const { protocol, rate } = pass;
    const laterMs = idleMs(scan.passes.slice(index + 1));
    let pending = pass.requests;
    const tell = (): void => {
      const found = [...meters.values()].map(({ number }) => number);
      const at = `${protocol} ${rate.baud} ${rate.format}`;
      scan.progress({ asked, doneMs, leftMs: pending * pass.requestMs + laterMs, at, found });
    };
    const onAsked = (): void => {
      asked += 1;
      doneMs += pass.requestMs;
      pending = Math.max(0, pending - 1);
      tell();
    };
    const keyOf = (address: string): string => `${protocol} ${address}`;
    const context: PassContext = {
      link: watchedLink(scan.linkTo(pass), { line: scan.line, signal: scan.signal, asked: onAsked }),
      profiles: scan.profiles,
      primary: scan.primary,
      listed: scan.listed,
      isKnown: (address) => meters.has(keyOf(address)),
      found: (meter) => meters.set(keyOf(meter.secondary ?? meter.address), { protocol, ...meter, rate }),
      unresolved: (where, reason) => unresolved.push({ protocol, rate, where, reason }),
      pending: (requests) => {
        pending = requests;
        tell();
      },
    };
    if (!(await overEnd(SCANS[protocol](context)))) break;
  }
  const complete = !scan.signal.aborted;
  const absent = scan.listed.filter((address) => !meters.has(`cjt188 ${address}`));
  return { meters: distinctAddresses([...meters.values()]), unresolved, absent, complete };
}

/** How long passes take over a line on which nobody answers, in milliseconds. */
export function idleMs(passes: readonly Pass[]): number {
  return passes.reduce((sum, { requests, requestMs }) => sum + requests * requestMs, 0);
}

/** False where it was broken off. A line whose adapter does not echo as it should is a thing to mend. */
async function overEnd(pass: Promise<void>): Promise<boolean> {
  try {
    await pass;
    return true;
  } catch (error) {
    if (error instanceof BrokenOff) return false;
    if (error instanceof DriverError) throw new CliError(error.message, 'the scan cannot go on');
    throw error;
  }
}
