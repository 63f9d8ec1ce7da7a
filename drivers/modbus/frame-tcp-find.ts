/** Finds the Modbus TCP frames in bytes of which nothing else is known. */
import { garbage, undecodable, wholeFrame, type FoundFrame, type UndecodableBytes } from './frame-found.ts';
import { isUserDefined, pduForms } from './frame-lengths.ts';
import { BEFORE_COUNTED, countedAt, mbapAt, MBAP_LENGTH, mbapFault } from './frame-mbap.ts';

/** With fewer bytes than these nothing tells a header from noise: transaction, protocol, half a length. */
const EVIDENT = 5;

/**
 * Covers `bytes` from end to end, in order. A frame is where a header without fault is followed by as many bytes as it
 * says, and they are a PDU of known shape. The bytes between frames are explained as far as their structure is evident.
 */
export function findTcpFrames(bytes: Uint8Array): FoundFrame[] {
  const found: FoundFrame[] = [];
  let explained = 0;
  let at = 0;
  while (at + MBAP_LENGTH < bytes.length) {
    const end = endOfFrame(bytes, at);
    if (end === null) {
      at++;
    } else {
      found.push(...explainStretch(bytes, explained, at), wholeFrame(at, end));
      at = explained = end;
    }
  }
  return [...found, ...explainStretch(bytes, explained, bytes.length)];
}

function endOfFrame(bytes: Uint8Array, start: number): number | null {
  const header = mbapAt(bytes, start);
  if (header === null || header.end > bytes.length) return null;
  const length = header.end - start - MBAP_LENGTH;
  const known = pduForms(bytes.subarray(0, header.end), start + MBAP_LENGTH).some((form) => form.length === length);
  return known || isUserDefined(bytes[start + MBAP_LENGTH] ?? 0) ? header.end : null;
}

/** What `bytes[start, end)` amounts to, which lies between whole frames or at an end of the input. */
function explainStretch(bytes: Uint8Array, start: number, end: number): UndecodableBytes[] {
  const found: UndecodableBytes[] = [];
  for (let at = start; at < end;) {
    const next = explainHeader(bytes.subarray(0, end), at);
    found.push(next);
    at += next.length;
  }
  return found;
}

/** Explains the bytes from `start` on, as far as its header reaches. */
function explainHeader(bytes: Uint8Array, start: number): UndecodableBytes {
  const fault = mbapFault(bytes, start);
  const left = bytes.length - start;
  if (left < EVIDENT) return garbage(start, bytes.length);
  const length = BEFORE_COUNTED + countedAt(bytes, start);
  if (fault === 'protocol' && length === left) {
    return undecodable(start, bytes.length, { code: 'protocol', message: 'the protocol identifier is not 0' });
  }
  if (fault === 'length' && left > MBAP_LENGTH) {
    const message = `the length field is ${length - BEFORE_COUNTED}, not 2 to 254`;
    return undecodable(start, bytes.length, { code: 'length', message });
  }
  if (fault !== null) return garbage(start, bytes.length);
  if (length > left || left < BEFORE_COUNTED) {
    const message = `${left} bytes of a frame that has ${left < BEFORE_COUNTED ? 'at least 8' : length}`;
    return undecodable(start, bytes.length, { code: 'truncated', message });
  }
  return undecodable(start, start + length, { code: 'structure', message: 'its function has no PDU of this form' });
}
