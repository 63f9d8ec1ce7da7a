/** Who is there: what the bytes amount to that are heard in a search. Pure. */
import { ACK, openFrame } from './frame.ts';
import { controlOf } from './frame-control.ts';
import { findFrames } from './frame-find.ts';
import { identification } from './secondary-address.ts';
import { readSlaveHeader } from './slave-header.ts';
import { FIXED_DATA, VARIABLE_DATA } from './telegram.ts';

export interface FoundSlave {
  /** As it is printed on the meter. */
  readonly id: string;
  /** 16 hex digits, as for MeterAddress. Fixed data name neither manufacturer nor version: they and the medium are wildcards. */
  readonly secondary: string;
  readonly primary: number;
  readonly manufacturer: string | null;
  readonly version: number | null;
  readonly medium: string | null;
  readonly product: string;
}

/** `unclear`: bytes that are no answer of one slave, such as noise or several answers at once. */
export type Acknowledged = 'silence' | 'one' | 'several' | 'unclear';

/** Several slaves whose E5 fall together bit by bit cannot be told from one. */
export function whoAcknowledges(heard: Uint8Array): Acknowledged {
  if (heard.length === 0) return 'silence';
  if (!heard.every((byte) => byte === ACK)) return 'unclear';
  return heard.length === 1 ? 'one' : 'several';
}

export type Identified =
  | { readonly kind: 'silence' }
  /** Noise, or several answers. `slave`: one of them was whole. */
  | { readonly kind: 'unclear'; readonly slave: FoundSlave | null }
  | { readonly kind: 'slave'; readonly slave: FoundSlave }
  /** One slave answered, and does not say who it is. */
  | { readonly kind: 'unnamed'; readonly reason: string };

export function whoSendsData(heard: Uint8Array): Identified {
  if (heard.length === 0) return { kind: 'silence' };
  const found = findFrames(heard);
  const [first] = found.flatMap((entry) =>
    entry.ok ? [heard.subarray(entry.offset, entry.offset + entry.length)] : [],
  );
  const slave = first === undefined ? null : slaveOf(first);
  if (found.length !== 1 || first === undefined) return { kind: 'unclear', slave };
  return slave === null ? { kind: 'unnamed', reason: 'it answers without saying who it is' } : { kind: 'slave', slave };
}

/** Only the header is needed: records that contradict themselves do not hide a meter. */
function slaveOf(bytes: Uint8Array): FoundSlave | null {
  const frame = openFrame(bytes);
  if (frame.kind !== 'long' || controlOf(frame.control).name !== 'RSP_UD') return null;
  const primary = frame.address;
  if (frame.ci === FIXED_DATA && frame.data.length >= 4) {
    const id = identification(frame.data);
    return { id, secondary: `${id}FFFFFFFF`, primary, manufacturer: null, version: null, medium: null, product: '' };
  }
  const header = frame.ci === VARIABLE_DATA ? readSlaveHeader(frame.data) : null;
  if (header === null) return null;
  const { id, secondaryText, manufacturer, version, medium, product } = header;
  return { id, secondary: secondaryText, primary, manufacturer, version, medium, product };
}
