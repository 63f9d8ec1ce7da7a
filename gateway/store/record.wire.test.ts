/** The recorder on a real file: grouping, order, and a store without room. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { until } from '../testing/programs.ts';
import { NOW, raised, readings, storeFile } from './testing/fixtures.ts';
import { fill, startRecording } from './testing/recording.ts';

describe('Recorder', () => {
  it('commits readings in groups and tells what was committed', async () => {
    const { recorder, commits, store } = await startRecording();
    for (let i = 0; i < 10; i++) recorder.record(readings('d', { p: i }, NOW + i));
    expect(commits).toHaveLength(0);
    await until(() => commits.length > 0, 'the group to be committed');
    expect(commits[0]?.points).toHaveLength(10);
    expect(store.points.get('d', 'p')?.value).toBe(9);
  });

  it('commits an alarm at once, with everything that came before it', async () => {
    const { recorder, commits, store } = await startRecording();
    recorder.record(readings('d', { p: 1 }));
    let seqs: readonly number[] = [];
    recorder.record({ device: 'd', alarms: [raised()], stored: (given) => (seqs = given) });
    expect(commits).toHaveLength(0);
    await recorder.flush();
    expect(commits).toHaveLength(1);
    expect(seqs).toEqual([1]);
    expect(store.alarms.get('lift-3-2--lift-carAlarm')?.rev).toBe(1);
    expect(commits[0]?.alarms[0]?.rev).toBe(1);
  });

  it('links each alarm event to the one before it, whatever stands between them', async () => {
    const { recorder, store } = await startRecording();
    recorder.record({ device: 'd', alarms: [raised()] });
    recorder.record({ device: 'd', events: [{ domain: 'input', type: 'pulse', source: 'd', at: NOW, data: {} }] });
    recorder.record({ device: 'd', alarms: [raised({ count: 2 })] });
    await recorder.flush();
    const links = store.events
      .list({ after: 0, domain: 'alarm', limit: 9 })
      .map(({ seq, data }) => [data['prevSeq'], seq]);
    expect(links).toEqual([
      [0, 1],
      [1, 3],
    ]);
  });

  it('goes on writing alarms when there is no room for readings, and says both', async () => {
    const { recorder, troubles, store } = await startRecording({ maxMegabytes: 16 });
    await fill(recorder, troubles);
    expect(troubles[0]).toContain('full');
    recorder.record({ device: 'd', alarms: [raised()] });
    await recorder.flush();
    expect(store.alarms.get('lift-3-2--lift-carAlarm')?.letter).toBe('B');
    recorder.record(readings('d', { p: 1 }));
    await recorder.flush();
    expect(store.points.get('d', 'p')).toBeUndefined();
    expect(recorder.statistics().droppedReadings).toBeGreaterThan(0);
  });

  it('takes readings again when there is room, and leaves a gap record for what it could not keep', async () => {
    const { recorder, troubles, store, time } = await startRecording({ maxMegabytes: 16 });
    await fill(recorder, troubles);
    expect((await store.write('pruneHistory', 0, NOW + 1_000_000)).gone).toBeGreaterThan(0);
    time.monotonic = 60_000;
    // It looks although nothing is read; what is read once it has looked is kept.
    await until(() => troubles.at(-1) === null, 'it to find that there is room');
    recorder.record(readings('d', { p: 1 }));
    await recorder.flush();
    expect(store.points.get('d', 'p')?.value).toBe(1);
    await until(() => store.gaps.list(9).length > 0, 'the gap to be noted');
    expect(store.gaps.list(9)).toEqual([expect.objectContaining({ readings: recorder.statistics().droppedReadings })]);
    expect(troubles.at(-1)).toBeNull();
  });

  it('ends the process rather than go on after a mistake of the program', async () => {
    const program = fileURLToPath(new URL('./testing/mistaken-program.ts', import.meta.url));
    const ended = promisify(execFile)(process.execPath, [program, storeFile()]);
    await expect(ended).rejects.toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/NOT NULL/) as string,
    });
  });
});
