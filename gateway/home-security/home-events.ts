/** What happens to a home and is no alarm, as events of the journal: who armed it, what was left out, what was waited for. Pure. */
import type { NewEvent } from '../store/rows.ts';
import type { ArmMode } from './guarded-homes.ts';

export const HOME_DOMAIN = 'home';

/** Why an entry delay has begun. */
export type EntryCause = 'tripped' | 'leftOpen' | 'restarted';

export type HomeNews =
  | {
      readonly type: 'armed';
      readonly mode: ArmMode;
      readonly by: string;
      readonly bypassed: readonly string[];
      readonly notRead: readonly string[];
    }
  | { readonly type: 'zoneBypassed'; readonly zone: string; readonly by: string }
  | { readonly type: 'armingRefused'; readonly by: string; readonly zones: readonly string[] }
  | { readonly type: 'disarmed'; readonly by: string; readonly mode: ArmMode; readonly entered: readonly string[] }
  | { readonly type: 'entryBegan'; readonly zone: string; readonly entryS: number; readonly why: EntryCause }
  | { readonly type: 'entryJoined'; readonly zone: string };

/** `at`: Unix milliseconds. */
export function homeEvent(home: string, { type, ...data }: HomeNews, at: number): NewEvent {
  return { domain: HOME_DOMAIN, type, source: home, at, data };
}
