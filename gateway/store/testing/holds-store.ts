/** A program that takes a store and waits, to be killed. */
import { lockStore } from '../lock.ts';

lockStore(process.argv[2] ?? '');
console.log('held');
setInterval(() => undefined, 1_000);
