/** The valve of a prepaid or remotely controlled meter: its motor takes 5 to 30 s before the status shows anything. */
import type { ValveModel } from './model.ts';
import type { ValvePosition, ValveState } from './state.ts';

/** What D1 D0 of ST1 say. */
export type ValveShown = ValvePosition | 'abnormal';

/** Until the motor has ended it shows what it showed. */
export function valveShown({ position, isAbnormal }: ValveState): ValveShown {
  return isAbnormal ? 'abnormal' : position;
}

/** A command at `now`. While the motor runs it turns round, and its time begins anew; where nothing is to move, it stands. */
export function commandValve(model: ValveModel, valve: ValveState, to: ValvePosition, now: number): ValveState {
  const stands = valve.motor === null && !valve.isAbnormal && valve.position === to;
  return stands ? valve : { ...valve, motor: { to, endsAt: now + model.motorMs } };
}

/** The valve at `now`: a stuck one is where it was when its motor has ended, and says that something is wrong. */
export function valveAt(model: ValveModel, valve: ValveState, now: number): ValveState {
  const { motor, position } = valve;
  if (motor === null || now < motor.endsAt) return valve;
  const isAbnormal = model.isStuck && motor.to !== position;
  return { position: model.isStuck ? position : motor.to, motor: null, isAbnormal };
}
