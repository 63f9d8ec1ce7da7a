/** What happened to alarms, an occurrence a row: to search by. All of it follows from the journal, and is filled from there. */
export const occurrences = `
CREATE TABLE occurrences (
  seq           INTEGER PRIMARY KEY, -- of its first event
  occurrence_id TEXT NOT NULL UNIQUE,
  alarm         TEXT NOT NULL,
  type          TEXT NOT NULL,
  source        TEXT NOT NULL,
  priority      INTEGER NOT NULL,
  drill         INTEGER NOT NULL,
  letter        TEXT NOT NULL,
  began_at      INTEGER NOT NULL,
  announced_at  INTEGER,
  acked_at      INTEGER,
  acked_by      TEXT,
  ended_at      INTEGER,
  reset_at      INTEGER,
  closed_at     INTEGER,
  count         INTEGER NOT NULL,
  level         INTEGER NOT NULL,
  note          TEXT,
  last_seq      INTEGER NOT NULL
);
CREATE INDEX occurrences_by_time ON occurrences (began_at);
CREATE INDEX occurrences_by_type ON occurrences (type, began_at);
CREATE INDEX occurrences_by_source ON occurrences (source, began_at);
CREATE INDEX occurrences_by_alarm ON occurrences (alarm, began_at);
CREATE INDEX occurrences_open ON occurrences (began_at) WHERE closed_at IS NULL;
CREATE INDEX occurrences_drills ON occurrences (began_at) WHERE drill = 1;

-- Who has acted on which.
CREATE TABLE occurrence_people (
  seq      INTEGER NOT NULL REFERENCES occurrences (seq) ON DELETE CASCADE,
  person   TEXT NOT NULL,
  began_at INTEGER NOT NULL,
  PRIMARY KEY (seq, person)
) WITHOUT ROWID;
CREATE INDEX occurrence_people_by_person ON occurrence_people (person, began_at, seq);

-- Events that are too old for the journal, of occurrences that are not: none is cut in half.
CREATE TABLE kept_events (
  seq         INTEGER PRIMARY KEY,
  occurrence  INTEGER NOT NULL REFERENCES occurrences (seq) ON DELETE CASCADE,
  domain      TEXT NOT NULL,
  type        TEXT NOT NULL,
  source      TEXT NOT NULL,
  at          INTEGER NOT NULL,
  recorded_at INTEGER NOT NULL,
  data        TEXT NOT NULL
);
CREATE INDEX kept_events_by_occurrence ON kept_events (occurrence, seq);
`;
