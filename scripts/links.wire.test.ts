/** The scripts find the project from wherever they are called. */
import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';

/** A folder with the script in it, and an environment that only says that it was found. */
function projectWith(script: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-scripts-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, 'project/scripts'), { recursive: true });
  copyFileSync(join(import.meta.dirname, script), join(folder, 'project/scripts', script));
  writeFileSync(join(folder, 'project/scripts/environment'), 'echo found; exit\n');
  return folder;
}

describe.each(['start', 'test', 'bench', 'faults', 'gatehouse'])('scripts/%s', (script) => {
  it('finds the project through a link to it, and through a link to its folder', async () => {
    const folder = projectWith(script);
    symlinkSync(`project/scripts/${script}`, join(folder, 'link'));
    symlinkSync('link', join(folder, 'link-to-link'));
    symlinkSync('project/scripts', join(folder, 'folder'));
    for (const called of ['./link', './link-to-link', `folder/${script}`, `project/scripts/${script}`]) {
      const { stdout } = await promisify(execFile)(called, { cwd: folder });
      expect([called, stdout]).toEqual([called, 'found\n']);
    }
  });
});

describe('scripts/start', () => {
  it.each([
    ['--help', 0],
    ['--kep', 2],
  ])('says how it is called for %s, and starts nothing', async (option, expected) => {
    const folder = projectWith('start');
    const { code, said } = await new Promise<{ code: unknown; said: string }>((resolve) => {
      execFile('project/scripts/start', [option], { cwd: folder }, (error, stdout, stderr) => {
        resolve({ code: error?.code ?? 0, said: stdout + stderr });
      });
    });
    expect(said).toMatch(/^usage: scripts\/start \[--keep\]\n/);
    expect(said).not.toContain('found');
    expect(code).toBe(expected);
  });
});
