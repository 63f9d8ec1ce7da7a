/** What `decode` and `read` know of each protocol: one entry each. */
import { explainStream as explainCjt188 } from '../../../drivers/cjt188/explain.ts';
import { explainStream as explainDc09 } from '../../../drivers/dc09/explain.ts';
import { explainStream as explainDlt645 } from '../../../drivers/dlt645/explain.ts';
import { explainStream as explainMbus } from '../../../drivers/mbus/explain.ts';
import { explainStream } from '../../../drivers/modbus/explain.ts';
import { dc09Parts, dc09Title } from './dc09-parts.ts';
import type { Entry, FrameContext, FrameEntry, Part } from './entry.ts';
import { meterParts, meterTitle } from './meter-parts.ts';
import { modbusParts } from './modbus-parts.ts';
import { modbusTitle } from './modbus-title.ts';
import type { ProtocolName } from './protocol-names.ts';

export interface DecodableProtocol {
  /** Every frame in `bytes`, in order, and what stands between them. `key`: opens encrypted ones. */
  readonly explain: (bytes: Uint8Array, key?: Uint8Array | null) => readonly Entry[];
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
  'dlt645-2007': {
    explain: (bytes) => explainDlt645('dlt645-2007', bytes),
    title: meterTitle,
    parts: (bytes, frame) => meterParts('dlt645', bytes, frame),
  },
  'dlt645-1997': {
    explain: (bytes) => explainDlt645('dlt645-1997', bytes),
    title: meterTitle,
    parts: (bytes, frame) => meterParts('dlt645', bytes, frame),
  },
  cjt188: {
    explain: (bytes) => explainCjt188('cjt188', bytes),
    title: meterTitle,
    parts: (bytes, frame) => meterParts('cjt188', bytes, frame),
  },
  mbus: {
    explain: (bytes) => explainMbus('mbus', bytes),
    title: meterTitle,
    parts: (bytes, frame) => meterParts('mbus', bytes, frame),
  },
  'sia-dc09': {
    explain: explainDc09,
    title: dc09Title,
    parts: dc09Parts,
  },
};
