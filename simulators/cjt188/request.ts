/** What a request says, and the answers that there are to it. */
import type { Cjt188State } from './state.ts';

/** C without the bits of a reply. */
export const CONTROL = { read: 0x01, readAddress: 0x03, write: 0x04, readKey: 0x09, writeAddress: 0x15, writeBase: 0x16, makersWrite: 0x2a } as const; // prettier-ignore

export interface Request {
  readonly control: number;
  /** High byte first, whatever the order on the wire. */
  readonly di: number;
  /** What follows SER. */
  readonly data: Uint8Array;
}

/** `data`: DI, SER and these bytes. `refused`: an error reply. `silent`: nothing at all. */
export type Answer =
  | { readonly kind: 'data'; readonly data: Uint8Array; readonly state?: Cjt188State }
  | { readonly kind: 'refused' }
  | { readonly kind: 'silent' };

export const REFUSED: Answer = { kind: 'refused' };
export const SILENT: Answer = { kind: 'silent' };
