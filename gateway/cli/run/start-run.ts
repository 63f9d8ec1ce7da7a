/** Starts the gateway, says where to look, and ends it when asked. */
import { flushCompileCache } from 'node:module';
import packageFile from '../../../package.json' with { type: 'json' };
import { drivers } from '../../../drivers/index.ts';
import { systemClock } from '../../clock.ts';
import { loadConfiguration, type Loaded } from '../../config/load.ts';
import { startGateway, type Gateway } from '../../main.ts';
import { followSimulatedTime, type SimulatedTime } from '../../simulated-time.ts';
import { mistakeLines } from '../check/report.ts';
import { CliError } from '../exit.ts';
import { outliveReader } from '../outputs.ts';
import { paletteFor } from '../text/palette.ts';
import { bannerLines } from './banner.ts';
import type { RunFlags } from './flags.ts';
import { showEvents } from './live-lines.ts';
import { createLog } from './log.ts';
import { refuseStart } from './refused-start.ts';
import { simulatorLine } from './simulator-line.ts';
import { startSimulators } from './simulators.ts';
import { standingAlarmLines } from './standing-alarms.ts';
import { prepareStore, refuseIfRunning } from './store-file.ts';

/** Resolves when the gateway has ended after a signal. Throws CliError when it cannot start. */
export async function startRun(siteFile: string, flags: RunFlags): Promise<void> {
  const startedAt = performance.now();
  outliveReader();
  const loaded = await load(siteFile);
  if (flags.freshStore) await refuseIfRunning(loaded.config.api);
  const { timezone } = loaded.config.site;
  const log = createLog(flags.log, { timezone, colours: paletteFor(process.stderr) });
  const palette = paletteFor(process.stdout);
  const simulatedTime = await simulatedTimeOf(flags);
  const clock = simulatedTime?.clock ?? systemClock;
  const simulators = flags.simulate
    ? await startSimulators((line) => {
        if (!flags.quiet) console.log(simulatorLine(line, timezone, palette));
      })
    : null;
  const storeFile = flags.store ?? loaded.config.store.file;
  const start = async (): Promise<Gateway> => {
    // Not before the simulators have their ports: whoever else runs still has the database open.
    prepareStore(storeFile, flags.freshStore);
    const { version } = packageFile;
    return startGateway({ siteFile, loaded, storeFile, drivers, log, version, simulatedTime });
  };
  const gateway = await start().catch(async (error: unknown) => {
    await simulators?.stop();
    return refuseStart(error, storeFile);
  });
  // Before the banner says that Ctrl-C ends it: without a listener, that would cut it off.
  const asked = askedToEnd();
  const readyMs = performance.now() - startedAt;
  console.log(bannerLines(gateway, { flags, siteFile, readyMs }, palette).join('\n'));
  if (simulatedTime) log.warn(`the time is not the time: it is ${simulatedTime.words()}`);
  for (const line of standingAlarmLines(gateway, palette, clock.now())) console.log(line);
  if (!flags.quiet) showEvents(gateway, palette, () => clock.now());
  // Now, not only at a clean end: most boxes end with the power, and what is not found compiled costs memory and time.
  flushCompileCache();
  process.on('SIGHUP', () => void gateway.reload());
  await asked;
  console.log('\nending: writing what waits …');
  await gateway.stop();
  simulatedTime?.stop();
  await simulators?.stop();
}

async function simulatedTimeOf({ simulatedTime: url }: RunFlags): Promise<SimulatedTime | null> {
  if (url === undefined) return null;
  return followSimulatedTime(url).catch(() => {
    throw new CliError(`no simulators tell the time at ${url}`, 'start them first, with --size metering');
  });
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

function askedToEnd(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}
