/** The fields of a frame's data, by function. DL/T 645-2007, 7. */
import { hex } from '../bytes/hex.ts';
import { functionName, type Version } from './control-codes.ts';
import { decodeClock } from './decode-clock.ts';
import { decodeValue } from './decode-value.ts';
import { errorBits, securityErrorBits } from './error-bits.ts';
import { DI_LENGTH, identifierFields, identifierIn, itemFields, type Fields } from './explain-item.ts';
import { FROM_METER, MORE, REFUSED, type Frame } from './frame.ts';
import { addressText } from './frame-address.ts';
import { freezeText } from './freeze-moment.ts';
import { clearFields, relayFields, writeFields } from './explain-command.ts';

/** What the data of `frame` say. Bytes that no clause explains are in `raw`. */
export function explainData(frame: Frame, version: Version): Fields {
  const { control, data } = frame;
  if ((control & FROM_METER) === 0) return explainRequest(frame, version);
  if (control & REFUSED) return explainError(data, version);
  if (data.length === 0) return { ack: true };
  switch (functionName(control, version)) {
    case 'read':
      return { ...readFields(data, version, (di, rest) => itemFields(di, rest, version)), ...more(control) };
    case 'readMore':
    case 'readAgain':
      return { ...followOnFields(data, version), ...more(control) };
    case 'readAddress':
      return { meterAddress: addressText(data) };
    case 'setBaud':
      return baudFields(data, version);
    default:
      return { raw: hex(data) };
  }
}

function explainRequest({ control, data }: Frame, version: Version): Fields {
  switch (functionName(control, version)) {
    case 'read':
      return readFields(data, version, (di, rest) => ({ ...identifierFields(di, version), ...loadRecordFields(rest) }));
    case 'readMore':
    case 'readAgain':
      return readFields(data, version, (di, rest) => ({ ...identifierFields(di, version), ...sequenceFields(rest) }));
    case 'readAddress':
      return rawField(data);
    case 'setTime':
      return { time: decodeClock('YYMMDDhhmmss', data).value, ...rawField(data.subarray(6)) };
    case 'writeAddress':
      return { newAddress: addressText(data) };
    case 'freeze':
      return { freeze: freezeText(data) };
    case 'setBaud':
      return baudFields(data, version);
    case 'write':
      return readFields(data, version, (di, rest) => ({
        ...identifierFields(di, version),
        ...writeFields(rest, version),
      }));
    case 'relay':
      return relayFields(data);
    case 'clearDemand':
    case 'clearMeter':
    case 'clearEvents':
      return clearFields(data, version);
    default:
      return rawField(data);
  }
}

function explainError(data: Uint8Array, version: Version): Fields {
  const err = hex(Uint8Array.from(data).reverse()).toUpperCase();
  const [low = 0, high = 0] = data;
  const errBits = data.length === 2 ? securityErrorBits(low + 256 * high) : errorBits(low, version);
  return { errorReply: true, err, errBits };
}

function readFields(data: Uint8Array, version: Version, explain: (di: string, rest: Uint8Array) => Fields): Fields {
  const di = identifierIn(data, version);
  return di === null ? rawField(data) : explain(di, data.subarray(DI_LENGTH[version]));
}

/** 2007: the sequence number comes last. The values began in the frame before: alone, these bytes say nothing. */
function followOnFields(data: Uint8Array, version: Version): Fields {
  const hasSequence = version === '2007';
  return readFields(data, version, (di, rest) => ({
    ...identifierFields(di, version),
    ...(hasSequence ? sequenceFields(rest.subarray(-1)) : {}),
    raw: hex(hasSequence ? rest.subarray(0, -1) : rest),
  }));
}

function sequenceFields(rest: Uint8Array): Fields {
  const [seq] = rest;
  return seq === undefined ? {} : { seq, ...rawField(rest.subarray(1)) };
}

/** A read of load records also has how many, and from when on. */
function loadRecordFields(rest: Uint8Array): Fields {
  const [blocks] = rest;
  if (blocks === undefined) return {};
  return {
    blocks,
    ...(rest.length === 6 ? { from: decodeClock('YYMMDDhhmm', rest.subarray(1)).value } : rawField(rest.subarray(1))),
  };
}

function baudFields(data: Uint8Array, version: Version): Fields {
  const { value, reason } = decodeValue({ kind: 'baud' }, data, version);
  return { baud: value, ...(reason === undefined ? {} : { reason }) };
}

function more(control: number): Fields {
  return control & MORE ? { more: true } : {};
}

function rawField(data: Uint8Array): Fields {
  return data.length === 0 ? {} : { raw: hex(data) };
}
