/** Who was on duty, what was noted, how it was handed over; and when nobody looked, for the gateway was down. */
export const shifts = `
-- persons: JSON, the names of those on duty. At most one shift is open; triggers below keep what is over as it is.
CREATE TABLE shifts (
  id      INTEGER PRIMARY KEY,
  persons TEXT NOT NULL,
  from_at INTEGER NOT NULL,
  to_at   INTEGER
);
CREATE UNIQUE INDEX shifts_open ON shifts (to_at IS NULL) WHERE to_at IS NULL;

-- is_open: something to be done, which goes from shift to shift until a note closes it.
CREATE TABLE shift_notes (
  id         INTEGER PRIMARY KEY,
  shift      INTEGER NOT NULL REFERENCES shifts (id),
  at         INTEGER NOT NULL,
  by         TEXT NOT NULL,
  text       TEXT NOT NULL,
  alarm      TEXT,
  occurrence TEXT,
  is_open    INTEGER NOT NULL,
  corrects   INTEGER REFERENCES shift_notes (id),
  closes     INTEGER UNIQUE REFERENCES shift_notes (id)
);
CREATE INDEX shift_notes_by_shift ON shift_notes (shift, id);
CREATE INDEX shift_notes_correcting ON shift_notes (corrects) WHERE corrects IS NOT NULL;
CREATE INDEX shift_notes_open ON shift_notes (id) WHERE is_open = 1;

-- sheet: the very text that was signed. state: signed, accepted, objected, replaced. meanwhile: JSON, keys of alarms.
CREATE TABLE handovers (
  id          INTEGER PRIMARY KEY,
  shift       INTEGER NOT NULL REFERENCES shifts (id),
  incoming    TEXT NOT NULL,
  sheet       TEXT NOT NULL,
  sha256      TEXT NOT NULL,
  signed_by   TEXT NOT NULL,
  signed_at   INTEGER NOT NULL,
  state       TEXT NOT NULL,
  answered_by TEXT,
  answered_at INTEGER,
  remark      TEXT,
  meanwhile   TEXT NOT NULL DEFAULT '[]'
);
CREATE INDEX handovers_by_shift ON handovers (shift, id);

CREATE TABLE outages (
  id      INTEGER PRIMARY KEY,
  from_at INTEGER NOT NULL,
  to_at   INTEGER NOT NULL
);

-- Whatever program opens this file: what was written stays as it was.
CREATE TRIGGER shifts_update BEFORE UPDATE ON shifts
WHEN OLD.to_at IS NOT NULL OR NEW.persons <> OLD.persons OR NEW.from_at <> OLD.from_at
BEGIN SELECT RAISE(ABORT, 'a shift is what it was'); END;
CREATE TRIGGER shift_notes_update BEFORE UPDATE ON shift_notes
BEGIN SELECT RAISE(ABORT, 'a note is corrected by a further one'); END;
CREATE TRIGGER shift_notes_delete BEFORE DELETE ON shift_notes
BEGIN SELECT RAISE(ABORT, 'a note is corrected by a further one'); END;
CREATE TRIGGER handovers_update BEFORE UPDATE ON handovers
WHEN OLD.state <> 'signed' OR NEW.sheet <> OLD.sheet OR NEW.sha256 <> OLD.sha256
  OR NEW.signed_by <> OLD.signed_by OR NEW.signed_at <> OLD.signed_at
BEGIN SELECT RAISE(ABORT, 'what was signed stays as it was'); END;
CREATE TRIGGER handovers_delete BEFORE DELETE ON handovers
BEGIN SELECT RAISE(ABORT, 'what was signed stays as it was'); END;
`;
