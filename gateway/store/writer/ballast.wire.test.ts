/** The file that makes room: whole or laid anew, and no harm where it can be neither laid nor deleted. */
import { mkdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { until } from '../../testing/programs.ts';
import { raised, readings, storeFile } from '../testing/fixtures.ts';
import { fill, startRecording } from '../testing/recording.ts';
import { dropBallast, layBallast } from './ballast.ts';

const BYTES = 4 * 1024 * 1024;

it('is laid anew where a power cut has left less than the whole of it', () => {
  const file = storeFile();
  expect(layBallast(file)).toBe(true);
  truncateSync(`${file}.ballast`, 100);
  expect(layBallast(file)).toBe(true);
  expect(statSync(`${file}.ballast`).size).toBe(BYTES);
});

it('takes its room on a disk that compresses, too', () => {
  const file = storeFile();
  layBallast(file);
  expect(deflateSync(readFileSync(`${file}.ballast`)).length).toBeGreaterThan(0.99 * BYTES);
});

/** Something that neither a write nor a deletion moves out of the way, as on a disk that takes no changes any more. */
function obstruct(file: string): void {
  mkdirSync(`${file}.ballast`);
  writeFileSync(join(`${file}.ballast`, 'something'), '');
}

it('is said to be missing where it can be neither laid nor deleted', () => {
  const file = storeFile();
  obstruct(file);
  expect(layBallast(file)).toBe(false);
  expect(() => dropBallast(file)).not.toThrow();
});

it('keeps nobody from writing alarms when it cannot be deleted', async () => {
  const { file, recorder, store, troubles } = await startRecording({ maxMegabytes: 16 });
  dropBallast(file);
  obstruct(file);
  await fill(recorder, troubles);
  recorder.record({ ...readings('d', { p: 1 }), alarms: [raised()] });
  await until(() => store.alarms.get('lift-3-2--lift-carAlarm'), 'the alarm to be stored');
});
