/** The meters that a scan found, for a person. Pure. */
import type { BusConfig } from '../../../config/schema.ts';
import { serialRateOf } from '../../../config/wire-time.ts';
import { placeOf } from '../../line/bus-address.ts';
import type { Palette } from '../../text/palette.ts';
import { table, type Column } from '../../text/table.ts';
import { busLine } from '../device-list.ts';
import { rateText } from '../rate-text.ts';
import type { FoundMeter, MeterScanResult } from './found-meter.ts';
import { meterListLines, usualMeterRate } from './meter-list.ts';

export interface MeterReport {
  readonly bus: BusConfig;
  /** Whether the bus stands in the site file. */
  readonly configured: boolean;
}

const COLUMNS: readonly Column[] = [
  { title: 'protocol' },
  { title: 'address' },
  { title: 'rate' },
  { title: 'says of itself' },
  { title: 'utility' },
  { title: 'profile, a guess' },
  { title: 'because' },
  { title: 'known as' },
];

export function meterReportLines(
  { meters, unresolved, absent, complete }: MeterScanResult,
  report: MeterReport,
  colours: Palette,
): string[] {
  const count = meters.length === 1 ? 'one meter' : `${meters.length} meters`;
  const title = meters.length === 0 ? colours.warning('no meter answers') : colours.good(`found ${count}`);
  const ended = complete ? '' : colours.warning(' before it was broken off');
  return [
    `${title} on ${placeOf(report.bus)}${ended}`,
    ...(meters.length === 0 ? whereToLook(report.bus) : ['', ...foundLines(meters, colours)]),
    ...unresolved.flatMap(({ where, rate, reason }) => [
      '',
      colours.warning(`${where}, at ${rateText(rate)}: ${reason}`),
      ...(reason.startsWith('several')
        ? [
            '    hint: connect one at a time, or take their numbers from their plates; CJ/T 188: give them with --meters',
          ]
        : []),
    ]),
    ...(absent.length === 0 ? [] : ['', colours.warning(`of the list, not heard: ${absent.join(', ')}`)]),
    ...listLines(meters, report, colours),
  ];
}

function foundLines(meters: readonly FoundMeter[], colours: Palette): string[] {
  const rows = meters.map(({ protocol, address, rate, says, utility, profile, known }) => [
    protocol,
    colours.name(address),
    rateText(rate),
    says,
    utility ?? '?',
    profile.id ?? '?',
    profile.because,
    known ?? '',
  ]);
  return table(COLUMNS, rows, colours);
}

function whereToLook({ type }: BusConfig): string[] {
  const rates = type === 'serial' ? 'another rate or format (--rates, --formats)' : "the server's rate and format";
  return [`    hint: power, A and B swapped, ${rates}, meters that need more time (--timeout 1500)`];
}

function listLines(meters: readonly FoundMeter[], { bus, configured }: MeterReport, colours: Palette): string[] {
  const fresh = meters.filter(({ known }) => known === undefined);
  if (fresh.length === 0) return [];
  const usual = configured ? serialRateOf(bus) : usualMeterRate(bus, meters);
  return [
    '',
    ...(configured ? [] : [colours.faint('the bus, for the site file:'), busLine(bus, usual)]),
    colours.faint('for meters.csv; what each showed when it was installed, and when that was, is yours to fill in:'),
    ...meterListLines(bus, fresh, usual),
  ];
}
