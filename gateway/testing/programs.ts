/** Foreign programs as the other end of a wire. Each is started here, and ended by its own process id. */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const LIBMODBUS_EXAMPLES = '/usr/share/doc/libmodbus-dev/examples';

export interface Program {
  readonly child: ChildProcess;
  /** What it has printed so far, both streams. */
  readonly output: () => string;
  readonly stop: () => Promise<void>;
}

/** Starts a program; its absence is an error that names the Debian package. */
export function startProgram(command: string, args: readonly string[], debianPackage: string): Program {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stdout.on('data', (bytes: Buffer) => (output += bytes.toString()));
  child.stderr.on('data', (bytes: Buffer) => (output += bytes.toString()));
  child.on('error', (error) => {
    throw new Error(`${command} cannot be started (Debian package ${debianPackage}): ${error.message}`);
  });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    child,
    output: () => output,
    stop: async () => {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
      await exited;
    },
  };
}

/** Waits until `holds` returns something, and gives it; fails after `ms` with `what` was awaited. */
export async function until<T>(holds: () => T | undefined | null | false, what: string, ms = 30_000): Promise<T> {
  const end = performance.now() + ms;
  for (;;) {
    const result = holds();
    if (result !== undefined && result !== null && result !== false) return result;
    if (performance.now() > end) throw new Error(`${what}: not within ${ms / 1000} s`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/**
 * A TCP port of loopback that nobody uses. It is below those that the system gives out (32,768 on), any of which may belong
 * to somebody's connection by the time that a program has started, and above those of simulators (`freePortOffset`).
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 28_000 + Math.floor(Math.random() * 3_000);
    const server = createServer().listen(port, '127.0.0.1');
    const free = await once(server, 'listening').then(
      () => true,
      () => false,
    );
    await new Promise((closed) => server.close(closed));
    if (free) return port;
  }
}

/** Two pseudo-terminals joined back to back by socat: what is written to one is read from the other. */
export async function serialPair(): Promise<{ near: string; far: string; cut: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-pty-'));
  const [near, far] = [join(folder, 'near'), join(folder, 'far')];
  const socat = startProgram('socat', [`pty,raw,echo=0,link=${near}`, `pty,raw,echo=0,link=${far}`], 'socat');
  await until(() => existsSync(near) && existsSync(far), 'socat to make its pseudo-terminals');
  return { near, far, cut: socat.stop };
}

/**
 * libmodbus's own unit-test server, with its special addresses that misbehave, built from the source that Debian ships.
 * Its TCP port and its serial port are literals in that source and are replaced. Unit 17 on a serial line.
 */
export async function startLibmodbusServer(
  on: { readonly tcpPort: number } | { readonly serialPath: string },
): Promise<Program> {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-libmodbus-'));
  const source = readFileSync(join(LIBMODBUS_EXAMPLES, 'unit-test-server.c'), 'utf8')
    .replace('"127.0.0.1", 1502', `"127.0.0.1", ${'tcpPort' in on ? on.tcpPort : 1502}`)
    .replace('"/dev/ttyUSB0"', JSON.stringify('serialPath' in on ? on.serialPath : '/dev/null'))
    .replace('modbus_set_debug(ctx, TRUE);', 'setvbuf(stdout, NULL, _IONBF, 0);');
  writeFileSync(join(folder, 'server.c'), source);
  const flags = ['-I/usr/include/modbus', `-I${LIBMODBUS_EXAMPLES}`, '-w', '-O2'];
  execFileSync('cc', [...flags, '-o', join(folder, 'server'), join(folder, 'server.c'), '-lmodbus'], {
    stdio: 'inherit',
  });
  const program = startProgram(join(folder, 'server'), ['tcpPort' in on ? 'tcp' : 'rtu'], 'libmodbus-dev');
  // It says nothing when it listens; a TCP server takes exactly one connection, so it cannot be tried either.
  if ('tcpPort' in on) await until(() => listens(on.tcpPort), 'libmodbus to listen');
  else await new Promise((resolve) => setTimeout(resolve, 300));
  return program;
}

/** Whether somebody listens on a TCP port of loopback, seen without connecting. */
export function listens(port: number): boolean {
  const hex = port.toString(16).toUpperCase().padStart(4, '0');
  return readFileSync('/proc/net/tcp', 'utf8').includes(`0100007F:${hex} 00000000:0000 0A`);
}
