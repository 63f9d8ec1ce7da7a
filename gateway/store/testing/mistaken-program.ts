/** A program that makes a mistake: an alarm without its key. Its argument is the store's file. */
import { systemClock } from '../../clock.ts';
import { Recorder } from '../record.ts';
import { openTestStore, raised } from './fixtures.ts';

const [file = ''] = process.argv.slice(2);
const store = await openTestStore(file);
const recorder = new Recorder({ store, clock: systemClock, onCommitted: () => undefined, onTrouble: () => undefined });
const broken = { ...raised(), after: { ...raised().after, alarm: null as unknown as string } };
recorder.record({ device: 'd', alarms: [broken] });
await recorder.flush();
console.log('it went on');
