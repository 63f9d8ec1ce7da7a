/** An engine on a real recorder and a real file, which can be stopped and started again. */
import { onTestFinished } from 'vitest';
import { Recorder } from '../../store/record.ts';
import { openTestStore } from '../../store/testing/fixtures.ts';
import { createAlarmEngine } from '../engine.ts';
import type { AlarmDefinition } from '../types.ts';
import { unjudgedPresses } from '../unjudged-presses.ts';

/** `unjudged`: the presses that the last run held back. Closed when the test is over, where it has not been stopped. */
export async function startRecorded(file: string, definitions: readonly AlarmDefinition[]) {
  const store = await openTestStore(file);
  let isOpen = true;
  const stop = async (): Promise<void> => {
    if (isOpen) await store.close();
    isOpen = false;
  };
  onTestFinished(stop);
  const clock = { now: () => Date.now(), monotonic: () => performance.now() };
  const recorder = new Recorder({ store, clock, onCommitted: () => undefined, onTrouble: () => undefined });
  const unjudged = unjudgedPresses(store.events);
  const rows = store.alarms.list('all');
  const engine = createAlarmEngine({ clock, definitions, rows, unjudged, record: recorder.record.bind(recorder) });
  return { store, engine, unjudged, flush: () => recorder.flush(), stop };
}
