/** A serial port of this machine. */
import { SerialPort } from 'serialport';
import type { SerialSettings, Transport, TransportHandlers } from './transport.ts';

const PARITY = { N: 'none', E: 'even', O: 'odd' } as const;

/** Splits a format such as `8E1` into what the port wants. */
function portSettings(settings: SerialSettings) {
  const [dataBits, parity, stopBits] = settings.format;
  return {
    baudRate: settings.baud,
    dataBits: dataBits === '7' ? 7 : 8,
    parity: parity === 'E' ? PARITY.E : parity === 'O' ? PARITY.O : PARITY.N,
    stopBits: stopBits === '2' ? 2 : 1,
  } as const;
}

const HINTS: readonly (readonly [RegExp, string])[] = [
  [
    /no such file/i,
    'there is no such port: unplugged, or plugged in elsewhere (a path under /dev/serial/by-id/ does not move)',
  ],
  [/input\/output|no such device|bad file|\bEIO\b|\bENXIO\b|\bEBADF\b/i, 'the port has gone (unplugged?)'],
  [/permission/i, 'this user may not open it: add the user to the group dialout'],
  [/lock|busy|temporarily/i, 'another program has it open'],
];

function explain(path: string, error: Error): Error {
  const hint = HINTS.find(([pattern]) => pattern.test(error.message))?.[1] ?? error.message;
  return new Error(`${path}: ${hint}`, { cause: error });
}

export class SerialTransport implements Transport {
  readonly #path: string;
  #settings: SerialSettings;
  #port: SerialPort | undefined;
  #handlers: TransportHandlers | undefined;
  #closed = true;

  constructor(path: string, settings: SerialSettings) {
    this.#path = path;
    this.#settings = settings;
  }

  open(handlers: TransportHandlers): Promise<void> {
    this.#handlers = handlers;
    this.#closed = false;
    return this.#openPort();
  }

  write(bytes: Uint8Array): void {
    this.#port?.write(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  }

  async apply(settings: SerialSettings): Promise<void> {
    const onlySpeed = settings.format === this.#settings.format;
    this.#settings = settings;
    const port = this.#port;
    if (onlySpeed && port) {
      await new Promise<void>((resolve, reject) =>
        port.update({ baudRate: settings.baud }, (error) => (error ? reject(explain(this.#path, error)) : resolve())),
      );
      return;
    }
    // An open port changes only its speed; another parity needs it opened again.
    await this.#closePort();
    try {
      await this.#openPort();
    } catch (error) {
      // Whoever owns the line has to know that there is none any more.
      if (!this.#isClosed()) this.#handlers?.closed(error instanceof Error ? error.message : String(error));
      throw error;
    }
    // Closed meanwhile by the owner, who saw no port to close.
    if (this.#isClosed()) await this.#closePort();
  }

  async close(): Promise<void> {
    this.#handlers = undefined;
    this.#closed = true;
    await this.#closePort();
  }

  #isClosed(): boolean {
    return this.#closed;
  }

  #openPort(): Promise<void> {
    return new Promise((resolve, reject) => {
      const port = new SerialPort({ path: this.#path, ...portSettings(this.#settings), autoOpen: false });
      port.open((error) => {
        if (error) return reject(explain(this.#path, error));
        this.#port = port;
        port.on('data', (bytes: Buffer) => this.#handlers?.data(bytes));
        port.on('error', (cause: Error) => this.#gone(port, explain(this.#path, cause).message));
        port.on('close', () => this.#gone(port, `${this.#path}: the port has gone (unplugged?)`));
        resolve();
      });
    });
  }

  /** Both `error` and `close` may come for one loss; the first says why. */
  #gone(port: SerialPort, reason: string): void {
    if (this.#port !== port) return;
    this.#port = undefined;
    if (port.isOpen) port.close(() => undefined);
    this.#handlers?.closed(reason);
  }

  #closePort(): Promise<void> {
    return new Promise((resolve) => {
      const port = this.#port;
      this.#port = undefined;
      if (port?.isOpen) port.close(() => resolve());
      else resolve();
    });
  }
}
