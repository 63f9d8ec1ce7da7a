/** A broker for tests of the dispatch: it accepts, holds or loses what it is told to, and remembers the order. */
import { PublishError, type Inbound, type Message, type Publisher } from '../publisher.ts';

export interface Published extends Message {
  readonly accept: () => void;
  readonly reject: (code: PublishError['code']) => void;
}

export class ScriptedPublisher implements Publisher {
  /** Everything that was published, in order. */
  readonly log: Published[] = [];
  /** Those that were neither accepted nor lost. */
  readonly open = new Set<Published>();
  /** What happens with a message: accepted at once unless this says otherwise. `drop`: the connection goes. */
  respond: (message: Message) => 'accept' | 'hold' | 'drop' = () => 'accept';
  readonly #connect: (() => void)[] = [];
  readonly #message: ((message: Inbound) => void)[] = [];
  #online = false;

  onConnect(listener: () => void): void {
    this.#connect.push(listener);
  }

  onMessage(listener: (message: Inbound) => void): void {
    this.#message.push(listener);
  }

  start(): Promise<void> {
    this.connect();
    return Promise.resolve();
  }

  online(): boolean {
    return this.#online;
  }

  connect(): void {
    this.#online = true;
    for (const listener of this.#connect) listener();
  }

  /** The connection goes, and with it whatever was not accepted. */
  disconnect(): void {
    this.#online = false;
    for (const message of [...this.open]) message.reject('offline');
  }

  deliver(message: Inbound): void {
    for (const listener of this.#message) listener(message);
  }

  publish(message: Message): Promise<void> {
    if (!this.#online) return Promise.reject(new PublishError('offline', 'no connection'));
    const { promise, resolve, reject } = Promise.withResolvers<undefined>();
    const published: Published = {
      ...message,
      accept: () => {
        this.open.delete(published);
        resolve(undefined);
      },
      reject: (code) => {
        this.open.delete(published);
        reject(new PublishError(code, code));
      },
    };
    this.log.push(published);
    this.open.add(published);
    const response = this.respond(message);
    if (response === 'accept') published.accept();
    if (response === 'drop') this.disconnect();
    return promise;
  }

  close(): Promise<void> {
    this.#online = false;
    return Promise.resolve();
  }

  topics(): string[] {
    return this.log.map(({ topic }) => topic);
  }
}
