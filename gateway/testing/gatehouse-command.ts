/** The command line as `scripts/gatehouse` starts it, without what that installs. */
import { readFileSync } from 'node:fs';

const NODE_FLAGS = readFileSync(new URL('../../scripts/node-flags', import.meta.url), 'utf8')
  .trim()
  .split(' ');

/** For `env`: settings, Node, its flags, the program, and `args`. `compileCache`: where Node keeps what it compiled; '': nowhere. */
export function gatehouseCommand(compileCache: string, args: readonly string[]): string[] {
  const settings = [`NODE_COMPILE_CACHE=${compileCache}`, 'MALLOC_ARENA_MAX=1'];
  return [...settings, process.execPath, ...NODE_FLAGS, 'gateway/cli/index.ts', ...args];
}
