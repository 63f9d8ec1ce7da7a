/**
 * The reference consumer: a mirror of all alarm states that knows at every moment whether it can be trusted. It keeps the
 * rules of docs/topics.md; whoever writes a consumer of their own can follow it. Messages and the time come in, wishes go
 * out: it has no connection and no clock. All times are monotonic milliseconds.
 */
import { Doubts, type Doubt } from './doubts.ts';
import { EventChain } from './event-chain.ts';
import { HeldAlarms, type AlarmEvent, type HeldAlarm } from './held-alarms.ts';
import type { AnswerPart, Distrust, FeedMessage, Head, Wish } from './messages.ts';
import { Refresh } from './refresh.ts';
import { ToldAlarms } from './told-alarms.ts';

/** Three heads have not come. */
const SILENT_AFTER_MS = 30_000;

export interface Snapshot {
  readonly epoch: number | null;
  /** The newest alarm event before which none is missing. */
  readonly seq: number;
  /** Null: it can be trusted. */
  readonly distrust: Distrust | null;
  readonly nonNormal: number;
  readonly stateHash: string;
  readonly alarms: readonly HeldAlarm[];
}

export class AlarmMirror {
  readonly #alarms = new HeldAlarms();
  readonly #chain = new EventChain();
  readonly #told = new ToldAlarms();
  readonly #doubts = new Doubts();
  readonly #refresh: Refresh;
  #epoch: number | null = null;
  #connected = false;
  #online = true;
  /** The newest head, and what was held when it came. */
  #head: { readonly said: Head; readonly version: number } | null = null;
  /** The head that a refresh was asked for about: the same one says nothing new. */
  #askedAbout: Head | null = null;
  #aliveAt = -Infinity;
  /** A refresh has ended since the last disturbance. */
  #synced = false;
  /** The next refresh must give all states: events would not be enough. */
  #needsAll = true;
  #distrust: Distrust | null = 'notConnected';

  constructor(requestIdPrefix: string) {
    this.#refresh = new Refresh(requestIdPrefix);
  }

  snapshot(): Snapshot {
    const { nonNormal, stateHash } = this.#alarms;
    const alarms = this.#alarms.list();
    return { epoch: this.#epoch, seq: this.#chain.through, distrust: this.#distrust, nonNormal, stateHash, alarms };
  }

  /** There is a new connection, and all topics are subscribed to. Rule 3: a refresh after every connection. */
  connected(now: number): readonly Wish[] {
    this.#connected = true;
    this.#aliveAt = now;
    return [this.#ask(now), ...this.#judge(now)];
  }

  disconnected(now: number): readonly Wish[] {
    this.#connected = false;
    this.#online = true;
    this.#synced = false;
    this.#refresh.drop();
    return this.#judge(now);
  }

  /** Time has passed. */
  tick(now: number): readonly Wish[] {
    return this.#judge(now);
  }

  take(message: FeedMessage, now: number): readonly Wish[] {
    const wishes = this.#takeMessage(message, now);
    return [...wishes, ...this.#judge(now)];
  }

  #takeMessage(message: FeedMessage, now: number): readonly Wish[] {
    switch (message.kind) {
      case 'state':
        if (message.state.epoch === (this.#epoch ?? message.state.epoch)) this.#alarms.takeState(message.state);
        return [];
      case 'deleted':
        this.#alarms.forget(message.alarm);
        this.#told.forget(message.alarm);
        return [];
      case 'event':
        return this.#takeEvent(message.event, now);
      case 'head':
        return this.#takeHead(message.head, now);
      case 'status':
        if (message.online && !this.#online) this.#refresh.drop();
        if (!message.online) this.#synced = false;
        this.#online = message.online;
        return [];
      case 'answer':
        return this.#refresh.hears(message.requestId, now) ? this.#takeAnswer(message.part, now) : [];
    }
  }

  #takeEvent(event: AlarmEvent, now: number): readonly Wish[] {
    const { data, epoch, seq } = event;
    if (epoch !== this.#epoch || !this.#chain.take(data)) return [];
    this.#alarms.takeEvent(data, now);
    const held = this.#alarms.get(data.alarm);
    if (held) this.#told.event({ rev: seq, letter: data.to }, held);
    return [{ kind: 'happened', event }];
  }

  /** One that the broker has kept comes with the connection, and proves no more life than that. */
  #takeHead(said: Head, now: number): readonly Wish[] {
    this.#head = { said, version: this.#alarms.version };
    if (this.#isSilent(now)) this.#synced = false;
    this.#aliveAt = now;
    return !this.#synced && this.#connected && this.#refresh.mayAsk(now) ? [this.#ask(now)] : [];
  }

  #takeAnswer(part: AnswerPart, now: number): readonly Wish[] {
    switch (part.kind) {
      case 'refused':
        this.#refresh.close(now);
        return [];
      case 'gap':
        return [];
      case 'start':
        this.#begin(part.epoch, part.seq);
        return [];
      case 'item':
        this.#refresh.count();
        this.#alarms.takeItem(part.state);
        return [];
      case 'event':
        this.#refresh.count();
        return this.#takeEvent(part.event, now);
      case 'end':
        return this.#refresh.end(part.count, now) ? this.#end(part.seq, now) : [];
    }
  }

  /** Everything follows, as of `seq`. Only here an epoch begins: what the broker has kept may be of the one before. */
  #begin(epoch: number, seq: number): void {
    this.#needsAll = true;
    if (epoch !== this.#epoch) {
      this.#epoch = epoch;
      this.#alarms.keepEpoch(epoch);
      this.#told.newEpoch();
    }
    this.#alarms.begin(seq);
    this.#chain.begin(seq);
  }

  #end(seq: number, now: number): readonly Wish[] {
    if (this.#needsAll) this.#alarms.settle();
    else this.#chain.atLeast(seq);
    this.#needsAll = false;
    this.#synced = true;
    this.#aliveAt = now;
    const alarms = this.#told.catchUp(this.#alarms.list(), seq);
    return alarms.length > 0 ? [{ kind: 'stands', alarms }] : [];
  }

  #ask(now: number): Wish {
    this.#synced = false;
    this.#askedAbout = this.#head?.said ?? null;
    const from = this.#needsAll
      ? { fromEpoch: null, fromSeq: 0 }
      : { fromEpoch: this.#epoch, fromSeq: this.#chain.through };
    return { kind: 'refresh', request: this.#refresh.ask(from, now) };
  }

  /** Asks where there is a doubt, and says when trust has come or gone. */
  #judge(now: number): readonly Wish[] {
    const wishes: Wish[] = [];
    const doubt = this.#doubts.judge(this.#standing(), now);
    // What is not in step is asked for with the next head anyway, and then events may be enough.
    if (doubt !== null && this.#synced && this.#refresh.mayAsk(now) && !this.#wasAsked(doubt)) {
      // Events would not mend it: they were all here, or are of another epoch.
      if (doubt !== 'ahead' && doubt !== 'hole') this.#needsAll = true;
      wishes.push(this.#ask(now));
    }
    const distrust = this.#reason(doubt, now);
    if (distrust !== this.#distrust) wishes.push({ kind: 'trust', distrust });
    this.#distrust = distrust;
    return wishes;
  }

  #standing(): Readonly<Record<Doubt, boolean | number>> {
    const { nonNormal, stateHash, version, unfinishedSince } = this.#alarms;
    const { said, version: then } = this.#head ?? { said: null, version };
    const same = said !== null && said.epoch === this.#epoch;
    return {
      otherEpoch: said !== null && this.#epoch !== null && !same,
      ahead: same && said.seq > this.#chain.through,
      // What has changed since the head came cannot be compared with it.
      different: same && version === then && (said.nonNormal !== nonNormal || said.stateHash !== stateHash),
      hole: this.#chain.hasHole,
      unfinished: unfinishedSince ?? false,
    };
  }

  #wasAsked(doubt: Doubt): boolean {
    return doubt !== 'hole' && doubt !== 'unfinished' && this.#askedAbout === this.#head?.said;
  }

  #isSilent(now: number): boolean {
    return now - this.#aliveAt >= SILENT_AFTER_MS;
  }

  #reason(doubt: Doubt | null, now: number): Distrust | null {
    if (!this.#connected) return 'notConnected';
    if (!this.#online) return 'gatewayOffline';
    if (this.#isSilent(now)) return 'silent';
    return doubt ?? (this.#synced ? null : 'catchingUp');
  }
}
