/** A gateway that is asked to end while its disk is of no use: it ends, and says what that costs. */
import { DatabaseSync } from 'node:sqlite';
import { expect, it, onTestFinished } from 'vitest';
import { startCli } from '../cli/testing/run-cli.ts';
import { until } from '../testing/programs.ts';
import { newChance } from './testing/chance.ts';
import { liftButtons } from './testing/lift-buttons.ts';
import { newSite } from './testing/site.ts';

/** Another program that has the file. Returns what lets it go. */
function lockOut(file: string): () => void {
  const other = new DatabaseSync(file, { timeout: 5_000 });
  other.exec('BEGIN IMMEDIATE');
  return () => other.close();
}

it('ends when nothing can be written, and says how much is lost', async () => {
  const { presses, sketch, hasCounted } = await liftButtons(newChance());
  const { siteFile, storeFile } = newSite(sketch());
  const gateway = startCli(['run', siteFile, '--quiet']);
  onTestFinished(() => void gateway.child.kill('SIGKILL'));
  await gateway.says('is running');
  await until(() => hasCounted(storeFile), 'every counter to be known');
  const letGo = lockOut(storeFile);
  presses.start();
  await until(() => presses.count > 10, 'some presses');
  await presses.stop();
  gateway.child.kill('SIGTERM');
  const { code, stderr } = await gateway.ended;
  letGo();
  expect(code).toBe(0);
  expect(stderr).toMatch(/"observations":\d+,.*what waited for it is lost/);
}, 60_000);
