/** The options of `meters list`. */
import type { Utility } from '../../metering/model.ts';

export interface ListOptions {
  readonly site: string;
  readonly home?: string;
  readonly utility?: Utility;
  readonly present?: boolean;
  readonly json?: boolean;
  readonly csv?: boolean;
}
