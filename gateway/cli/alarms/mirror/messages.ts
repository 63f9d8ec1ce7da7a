/** What a mirror takes in and what it wishes for. Types only. */
import type { z } from 'zod';
import type { alarmHead, refreshAnswer } from '../../../broker/schemas.ts';
import type { Doubt } from './doubts.ts';
import type { AlarmEvent, AlarmState, HeldAlarm } from './held-alarms.ts';

export type Head = z.output<typeof alarmHead>;
export type AnswerPart = z.output<typeof refreshAnswer>;

export type FeedMessage =
  | { readonly kind: 'state'; readonly state: AlarmState }
  /** The retained state was deleted. */
  | { readonly kind: 'deleted'; readonly alarm: string }
  | { readonly kind: 'event'; readonly event: AlarmEvent }
  | { readonly kind: 'head'; readonly head: Head }
  | { readonly kind: 'status'; readonly online: boolean }
  | { readonly kind: 'answer'; readonly requestId: string; readonly part: AnswerPart };

export interface RefreshRequest {
  readonly requestId: string;
  /** Null: everything. */
  readonly fromEpoch: number | null;
  readonly fromSeq: number;
}

/** Why what is held cannot be trusted. `catchingUp`: the answer to a refresh is on its way. */
export type Distrust = 'notConnected' | 'gatewayOffline' | 'silent' | 'catchingUp' | Doubt;

export type Wish =
  /** To be published on `alarm/refresh`; its answer is to be listened to before. */
  | { readonly kind: 'refresh'; readonly request: RefreshRequest }
  /** A transition that a person was not told of yet. */
  | { readonly kind: 'happened'; readonly event: AlarmEvent }
  /** How alarms are, of which the transitions will not come. */
  | { readonly kind: 'stands'; readonly alarms: readonly HeldAlarm[] }
  /** From now on what is held can be trusted (null), or cannot. */
  | { readonly kind: 'trust'; readonly distrust: Distrust | null };
