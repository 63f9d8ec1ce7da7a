import { describe, expect, it } from 'vitest';
import type { AlarmRow } from '../store/rows.ts';
import { groupAlarms, type Grouping } from './groups.ts';
import { letterOf } from './letters.ts';
import { normalRow } from './lifecycle.ts';
import { alarmKey } from './types.ts';

/** An active alarm that nobody has acknowledged, unless `differs` says otherwise. */
function row(source: string, type: string, announcedAt: number, differs: Partial<AlarmRow> = {}): AlarmRow {
  const identity = { alarm: alarmKey(source, type, null), source, device: source, type, channel: null, priority: 3 };
  const flags = { ...normalRow(identity), active: true, acked: false, announcedAt, raisedAt: announcedAt, ...differs };
  return { ...flags, letter: letterOf(flags) };
}

const hiddenBy = (...suppressedBy: string[]) => ({ suppressed: true, suppressedBy, announcedAt: null });

/** `lift-3-2` is in building 3. */
const building = (source: string): string => source.split('-')[1] ?? source;

const shown = ({ lines }: Grouping) =>
  lines.map(({ firstOut, alarms, explains }) => [firstOut.alarm, alarms.length, explains.length]);

describe('while ten lines are enough', () => {
  it('what explains others is a line with them, and the rest goes by type and place', () => {
    const bus = 'line-1--bus-offline';
    const grouping = groupAlarms(
      [
        row('line-1', 'bus.offline', 10),
        row('d-1', 'device.offline', 0, hiddenBy(bus)),
        row('d-2', 'device.offline', 0, hiddenBy(bus)),
        row('lift-3-1', 'lift.fault', 30),
        row('lift-3-2', 'lift.fault', 20),
        row('lift-5-1', 'lift.fault', 25),
      ],
      building,
    );
    expect(grouping).toMatchObject({ by: 'cause', hidden: [] });
    expect(shown(grouping)).toEqual([
      ['lift-3-2--lift-fault', 2, 0],
      ['lift-5-1--lift-fault', 1, 0],
      [bus, 1, 2],
    ]);
  });

  it('what explains the cause, too, has them all', () => {
    const [feeder, bus] = ['main-1--power-loss', 'line-1--bus-offline'];
    const rows = [
      row('main-1', 'power.loss', 10),
      row('line-1', 'bus.offline', 0, hiddenBy(feeder)),
      row('d-1', 'device.offline', 0, hiddenBy(bus, feeder)),
    ];
    expect(shown(groupAlarms(rows, building))).toEqual([[feeder, 1, 2]]);
  });

  it('a cause is a line of its own beside others of its type and place', () => {
    const rows = [
      row('line-1', 'bus.offline', 10),
      row('line-1b', 'bus.offline', 20),
      row('d-1', 'device.offline', 0, hiddenBy('line-1--bus-offline')),
    ];
    expect(groupAlarms(rows, () => 'plant').lines).toHaveLength(2);
  });

  it('the most urgent line is first, and of two the one with the newest announcement', () => {
    const rows = [
      row('pump-1', 'pump.fault', 10),
      row('pump-2', 'pump.fault', 40),
      row('lift-1-1', 'lift.carAlarm', 5, { priority: 1 }),
      row('gate-1', 'barrier.forced', 30, { priority: 2 }),
    ];
    expect(groupAlarms(rows, building).lines.map(({ firstOut }) => firstOut.source)).toEqual([
      ...['lift-1-1', 'gate-1', 'pump-2', 'pump-1'],
    ]);
  });

  it('what is hidden by nothing that is shown is told apart', () => {
    const rows = [
      row('lift-1-1', 'lift.fault', 10, { shelved: true }),
      row('d-1', 'device.offline', 0, hiddenBy('line-1--bus-offline')),
      row('pump-1', 'pump.fault', 10),
    ];
    const grouping = groupAlarms(rows, building);
    expect(grouping.lines).toHaveLength(1);
    expect(grouping.hidden.map(({ alarm }) => alarm)).toEqual(['lift-1-1--lift-fault', 'd-1--device-offline']);
  });
});

describe('where that would be more than ten lines', () => {
  const houses = Array.from({ length: 300 }, (_, n) => `lift-${n}`);

  it('they go by type alone', () => {
    const rows = houses.flatMap((source, n) => [row(source, 'lift.fault', 1000 - n), row(source, 'device.offline', n)]);
    const grouping = groupAlarms(rows, building);
    expect(grouping.by).toBe('type');
    expect(shown(grouping)).toEqual([
      ['lift-299--lift-fault', 300, 0],
      ['lift-0--device-offline', 300, 0],
    ]);
  });

  it('an avalanche of 5,000 alarms of 50 types is at most ten lines, and every alarm is in one of them', () => {
    const rows = Array.from({ length: 5_000 }, (_, n) =>
      row(houses[n % 300] ?? '', `plant.type${n % 50}`, n, { priority: 1 + (n % 50 < 2 ? 0 : 1 + (n % 3)) }),
    );
    const { by, lines } = groupAlarms(rows, building);
    expect(by).toBe('priority');
    // Two types of priority 1, each a line of its own; priorities 2, 3 and 4.
    expect(lines.map(({ priority }) => priority)).toEqual([1, 1, 2, 3, 4]);
    expect(new Set(lines[0]?.alarms.map(({ type }) => type)).size).toBe(1);
    const told = lines.flatMap(({ alarms }) => alarms);
    expect(told).toHaveLength(5_000);
    expect(new Set(told)).toEqual(new Set(rows));
  });

  it('those of priority 1 are one line only when they alone would be too many', () => {
    const rows = houses.map((source, n) => row(source, `home.type${n % 20}`, n, { priority: 1 }));
    expect(groupAlarms(rows, building)).toMatchObject({ by: 'priority', lines: [{ priority: 1 }] });
  });
});

it('is nothing where all is normal', () => {
  expect(groupAlarms([], building)).toEqual({ by: 'cause', lines: [], hidden: [] });
});
