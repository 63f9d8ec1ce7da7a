/** Asks unit after unit of an open line, with one setting after another. */
import type { Link } from '../../../drivers/contract.ts';
import { DriverError } from '../../../drivers/errors.ts';
import { createCodec } from '../../../drivers/modbus/codec.ts';
import type { SerialRate } from '../../config/wire-time.ts';
import { CliError } from '../exit.ts';
import type { OpenLine } from '../line/open-line.ts';
import type { ReadFunction } from './options.ts';
import type { FoundDevice, Noise, ScanResult } from './found.ts';
import type { Spoken } from './link-on.ts';
import type { ProgressState } from './progress.ts';
import { rateText } from './rate-text.ts';
import { probe, type Probed } from './probe.ts';

export interface LineScan {
  readonly line: Pick<OpenLine, 'overheard' | 'reopened'>;
  /** How a unit is spoken to. */
  readonly linkTo: (spoken: Spoken) => Link;
  readonly settings: readonly (SerialRate | null)[];
  readonly units: readonly number[];
  readonly ask: readonly ReadFunction[];
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  readonly progress: (state: ProgressState) => void;
}

/** A unit that was heard late is asked again with so much more patience. */
const PATIENCE = 4;
/** How long a lost connection may take to come back, and how often it may be lost over one unit. */
const REOPEN_MS = 15_000;
const LOSSES = 3;

/** Never asks a unit again that has answered. Rejects with CliError where the line is lost for good. */
export async function scanLine(scan: LineScan): Promise<ScanResult> {
  const { settings, units, timeoutMs, signal } = scan;
  const codec = createCodec();
  const found: FoundDevice[] = [];
  const noise: Noise[] = [];
  let asked = 0;

  const isFound = (unit: number): boolean => found.some((device) => device.unit === unit);
  const ask = async (unit: number, rate: SerialRate | null, patienceMs: number): Promise<Probed> => {
    const link = scan.linkTo({ unit, rate, timeoutMs: patienceMs });
    const options = { codec, unit, link, ask: scan.ask, overheard: scan.line.overheard };
    const probed = await overLosses(scan.line, () => probe(options));
    const { answers, latencyMs } = probed;
    if (answers.length > 0) found.push({ unit, rate, latencyMs, answers });
    return probed;
  };

  for (const rate of settings) {
    const late = new Set<number>();
    const noisy: number[] = [];
    for (const unit of units) {
      if (signal.aborted) break;
      if (!isFound(unit)) {
        const probed = await ask(unit, rate, timeoutMs);
        for (const other of probed.others) late.add(other);
        if (probed.noise) noisy.push(unit);
      }
      asked += 1;
      scan.progress(stateOf(asked, scan, found, rate));
    }
    for (const unit of late) {
      if (signal.aborted || isFound(unit)) continue;
      const { answers } = await ask(unit, rate, timeoutMs * PATIENCE);
      if (answers.length === 0) found.push({ unit, rate, latencyMs: null, answers });
    }
    if (noisy.length > 0) noise.push({ rate, units: noisy });
  }
  found.sort((a, b) => a.unit - b.unit);
  return { found, noise, asked: units.length, complete: !signal.aborted };
}

function stateOf(
  asked: number,
  { settings, units, ask, timeoutMs }: LineScan,
  found: readonly FoundDevice[],
  rate: SerialRate | null,
): ProgressState {
  const eachMs = ask.length * timeoutMs;
  const leftMs = (settings.length * units.length - asked) * eachMs;
  return { asked, doneMs: asked * eachMs, leftMs, at: rateText(rate), found: found.map(({ unit }) => unit) };
}

/** Device servers close a connection for many reasons: the unit is asked again when it is back. */
async function overLosses(line: Pick<OpenLine, 'reopened'>, ask: () => Promise<Probed>): Promise<Probed> {
  for (let left = LOSSES; ; left--) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof DriverError)) throw error;
      if (left === 0 || !(await line.reopened(REOPEN_MS))) throw new CliError(error.message, 'the scan cannot go on');
    }
  }
}
