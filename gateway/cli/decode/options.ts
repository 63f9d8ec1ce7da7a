/** The options of `decode`. */
import type { ProtocolName } from './protocol-names.ts';

export interface DecodeOptions {
  readonly protocol: ProtocolName;
  readonly json: boolean;
}
