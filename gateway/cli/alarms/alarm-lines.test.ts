import { describe, expect, it } from 'vitest';
import { palette } from '../text/palette.ts';
import { alarmLines, type AlarmShown } from './alarm-lines.ts';

const lift: AlarmShown = {
  ...{
    alarm: 'lift-3-2--lift-carAlarm',
    source: 'lift-3-2',
    device: 'lift-io-3',
    type: 'lift.carAlarm',
    channel: null,
  },
  ...{ nameZh: '轿厢报警', nameEn: 'Car alarm', guidanceZh: null, sourceNameZh: '3号楼2号电梯' },
  ...{ location: null, cameraRef: null, contacts: [] },
  ...{ letter: 'B', active: true, acked: false, latched: true, shelved: false, suppressed: false, outOfService: false },
  ...{ raisedWhileSuppressed: false, epoch: 1, rev: 7, occurrenceId: 'o1', priority: 1, count: 1, escalation: 0 },
  ...{
    detectedAfterOutage: false,
    drill: false,
    drillEndsAt: null,
    raisedAt: '2026-01-02T14:03:12.000Z',
    ackedAt: null,
    ackedBy: null,
  },
  ...{ clearedAt: null, announcedAt: null, shelving: null, suppressedBy: [], permit: null },
  changedAt: '2026-01-02T14:03:12.000Z',
};

function lines(...alarms: readonly Partial<AlarmShown>[]): string[] {
  return alarmLines(
    alarms.map((alarm) => ({ ...lift, ...alarm })),
    'Asia/Shanghai',
    palette(false),
  );
}

describe('alarmLines', () => {
  it('says what, where, how it is, since when by the clock of the site, and what to call it', () => {
    expect(lines({ count: 3 })).toEqual([
      'P   what      where         state                                  since                times  alarm',
      'P1  轿厢报警  3号楼2号电梯  B 存在、未确认 active, unacknowledged  2026-01-02 22:03:12      3  lift-3-2--lift-carAlarm',
      '',
      '1 alarm not normal',
    ]);
  });

  it.each<[Partial<AlarmShown>, string]>([
    [{ letter: 'C', ackedBy: 'duty-1' }, 'duty-1'],
    [{ letter: 'F', ackedBy: 'duty-1', drill: true }, 'duty-1; a drill'],
    [{ letter: 'E', escalation: 2 }, 'nobody: level 2'],
    [
      { letter: 'G', ackedBy: 'li', shelving: { until: '2026-01-03T00:00:00.000Z', by: 'wang', reason: 'on order' } },
      'wang until 2026-01-03 08:00:00: on order',
    ],
    [{ letter: 'H', suppressedBy: ['line-1--bus-offline'] }, 'hidden by line-1--bus-offline'],
    [{ letter: 'I', permit: { by: 'wang', text: 'permit 12', since: null } }, 'wang: permit 12'],
  ])('says by whom and why: %j', (alarm, words) => {
    expect(lines(alarm)[1]).toMatch(new RegExp(` {2}${words} +lift-3-2--lift-carAlarm$`));
  });

  it('tells two alarms of one source apart by their channel, and shows the type where it has no name', () => {
    expect(lines({ channel: 'drive', nameZh: null })[1]).toContain('P1  lift.carAlarm drive  3号楼2号电梯');
  });

  it('counts what is not normal', () => {
    expect(lines()).toEqual(['✓ everything is normal']);
    expect(lines({ letter: 'A' }).at(-1)).toBe('✓ everything is normal');
    expect(lines({}, { letter: 'A' }).at(-1)).toBe('1 alarm not normal');
  });
});
