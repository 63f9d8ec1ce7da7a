import { describe, expect, it } from 'vitest';
import { readRegistry } from '../../../metering/registry/read-registry.ts';
import { parseBusUrl } from '../../line/bus-url.ts';
import { palette } from '../../text/palette.ts';
import { distinctAddresses } from './distinct-addresses.ts';
import type { FoundMeter } from './found-meter.ts';
import { meterListLines, usualMeterRate } from './meter-list.ts';
import { meterReportLines } from './meter-report.ts';

const bus = parseBusUrl('serial:///dev/ttyUSB0');
const SLOW = { baud: 2400, format: '8E1' } as const;
const FAST = { baud: 9600, format: '8N1' } as const;

function meter(number: string, more: Partial<FoundMeter> = {}): FoundMeter {
  const profile = { id: 'dlt645-single-phase', because: 'there is no voltage on a phase B' };
  const common = { protocol: 'dlt645', rate: SLOW, says: 'DL/T 645-2007', utility: 'electricity' } as const;
  return { ...common, address: number, number, profile, ...more };
}

describe('meterListLines', () => {
  it('is a list of which the registry misses only what no meter can say', () => {
    const meters = [meter('000012345601'), meter('000012345602', { rate: FAST })];
    const text = meterListLines(bus, meters, SLOW).join('\n');
    const { mistakes } = readRegistry({ meters: [{ file: 'm', text }], homes: null, protocolOf: () => 'dlt645' });
    expect([...new Set(mistakes.map(({ message }) => message))].sort()).toEqual([
      '"initial" is missing',
      '"installedAt" is missing',
    ]);
    const filled = text.replaceAll('single-phase,,', 'single-phase,2026-11-01,0');
    const registry = readRegistry({ meters: [{ file: 'm', text: filled }], homes: null, protocolOf: () => 'dlt645' });
    expect(registry.mistakes).toEqual([]);
  });

  it('names the rate of a meter where it is not that of the bus', () => {
    expect(meterListLines(bus, [meter('1'), meter('2', { rate: FAST })], SLOW)).toEqual([
      'number,utility,bus,address,profile,installedAt,initial,serial.baud,serial.format',
      '1,electricity,bus-1,1,dlt645-single-phase,,,,',
      '2,electricity,bus-1,2,dlt645-single-phase,,,9600,8N1',
    ]);
    expect(usualMeterRate(bus, [meter('1'), meter('2', { rate: FAST }), meter('3')])).toEqual(SLOW);
    expect(usualMeterRate(bus, [])).toEqual(FAST);
  });

  it('leaves empty what is not known', () => {
    const unknown = meter('1', { utility: null, profile: { id: null, because: 'no profile has what it sends' } });
    expect(meterListLines(bus, [unknown], SLOW)[1]).toBe('1,,bus-1,1,,,');
  });
});

describe('distinctAddresses', () => {
  it('writes those in full that share a number', () => {
    const slaves = [
      meter('12345678', { protocol: 'mbus', secondary: '123456782D2C0107' }),
      meter('12345678', { protocol: 'mbus', secondary: '123456782423290A' }),
      meter('00000001', { protocol: 'mbus', secondary: '000000012D2C0107' }),
    ];
    expect(distinctAddresses(slaves).map(({ address }) => address)).toEqual([
      '12345678-KAM-01-07',
      '12345678-HYD-29-0A',
      '00000001',
    ]);
  });
});

describe('meterReportLines', () => {
  const report = { bus, configured: false };
  const text = (meters: readonly FoundMeter[], reason?: string): string => {
    const unresolved = reason === undefined ? [] : [{ protocol: 'cjt188', rate: SLOW, where: 'here', reason } as const];
    return meterReportLines({ meters, unresolved, absent: [], complete: true }, report, palette(false)).join('\n');
  };

  it('calls a guess a guess, and says what it rests on', () => {
    expect(text([meter('000012345601')])).toMatch(
      /profile, a guess +because\n.*dlt645-single-phase +there is no voltage/,
    );
    expect(text([meter('1', { profile: { id: null, because: 'it gives no reading' } })])).toMatch(/\? +it gives no/);
  });

  it('says what it could not tell apart, and what to do about it', () => {
    expect(text([], 'several meters answer at once')).toContain('here, at 2400 8E1: several meters answer at once');
    expect(text([], 'several meters answer at once')).toContain('connect one at a time');
    expect(text([], 'noise')).not.toContain('connect one at a time');
  });
});
