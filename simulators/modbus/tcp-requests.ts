/** Finds requests in a Modbus TCP stream: MODBUS Messaging on TCP/IP V1.0b, 3.1.3. */

export interface TcpRequest {
  readonly transaction: number;
  readonly unit: number;
  readonly pdu: Uint8Array;
}

export interface TcpScan {
  readonly requests: readonly TcpRequest[];
  readonly rest: Uint8Array;
  /** The header makes no sense, so that the next one cannot be found: the connection is to be closed. */
  readonly broken: boolean;
}

const HEADER = 7;
/** Unit identifier and function code, up to unit identifier and the longest PDU (253 bytes). */
const SHORTEST = 2;
const LONGEST = 254;

export function scanTcpRequests(bytes: Uint8Array): TcpScan {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const requests: TcpRequest[] = [];
  let start = 0;
  while (bytes.length - start >= HEADER) {
    const length = view.getUint16(start + 4);
    const broken = view.getUint16(start + 2) !== 0 || length < SHORTEST || length > LONGEST;
    if (broken) return { requests, rest: bytes.slice(start), broken };
    const end = start + 6 + length;
    if (end > bytes.length) break;
    requests.push({
      transaction: view.getUint16(start),
      unit: view.getUint8(start + 6),
      pdu: bytes.slice(start + HEADER, end),
    });
    start = end;
  }
  return { requests, rest: bytes.slice(start), broken: false };
}
