/** A copy of the good example in a folder of its own, to be broken by a test. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Driver } from '../../../drivers/contract.ts';
import { loadConfiguration, type Loaded } from '../load.ts';
import { formatMistake } from '../mistakes/mistake.ts';
import { tinyDriver } from './tiny-driver.ts';

const GOOD = join(import.meta.dirname, '..', 'testdata', 'good');

export const drivers: readonly Driver[] = [tinyDriver];

export class SiteCopy {
  readonly folder = mkdtempSync(join(tmpdir(), 'gatehouse-config-'));
  readonly siteFile = join(this.folder, 'site.yaml');

  constructor() {
    cpSync(GOOD, this.folder, { recursive: true });
  }

  read(name: string): string {
    return readFileSync(join(this.folder, name), 'utf8');
  }

  write(name: string, content: string | Uint8Array): void {
    writeFileSync(join(this.folder, name), content);
  }

  /** Replaces the one place where `what` stands in `name`. */
  edit(name: string, what: string, by: string): void {
    const text = this.read(name);
    if (text.split(what).length !== 2) throw new Error(`${JSON.stringify(what)} does not stand once in ${name}`);
    this.write(
      name,
      text.replace(what, () => by),
    );
  }

  load(): Promise<Loaded> {
    return loadConfiguration(this.siteFile, drivers);
  }

  /** What a load complains about, one line each, with names relative to the folder. */
  async complaints(): Promise<string[]> {
    const loaded = await this.load();
    const mistakes = loaded.ok ? loaded.warnings : loaded.mistakes;
    return mistakes.map((mistake) => formatMistake(mistake).replaceAll(`${this.folder}/`, ''));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
