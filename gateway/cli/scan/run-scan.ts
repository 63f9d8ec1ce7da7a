/** Opens the bus, scans it, and prints what was found. */
import { createLink } from '../../bus/link.ts';
import { systemClock } from '../../clock.ts';
import { deviceSchema, type BusConfig } from '../../config/schema.ts';
import { EXIT, usageError } from '../exit.ts';
import { interruption } from '../interruption.ts';
import { BUS_EXAMPLES } from '../line/bus-url.ts';
import { findBus } from '../line/find-bus.ts';
import { refuseIfHeld } from '../line/holder.ts';
import { openLine, type OpenLine } from '../line/open-line.ts';
import type { ScanOptions } from './options.ts';
import { paletteFor } from '../text/palette.ts';
import type { ScanResult } from './found.ts';
import { showProgress } from './progress.ts';
import { reportLines } from './report.ts';
import { scanLine, type LineScan } from './scan-line.ts';
import { settingsOf } from './settings.ts';

export async function runScan(options: ScanOptions): Promise<void> {
  if (options.bus === undefined) throw usageError('which bus?', `--bus ${BUS_EXAMPLES}`);
  const found = await findBus(options.bus, options.site);
  const { bus, site } = found;
  const settings = settingsOf(bus, options);
  await refuseIfHeld(found);
  const signal = interruption();
  const line = await openLine(bus);
  const progress = showProgress(process.stderr, settings.length * options.units.length);
  let result: ScanResult;
  try {
    const { units, ask, timeout: timeoutMs } = options;
    const linkTo = linksOn(line, bus);
    result = await scanLine({ line, linkTo, settings, units, ask, timeoutMs, signal, progress: progress.update });
  } finally {
    progress.stop();
    await line.close();
  }
  print(result, bus, site !== null, options);
}

function linksOn({ bus }: OpenLine, config: BusConfig): LineScan['linkTo'] {
  return (unit, rate, replyTimeoutMs) => {
    const serial = config.type === 'serial' && rate ? { serial: { ...rate } } : {};
    const device = deviceSchema.parse({
      id: `unit-${unit}`,
      bus: config.id,
      unit,
      profile: 'none',
      replyTimeoutMs,
      ...serial,
    });
    return createLink(bus, config, device, systemClock, { priority: 'ordinary' });
  };
}

function print(
  result: ScanResult,
  bus: BusConfig,
  configured: boolean,
  { json, ask, profile = '' }: ScanOptions,
): void {
  const colours = paletteFor(process.stdout);
  if (json) console.log(JSON.stringify({ bus: bus.id, ...result }));
  else for (const text of reportLines(result, { bus, configured, ask, profile }, colours)) console.log(text);
  if (!result.complete) process.exitCode = EXIT.interrupted;
  else if (result.found.length === 0) process.exitCode = EXIT.findings;
}
