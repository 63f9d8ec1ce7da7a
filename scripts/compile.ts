/**
 * Has Node keep what it compiles of all that a start loads, in NODE_COMPILE_CACHE: scripts/environment runs it after the packages have
 * been installed. Otherwise the first start after that would take half as long again.
 */
import { flushCompileCache } from 'node:module';

await import('../gateway/cli/run/start-run.ts');
flushCompileCache();
// What it has loaded starts nothing; some packages keep handles all the same.
process.exit();
