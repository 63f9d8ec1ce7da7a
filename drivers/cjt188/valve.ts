/** Opens or closes a meter's valve, and proves it by the meter's status when the motor has had its time. */
import type { Link } from '../contract.ts';
import { DriverError } from '../errors.ts';
import type { MAKER_WRITE, WRITE_DATA } from './control-codes.ts';
import type { MeterStatus } from './decode-status.ts';
import type { Master } from './master.ts';
import { readCurrent, statusIn } from './read-item.ts';
import { valveRequest } from './requests.ts';

export interface ValveOptions {
  /** 2A for makers with a code of their own. */
  readonly control?: typeof WRITE_DATA | typeof MAKER_WRITE;
  /** Milliseconds from the command to the first look at the status, and from each look to the next. */
  readonly waits?: readonly number[];
}

export interface ValveOutcome {
  /** As read back. */
  readonly status: MeterStatus;
  /** False where the command was not answered, and the status alone proves it. */
  readonly isAcknowledged: boolean;
  /** When the status was read, Unix milliseconds. */
  readonly at: number;
}

/** A motor needs 5 to 30 s. */
const WAITS = [10_000, 10_000, 10_000] as const;
const WANTED = { open: 'open', close: 'closed' } as const;

/**
 * Sends the command once: a lost answer never repeats it, since the status shows what became of it. Rejects with DriverError:
 * `refused`, `unconfirmed` where the status does not show it at the last look.
 */
export async function operateValve(
  master: Master,
  link: Link,
  command: keyof typeof WANTED,
  { control, waits = WAITS }: ValveOptions = {},
): Promise<ValveOutcome> {
  const unanswered = await send(master, link, command, control);
  let last = 'its status was not looked at';
  for (const wait of waits) {
    await link.wait(wait);
    const look = await lookAt(master, link);
    if (typeof look !== 'string' && look.status.valve === WANTED[command]) {
      return { ...look, isAcknowledged: unanswered === null };
    }
    last = typeof look === 'string' ? look : described(look.status);
  }
  const answer = unanswered === null ? '' : `; the command itself was not answered: ${unanswered.message}`;
  throw new DriverError('unconfirmed', `the valve is not ${WANTED[command]}: ${last}${answer}`);
}

/** Null when the meter has acknowledged; otherwise why it is not known whether it has heard the command. */
async function send(
  master: Master,
  link: Link,
  command: keyof typeof WANTED,
  control: ValveOptions['control'],
): Promise<DriverError | null> {
  // A failure up to here is no doubt about the valve: nothing was sent that moves it.
  await master.learnOrder(link);
  try {
    await master.write(link, valveRequest(command, control));
    return null;
  } catch (error) {
    if (error instanceof DriverError && error.mayHaveArrived) return error;
    throw error;
  }
}

/** The status, or why there is none. Once the command has left, no failure to read says that it failed. */
async function lookAt(master: Master, link: Link): Promise<{ status: MeterStatus; at: number } | string> {
  try {
    const reading = await readCurrent(master, link);
    const status = statusIn(reading);
    return status === null ? (reading.reason ?? 'the reading has no status') : { status, at: reading.at };
  } catch (error) {
    if (error instanceof DriverError) return error.message;
    throw error;
  }
}

function described({ st, valve, reason }: MeterStatus): string {
  return `status ${st} says ${valve ?? reason ?? 'nothing of it'}`;
}
