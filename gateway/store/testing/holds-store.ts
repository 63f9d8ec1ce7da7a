/** A program that takes a store and waits, to be killed. Nobody refers to the lock any more: it has to be held all the same. */
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { lockStore } from '../lock.ts';

setFlagsFromString('--expose-gc');
const sweep = runInNewContext('gc') as () => void;

lockStore(process.argv[2] ?? '');
for (let round = 0; round < 3; round++) {
  await sleep(10);
  sweep();
}
console.log('held');
setInterval(() => undefined, 1_000);
