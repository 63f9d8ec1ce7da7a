/** The fields of what a master sends. */
import type { Explanation } from './explain-entry.ts';
import { addressText, hexByte, linkFields } from './explain-fields.ts';
import type { Frame } from './frame.ts';
import { controlOf } from './frame-control.ts';
import { manufacturerName } from './manufacturer.ts';
import { mediumName } from './medium.ts';
import { formatSecondaryAddress, identification, SECONDARY_LENGTH } from './secondary-address.ts';

const SELECT_SLAVE = 0x52;
const LOWEST_BAUD = 300;

type Request = Exclude<Frame, { kind: 'ack' }>;

/** Of what a master sends, only what selects and asks is explained: what it sets is not decoded. */
export function explainRequest(frame: Request): Explanation {
  const { name, fcb } = controlOf(frame.control);
  const to = addressText(frame.address);
  const link = linkFields(frame);
  if (frame.kind === 'long') return name === 'SND_UD' ? explainUserData(frame) : unknownControl(frame);
  switch (name) {
    case 'SND_NKE':
      return { ok: true, fields: { ...link, meaning: `SND_NKE to ${to}: resets the link` } };
    case 'REQ_UD1':
    case 'REQ_UD2':
      return { ok: true, fields: { ...link, fcb, meaning: `${name} FCB=${fcb} to ${to}` } };
    case 'SND_UD':
    case 'RSP_UD':
    case null:
      return unknownControl(frame);
  }
}

function unknownControl({ control }: Request): Explanation {
  return { ok: false, error: { code: 'unsupported', message: `a frame with the C field ${hexByte(control)}` } };
}

function explainUserData(frame: Extract<Request, { kind: 'long' }>): Explanation {
  const { ci, data, address } = frame;
  const fields = { ...linkFields(frame), ci: hexByte(ci) };
  if (ci !== SELECT_SLAVE) {
    const message = `a master sends to ${addressText(address)}: ${purposeOf(ci)} (CI ${hexByte(ci)}): not decoded`;
    return { ok: false, error: { code: 'unsupported', message }, fields };
  }
  if (data.length < SECONDARY_LENGTH) {
    const message = `a selection with ${data.length} bytes of address: it has ${SECONDARY_LENGTH}`;
    return { ok: false, error: { code: 'records', message }, fields };
  }
  const selected = data.subarray(0, SECONDARY_LENGTH);
  const further = Buffer.from(data.subarray(SECONDARY_LENGTH)).toString('hex');
  return {
    ok: true,
    fields: {
      ...fields,
      address: identification(selected),
      secondaryAddress: formatSecondaryAddress(selected),
      ...(further === '' ? {} : { furtherSelection: further }),
      meaning: `select secondary address ${describeSelection(selected)}`,
    },
  };
}

/** `ID 16357551, wildcard manufacturer/version/medium`. */
function describeSelection(selected: Uint8Array): string {
  const [makerLow = 0, makerHigh = 0, version = 0, medium = 0] = selected.subarray(4);
  const maker = makerHigh * 256 + makerLow;
  const parts: readonly (readonly [name: string, wild: boolean, text: string])[] = [
    ['manufacturer', maker === 0xffff, manufacturerName(maker)],
    ['version', version === 0xff, String(version)],
    ['medium', medium === 0xff, mediumName(medium)],
  ];
  const given = parts.filter(([, wild]) => !wild).map(([name, , text]) => `${name} ${text}`);
  const wild = parts.filter(([, any]) => any).map(([name]) => name);
  return [
    `ID ${identification(selected)}`,
    ...given,
    ...(wild.length === 0 ? [] : [`wildcard ${wild.join('/')}`]),
  ].join(', ');
}

/** CI fields from a master. The M-Bus: A Documentation Rev. 4.8, 6.1. */
function purposeOf(ci: number): string {
  if (ci >= 0xb8 && ci <= 0xbf) return `the baud rate ${LOWEST_BAUD * 2 ** (ci - 0xb8)}`;
  switch (ci) {
    case 0x50:
      return 'an application reset';
    case 0x51:
      return 'data';
    case 0x54:
      return 'a synchronising action';
    case 0x55:
    case 0x56:
      return 'data or a selection with the high byte first (mode 2)';
    default:
      return 'something of unknown kind';
  }
}
