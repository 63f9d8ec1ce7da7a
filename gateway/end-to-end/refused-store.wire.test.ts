/** Database files that this program must not use: it says why and ends, and leaves them as they are. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it, onTestFinished } from 'vitest';
import { GatewayProcess } from './testing/gateway-process.ts';
import { newSite } from './testing/site.ts';

/** Nobody listens on port 1. */
const SKETCH = { buses: [{ id: 'b', type: 'modbus-tcp', host: '127.0.0.1', port: 1 }], devices: [] };

/** What a gateway of ours has written and closed. */
async function usedStore() {
  const site = newSite(SKETCH);
  const gateway = new GatewayProcess(site.siteFile);
  await gateway.ready;
  await gateway.stop();
  return site;
}

function change(file: string, ...statements: readonly string[]): void {
  const db = new DatabaseSync(file);
  for (const statement of statements) db.exec(statement);
  db.close();
}

/** The command line, run to its end. */
function run(siteFile: string): Promise<{ readonly code: unknown; readonly said: string }> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, ['gateway/cli/index.ts', 'run', siteFile], (error, _, said) => {
      resolve({ code: error?.code ?? 0, said });
    });
    onTestFinished(() => void child.kill('SIGKILL'));
  });
}

const CASES: readonly (readonly [name: string, spoil: (file: string) => void, words: RegExp])[] = [
  [
    'of a newer version',
    (file) => change(file, 'PRAGMA user_version = 99'),
    /store\.sqlite was written by a newer version \(schema 99, this program knows \d+\): run the newer version, or /,
  ],
  [
    'of a newer version that keeps its journal another way',
    (file) => change(file, 'PRAGMA user_version = 99', 'PRAGMA journal_mode = DELETE'),
    /store\.sqlite was written by a newer version/,
  ],
  [
    'of another site',
    (file) => change(file, "UPDATE meta SET value = 'cuihu' WHERE key = 'site'"),
    /store\.sqlite belongs to the site cuihu, not test: point store\.file at another file/,
  ],
  [
    'that is no database',
    (file) => writeFileSync(file, 'a letter to the community\n'.repeat(100)),
    /store\.sqlite is not a database that can be read, or is damaged .*restore the newest backup/,
  ],
];

describe('a database file', () => {
  it.each(CASES)('%s ends the program with a message that helps, and is left untouched', async (_, spoil, words) => {
    const { siteFile, storeFile, folder } = await usedStore();
    spoil(storeFile);
    const state = (): unknown => [
      createHash('sha256').update(readFileSync(storeFile)).digest('hex'),
      readdirSync(folder).filter((name) => name.startsWith('store.')),
    ];
    const before = state();
    const { code, said } = await run(siteFile);
    expect(code).toBe(1);
    expect(said).toMatch(words);
    expect(said).not.toMatch(/^ +at /m);
    expect(state()).toEqual(before);
  });
});
