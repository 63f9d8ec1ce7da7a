/** What a scan found, for a person. Pure. */
import type { BusConfig } from '../../config/schema.ts';
import { serialRateOf, type SerialRate } from '../../config/wire-time.ts';
import { placeOf } from '../line/bus-address.ts';
import type { ReadFunction } from './options.ts';
import type { Palette } from '../text/palette.ts';
import { table, type Column } from '../text/table.ts';
import { busLine, deviceListLines, usualRate } from './device-list.ts';
import type { Answer, FoundDevice, ScanResult } from './found.ts';

export interface ScanReport {
  readonly bus: BusConfig;
  /** Whether the bus stands in the site file. */
  readonly configured: boolean;
  readonly ask: readonly ReadFunction[];
  readonly profile: string;
  /** The rate of the bus as it has been printed already, for the meters on it; undefined: it has not. */
  readonly printed?: SerialRate | null | undefined;
}

const TABLES = { 1: 'coil', 2: 'discrete', 3: 'holding', 4: 'input' } as const;
/** So many units that all answer are one device that does not look at the unit. */
const SUSPICIOUSLY_MANY = 8;
const SHOWN_NOISY = 8;

export function reportLines(result: ScanResult, report: ScanReport, colours: Palette): string[] {
  const { found, complete } = result;
  const count = found.length === 1 ? 'one device' : `${found.length} devices`;
  const ended = complete ? '' : colours.warning(' before it was broken off');
  const title = found.length === 0 ? colours.warning('nothing answers') : colours.good(`found ${count}`);
  return [
    `${title} on ${placeOf(report.bus)}${ended}`,
    ...(found.length === 0 ? whereToLook(report.bus) : ['', ...foundLines(found, report.ask, colours)]),
    ...noiseLines(result, colours),
    ...(ignoresUnits(result, report.bus) ? ignoredLines(report, colours) : listLines(found, report, colours)),
  ];
}

/** A Modbus TCP device that is no gateway answers whatever the unit is. */
function ignoresUnits({ found, asked, complete }: ScanResult, { type }: BusConfig): boolean {
  return type === 'modbus-tcp' && complete && asked >= SUSPICIOUSLY_MANY && found.length === asked;
}

function foundLines(found: readonly FoundDevice[], ask: readonly ReadFunction[], colours: Palette): string[] {
  const columns: Column[] = [
    { title: 'unit', align: 'right' },
    { title: 'rate', align: 'right' },
    { title: 'format' },
    { title: 'answers in', align: 'right' },
    ...ask.map((fc) => ({ title: `function ${fc}, ${TABLES[fc]} 0` })),
    { title: 'known as' },
  ];
  const rows = found.map(({ unit, rate, latencyMs, answers, known }) => [
    colours.name(String(unit)),
    rate ? String(rate.baud) : '',
    rate?.format ?? '',
    latencyMs === null ? 'late' : `${latencyMs.toFixed(0)} ms`,
    ...ask.map((fc) => inWords(answers.find((answer) => answer.fc === fc))),
    known ?? '',
  ]);
  return table(columns, rows, colours);
}

function inWords(answer: Answer | undefined): string {
  switch (answer?.kind) {
    case undefined:
      return 'silence';
    case 'value':
      return String(answer.value);
    case 'exception':
      return `exception ${answer.code} ${answer.name}`;
    case 'odd':
      return answer.message;
  }
}

function noiseLines({ noise }: ScanResult, { warning }: Palette): string[] {
  return noise.flatMap(({ rate, units }) => {
    const at = rate ? ` at ${rate.baud} ${rate.format}` : '';
    const shown = units.slice(0, SHOWN_NOISY).join(', ') + (units.length > SHOWN_NOISY ? ' …' : '');
    const advice = 'another rate or format (--rates, --formats), two devices with one address, or a disturbed line';
    return ['', warning(`bytes that are no frame came back from unit ${shown}${at}: ${advice}`)];
  });
}

function whereToLook(bus: BusConfig): string[] {
  if (bus.type === 'modbus-tcp')
    return ['    hint: it takes connections; is it a gateway whose serial side is not connected?'];
  const rate = serialRateOf(bus);
  const tried =
    bus.type === 'serial' && rate ? ', another rate or format (--rates, --formats)' : ", the server's rate and format";
  return [`    hint: power, A and B swapped${tried}, devices that need more time (--timeout 600)`];
}

function ignoredLines({ bus, profile }: ScanReport, colours: Palette): string[] {
  const one: FoundDevice[] = [{ unit: 1, rate: null, latencyMs: null, answers: [] }];
  return [
    '',
    colours.warning('every unit answers: this is one device that does not look at the unit'),
    ...deviceListLines(bus, one, { usual: null, profile }),
  ];
}

function listLines(
  found: readonly FoundDevice[],
  { bus, configured, profile, printed }: ScanReport,
  colours: Palette,
): string[] {
  const fresh = found.filter(({ known }) => known === undefined);
  if (fresh.length === 0) return [];
  const own = configured ? serialRateOf(bus) : usualRate(bus, found);
  const usual = printed === undefined ? own : printed;
  const isNew = !configured && printed === undefined;
  const missing = profile === '' ? '; the profile is yours to fill in, `scripts/gatehouse profiles` lists them' : '';
  return [
    '',
    ...(isNew ? [colours.faint('the bus, for the site file:'), busLine(bus, usual)] : []),
    colours.faint(`for a device list${missing}:`),
    ...deviceListLines(bus, fresh, { usual, profile }),
  ];
}
