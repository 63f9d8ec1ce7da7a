/** Places of a configuration that could not be read, and stand on a value that nobody wrote. */
import type { Path } from './mistakes/path.ts';

export class Lost {
  readonly #at = new Set<string>();
  readonly #above = new Set<string>();

  constructor(paths: Iterable<Path> = []) {
    for (const path of paths) {
      this.#at.add(keyOf(path));
      for (const [depth] of path.entries()) this.#above.add(keyOf(path.slice(0, depth)));
    }
  }

  /** Whether the value at `path`, or one that it is part of, could not be read. */
  has(path: Path): boolean {
    return [...path.keys(), path.length].some((depth) => this.#at.has(keyOf(path.slice(0, depth))));
  }

  /** Whether anything of the value at `path` could not be read. */
  touches(path: Path): boolean {
    return this.#above.has(keyOf(path)) || this.has(path);
  }

  /** Whether one of these keys of the map at `path` could not be read. */
  anyOf(path: Path, keys: readonly string[]): boolean {
    return keys.some((key) => this.touches([...path, key]));
  }
}

function keyOf(path: Path): string {
  return JSON.stringify(path);
}
