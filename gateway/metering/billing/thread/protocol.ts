/** What the billing threads and the rest of the process say to each other. Types only. */
import type { DraftAsked, DraftChunk, DraftEnd } from '../draft/ask.ts';
import type { RenderAsked, Rendered } from '../export/ask.ts';

/** `workerData` of a thread: one task, and it ends. */
export interface Task<A> {
  /** The store's file: the thread reads it by a connection of its own. */
  readonly file: string;
  readonly asked: A;
}

export type DraftTask = Task<DraftAsked>;
export type RenderTask = Task<RenderAsked>;

export type FromDraft =
  | { readonly kind: 'lines'; readonly lines: DraftChunk }
  | { readonly kind: 'drafted'; readonly end: DraftEnd }
  | Failed;

export type FromRender = { readonly kind: 'rendered'; readonly file: Rendered } | Failed;

/** The store cannot be read now. `code`: SQLite's. */
export interface Failed {
  readonly kind: 'failed';
  readonly code: string;
  readonly message: string;
}
