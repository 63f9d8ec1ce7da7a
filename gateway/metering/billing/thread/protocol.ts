/** What the billing thread and the rest of the process say to each other. Types only. */
import type { DraftAsked, DraftChunk, DraftEnd } from '../draft/ask.ts';
import type { RenderAsked, Rendered } from '../export/ask.ts';

/** `workerData` of the thread: one task, and it ends. */
export interface BillingTask {
  /** The store's file: the thread reads it by a connection of its own. */
  readonly file: string;
  readonly task:
    { readonly kind: 'draft'; readonly asked: DraftAsked } | { readonly kind: 'render'; readonly asked: RenderAsked };
}

export type FromBilling =
  | { readonly kind: 'lines'; readonly lines: DraftChunk }
  | { readonly kind: 'drafted'; readonly end: DraftEnd }
  | { readonly kind: 'rendered'; readonly file: Rendered }
  | { readonly kind: 'renderedAll' }
  /** The store cannot be read now. `code`: SQLite's. */
  | { readonly kind: 'failed'; readonly code: string; readonly message: string };
