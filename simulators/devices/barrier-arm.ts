/** The arm of a barrier, its motor and its safety loop, whatever controls it. Time is handed in. */

export type ArmState = 'open' | 'closed' | 'opening' | 'closing' | 'stopped' | 'fault';

export interface Arm {
  readonly state: ArmState;
  open(): void;
  /** Does nothing while a vehicle stands on the safety loop. */
  close(): void;
  stop(): void;
  /** A vehicle on the loop: an arm that is closing opens again. */
  loop(occupied: boolean): void;
  /** Something holds the arm: its motor gives up after twice the usual time. */
  obstruct(held: boolean): void;
  advance(now: number): void;
}

export function createArm(travelMs = 3_000): Arm {
  let state: ArmState = 'closed';
  /** 0 closed to 1 open. */
  let position = 0;
  let occupied = false;
  let held = false;
  let at: number | undefined;
  let movedMs = 0;
  const go = (next: 'opening' | 'closing'): void => {
    state = next;
    movedMs = 0;
  };
  const open = (): void => {
    if (state !== 'open') go('opening');
  };

  return {
    get state() {
      return state;
    },
    open,
    close() {
      if (state !== 'closed' && !occupied) go('closing');
    },
    stop() {
      if (state === 'opening' || state === 'closing') state = 'stopped';
    },
    loop(next) {
      occupied = next;
      if (occupied && state === 'closing') open();
    },
    obstruct: (next) => void (held = next),
    advance(now) {
      const ms = now - (at ?? now);
      at = now;
      if (state !== 'opening' && state !== 'closing') return;
      movedMs += ms;
      const share = held ? 0 : ms / travelMs;
      position = Math.min(1, Math.max(0, position + (state === 'opening' ? share : -share)));
      if (state === 'opening' && position === 1) state = 'open';
      else if (state === 'closing' && position === 0) state = 'closed';
      else if (movedMs >= 2 * travelMs) state = 'fault';
    },
  };
}
