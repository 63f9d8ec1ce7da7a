/** What was closed, or in force once, stays as it was: more of it than 0002 guards. */
export const closed = `
-- A closed run is exported and acknowledged, each once, and handed over. Nothing else of it changes.
DROP TRIGGER billing_runs_reopen;
CREATE TRIGGER billing_runs_update BEFORE UPDATE ON billing_runs
WHEN OLD.closed = 1 AND (
  (NEW.id, NEW.utility, NEW.from_at, NEW.revision, NEW.registry, NEW.closed)
    IS NOT (OLD.id, OLD.utility, OLD.from_at, OLD.revision, OLD.registry, OLD.closed)
  OR json_remove(NEW.run, '$.run.state', '$.run.manifest', '$.run.acknowledged', '$.dropped')
    IS NOT json_remove(OLD.run, '$.run.state', '$.run.manifest', '$.run.acknowledged', '$.dropped')
  OR json_extract(NEW.run, '$.run.state') NOT IN ('closed', 'exported', 'acknowledged')
  OR coalesce(json_extract(OLD.run, '$.run.manifest') <> coalesce(json_extract(NEW.run, '$.run.manifest'), ''), 0)
  OR coalesce(json_extract(OLD.run, '$.run.acknowledged') <> coalesce(json_extract(NEW.run, '$.run.acknowledged'), ''), 0)
)
BEGIN SELECT RAISE(ABORT, 'the billing run is closed'); END;

-- A closed run names the version that it was computed from.
CREATE TRIGGER registry_versions_update BEFORE UPDATE ON registry_versions
BEGIN SELECT RAISE(ABORT, 'a version of the registry is what it was'); END;
CREATE TRIGGER registry_versions_delete BEFORE DELETE ON registry_versions
BEGIN SELECT RAISE(ABORT, 'a version of the registry is what it was'); END;
`;
