/** What the writer's thread and the rest of the process say to each other. Types only. */
import type { StoreErrorCode } from '../errors.ts';
import type { OpenOptions } from '../open.ts';
import type { JobName, Jobs } from './jobs.ts';

/** `workerData` of the thread. */
export type WriterSettings = OpenOptions;

export type ToWriter =
  | { readonly kind: 'job'; readonly id: number; readonly job: JobName; readonly args: Parameters<Jobs[JobName]> }
  /** Closes the file and ends the thread, after what was asked before. */
  | { readonly kind: 'close' };

export type FromWriter =
  | { readonly kind: 'opened'; readonly reserved: boolean }
  | { readonly kind: 'refused'; readonly code: StoreErrorCode; readonly message: string }
  | { readonly kind: 'done'; readonly id: number; readonly value: unknown }
  /** It may succeed later. `code`: SQLite's. */
  | { readonly kind: 'failed'; readonly id: number; readonly code: string; readonly message: string };
