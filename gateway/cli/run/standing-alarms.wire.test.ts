/** What `run` says of alarms that earlier runs left in a real store. */
import { expect, it, onTestFinished } from 'vitest';
import { createConfig } from '../../api/testing/site.ts';
import { systemClock } from '../../clock.ts';
import { Recorder } from '../../store/record.ts';
import type { AlarmChange } from '../../store/rows.ts';
import { NOW, openTestStore, raised, storeFile } from '../../store/testing/fixtures.ts';
import { palette } from '../text/palette.ts';
import { standingAlarmLines } from './standing-alarms.ts';

async function linesAfter(alarms: readonly AlarmChange[]): Promise<string[]> {
  const store = await openTestStore(storeFile());
  onTestFinished(() => store.close());
  const ignore = (): void => undefined;
  const recorder = new Recorder({ store, clock: systemClock, onCommitted: ignore, onTrouble: ignore });
  recorder.record({ device: 'lift-io-3', alarms });
  await recorder.flush();
  return standingAlarmLines({ store, config: createConfig }, palette(false), NOW + 60_000);
}

it('names the alarms that nobody has acknowledged, since when and what is left to do', async () => {
  const lift = raised({ raisedAt: NOW });
  const pump = raised({
    alarm: 'p--pump-fault--drive',
    source: 'p',
    type: 'pump.fault',
    channel: 'drive',
    priority: 3,
  });
  const known = raised({ alarm: 'q--pump-fault', source: 'q', type: 'pump.fault', letter: 'C', acked: true });
  expect(await linesAfter([pump, lift, known])).toEqual([
    '2 alarms from before, not acknowledged:',
    expect.stringMatching(/▲ P1 .*\(?lift-3-2\)? {2}stands since 2026-01-15 16:30:00; to be acknowledged$/) as string,
    expect.stringMatching(/▲ P3 pump\.fault drive {2}p {2}stands.*; to be acknowledged$/) as string,
    '',
  ]);
});

it('has nothing to say where there are none', async () => {
  expect(await linesAfter([])).toEqual([]);
});
