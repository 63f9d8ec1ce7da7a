/** Meters by number: the rows of readings and counters have a small integer instead. */
import type { Db } from '../open.ts';

/** Returns the id of a number, which is made where there is none yet: within a transaction of the caller. */
export function meterIds(db: Db): (number: string) => number {
  const known = db.prepare('SELECT id FROM meters WHERE number = ?').pluck();
  const add = db.prepare('INSERT INTO meters (number) VALUES (?)');
  return (number) => (known.get(number) as number | undefined) ?? Number(add.run(number).lastInsertRowid);
}
