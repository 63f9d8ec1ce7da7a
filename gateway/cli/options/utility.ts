/** A utility on the command line. */
import { InvalidArgumentError } from 'commander';
import type { Utility } from '../../metering/model.ts';
import { parseUtility } from '../../metering/registry/parse-utility.ts';

/** Throws InvalidArgumentError for what is none. */
export function utility(text: string): Utility {
  const result = parseUtility(text);
  if (result.ok) return result.value;
  throw new InvalidArgumentError(result.hint ?? '');
}
