/** Starts the gateway, says where to look, and ends it when asked. */
import { mkdirSync, rmSync } from 'node:fs';
import { flushCompileCache } from 'node:module';
import { dirname } from 'node:path';
import { destination, pino, type Logger } from 'pino';
import packageFile from '../../../package.json' with { type: 'json' };
import { drivers } from '../../../drivers/index.ts';
import { loadConfiguration, type Loaded } from '../../config/load.ts';
import { startGateway, type Gateway, type GatewayOptions } from '../../main.ts';
import { StoreError } from '../../store/errors.ts';
import { mistakeLines } from '../check/report.ts';
import { CliError } from '../exit.ts';
import { paletteFor } from '../text/palette.ts';
import { bannerLines } from './banner.ts';
import type { RunFlags } from './flags.ts';
import { showEvents } from './live-lines.ts';
import { startSimulators, type Simulators } from './simulators.ts';

const STDERR = 2;

/** Resolves when the gateway has ended after a signal. Throws CliError when it cannot start. */
export async function startRun(siteFile: string, flags: RunFlags): Promise<void> {
  const startedAt = performance.now();
  const loaded = await load(siteFile);
  const log = createLog(flags.log);
  const simulators = flags.simulate ? await startSimulators() : null;
  // Not before the simulators have their ports: whoever else runs still has the database open.
  if (flags.freshStore) removeStore(flags.store ?? loaded.config.store.file);
  const options = { siteFile, loaded, storeFile: flags.store, drivers, log, version: packageFile.version };
  const gateway = await start(options, simulators);
  const palette = paletteFor(process.stdout);
  const readyMs = performance.now() - startedAt;
  console.log(bannerLines(gateway, { flags, siteFile, readyMs }, palette).join('\n'));
  if (!flags.quiet) showEvents(gateway, palette);
  // Now, not only at a clean end: most boxes end with the power, and what is not found compiled costs memory and time.
  flushCompileCache();
  process.on('SIGHUP', () => void gateway.reload());
  await ended();
  console.log('\nending: writing what waits …');
  await gateway.stop();
  await simulators?.stop();
}

async function load(siteFile: string): Promise<Extract<Loaded, { ok: true }>> {
  const loaded = await loadConfiguration(siteFile, drivers);
  const mistakes = loaded.ok ? loaded.warnings : loaded.mistakes;
  for (const line of mistakeLines(mistakes, paletteFor(process.stderr))) console.error(line);
  if (loaded.ok) return loaded;
  throw new CliError(
    `${siteFile} has mistakes: nothing was started`,
    `scripts/gatehouse check ${siteFile} shows them again`,
  );
}

function removeStore(file: string): void {
  for (const suffix of ['', '-wal', '-shm', '.ballast']) rmSync(`${file}${suffix}`, { force: true });
}

function createLog(file: string | undefined): Logger {
  if (file === undefined) return pino(destination(STDERR));
  mkdirSync(dirname(file), { recursive: true });
  return pino(destination({ dest: file, sync: true }));
}

/** What a person can mend is said without a stack trace: a taken port, a store of a newer version. */
async function start(options: GatewayOptions, simulators: Simulators | null): Promise<Gateway> {
  try {
    return await startGateway(options);
  } catch (error) {
    await simulators?.stop();
    if (error instanceof StoreError) throw new CliError(error.message);
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE')
      throw new CliError(
        message,
        'another gateway, broker or web server has this port: end it, or choose another in the site file',
      );
    if (code === 'EACCES')
      throw new CliError(message, 'ports below 1024 need a privilege: choose a higher one in the site file');
    throw error;
  }
}

function ended(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}
