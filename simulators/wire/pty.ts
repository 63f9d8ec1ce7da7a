/** A pseudo-terminal in front of a TCP port, by socat: what a serial adapter looks like to the product. */
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { lstat, mkdir, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';

const APPEARS_WITHIN_MS = 5_000;
const RETURNS_AFTER_MS = 500;

/** Removes a link that a killed simulator left. Anything else at that place is somebody's file. */
async function removeLink(path: string): Promise<void> {
  const there = await lstat(path).catch(() => undefined);
  if (there === undefined) return;
  if (!there.isSymbolicLink()) throw new Error(`${path} is in the way: it is not a link to a pseudo-terminal`);
  await unlink(path);
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

/** Rejects when the program cannot be started; otherwise never settles. */
function spawnFailure(child: ChildProcess): Promise<never> {
  return new Promise((_, reject) => {
    child.once('error', (error: NodeJS.ErrnoException) => {
      const missing = 'socat is missing: install the Debian package socat, or start without pseudo-terminals';
      reject(error.code === 'ENOENT' ? new Error(missing) : error);
    });
  });
}

export class Pty {
  readonly path: string;
  readonly #port: number;
  readonly #announce: (line: string) => void;
  #socat: ChildProcess | undefined;

  /** `path` is where the pseudo-terminal's link will stand; `port` is a loopback port that accepts connections. */
  constructor(path: string, port: number, announce: (line: string) => void = () => undefined) {
    if (/[,:!]/.test(path)) throw new Error(`${path}: socat cannot make a link whose path has a comma, colon or !`);
    this.path = path;
    this.#port = port;
    this.#announce = announce;
  }

  get plugged(): boolean {
    return this.#socat !== undefined;
  }

  /**
   * The baud rate that whoever has it open has set: a pseudo-terminal keeps it, although it moves no faster or slower for it.
   * It does not keep the parity. Null where it cannot be asked.
   */
  async rate(): Promise<number | null> {
    try {
      const { stdout } = await promisify(execFile)('stty', ['-F', this.path, 'speed']);
      return Number(stdout);
    } catch {
      return null;
    }
  }

  /** Resolves when the path can be opened. Rejects where socat is missing or the path is taken. */
  async plug(): Promise<void> {
    if (this.#socat !== undefined) return;
    await mkdir(dirname(this.path), { recursive: true });
    await removeLink(this.path);
    const ends = [`pty,raw,echo=0,link=${this.path}`, `tcp:127.0.0.1:${this.#port},nodelay`];
    const socat = spawn('socat', ends, { stdio: ['ignore', 'ignore', 'inherit'] });
    this.#socat = socat;
    try {
      await Promise.race([spawnFailure(socat), this.#appears()]);
    } catch (error) {
      await this.unplug();
      throw error;
    }
    socat.once('exit', () => this.#vanished(socat));
  }

  /** The path vanishes, and whoever has it open reads its end. */
  async unplug(): Promise<void> {
    const socat = this.#socat;
    if (socat === undefined) return;
    this.#socat = undefined;
    const running = socat.pid !== undefined && socat.exitCode === null && socat.signalCode === null;
    if (running) {
      const exited = once(socat, 'exit');
      socat.kill('SIGTERM');
      await exited;
    }
    await removeLink(this.path);
  }

  async #appears(): Promise<void> {
    const until = performance.now() + APPEARS_WITHIN_MS;
    while (!(await exists(this.path))) {
      if (performance.now() > until) throw new Error(`socat has not made ${this.path} within ${APPEARS_WITHIN_MS} ms`);
      await delay(10);
    }
  }

  /** Socat ended by itself, because the line closed the connection: the adapter drops off and comes back. */
  #vanished(socat: ChildProcess): void {
    if (this.#socat !== socat) return;
    this.#announce(`${this.path} has vanished and comes back in ${RETURNS_AFTER_MS} ms`);
    setTimeout(() => {
      if (this.#socat !== socat) return;
      this.#socat = undefined;
      this.plug().catch((error: unknown) => this.#announce(`${this.path} does not come back: ${String(error)}`));
    }, RETURNS_AFTER_MS);
  }
}
