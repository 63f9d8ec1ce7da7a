/** Reads every wanted point of a device once. What was not answered is a reading of bad quality with its reason. */
import type { Block, Link, Reading, Session } from '../../../drivers/contract.ts';
import { DriverError } from '../../../drivers/errors.ts';
import { GATEWAY_EXCEPTIONS } from '../line/gateway-exceptions.ts';
import { retrying } from './retrying.ts';

export interface PollOptions {
  readonly session: Pick<Session, 'plan' | 'poll'>;
  readonly link: Link;
  /** How often a failed request is asked again. */
  readonly retries: number;
  /** Keys of points. */
  readonly wanted: ReadonlySet<string>;
  /** Called after each block, whether it was answered or not. */
  readonly polled: (block: Block, failure: DriverError | null) => void;
}

export interface PolledOnce {
  readonly readings: ReadonlyMap<string, Reading>;
  /** How many blocks were not answered. */
  readonly failures: number;
  /** The device has said something, if only that it refuses. */
  readonly answers: boolean;
}

/** A device that has not answered so many different requests, and no other, is not there. */
const SILENT_AFTER = 2;

/** A refused address makes the session plan anew, until each point is read or known to be missing. */
export async function pollOnce({ session, link, retries, wanted, polled }: PollOptions): Promise<PolledOnce> {
  const readings = new Map<string, Reading>();
  const tried = new Set<string>();
  let answers = false;
  let failures = 0;
  const next = (): Block | undefined =>
    session
      .plan()
      .find(({ id, points }) => !tried.has(id) && points.some(({ key }) => wanted.has(key) && !readings.has(key)));

  let lastFailure = '';
  for (let block = next(); block && (answers || failures < SILENT_AFTER); block = next()) {
    tried.add(block.id);
    const { result, failure } = await poll(session, block, link, retries);
    for (const reading of result) readings.set(reading.point, reading);
    if (failure) {
      failures += 1;
      lastFailure = failure.message;
    }
    answers ||= failure === null || isAnswer(failure);
    polled(block, failure);
  }
  const notAsked = { value: null, quality: 'bad', reason: `not asked: ${lastFailure}`, at: link.now() } as const;
  for (const key of wanted) if (!readings.has(key)) readings.set(key, { point: key, ...notAsked });
  return { readings, failures, answers };
}

/** A device that refuses one thing may have the next. */
function isAnswer({ code, detail }: DriverError): boolean {
  return (code === 'refused' || code === 'unsupported') && !(detail !== undefined && GATEWAY_EXCEPTIONS.has(detail));
}

async function poll(session: PollOptions['session'], block: Block, link: Link, retries: number) {
  try {
    const { readings } = await retrying(retries, () => session.poll(block, link));
    return { result: readings, failure: null };
  } catch (error) {
    if (!(error instanceof DriverError)) throw error;
    const lost = { value: null, quality: 'bad', reason: error.message, at: link.now() } as const;
    return { result: block.points.map(({ key }): Reading => ({ point: key, ...lost })), failure: error };
  }
}
