-- Of piled goods: JSON [[[x, y], …], …], 0..1.
ALTER TABLE alerts ADD COLUMN outline TEXT;

-- "This belongs here": who said it of what, and why. Nothing is deleted: taken back, it stays as what was once said.
CREATE TABLE acceptances (
	id TEXT PRIMARY KEY,
	alert_id TEXT NOT NULL REFERENCES alerts (id),
	lane_id TEXT NOT NULL,
	camera_id TEXT NOT NULL REFERENCES cameras (id),
	accepted_by TEXT NOT NULL REFERENCES users (id),
	accepted_at INTEGER NOT NULL,
	reason TEXT NOT NULL,
	outline TEXT NOT NULL, -- JSON, of the alert at that moment
	undone_by TEXT REFERENCES users (id),
	undone_at INTEGER,
	undone_reason TEXT, -- null: the zone was drawn anew after the camera had moved
	CHECK ((undone_by IS NULL) = (undone_at IS NULL))
) STRICT;
CREATE UNIQUE INDEX acceptances_that_hold ON acceptances (alert_id) WHERE undone_at IS NULL;
CREATE INDEX acceptances_by_camera ON acceptances (camera_id, accepted_at);

-- A person saw that the zones fit the picture after the camera had moved.
CREATE TABLE view_confirmations (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	camera_id TEXT NOT NULL REFERENCES cameras (id),
	confirmed_by TEXT NOT NULL REFERENCES users (id),
	at INTEGER NOT NULL,
	view_at INTEGER NOT NULL, -- by the edge's clock, which may be ahead of ours: what was confirmed
	redrawn INTEGER NOT NULL CHECK (redrawn IN (0, 1))
) STRICT;
CREATE INDEX view_confirmations_by_camera ON view_confirmations (camera_id);

-- The edge's counter as it last told it, and what that came to by local day (YYYY-MM-DD at the site).
ALTER TABLE lanes ADD COLUMN blind_ms INTEGER;
ALTER TABLE lanes ADD COLUMN watched_since INTEGER;
CREATE TABLE lane_blind_days (
	lane_id TEXT NOT NULL REFERENCES lanes (id),
	day TEXT NOT NULL,
	blind_ms INTEGER NOT NULL,
	PRIMARY KEY (lane_id, day)
) STRICT, WITHOUT ROWID;
