-- Parts of the organisation are changed on the page: two people see each other's changes (`revision`), and what has a history
-- is closed, never deleted.
ALTER TABLE districts ADD COLUMN revision INTEGER NOT NULL DEFAULT 1;
ALTER TABLE districts ADD COLUMN changed_by TEXT REFERENCES users (id);
ALTER TABLE districts ADD COLUMN changed_at INTEGER;
ALTER TABLE districts ADD COLUMN closed_at INTEGER;
ALTER TABLE streets ADD COLUMN revision INTEGER NOT NULL DEFAULT 1;
ALTER TABLE streets ADD COLUMN changed_by TEXT REFERENCES users (id);
ALTER TABLE streets ADD COLUMN changed_at INTEGER;
ALTER TABLE streets ADD COLUMN closed_at INTEGER;
ALTER TABLE sectors ADD COLUMN revision INTEGER NOT NULL DEFAULT 1;
ALTER TABLE sectors ADD COLUMN changed_by TEXT REFERENCES users (id);
ALTER TABLE sectors ADD COLUMN changed_at INTEGER;
ALTER TABLE sectors ADD COLUMN closed_at INTEGER;
ALTER TABLE parties ADD COLUMN revision INTEGER NOT NULL DEFAULT 1;
ALTER TABLE parties ADD COLUMN changed_by TEXT REFERENCES users (id);
ALTER TABLE parties ADD COLUMN changed_at INTEGER;
ALTER TABLE parties ADD COLUMN closed_at INTEGER;
ALTER TABLE parties ADD COLUMN first_site_id TEXT REFERENCES sites (id); -- where people named it first; null: nowhere yet
ALTER TABLE sites ADD COLUMN revision INTEGER NOT NULL DEFAULT 1;
ALTER TABLE sites ADD COLUMN changed_by TEXT REFERENCES users (id);
ALTER TABLE sites ADD COLUMN changed_at INTEGER;
ALTER TABLE sites ADD COLUMN closed_at INTEGER;
-- A closed site that gets an edge is open again.
CREATE TRIGGER edges_open_their_site AFTER INSERT ON edges
BEGIN UPDATE sites SET closed_at = NULL, revision = revision + 1 WHERE id = NEW.site_id AND closed_at IS NOT NULL; END;

-- 1: the password was made by an administrator and seen by one; its owner must choose another before anything else.
ALTER TABLE users ADD COLUMN must_change_password INTEGER NOT NULL DEFAULT 0;
ALTER TABLE users ADD COLUMN signed_in_at INTEGER; -- the last time
ALTER TABLE users ADD COLUMN revision INTEGER NOT NULL DEFAULT 1;
ALTER TABLE users ADD COLUMN changed_by TEXT REFERENCES users (id);
ALTER TABLE users ADD COLUMN changed_at INTEGER;
UPDATE users SET signed_in_at = (SELECT max(created_at) FROM sessions WHERE sessions.user_id = users.id);
