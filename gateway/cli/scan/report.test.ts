import { describe, expect, it } from 'vitest';
import { parseBusUrl } from '../line/bus-url.ts';
import { palette } from '../text/palette.ts';
import type { FoundDevice, ScanResult } from './found.ts';
import { reportLines, type ScanReport } from './report.ts';

const NOTHING: ScanResult = { found: [], noise: [], asked: 10, complete: true };
const report: ScanReport = { bus: parseBusUrl('serial:///dev/ttyUSB0'), configured: false, ask: [3, 4], profile: '' };

function text(result: Partial<ScanResult>, changed: Partial<ScanReport> = {}): string {
  return reportLines({ ...NOTHING, ...result }, { ...report, ...changed }, palette(false)).join('\n');
}

function device(unit: number): FoundDevice {
  return { unit, rate: null, latencyMs: 3, answers: [{ fc: 3, kind: 'value', value: 0 }] };
}

describe('reportLines', () => {
  it('says where to look when nothing answers', () => {
    expect(text({})).toContain('A and B swapped');
    expect(text({}, { bus: parseBusUrl('modbus-tcp://10.0.0.5') })).toContain('serial side');
  });

  it('shows each way in which a unit may answer', () => {
    const answers: FoundDevice['answers'] = [
      { fc: 3, kind: 'exception', code: 2, name: 'Illegal Data Address' },
      { fc: 4, kind: 'value', value: 17_254 },
    ];
    const found = [{ unit: 7, rate: { baud: 9600, format: '8N1' }, latencyMs: 21.4, answers } as const];
    expect(text({ found })).toMatch(/7 {2}9600 {2}8N1 +21 ms {2}exception 2 Illegal Data Address {2}17254/);
  });

  it('says that one device answers for all units', () => {
    const bus = parseBusUrl('modbus-tcp://10.0.0.5');
    const all = { found: Array.from({ length: 10 }, (_, i) => device(i + 1)), asked: 10 };
    expect(text(all, { bus })).toContain('one device that does not look at the unit');
    expect(text(all, { bus }).split('\n').at(-1)).toBe('bus-1-1,bus-1,1,');
    expect(text({ ...all, asked: 11 }, { bus })).not.toContain('does not look at the unit');
  });

  it('tells noise from silence', () => {
    const noise = [{ rate: { baud: 9600, format: '8N1' }, units: [3, 4] } as const];
    expect(text({ noise })).toContain('bytes that are no frame came back from unit 3, 4 at 9600 8N1');
  });

  it('names no second bus where one was printed for the meters of the line, and the rate of each device beside it', () => {
    const found = [{ ...device(1), rate: { baud: 9600, format: '8N1' } } as const];
    expect(text({ found })).toContain("baud: 9600, format: '8N1' }");
    const beside = text({ found }, { printed: { baud: 2400, format: '8E1' } });
    expect(beside).not.toContain('for the site file');
    expect(beside.split('\n').slice(-2)).toEqual([
      'id,bus,unit,profile,serial.baud,serial.format',
      'bus-1-1,bus-1,1,,9600,8N1',
    ]);
  });

  it('says that it was broken off', () => {
    expect(text({ found: [device(1)], complete: false })).toContain('before it was broken off');
  });
});
