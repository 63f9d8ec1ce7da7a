/** Tripping and closing a meter's relay. That a meter accepts a command does not mean that it was done: its status word says. */
import type { Link } from '../contract.ts';
import { DriverError } from '../errors.ts';
import { ask } from './exchange.ts';
import type { LocalTime } from './local-time.ts';
import { readItem } from './read-item.ts';
import type { RelayCommand } from './relay-command.ts';
import { buildRelay, type Credentials, type Meter } from './requests.ts';

/** Of status word 3, 04000503. */
export interface RelayState {
  /** The home has no power. */
  readonly relayOpen: boolean;
  /** It is to be open: after a permit to close, this is false while the relay may still wait for the button. */
  readonly commandOpen: boolean;
  readonly preTripAlarm: boolean;
  readonly keepPower: boolean;
  /** Such as `0x0050`. */
  readonly word: string;
  /** Unix milliseconds. */
  readonly at: number;
}

export interface RelayOrder {
  readonly command: RelayCommand;
  readonly credentials: Credentials;
  /** In the meter's local time. */
  readonly validUntil: LocalTime;
}

export interface RelayOutcome {
  /** As read back: the proof. */
  readonly state: RelayState;
  /** False where the command was not answered and its effect was seen all the same. */
  readonly answered: boolean;
}

const STATUS_WORD_3 = '04000503';
/** A relay takes well below a second; a meter may be busy with its own records for a while. */
const LOOKS = 10;
const PAUSE_MS = 1_000;

const IS_DONE: Readonly<Record<RelayCommand, (state: RelayState) => boolean>> = {
  trip: ({ relayOpen }) => relayOpen,
  closePermit: ({ commandOpen }) => !commandOpen,
  directClose: ({ relayOpen }) => !relayOpen,
  alarmOn: ({ preTripAlarm }) => preTripAlarm,
  alarmOff: ({ preTripAlarm }) => !preTripAlarm,
  keepPowerOn: ({ keepPower }) => keepPower,
  keepPowerOff: ({ keepPower }) => !keepPower,
};

/** The state of the relay. Rejects with DriverError. */
export async function readRelay(link: Link, meter: Meter): Promise<RelayState> {
  const item = await readItem(link, meter, STATUS_WORD_3);
  const [word] = item.values;
  if (word?.status === undefined || word.value === null) {
    throw new DriverError('foreign', `meter ${meter.address} gives no status word 3: ${word?.reason ?? 'no data'}`);
  }
  const { relayOpen, relayCommandOpen, preTripAlarm, keepPower } = word.status;
  return {
    relayOpen: relayOpen === true,
    commandOpen: relayCommandOpen === true,
    preTripAlarm: preTripAlarm === true,
    keepPower: keepPower === true,
    word: word.value,
    at: item.at,
  };
}

/**
 * Sends a command once, and resolves when the status word shows its effect. Rejects with DriverError: `refused` where the
 * meter does not authorise it (State Grid's meters want a cipher and not a password: asking again is no use), `unconfirmed`
 * where the effect is not seen, whether or not the command was accepted.
 */
export async function commandRelay(link: Link, meter: Meter, order: RelayOrder): Promise<RelayOutcome> {
  if (meter.version !== '2007') throw new DriverError('unsupported', 'DL/T 645-1997 has no relay command');
  const request = buildRelay(meter.address, order.command, order.credentials, order.validUntil);
  const asked = { request, version: meter.version, expectedData: 0, effect: true, what: order.command } as const;
  let unanswered: DriverError | null = null;
  try {
    await ask(link, asked);
  } catch (error) {
    if (!(error instanceof DriverError) || !error.mayHaveArrived) throw error;
    unanswered = error;
  }
  return { state: await awaitEffect(link, meter, order.command, unanswered), answered: unanswered === null };
}

async function awaitEffect(
  link: Link,
  meter: Meter,
  command: RelayCommand,
  unanswered: DriverError | null,
): Promise<RelayState> {
  let last = '';
  for (let look = 1; look <= LOOKS; look++) {
    try {
      const state = await readRelay(link, meter);
      if (IS_DONE[command](state)) return state;
      last = `status word 3 is ${state.word}`;
    } catch (error) {
      if (!(error instanceof DriverError)) throw error;
      last = error.message;
      // A line that was lost comes back within seconds; what the meter refuses to tell, it will refuse again.
      if (error.isRefusal) break;
    }
    if (look < LOOKS) await link.wait(PAUSE_MS);
  }
  const sent = unanswered === null ? 'was accepted' : `was sent and not answered (${unanswered.message})`;
  throw new DriverError('unconfirmed', `${command} ${sent}, and its effect is not seen: ${last}`);
}
