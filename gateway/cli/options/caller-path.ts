/** Files that the caller names, from the folder that the caller stands in. */
import { resolve } from 'node:path';

/**
 * `scripts/gatehouse` runs in the project's folder, whatever the caller's is, and tells the caller's in GATEHOUSE_FROM.
 * Names stay as they were written where the two are the same.
 */
export function callerPath(name: string, from = process.env['GATEHOUSE_FROM'], here = process.cwd()): string {
  return from === undefined || from === here ? name : resolve(from, name);
}
