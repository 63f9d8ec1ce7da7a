/**
 * A gateway as a process of its own, for tests that kill it: `node gateway-main.ts <site file>`. Its log goes to standard
 * output, as JSON lines. It tells its parent when it is ready, reads its configuration again when it is told to, and ends
 * cleanly on SIGTERM. What cannot be started is said on standard error, as the command line says it.
 */
import { flushCompileCache } from 'node:module';
import { destination, pino } from 'pino';
import { drivers } from '../../../drivers/index.ts';
import { loadConfiguration } from '../../config/load.ts';
import { formatMistake } from '../../config/mistakes/mistake.ts';
import { startGateway } from '../../main.ts';
import { StoreError } from '../../store/errors.ts';

const STDOUT = 1;

process.once('disconnect', () => process.exit());
const siteFile = process.argv[2] ?? '';
const loaded = await loadConfiguration(siteFile, drivers);
if (!loaded.ok) giveUp(loaded.mistakes.map(formatMistake).join('\n'));
// Synchronous: what was logged before a kill is in the pipe.
const log = pino(destination({ dest: STDOUT, sync: true }));
const gateway = await startGateway({ siteFile, loaded, drivers, log, version: 'test' }).catch((error: unknown) => {
  if (error instanceof StoreError) giveUp(error.message);
  throw error;
});
process.on('message', () => void gateway.reload().then(() => process.send?.('reloaded')));
process.once('SIGTERM', () => void gateway.stop().then(() => process.exit()));
process.send?.({ apiUrl: gateway.apiUrl, mqttUrl: gateway.mqtt.description().url });
// What is killed never writes it by itself; the next start is twice as fast with it.
flushCompileCache();

function giveUp(message: string): never {
  console.error(message);
  process.exit(1);
}
