/** What a line about an event is made of. */
import type { SiteConfig } from '../../config/site-config.ts';
import type { EventRow } from '../../store/rows.ts';

/** An event of the store, or what a consumer of the feed has of it. */
export type LiveEvent = Pick<EventRow, 'domain' | 'type' | 'source' | 'at' | 'data'>;

/** What ids and alarm types are called; a site's configuration fulfils it. */
export interface EventNames {
  readonly site?: Pick<SiteConfig['site'], 'timezone'>;
  readonly equipment: readonly { readonly id: string; readonly nameZh: string }[];
  readonly devices: readonly { readonly id: string; readonly nameZh?: string | undefined }[];
  readonly buses?: readonly { readonly id: string; readonly nameZh?: string | undefined }[];
  readonly alarms: readonly { readonly type: string; readonly settings: { readonly nameZh: string } }[];
}

export interface LineWords {
  readonly symbol: string;
  readonly what: string;
  readonly happened: string;
}

/** A text in an event's data; empty where there is none. */
export function textIn({ data }: Pick<LiveEvent, 'data'>, key: string): string {
  const value = data[key];
  return typeof value === 'string' ? value : '';
}

/** A number in an event's data. */
export function numberIn({ data }: Pick<LiveEvent, 'data'>, key: string): number | null {
  const value = data[key];
  return typeof value === 'number' ? value : null;
}
