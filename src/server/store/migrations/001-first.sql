-- Instants are Unix milliseconds. Ids are made by programs or checked against src/contract/ids.ts.

CREATE TABLE users (
	id TEXT PRIMARY KEY,
	name TEXT NOT NULL UNIQUE COLLATE NOCASE,
	role TEXT NOT NULL CHECK (role IN ('admin', 'operator')),
	password_hash TEXT NOT NULL, -- argon2id, PHC string
	created_at INTEGER NOT NULL,
	disabled_at INTEGER
) STRICT;

CREATE TABLE sessions (
	token_hash TEXT PRIMARY KEY, -- sha256 of the cookie's opaque value: the database alone signs nobody in
	user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
	csrf_token TEXT NOT NULL,
	created_at INTEGER NOT NULL,
	seen_at INTEGER NOT NULL,
	expires_at INTEGER NOT NULL
) STRICT;

-- Throttling survives a restart: who guesses passwords gains nothing by crashing us.
CREATE TABLE sign_in_failures (
	subject TEXT NOT NULL, -- 'name:<lower-case name>' or 'address:<ip>'
	at INTEGER NOT NULL
) STRICT;
CREATE INDEX sign_in_failures_by_subject ON sign_in_failures (subject, at);

CREATE TABLE edges (
	id TEXT PRIMARY KEY,
	site_id TEXT NOT NULL,
	name TEXT NOT NULL,
	token_hash TEXT NOT NULL, -- sha256 of a 256-bit random token
	created_at INTEGER NOT NULL,
	revoked_at INTEGER,
	state TEXT NOT NULL DEFAULT 'never_seen' CHECK (state IN ('never_seen', 'online', 'offline')),
	state_since INTEGER,
	state_at INTEGER, -- `at` of the status message last applied
	config_revision INTEGER NOT NULL DEFAULT 1, -- grows with every change of the edge's cameras, zones or policy
	applied_revision INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE cameras (
	id TEXT PRIMARY KEY,
	edge_id TEXT NOT NULL REFERENCES edges (id),
	name TEXT NOT NULL,
	url TEXT NOT NULL, -- with password: never leaves the server except to the camera's own edge
	transport TEXT NOT NULL CHECK (transport IN ('tcp', 'udp')),
	sample_every_ms INTEGER NOT NULL,
	created_at INTEGER NOT NULL,
	removed_at INTEGER, -- alerts and evidence still point here
	health TEXT, -- cameraHealth message last applied, JSON
	health_at INTEGER,
	picture_at INTEGER -- of the last picture; its bytes are a file
) STRICT;

CREATE TABLE lanes (
	id TEXT PRIMARY KEY,
	site_id TEXT NOT NULL,
	name TEXT NOT NULL,
	kind TEXT NOT NULL,
	removed_at INTEGER,
	state TEXT NOT NULL DEFAULT 'unknown' CHECK (state IN ('clear', 'pending', 'occupied', 'clearing', 'unknown')),
	reason TEXT,
	since INTEGER,
	state_at INTEGER, -- `at` of the laneState message last applied; an older one is left aside
	open_alert_id TEXT
) STRICT;

-- A zone is a polygon in one camera's picture. One that is not of kind 'ignore' stands for the lane of the same id.
CREATE TABLE zones (
	id TEXT PRIMARY KEY,
	camera_id TEXT NOT NULL REFERENCES cameras (id),
	lane_id TEXT REFERENCES lanes (id),
	name TEXT NOT NULL,
	kind TEXT NOT NULL,
	polygon TEXT NOT NULL, -- JSON [[x, y], …], 0..1
	policy TEXT, -- JSON, only the keys that differ from the site's
	position INTEGER NOT NULL -- order on the page
) STRICT;
CREATE INDEX zones_by_camera ON zones (camera_id);
CREATE INDEX zones_by_lane ON zones (lane_id);

-- One row an occupancy. 'cleared' may arrive before 'raised': then the columns of the raise are still null.
CREATE TABLE alerts (
	id TEXT PRIMARY KEY,
	edge_id TEXT NOT NULL REFERENCES edges (id),
	lane_id TEXT NOT NULL,
	camera_id TEXT NOT NULL,
	entered_at INTEGER,
	raised_at INTEGER,
	cause TEXT,
	label TEXT,
	confidence REAL,
	box TEXT, -- JSON [x1, y1, x2, y2]
	cleared_at INTEGER,
	cleared_by TEXT,
	received_at INTEGER NOT NULL,
	acknowledged_by TEXT REFERENCES users (id),
	acknowledged_at INTEGER,
	false_alarm_by TEXT REFERENCES users (id),
	false_alarm_at INTEGER,
	reported_cleared_by TEXT REFERENCES users (id),
	reported_cleared_at INTEGER
) STRICT;
CREATE INDEX alerts_by_raised ON alerts (raised_at);
CREATE INDEX alerts_open ON alerts (lane_id) WHERE cleared_at IS NULL;

-- Every message applied, so that twice is once. Bounded: rows older than the longest outbox age may go.
CREATE TABLE applied_messages (
	edge_id TEXT NOT NULL,
	id TEXT NOT NULL,
	applied_at INTEGER NOT NULL,
	PRIMARY KEY (edge_id, id)
) STRICT, WITHOUT ROWID;

-- A row exists only once its file lies whole and fsynced under evidence/<alert id>/<id>. The alert itself may still be
-- on its way, hence no foreign key.
CREATE TABLE evidence (
	id TEXT PRIMARY KEY,
	alert_id TEXT NOT NULL,
	edge_id TEXT NOT NULL REFERENCES edges (id),
	kind TEXT NOT NULL,
	captured_at INTEGER NOT NULL,
	duration_ms INTEGER,
	content_type TEXT NOT NULL,
	bytes INTEGER NOT NULL,
	sha256 TEXT NOT NULL,
	stored_at INTEGER NOT NULL
) STRICT;
CREATE INDEX evidence_by_alert ON evidence (alert_id);

-- "Connect and show me a picture": jobs for an edge. Short-lived, with secrets, hence deleted after minutes.
CREATE TABLE jobs (
	id TEXT PRIMARY KEY,
	edge_id TEXT NOT NULL REFERENCES edges (id),
	kind TEXT NOT NULL CHECK (kind IN ('probe')),
	request TEXT NOT NULL, -- JSON
	result TEXT, -- JSON
	created_at INTEGER NOT NULL,
	fetched_at INTEGER,
	done_at INTEGER
) STRICT;

-- What changed, in order, for server-sent events: only names; whoever reads it loads the newest value.
CREATE TABLE feed (
	position INTEGER PRIMARY KEY AUTOINCREMENT,
	kind TEXT NOT NULL CHECK (kind IN ('lane', 'alert', 'camera', 'edge', 'removed')),
	subject TEXT NOT NULL, -- its id; for 'removed': 'lane:<id>' or 'camera:<id>'
	at INTEGER NOT NULL
) STRICT;

CREATE TABLE settings (
	key TEXT PRIMARY KEY,
	value TEXT NOT NULL -- JSON
) STRICT;
