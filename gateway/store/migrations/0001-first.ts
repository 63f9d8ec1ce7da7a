/** Points, history, devices, events, alarms, outbox, commands, audit. Times are Unix milliseconds; booleans 0 and 1. */
export const first = `
CREATE TABLE meta (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE devices (
  device    TEXT PRIMARY KEY,
  state     TEXT NOT NULL,
  reason    TEXT NOT NULL,
  since     INTEGER NOT NULL,
  last_good INTEGER,
  knowledge TEXT NOT NULL DEFAULT '{}'
) WITHOUT ROWID;

-- The current value of each point. value has no affinity: what goes in comes out; kind tells a boolean from a number.
CREATE TABLE points (
  id      INTEGER PRIMARY KEY,
  device  TEXT NOT NULL,
  point   TEXT NOT NULL,
  kind    TEXT,
  value,
  unit    TEXT,
  quality TEXT NOT NULL,
  reason  TEXT,
  at      INTEGER NOT NULL,
  good,   -- the last value that was not bad: what a counter counts on from
  current INTEGER NOT NULL DEFAULT 1, -- 0 once it has left the configuration: its history stays
  UNIQUE (device, point)
);

-- What each point said when. quality: 0 good, 1 uncertain, 2 bad.
CREATE TABLE readings (
  point_id INTEGER NOT NULL REFERENCES points (id),
  at       INTEGER NOT NULL,
  value,
  quality  INTEGER NOT NULL,
  PRIMARY KEY (point_id, at)
) WITHOUT ROWID;

-- A stretch of time for which readings were accepted and could not be kept: nothing is lost silently.
CREATE TABLE gaps (
  id         INTEGER PRIMARY KEY,
  from_at    INTEGER NOT NULL,
  to_at      INTEGER NOT NULL,
  readings   INTEGER NOT NULL,
  reason     TEXT NOT NULL
);

-- One sequence over everything in the feed. AUTOINCREMENT: a deleted row's seq is never given out again.
CREATE TABLE events (
  seq         INTEGER PRIMARY KEY AUTOINCREMENT,
  domain      TEXT NOT NULL,
  type        TEXT NOT NULL,
  source      TEXT NOT NULL,
  at          INTEGER NOT NULL,
  recorded_at INTEGER NOT NULL,
  data        TEXT NOT NULL
);
CREATE INDEX events_by_domain ON events (domain, seq);
CREATE INDEX events_by_source ON events (source, seq);

CREATE TABLE alarms (
  alarm      TEXT PRIMARY KEY,
  letter     TEXT NOT NULL,
  priority   INTEGER NOT NULL,
  type       TEXT NOT NULL,
  source     TEXT NOT NULL,
  rev        INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  state      TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX alarms_by_letter ON alarms (letter);

CREATE TABLE outbox (
  seq      INTEGER PRIMARY KEY REFERENCES events (seq),
  lane     TEXT NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  sent_at  INTEGER
);
CREATE INDEX outbox_by_lane ON outbox (lane, seq);

CREATE TABLE dead_letters (
  seq    INTEGER PRIMARY KEY REFERENCES events (seq) ON DELETE CASCADE,
  reason TEXT NOT NULL,
  at     INTEGER NOT NULL
);

CREATE TABLE commands (
  id          TEXT PRIMARY KEY,
  device      TEXT NOT NULL,
  action      TEXT NOT NULL,
  value       TEXT NOT NULL,
  by          TEXT NOT NULL,
  via         TEXT NOT NULL,
  state       TEXT NOT NULL,
  accepted_at INTEGER NOT NULL,
  expires_at  INTEGER NOT NULL,
  sent_at     INTEGER,
  finished_at INTEGER,
  result      TEXT,
  error       TEXT
) WITHOUT ROWID;
CREATE INDEX commands_by_time ON commands (accepted_at);
CREATE INDEX commands_unfinished ON commands (state) WHERE state IN ('accepted', 'sent');

-- Who did what. Each row's hash covers the row before it.
CREATE TABLE audit (
  n      INTEGER PRIMARY KEY AUTOINCREMENT,
  at     INTEGER NOT NULL,
  who    TEXT NOT NULL,
  what   TEXT NOT NULL,
  detail TEXT NOT NULL,
  hash   TEXT NOT NULL
);
`;
