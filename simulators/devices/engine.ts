/** The diesel behind a genset controller: it cranks, warms up, runs, cools down. Time is handed in. */

export type EngineState = 'standby' | 'cranking' | 'warming' | 'running' | 'cooling' | 'stopping';

export interface Engine {
  readonly state: EngineState;
  readonly rpm: number;
  readonly starts: number;
  /** Seconds that it has turned by itself since the simulator started. */
  readonly runSeconds: number;
  start(): void;
  stop(): void;
  advance(now: number): void;
}

const RATED_RPM = 1500;
const CRANKING_RPM = 180;

/** How long a state lasts, and which comes then. Standby and running last until they are told otherwise. */
const COURSE: Readonly<Partial<Record<EngineState, { readonly ms: number; readonly then: EngineState }>>> = {
  cranking: { ms: 2_000, then: 'warming' },
  warming: { ms: 3_000, then: 'running' },
  cooling: { ms: 6_000, then: 'stopping' },
  stopping: { ms: 3_000, then: 'standby' },
};

/** rpm, `ms` after the state began. */
function speed(state: EngineState, ms: number): number {
  switch (state) {
    case 'standby':
      return 0;
    case 'cranking':
      return CRANKING_RPM;
    case 'warming':
      return CRANKING_RPM + (RATED_RPM - CRANKING_RPM) * Math.min(1, ms / 2_000);
    case 'running':
    case 'cooling':
      return RATED_RPM;
    case 'stopping':
      return RATED_RPM * Math.max(0, 1 - ms / 3_000);
  }
}

export function createEngine(): Engine {
  let state: EngineState = 'standby';
  let since: number | undefined;
  let at = 0;
  let starts = 0;
  let runMs = 0;
  const enter = (next: EngineState, when: number): void => {
    if (next === 'warming') starts++;
    state = next;
    since = when;
  };
  const turnsBySelf = (): boolean => state === 'warming' || state === 'running' || state === 'cooling';

  return {
    get state() {
      return state;
    },
    get rpm() {
      return speed(state, at - (since ?? at));
    },
    get starts() {
      return starts;
    },
    get runSeconds() {
      return Math.floor(runMs / 1000);
    },
    start() {
      if (state === 'standby') enter('cranking', at);
      else if (state === 'cooling') enter('running', at);
    },
    stop() {
      if (state === 'running') enter('cooling', at);
      else if (state === 'cranking' || state === 'warming') enter('stopping', at);
    },
    advance(now) {
      since ??= now;
      at = Math.max(at, since);
      let course = COURSE[state];
      while (course !== undefined && since + course.ms <= now) {
        if (turnsBySelf()) runMs += since + course.ms - at;
        at = since + course.ms;
        enter(course.then, at);
        course = COURSE[state];
      }
      if (turnsBySelf()) runMs += now - at;
      at = now;
    },
  };
}
