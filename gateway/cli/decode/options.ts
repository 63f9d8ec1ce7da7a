/** The options of `decode`. */
import type { ProtocolName } from './protocol-names.ts';

export interface DecodeOptions {
  readonly protocol: ProtocolName;
  readonly json: boolean;
  /** Opens encrypted frames of SIA DC-09. */
  readonly key: Uint8Array | null;
}
