/**
 * Slaves of one line, simulated from the standard's byte tables and without the code under test: who is selected, who answers,
 * what becomes of answers that fall together. EN 13757-2 and -3.
 */

export interface SimulatedSlave {
  readonly primary: number;
  /** Eight hex digits as printed; the manufacturer's two bytes in wire order. */
  readonly id: string;
  readonly maker?: string;
  readonly version?: string;
  readonly medium?: string;
  /** Records of each telegram, in hex; all but the last end in 1F. */
  readonly telegrams: readonly string[];
  /** Answers only when the others have ended. */
  readonly slow?: boolean;
  /** Sends the same telegram whatever the frame count bit is. */
  readonly ignoresFcb?: boolean;
  /** Does not answer SND_NKE. */
  readonly mute?: boolean;
  /** Status byte of the header, in hex. */
  readonly status?: string;
}

/** The state of a slave's link layer. */
export interface LinkState {
  readonly slave: SimulatedSlave;
  selected: boolean;
  /** Frame count bit of the last request; 0 after a reset, so that 1 is new. */
  lastFcb: number;
  telegram: number;
}

/** What is heard of all slaves after one whole request: what falls together, then what comes late. */
export function heardOf(states: readonly LinkState[], request: Uint8Array): { atOnce: number[]; late: number[] } {
  const all = states.flatMap((state) => {
    const bytes = answerOf(state, [...request]);
    return bytes === null ? [] : [{ bytes, slow: state.slave.slow ?? false }];
  });
  const late = all.filter(({ slow }) => slow).flatMap(({ bytes }) => bytes);
  return { atOnce: fallTogether(all.filter(({ slow }) => !slow).map(({ bytes }) => bytes)), late };
}

export function linkStates(slaves: readonly SimulatedSlave[]): LinkState[] {
  return slaves.map((slave) => ({ slave, selected: false, lastFcb: 0, telegram: -1 }));
}

function answerOf(state: LinkState, request: readonly number[]): number[] | null {
  if (request[0] === 0x68) return select(state, request);
  const [, control = 0, address = 0] = request;
  const asked = address === 0xfd ? state.selected : address === state.slave.primary || address === 0xfe;
  if (!asked) return null;
  if (control === 0x40) return reset(state, address);
  return control === 0x5b || control === 0x7b ? data(state, control === 0x7b ? 1 : 0) : null;
}

function select(state: LinkState, request: readonly number[]): number[] | null {
  if (request[5] !== 0xfd || request[6] !== 0x52) return null;
  const wire = [...wireAddress(state.slave)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  const mask = request
    .slice(7, 15)
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
  const idFits = Array.from(mask.slice(0, 8)).every((digit, i) => digit === 'f' || digit === wire[i]);
  const restFits = [
    [8, 12],
    [12, 14],
    [14, 16],
  ].every(([from, to]) => {
    const part = mask.slice(from, to);
    return /^f+$/.test(part) || part === wire.slice(from, to);
  });
  state.selected = idFits && restFits;
  // Some forget where they were, also when another one is selected.
  state.lastFcb = 0;
  state.telegram = -1;
  return state.selected ? [0xe5] : null;
}

function reset(state: LinkState, address: number): number[] | null {
  state.lastFcb = 0;
  state.telegram = -1;
  if (address === 0xfd) state.selected = false;
  return state.slave.mute === true ? null : [0xe5];
}

/** A new frame count bit asks for the next telegram, the same for the last one again; without a last one there is none. */
function data(state: LinkState, fcb: number): number[] | null {
  const { slave } = state;
  if (fcb !== state.lastFcb)
    state.telegram = slave.ignoresFcb === true ? 0 : (state.telegram + 1) % slave.telegrams.length;
  state.lastFcb = fcb;
  const records = slave.telegrams[state.telegram];
  if (records === undefined) return null;
  const body = [
    0x08,
    slave.primary,
    0x72,
    ...wireAddress(slave),
    0x01,
    ...bytesOf(slave.status ?? '00'),
    0x00,
    0x00,
    ...bytesOf(records),
  ];
  const check = body.reduce((sum, byte) => sum + byte, 0) % 256;
  return [0x68, body.length, body.length, 0x68, ...body, check, 0x16];
}

function wireAddress({ id, maker = '2d2c', version = '01', medium = '07' }: SimulatedSlave): number[] {
  return [...bytesOf(id).reverse(), ...bytesOf(maker + version + medium)];
}

/** Slaves pull the line to space: what is sent at once is ANDed bit by bit. */
function fallTogether(all: readonly (readonly number[])[]): number[] {
  const length = Math.max(0, ...all.map((bytes) => bytes.length));
  return Array.from({ length }, (_, i) => all.reduce((line, bytes) => line & (bytes[i] ?? 0xff), 0xff));
}

function bytesOf(hex: string): number[] {
  return [...Buffer.from(hex.replaceAll(' ', ''), 'hex')];
}
