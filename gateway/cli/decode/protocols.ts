/** What `decode` and `read` know of each protocol: one entry each. */
import { explainStream } from '../../../drivers/modbus/explain.ts';
import type { Entry, FrameEntry, Part } from './entry.ts';
import { modbusParts } from './modbus-parts.ts';
import { modbusTitle } from './modbus-title.ts';
import type { ProtocolName } from './protocol-names.ts';

export interface DecodableProtocol {
  /** Every frame in `bytes`, in order, and what stands between them. */
  readonly explain: (bytes: Uint8Array) => readonly Entry[];
  /** What a frame is, in a few words. */
  readonly title: (frame: FrameEntry) => string;
  /** All bytes of a frame in order. `before`: the frame before it, which may be the request that it answers. */
  readonly parts: (bytes: Uint8Array, frame: FrameEntry, before: FrameEntry | null) => readonly Part[];
}

export const protocols: Readonly<Record<ProtocolName, DecodableProtocol>> = {
  'modbus-rtu': {
    explain: (bytes) => explainStream('modbus-rtu', bytes),
    title: modbusTitle,
    parts: (bytes, frame, before) => modbusParts('rtu', bytes, frame.fields, before?.fields),
  },
  'modbus-tcp': {
    explain: (bytes) => explainStream('modbus-tcp', bytes),
    title: modbusTitle,
    parts: (bytes, frame, before) => modbusParts('tcp', bytes, frame.fields, before?.fields),
  },
};
