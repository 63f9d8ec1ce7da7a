/** What `decode` and `read` know of each protocol: one entry each. */
import { explainStream } from '../../../drivers/modbus/explain.ts';
import type { Entry, FrameContext, FrameEntry, Part } from './entry.ts';
import { modbusParts } from './modbus-parts.ts';
import { modbusTitle } from './modbus-title.ts';
import type { ProtocolName } from './protocol-names.ts';

export interface DecodableProtocol {
  /** Every frame in `bytes`, in order, and what stands between them. */
  readonly explain: (bytes: Uint8Array) => readonly Entry[];
  /** What a frame is, in a few words. */
  readonly title: (frame: FrameEntry) => string;
  /** All bytes of a frame in order. */
  readonly parts: (bytes: Uint8Array, frame: FrameEntry, context: FrameContext) => readonly Part[];
}

export const protocols: Readonly<Record<ProtocolName, DecodableProtocol>> = {
  'modbus-rtu': {
    explain: (bytes) => explainStream('modbus-rtu', bytes),
    title: modbusTitle,
    parts: (bytes, frame, context) => modbusParts('rtu', bytes, frame.fields, context),
  },
  'modbus-tcp': {
    explain: (bytes) => explainStream('modbus-tcp', bytes),
    title: modbusTitle,
    parts: (bytes, frame, context) => modbusParts('tcp', bytes, frame.fields, context),
  },
};
