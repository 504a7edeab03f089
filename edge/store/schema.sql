-- The edge's database. Instants are Unix milliseconds. The outbox makes its own table (edge/publish/outbox.ts).

-- The rules' state of each camera, so that a restart goes on with the same occupancies.
CREATE TABLE IF NOT EXISTS camera_states (
	camera_id TEXT PRIMARY KEY,
	state TEXT NOT NULL, -- serializeCameraState
	saved_at INTEGER NOT NULL
) STRICT;

-- What each camera's empty lanes look like: large and slow, hence apart from the state and written now and then.
CREATE TABLE IF NOT EXISTS camera_layers (
	camera_id TEXT PRIMARY KEY,
	layers BLOB NOT NULL, -- serializeLayers, deflated
	saved_at INTEGER NOT NULL
) STRICT;

-- States that could not be read, for whoever wants to know why.
CREATE TABLE IF NOT EXISTS camera_states_aside (
	camera_id TEXT NOT NULL,
	state TEXT NOT NULL,
	why TEXT NOT NULL,
	put_aside_at INTEGER NOT NULL
) STRICT;

-- A still of each entry that may yet become an alert. Its file lies whole on disk before the row is written.
CREATE TABLE IF NOT EXISTS entry_stills (
	zone_id TEXT PRIMARY KEY,
	camera_id TEXT NOT NULL,
	captured_at INTEGER NOT NULL,
	file TEXT NOT NULL, -- name below the evidence folder
	bytes INTEGER NOT NULL,
	sha256 TEXT NOT NULL
) STRICT;

-- What is to be made and to be sent. Invariant: a row 'held' or 'to_upload' has its whole, fsynced file with these bytes
-- and this sha256; a file without a row (of this table or entry_stills) is garbage. A row goes when its evidence is at the
-- server. What is made before its alert is raised is held, and dropped where that never comes.
CREATE TABLE IF NOT EXISTS evidence_jobs (
	id TEXT PRIMARY KEY, -- <alert id>.<kind>: a repeated step names the same evidence
	alert_id TEXT NOT NULL,
	camera_id TEXT NOT NULL,
	kind TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('to_cut', 'to_take', 'held', 'to_upload')),
	raised INTEGER NOT NULL DEFAULT 1 CHECK (raised IN (0, 1)), -- 0: its alert may yet never come
	take TEXT CHECK (take IN ('first', 'last')), -- photos: which picture of that time
	from_at INTEGER, -- clips: what is to be cut; photos: when it may be from
	to_at INTEGER,
	captured_at INTEGER NOT NULL,
	duration_ms INTEGER, -- of clips
	width_px INTEGER, -- of photos
	height_px INTEGER,
	file TEXT,
	bytes INTEGER,
	sha256 TEXT,
	upload_url TEXT, -- of a tus upload that was begun
	created_at INTEGER NOT NULL,
	CHECK (state IN ('to_cut', 'to_take') OR (file IS NOT NULL AND bytes IS NOT NULL AND sha256 IS NOT NULL))
) STRICT;

-- What an occupancy is to have of evidence, and what became of each piece (edge/evidence/evidence-set.ts); from its entry
-- until all of it was made and sent, or given up, and the server knows.
CREATE TABLE IF NOT EXISTS evidence_sets (
	alert_id TEXT PRIMARY KEY,
	camera_id TEXT NOT NULL,
	zone_id TEXT NOT NULL,
	raised INTEGER NOT NULL CHECK (raised IN (0, 1)),
	revision INTEGER NOT NULL,
	told_revision INTEGER NOT NULL DEFAULT 0, -- the latest that the server has taken
	body TEXT NOT NULL -- JSON
) STRICT;

-- Vehicles that stood in a lane and raised nothing, by their plates; until they have left and the server knows.
CREATE TABLE IF NOT EXISTS exempt_stays (
	id TEXT PRIMARY KEY,
	camera_id TEXT NOT NULL,
	told_revision INTEGER NOT NULL DEFAULT 0, -- the latest that the server has taken
	body TEXT NOT NULL -- JSON, exemptStayBody
) STRICT;

-- What the steady clock goes by (clock/kept-clock.ts); no row after a stop in order.
CREATE TABLE IF NOT EXISTS clock_mark (
	only INTEGER PRIMARY KEY CHECK (only = 1),
	boot_id TEXT NOT NULL, -- of the machine's run: its monotonic clock begins anew with the next
	wall REAL NOT NULL, -- Unix ms, beside
	monotonic REAL NOT NULL, -- ms
	ahead_ms INTEGER NOT NULL
) STRICT;

-- The last configuration that the server gave, so that the edge works without it. Carries camera passwords:
-- sealed with the key of edge-key.ts.
CREATE TABLE IF NOT EXISTS known_config (
	only INTEGER PRIMARY KEY CHECK (only = 1),
	body TEXT NOT NULL, -- edgeConfigAnswer, JSON, sealed
	saved_at INTEGER NOT NULL
) STRICT;

-- What manifests say of an alert beside its files; from the transaction of its raise on, until nothing of it waits.
CREATE TABLE IF NOT EXISTS alert_facts (
	alert_id TEXT PRIMARY KEY,
	camera_id TEXT NOT NULL,
	zone_id TEXT NOT NULL,
	lane_id TEXT NOT NULL,
	entered_at INTEGER NOT NULL,
	raised_at INTEGER NOT NULL,
	cleared_at INTEGER,
	policy TEXT NOT NULL, -- JSON: what held for the zone when it was raised
	law_basis TEXT
) STRICT;

-- Chains of manifests. The last one goes on; another is begun with another key, or in a database that was begun afresh.
CREATE TABLE IF NOT EXISTS seal_chains (
	position INTEGER PRIMARY KEY AUTOINCREMENT,
	id TEXT NOT NULL UNIQUE,
	key_id TEXT NOT NULL,
	begun_at INTEGER NOT NULL
) STRICT;

-- Manifests, in the order of their chain. Invariant: a row's whole, fsynced file lies in the evidence folder until the
-- server has it or has refused it for good; sequences have no gap.
CREATE TABLE IF NOT EXISTS seals (
	chain_id TEXT NOT NULL REFERENCES seal_chains (id),
	sequence INTEGER NOT NULL CHECK (sequence > 0),
	alert_id TEXT NOT NULL,
	file TEXT NOT NULL,
	sha256 TEXT NOT NULL, -- of the manifest
	signature BLOB NOT NULL,
	sealed_at INTEGER NOT NULL,
	settled_at INTEGER, -- the server has it, or refuses it for good
	refused TEXT, -- the server's word for why
	PRIMARY KEY (chain_id, sequence)
) STRICT;

CREATE TABLE IF NOT EXISTS sealed_evidence (
	evidence_id TEXT PRIMARY KEY,
	chain_id TEXT NOT NULL,
	sequence INTEGER NOT NULL,
	FOREIGN KEY (chain_id, sequence) REFERENCES seals (chain_id, sequence)
) STRICT;
