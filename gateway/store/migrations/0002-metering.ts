/** Meter registry, meter readings, billing runs. Values of registers are TEXT: no binary fraction touches them. */
export const metering = `
-- WITHOUT ROWID is for short rows: of such a table each row above a kilobyte has a page of its own for the rest, and all of a row is
-- read to compare a key.
-- The tables of the registry as they came, each version once: a closed run names the one that it was computed from.
CREATE TABLE registry_versions (
  version TEXT NOT NULL,
  n       INTEGER NOT NULL,
  holds   TEXT NOT NULL,
  file    TEXT NOT NULL,
  bytes   BLOB NOT NULL,
  at      INTEGER NOT NULL, -- when it was first in force
  PRIMARY KEY (version, n)
);

CREATE TABLE meters (
  id     INTEGER PRIMARY KEY,
  number TEXT NOT NULL UNIQUE
);

-- quality: 0 actual, 1 frozen, 2 manual, 3 estimated. standing: 0 good, 1 suspect, 2 rejected. NULL where there is nothing to say.
CREATE TABLE meter_readings (
  id       INTEGER PRIMARY KEY,
  meter_id INTEGER NOT NULL REFERENCES meters (id),
  at       INTEGER NOT NULL,
  value    TEXT NOT NULL,
  quality  INTEGER NOT NULL,
  standing INTEGER NOT NULL,
  occasion TEXT,
  notes    TEXT
);
-- Where a register is kept from a counter of pulses: what the dial shows when the counter stands at count.
CREATE TABLE meter_counters (
  meter_id INTEGER PRIMARY KEY REFERENCES meters (id),
  value    TEXT NOT NULL,
  count    INTEGER NOT NULL,
  at       INTEGER NOT NULL
);

CREATE INDEX meter_readings_by_time ON meter_readings (meter_id, at);
CREATE INDEX meter_readings_suspect ON meter_readings (meter_id, at) WHERE standing = 1;

CREATE TABLE billing_runs (
  id       TEXT PRIMARY KEY NOT NULL,
  utility  TEXT NOT NULL,
  from_at  INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  registry TEXT, -- the version that its lines were computed from; NULL before the first draft
  closed   INTEGER NOT NULL,
  run      TEXT NOT NULL
);
CREATE INDEX billing_runs_by_period ON billing_runs (utility, from_at, revision);

CREATE TABLE billing_lines (
  run   TEXT NOT NULL REFERENCES billing_runs (id),
  n     INTEGER NOT NULL,
  chain TEXT NOT NULL,
  home  TEXT,
  line  TEXT NOT NULL,
  PRIMARY KEY (run, n)
);
CREATE INDEX billing_lines_by_chain ON billing_lines (chain, run);

-- What was exported, byte for byte: exporting again gives these.
CREATE TABLE billing_exports (
  run    TEXT NOT NULL REFERENCES billing_runs (id),
  file   TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  bytes  BLOB NOT NULL,
  PRIMARY KEY (run, file)
);

-- Somebody asks for a home's supply to be cut or given back; somebody else confirms it, and it becomes a command.
CREATE TABLE supply_requests (
  id           TEXT PRIMARY KEY,
  device       TEXT NOT NULL,
  action       TEXT NOT NULL,
  by           TEXT NOT NULL,
  note         TEXT NOT NULL,
  at           INTEGER NOT NULL,
  expires_at   INTEGER NOT NULL,
  confirmed_by TEXT,
  confirmed_at INTEGER,
  withdrawn_by TEXT
) WITHOUT ROWID;
CREATE INDEX supply_requests_by_time ON supply_requests (at);

-- Whatever program opens this file: what is closed stays as it is.
CREATE TRIGGER billing_lines_insert BEFORE INSERT ON billing_lines
WHEN (SELECT closed FROM billing_runs WHERE id = NEW.run) = 1
BEGIN SELECT RAISE(ABORT, 'the billing run is closed'); END;
CREATE TRIGGER billing_lines_update BEFORE UPDATE ON billing_lines
WHEN (SELECT closed FROM billing_runs WHERE id = OLD.run) = 1
BEGIN SELECT RAISE(ABORT, 'the billing run is closed'); END;
CREATE TRIGGER billing_lines_delete BEFORE DELETE ON billing_lines
WHEN (SELECT closed FROM billing_runs WHERE id = OLD.run) = 1
BEGIN SELECT RAISE(ABORT, 'the billing run is closed'); END;
CREATE TRIGGER billing_runs_reopen BEFORE UPDATE ON billing_runs
WHEN OLD.closed = 1 AND (NEW.closed = 0 OR NEW.registry IS NOT OLD.registry OR NEW.from_at <> OLD.from_at)
BEGIN SELECT RAISE(ABORT, 'the billing run is closed'); END;
CREATE TRIGGER billing_runs_delete BEFORE DELETE ON billing_runs
WHEN OLD.closed = 1
BEGIN SELECT RAISE(ABORT, 'the billing run is closed'); END;
CREATE TRIGGER billing_exports_update BEFORE UPDATE ON billing_exports
BEGIN SELECT RAISE(ABORT, 'the export is what was exported'); END;
CREATE TRIGGER billing_exports_delete BEFORE DELETE ON billing_exports
BEGIN SELECT RAISE(ABORT, 'the export is what was exported'); END;
`;
