/** What a DC-09 frame says: its id, its address, its data and its time. Types only. */

/** To a receiver: events in two formats, and supervision. From one: its answers. ANSI/SIA DC-09, 5.5.1.4. */
export type MessageId = 'SIA-DCS' | 'ADM-CID' | 'NULL' | 'ACK' | 'NAK' | 'DUH' | 'RSP';

export interface Message {
  readonly id: string;
  /** Four decimal digits. An answer has that of its message. */
  readonly sequence: string;
  /** Hex digits, without the R, L and # before them; the receiver's may be absent. */
  readonly receiver: string | null;
  readonly line: string;
  readonly account: string;
  readonly content: Content;
}

export interface Content {
  /** Between the first brackets, then between those of the extended data, each with its letter. Without empty first ones. */
  readonly data: readonly string[];
  /** Unix milliseconds; null where there is none, or none that can be. */
  readonly time: number | null;
}
