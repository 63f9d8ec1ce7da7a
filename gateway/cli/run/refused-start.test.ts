import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { refuseStart } from './refused-start.ts';

it('names the file of a store that turns out to be damaged after it was opened', () => {
  const error = new Database.SqliteError('database disk image is malformed', 'SQLITE_CORRUPT');
  expect(() => refuseStart(error, 'var/store.sqlite')).toThrow(/^var\/store\.sqlite is .*damaged.*newest backup$/);
});

it('leaves a defect of the program as it is', () => {
  const defect = new TypeError('x is not a function');
  expect(() => refuseStart(defect, 'var/store.sqlite')).toThrow(defect);
});
