/** Asks one unit whether it is there. Only reads. */
import type { Link } from '../../../drivers/contract.ts';
import { DriverError } from '../../../drivers/errors.ts';
import type { Codec } from '../../../drivers/modbus/codec.ts';
import { exceptionName } from '../../../drivers/modbus/exceptions.ts';
import { explainStream } from '../../../drivers/modbus/explain.ts';
import { Master } from '../../../drivers/modbus/master.ts';
import { GATEWAY_EXCEPTIONS } from '../line/gateway-exceptions.ts';
import type { Overheard } from '../line/wire-tap.ts';
import type { ReadFunction } from './options.ts';
import type { Answer } from './found.ts';

export interface ProbeOptions {
  readonly codec: Codec;
  readonly unit: number;
  readonly link: Link;
  readonly ask: readonly ReadFunction[];
  readonly overheard: () => readonly Overheard[];
}

export interface Probed {
  readonly answers: readonly Answer[];
  /** Of the first answer, in milliseconds. */
  readonly latencyMs: number | null;
  /** Other units whose replies were heard meanwhile: they answer late. */
  readonly others: readonly number[];
  /** Bytes came, and no frame was among them. */
  readonly noise: boolean;
}

const TABLE_OF = { 1: 'coil', 2: 'discrete', 3: 'holding', 4: 'input' } as const;
const ONE = { maxRegisters: 125, maxBits: 2_000, evenRegisters: false };

/** Rejects with a DriverError `closed` where the line is lost, and with nothing else that a wire can do. */
export async function probe({ codec, unit, link, ask, overheard }: ProbeOptions): Promise<Probed> {
  const master = new Master(codec, unit, ONE);
  const answers: Answer[] = [];
  const heard = new Set<number>();
  let latencyMs: number | null = null;
  let noise = false;
  for (const fc of ask) {
    const answer = await askOnce(master, link, fc);
    const exchanges = overheard();
    const speakers = exchanges.flatMap((exchange) => speakersOf(link, exchange));
    for (const speaker of speakers) heard.add(speaker);
    noise ||= speakers.length === 0 && exchanges.some(({ received }) => received.length > 0);
    if (answer === 'absent') break;
    if (answer === 'silent') continue;
    if (answer.kind === 'odd' && !speakers.includes(unit)) continue;
    answers.push(answer);
    latencyMs ??= rounded(exchanges[0]?.tookMs ?? null);
  }
  heard.delete(unit);
  return { answers, latencyMs, others: [...heard], noise: noise && answers.length === 0 };
}

async function askOnce(master: Master, link: Link, fc: ReadFunction): Promise<Answer | 'silent' | 'absent'> {
  try {
    const [value = 0] = await master.read(link, TABLE_OF[fc], 0, 1);
    return { fc, kind: 'value', value };
  } catch (error) {
    if (!(error instanceof DriverError) || error.code === 'closed') throw error;
    const { detail: code, message } = error;
    if (code !== undefined) {
      return GATEWAY_EXCEPTIONS.has(code) ? 'absent' : { fc, kind: 'exception', code, name: exceptionName(code) };
    }
    return error.code === 'foreign' ? { fc, kind: 'odd', message } : 'silent';
  }
}

/** The units whose replies stand in what was received. A gateway's word for a unit that is not there is no reply of it. */
function speakersOf({ medium }: Link, { sent, received }: Overheard): number[] {
  const stream = Buffer.concat([sent, received]);
  return explainStream(medium === 'ip' ? 'modbus-tcp' : 'modbus-rtu', stream).flatMap((entry) => {
    if (!entry.ok || entry.offset < sent.length || entry.fields['direction'] !== 'reply') return [];
    const { unit, exception } = entry.fields;
    const isGateway = typeof exception === 'number' && GATEWAY_EXCEPTIONS.has(exception);
    return typeof unit === 'number' && !isGateway ? [unit] : [];
  });
}

function rounded(ms: number | null): number | null {
  return ms === null ? null : Math.round(ms * 10) / 10;
}
