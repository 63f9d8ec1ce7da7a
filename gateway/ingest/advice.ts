/** Where to look first when a device is down: what its neighbours do tells a dead device from a dead line. Pure. */
import type { DriverErrorCode } from '../../drivers/errors.ts';

export interface Failure {
  readonly code: DriverErrorCode;
  readonly message: string;
  /** Where to look first, where the driver knows better than the code tells. */
  readonly advice?: string | undefined;
}

/** `line`: a serial line, also one behind a device server. `ip`: Modbus TCP, where there may be a line behind a gateway. */
export type Medium = 'line' | 'ip';

/** To the device or to what it shares with its neighbours; null where the neighbours do not tell. */
export type Look = 'device' | 'line' | null;

/** Other devices of the same bus: all of them, those that answered while this one failed, and those that were silent too. */
export interface Neighbours {
  readonly total: number;
  readonly answering: number;
  readonly silent: number;
}

export const MAYBE_COPY =
  'its device answers more often than it is asked: what was read may be a copy of another reply';

export const REPEATS =
  'it answers more often than it is asked: look for a second master, a repeater, or two devices with one address; until then it is read seldom, so that no copy of a reply is taken for another';

interface Place {
  readonly neighbours: () => Neighbours;
  readonly address: string;
  readonly medium: Medium;
}

interface Advice {
  readonly words: string;
  readonly look: Look;
}

export function advise({ code, advice }: Failure, place: Place): Advice {
  if (advice !== undefined) return { words: advice, look: null };
  if (code === 'timeout') return whereIsSilence(place);
  return { words: about(code, place.medium), look: null };
}

const SHARED: Readonly<Record<Medium, string>> = {
  line: 'look at the line (A and B swapped, baud rate, adapter, cable, power)',
  ip: 'look at what they share (the server at this address, its power, the line behind it)',
};

function whereIsSilence({ neighbours, address, medium }: Place): Advice {
  const { total, answering, silent } = neighbours();
  if (answering > 0) {
    const where =
      medium === 'ip' ? `power, unit ${address}, its cable` : `power, address ${address}, its drop of the cable`;
    return {
      look: 'device',
      words: `${answering} of ${total} others on this bus answer: look at this device (${where})`,
    };
  }
  if (silent > 0) {
    const who =
      silent === total
        ? 'Nothing on this bus answers'
        : `${silent} of ${total} others on this bus are silent too, and none has answered since`;
    return { look: 'line', words: `${who}: ${SHARED[medium]}` };
  }
  const last = medium === 'ip' ? 'whether the server at this address passes its unit on' : 'the baud rate';
  return { look: null, words: `Look at its power, its address (${address}) and ${last}` };
}

function about(code: Exclude<Failure['code'], 'timeout'>, medium: Medium): string {
  switch (code) {
    case 'checksum':
      return medium === 'ip'
        ? 'What arrives is no Modbus TCP: look at the mode of the device server'
        : 'Bytes arrive damaged: look at termination, shielding, baud rate and parity, or for two devices with one address';
    case 'foreign':
      return medium === 'ip'
        ? 'Something else is answered: look for a gateway that mixes replies up, or two units with one number behind it'
        : 'Something else is answered: look for a second master on the line, or two devices with one address';
    case 'echo':
      return 'Look at the echo setting of this bus, and for a second master';
    case 'refused':
    case 'unsupported':
      return 'It is alive and refuses: look at whether the profile fits this model and firmware';
    case 'closed':
    case 'unsent':
    case 'unconfirmed':
    case 'config':
      return 'Look at the bus';
  }
}
