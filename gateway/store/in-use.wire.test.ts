/** A store has one gateway, whose file nobody takes away, replaces or damages unnoticed. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, openSync, renameSync, rmSync, writeSync, closeSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, describe, expect, it } from 'vitest';
import { until } from '../testing/programs.ts';
import { StoreError } from './errors.ts';
import { lockStore } from './lock.ts';
import type { Store } from './store.ts';
import { NOW, openTestStore, reading, storeFile } from './testing/fixtures.ts';
import { watchFile } from './watch-file.ts';

const closing: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function open(file: string): Promise<Store> {
  const store = await openTestStore(file);
  closing.push(() => store.close());
  return store;
}

describe('a store that is in use', () => {
  it('is refused to a second gateway, and free again when the first one has closed it', async () => {
    const file = storeFile();
    const first = await open(file);
    const refused = await openTestStore(file).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(StoreError);
    expect(refused).toMatchObject({ code: 'inUse', message: expect.stringContaining('stop that one first') as string });
    await first.close();
    await open(file);
  });

  it('is held by another process until that ends, however it ends', async () => {
    const file = storeFile();
    const holder = spawn(process.execPath, [join(import.meta.dirname, 'testing/holds-store.ts'), file]);
    closing.push(() => holder.kill('SIGKILL'));
    await once(holder.stdout, 'data');
    expect(() => lockStore(file)).toThrow('is the store of a gateway that is running');
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    lockStore(file)();
  });
});

describe('the file of a store', () => {
  async function watched() {
    const file = storeFile();
    await open(file);
    const said: string[] = [];
    const watch = watchFile(file, (reason) => said.push(reason ?? 'all is well'), 20);
    closing.push(watch.stop);
    return { file, said, watch };
  }

  it('that is well is not talked about', async () => {
    const { watch, said } = await watched();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect([watch.trouble(), said]).toEqual([null, []]);
  });

  it('that has been deleted is noticed, and told once', async () => {
    const { file, said, watch } = await watched();
    rmSync(file);
    await until(watch.trouble, 'it to be noticed');
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(said).toEqual([expect.stringContaining('has been deleted or moved away')]);
  });

  it('that has been replaced is noticed', async () => {
    const { file, watch } = await watched();
    copyFileSync(file, `${file}.copy`);
    renameSync(`${file}.copy`, file);
    expect(await until(watch.trouble, 'it to be noticed')).toContain('has been replaced by another file');
  });

  it('that has been damaged is noticed, and refused at the next start', async () => {
    const file = storeFile();
    const store = await open(file);
    await store.write('observe', [{ device: 'd', readings: [reading('p', 1)] }], NOW);
    const watch = watchFile(file, () => undefined, 20);
    closing.push(watch.stop);
    scribble(file, 0, 4096 * 20);
    expect(await until(watch.trouble, 'it to be noticed')).toContain('is damaged');
  });

  it.each([
    ['a table is missing', (file: string) => void new Database(file).exec('DROP TABLE outbox').close()],
    ['pages inside it are damaged', (file: string) => scribble(file, 4096, 4096 * 30)],
  ])('is refused with what to do when %s', async (_, damage) => {
    const file = storeFile();
    await (await openTestStore(file)).close();
    damage(file);
    const opening = openTestStore(file).then((store) => store.alarms.list('all'));
    await expect(opening).rejects.toMatchObject({ message: expect.stringMatching(/backup|malformed/) as string });
  });
});

function scribble(file: string, from: number, bytes: number): void {
  const handle = openSync(file, 'r+');
  writeSync(handle, execFileSync('head', ['-c', String(bytes), '/dev/urandom']), 0, bytes, from);
  closeSync(handle);
}
