/** Where a run keeps its files: gone when it ends. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** `memory`: a file system that has no disk, so that a figure holds the gateway alone. */
export type Medium = 'disk' | 'memory';

const MEMORY = '/dev/shm';
const roots = new Map<Medium, string>();

process.on('exit', () => {
  for (const root of roots.values()) rmSync(root, { recursive: true, force: true });
});

/** A new empty folder. Without a memory file system, on the disk. */
export function scratchFolder(purpose: string, medium: Medium = 'disk'): string {
  let root = roots.get(medium);
  if (root === undefined) {
    root = mkdtempSync(join(medium === 'memory' && existsSync(MEMORY) ? MEMORY : tmpdir(), 'gatehouse-bench-'));
    roots.set(medium, root);
  }
  return mkdtempSync(join(root, `${purpose}-`));
}
