/** A YAML file: what it says, where each part stands, and what is wrong with it as YAML. */
import type { Mistake, Position } from '../mistakes/mistake.ts';
import type { Path } from '../mistakes/path.ts';
import { parseYaml } from './document.ts';
import type { FilesRead } from './read-files.ts';

export interface YamlFile {
  readonly present: boolean;
  /** What the file says, unchecked; null where it says nothing that can be read. */
  readonly raw: unknown;
  /** Whether `raw` is worth checking. */
  readonly sound: boolean;
  readonly mistakes: readonly Mistake[];
  /** Where `path` of the file stands. */
  readonly locate: (path: Path) => Position;
}

/** In MB. Lists by the thousand belong into CSV: a running gateway stands still while YAML is parsed. */
const LARGEST_MB = 1;

export async function readYaml(file: string, read: FilesRead): Promise<YamlFile> {
  const found = await read.text(file, LARGEST_MB);
  const start: Position = { line: 1, column: 1 };
  const nothing = { raw: null, sound: false, locate: () => start };
  if (found.state === 'absent') return { ...nothing, present: false, mistakes: [] };
  if (found.state === 'unusable') return { ...nothing, present: true, mistakes: [found.mistake] };
  const { value, sound, spots, locate } = parseYaml(found.text);
  const mistakes: Mistake[] = spots.map((spot) => ({ file, ...spot }));
  if (value === null && mistakes.length === 0) {
    mistakes.push({ file, ...start, message: 'there is nothing in this file', severity: 'error' });
  }
  return { present: true, raw: value ?? null, sound: sound && value !== null, mistakes, locate };
}
