/** The recorder on a disk that is slow, hangs or fails: what counts waits and is stored, and whoever asks is answered. */
import { describe, expect, it } from 'vitest';
import { until } from '../testing/programs.ts';
import { NOW, raised, readings } from './testing/fixtures.ts';
import { fill, lockOut, startRecording } from './testing/recording.ts';

const ALARM = 'lift-3-2--lift-carAlarm';
/** Longer than SQLite waits for a lock. */
const UNTIL_IT_FAILS_MS = 8_000;

describe('a slow disk', () => {
  it('does not keep a flush from ending while readings come all the time', async () => {
    const { recorder } = await startRecording({ writeMs: 80 });
    const timer = setInterval(() => recorder.record(readings('d', { p: Math.random() })), 5);
    await until(() => recorder.statistics().commits > 2, 'the first commits');
    let answered = false;
    void recorder.flush().then(() => (answered = true));
    const before = recorder.statistics().commits;
    await until(() => answered || recorder.statistics().commits > before + 10, 'ten more commits');
    clearInterval(timer);
    expect(answered).toBe(true);
  });

  it('has what was recorded before a flush when that has ended', async () => {
    const { recorder, store } = await startRecording({ writeMs: 30 });
    recorder.record(readings('d', { first: 1 }));
    const first = recorder.flush();
    recorder.record(readings('d', { second: 2 }));
    expect(await recorder.flush()).toBe(true);
    expect(store.points.list('d').map(({ point }) => point)).toEqual(['first', 'second']);
    expect(await first).toBe(true);
  });
});

describe('a disk that cannot be written for a while', () => {
  it('gets every alarm as soon as it can, in order, whatever came while the write was waiting', async () => {
    const { file, recorder, store } = await startRecording();
    const letGo = lockOut(file);
    const many = 2_500;
    const raise = (count: number): void => recorder.record({ device: 'd', alarms: [raised({ count })] });
    for (let count = 1; count <= many / 2; count++) raise(count);
    recorder.record(readings('d', { p: 1 }));
    await until(() => recorder.statistics().failedCommits > 0, 'the write to fail', UNTIL_IT_FAILS_MS);
    for (let count = many / 2 + 1; count <= many; count++) raise(count);
    letGo();
    await until(() => store.alarms.get(ALARM)?.count === many, 'the last alarm to be stored');
    const events = store.events.list({ after: 0, domain: 'alarm', limit: many + 1 });
    expect(events.map(({ data }) => data['count'])).toEqual(Array.from({ length: many }, (_, index) => index + 1));
  });
});

describe('a recorder that is closed while the disk cannot be written', () => {
  it('says how much is lost', async () => {
    const { file, recorder } = await startRecording();
    lockOut(file);
    recorder.record({ device: 'd', alarms: [raised()] });
    expect(await recorder.close()).toBe(1);
  });

  it('has noted the gap of what it has dropped', async () => {
    const { recorder, troubles, store } = await startRecording({ maxMegabytes: 16 });
    await fill(recorder, troubles);
    recorder.record(readings('d', { p: 1 }));
    expect(await recorder.close()).toBe(0);
    expect(store.gaps.list(9)).toEqual([expect.objectContaining({ readings: recorder.statistics().droppedReadings })]);
  });
});

describe('a disk that hangs', () => {
  it('is said to be in trouble, and that it is well again', async () => {
    const { file, recorder, troubles } = await startRecording();
    const letGo = lockOut(file);
    recorder.record({ device: 'd', alarms: [raised()] });
    await until(() => troubles.length > 0, 'the trouble');
    expect(troubles[0]).toMatch(/the store cannot be written: .* waits for the disk/);
    letGo();
    await until(() => troubles.at(-1) === null, 'the end of the trouble');
    expect(troubles).toHaveLength(2);
  });

  it('drops readings that no longer fit, says so, keeps alarms, and tells when values may be told again', async () => {
    const { file, recorder, store, troubles } = await startRecording();
    const letGo = lockOut(file);
    recorder.record({ device: 'd', alarms: [raised()] });
    for (let i = 0; i < 25_000; i++) recorder.record(readings('d', { p: i }, NOW + i));
    recorder.record({ device: 'd', alarms: [raised({ count: 2 })] });
    await until(() => recorder.statistics().commits === 0 && troubles.length > 0, 'the trouble');
    letGo();
    await until(() => troubles.at(-1) === null, 'the end of the trouble');
    await recorder.flush();
    expect(store.events.list({ after: 0, domain: 'alarm', limit: 9 })).toHaveLength(2);
    await until(() => store.gaps.list(9).length > 0, 'the gap to be noted');
    const { droppedReadings, readings: kept } = recorder.statistics();
    expect(droppedReadings + kept).toBe(25_000);
    expect(store.gaps.list(9)).toEqual([expect.objectContaining({ readings: droppedReadings })]);
  });
});
