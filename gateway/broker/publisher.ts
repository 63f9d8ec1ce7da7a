/** What the feed needs of a broker, embedded or external. Types, and the one error. */

export interface Message {
  readonly topic: string;
  /** JSON, UTF-8. Empty with `retain`: deletes the retained message. */
  readonly payload: string;
  readonly retain: boolean;
  readonly qos: 1;
}

/** A message that somebody published on one of the topics that the gateway listens to. */
export interface Inbound {
  readonly topic: string;
  readonly payload: Uint8Array;
  /** Published with the retain flag, or replayed from a broker's store. */
  readonly retained: boolean;
  /** The user's name; `mqtt` where the broker is not ours and does not say. */
  readonly by: string;
}

export interface Publisher {
  /** Registers what is called after each (re)connection; before `start`. */
  onConnect(listener: () => void): void;
  /** Registers what is called with each inbound message; before `start`. */
  onMessage(listener: (message: Inbound) => void): void;
  /** Embedded: listens, rejects when it cannot. External: begins to connect, for ever. */
  start(): Promise<void>;
  online(): boolean;
  /** Resolves on PUBACK, or on the embedded broker's acceptance. Rejects with PublishError. */
  publish(message: Message): Promise<void>;
  close(): Promise<void>;
}

/**
 * `offline`: no answer came, as far as is known because the connection went; the message itself may be fine.
 * `refused`: it is certain that this message can never be published, whatever the connection.
 */
export class PublishError extends Error {
  override readonly name = 'PublishError';
  readonly code: 'offline' | 'refused';

  constructor(code: 'offline' | 'refused', message: string) {
    super(message);
    this.code = code;
  }
}
