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

/** The same words for a port that goes and for one that cannot be opened again: the second is no news to anybody. */
const NO_PORT =
  'there is no such port: unplugged, or plugged in elsewhere (a path under /dev/serial/by-id/ does not move)';

const HINTS: readonly (readonly [RegExp, string])[] = [
  [/no such file|input\/output|no such device|bad file|\bEIO\b|\bENXIO\b|\bEBADF\b/i, NO_PORT],
  [/permission/i, 'this user may not open it: add the user to the group dialout'],
  [/ioctl|custom baud|not a typewriter/i, 'this is no serial port'],
  [/lock|busy|temporarily/i, 'another program has it open'],
];

function explain(path: string, error: Error): Error {
  const hint = HINTS.find(([pattern]) => pattern.test(error.message))?.[1] ?? error.message;
  return new Error(`${path}: ${hint}`, { cause: error });
}

export class SerialTransport implements Transport {
  readonly #path: string;
  /** What the port is set to, and is opened with. */
  #settings: SerialSettings;
  #port: SerialPort | undefined;
  /** Undefined while its owner does not want it open. */
  #handlers: TransportHandlers | undefined;

  constructor(path: string, settings: SerialSettings) {
    this.#path = path;
    this.#settings = settings;
  }

  open(handlers: TransportHandlers): Promise<void> {
    this.#handlers = handlers;
    return this.#openPort(this.#settings);
  }

  write(bytes: Uint8Array): void {
    this.#port?.write(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  }

  async apply(settings: SerialSettings): Promise<void> {
    const port = this.#port;
    if (!port) throw this.#goneError();
    if (settings.format === this.#settings.format) await this.#setSpeed(port, settings.baud);
    else await this.#openAgain(settings);
    this.#settings = settings;
  }

  async close(): Promise<void> {
    this.#handlers = undefined;
    await this.#closePort();
  }

  async #setSpeed(port: SerialPort, baudRate: number): Promise<void> {
    const error = await new Promise<Error | null>((resolve) => port.update({ baudRate }, resolve));
    // Nobody knows at what speed a port is that could not be switched: its owner opens it anew, as it was.
    if (error) this.#gone(port, explain(this.#path, error).message);
    if (this.#port !== port) throw error ? explain(this.#path, error) : this.#goneError();
  }

  /** An open port changes only its speed; another parity needs it opened again. */
  async #openAgain(settings: SerialSettings): Promise<void> {
    await this.#closePort();
    try {
      await this.#openPort(settings);
    } catch (error) {
      // Its owner has to know that there is no port any more.
      this.#handlers?.closed(error instanceof Error ? error.message : String(error));
      throw error;
    }
    if (this.#handlers) return;
    // Closed meanwhile by its owner, who saw no port to close.
    await this.#closePort();
    throw this.#goneError();
  }

  #openPort(settings: SerialSettings): Promise<void> {
    return new Promise((resolve, reject) => {
      const port = new SerialPort({ path: this.#path, ...portSettings(settings), autoOpen: false });
      port.open((error) => {
        if (error) return reject(explain(this.#path, error));
        this.#port = port;
        port.on('data', (bytes: Buffer) => this.#handlers?.data(bytes));
        port.on('error', (cause: Error) => this.#gone(port, explain(this.#path, cause).message));
        port.on('close', () => this.#gone(port, this.#goneError().message));
        resolve();
      });
    });
  }

  #goneError(): Error {
    return new Error(`${this.#path}: ${NO_PORT}`);
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
