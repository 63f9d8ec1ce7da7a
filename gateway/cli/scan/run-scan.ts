/** Opens the bus, scans it, and prints what was found. */
import { drivers } from '../../../drivers/index.ts';
import { EXIT, usageError } from '../exit.ts';
import { interruption } from '../interruption.ts';
import { BUS_EXAMPLES } from '../line/bus-url.ts';
import { findBus, type FoundBus } from '../line/find-bus.ts';
import { refuseIfHeld } from '../line/holder.ts';
import { openLine } from '../line/open-line.ts';
import { loadProfiles } from '../options/load-profiles.ts';
import { paletteFor } from '../text/palette.ts';
import type { ScanResult } from './found.ts';
import { linkOn, type Spoken } from './link-on.ts';
import { knownMeter, knownUnit, type KnownBus } from './known.ts';
import type { FoundMeter, MeterScanResult } from './meters/found-meter.ts';
import { usualMeterRate } from './meters/meter-list.ts';
import { readAddresses } from './meters/read-addresses.ts';
import { meterReportLines } from './meters/meter-report.ts';
import { passesOf } from './meters/pass.ts';
import { idleMs, scanMeters } from './meters/scan-meters.ts';
import type { ScanOptions } from './options.ts';
import { showProgress, type ProgressState } from './progress.ts';
import { reportLines } from './report.ts';
import { scanLine } from './scan-line.ts';
import { settingsOf } from './settings.ts';

/** What a scan found; null for what it did not look for. */
interface Scanned {
  readonly units: ScanResult | null;
  readonly meters: MeterScanResult | null;
}

/** Milliseconds that a Modbus unit has for its answer. */
const MODBUS_MS = 250;

export async function runScan(options: ScanOptions): Promise<void> {
  if (options.bus === undefined) throw usageError('which bus?', `--bus ${BUS_EXAMPLES}`);
  const found = await findBus(options.bus, options.site);
  const scan = await planOf(found, options);
  await refuseIfHeld(found);
  print(await scan(), found, options);
}

/** Everything that can be wrong with the command line is said before the line is opened. */
async function planOf({ bus, site }: FoundBus, options: ScanOptions): Promise<() => Promise<Scanned>> {
  const { protocol, units, ask, timeout: timeoutMs = MODBUS_MS, primary } = options;
  const settings = protocol === 'modbus' || protocol === 'all' ? settingsOf(bus, options) : [];
  const passes = passesOf(bus, options, site !== null);
  const listed = options.meters === undefined ? [] : await readAddresses(options.meters);
  const loaded = passes.length === 0 ? null : (site?.profiles ?? (await loadProfiles(options.profileFolder)));
  const profiles = [...(loaded?.values() ?? [])];
  const modbusMs = settings.length * units.length * ask.length * timeoutMs;
  return async () => {
    const signal = interruption();
    const line = await openLine(bus);
    const progress = showProgress(process.stderr, idleMs(passes) + modbusMs);
    const linkTo = (spoken: Spoken) => linkOn(line, bus, spoken);
    try {
      const { update } = progress;
      const beforeModbus = (state: ProgressState): void => update({ ...state, leftMs: state.leftMs + modbusMs });
      const meters =
        passes.length === 0
          ? null
          : await scanMeters({ line, linkTo, passes, profiles, primary, listed, signal, progress: beforeModbus });
      const found =
        settings.length === 0
          ? null
          : await scanLine({ line, linkTo, settings, units, ask, timeoutMs, signal, progress: update });
      return marked({ units: found, meters }, { bus, site });
    } finally {
      progress.stop();
      await line.close();
    }
  };
}

/** Whoever stands in the site is called by its name there. */
function marked({ units, meters }: Scanned, bus: KnownBus): Scanned {
  const named = <T extends object>(found: T, known: string | null) => (known === null ? found : { ...found, known });
  const driverOf = (protocol: string) => drivers.find(({ name }) => name === protocol);
  const nameOf = (meter: FoundMeter): string | null => {
    const driver = driverOf(meter.protocol);
    return driver === undefined ? null : knownMeter(bus, driver, meter);
  };
  return {
    units: units && { ...units, found: units.found.map((device) => named(device, knownUnit(bus, device.unit))) },
    meters: meters && { ...meters, meters: meters.meters.map((meter) => named(meter, nameOf(meter))) },
  };
}

function print({ units, meters }: Scanned, { bus, site }: FoundBus, options: ScanOptions): void {
  const { json, ask, profile = '' } = options;
  const configured = site !== null;
  const colours = paletteFor(process.stdout);
  const complete = units?.complete !== false && meters?.complete !== false;
  if (json) {
    console.log(JSON.stringify({ bus: bus.id, ...units, ...meters, complete }));
  } else {
    // A line that mixes protocols is one bus in the site file.
    const isPrinted = !configured && meters !== null && meters.meters.length > 0;
    const printed = isPrinted ? usualMeterRate(bus, meters.meters) : undefined;
    const reports = [
      meters === null ? [] : meterReportLines(meters, { bus, configured }, colours),
      units === null ? [] : reportLines(units, { bus, configured, ask, profile, printed }, colours),
    ].filter((lines) => lines.length > 0);
    for (const [index, lines] of reports.entries()) console.log([...(index > 0 ? [''] : []), ...lines].join('\n'));
  }
  const nothing = (units?.found.length ?? 0) + (meters?.meters.length ?? 0) === 0;
  if (!complete) process.exitCode = EXIT.interrupted;
  else if (nothing) process.exitCode = EXIT.findings;
}
