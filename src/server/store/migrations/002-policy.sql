-- A zone's hours of the day and armed hours: JSON as in the contract, null where it sets none.
ALTER TABLE zones ADD COLUMN hours TEXT;
ALTER TABLE zones ADD COLUMN armed TEXT;

-- Who changed which policy, and from what to what. Rows stay; a zone may be gone by now.
CREATE TABLE policy_changes (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	at INTEGER NOT NULL,
	by_user TEXT NOT NULL REFERENCES users (id),
	scope TEXT NOT NULL CHECK (scope IN ('site', 'zone')),
	zone_id TEXT,
	zone_name TEXT, -- as it was called then
	before TEXT NOT NULL, -- JSON, only the keys that were set
	after TEXT NOT NULL
) STRICT;
CREATE INDEX policy_changes_by_zone ON policy_changes (zone_id);

-- A vehicle may stand in a lane for a time. Rows stay, for they say why no alert was raised.
CREATE TABLE permits (
	id TEXT PRIMARY KEY,
	lane_id TEXT NOT NULL REFERENCES lanes (id),
	plate TEXT, -- null: every vehicle
	from_at INTEGER NOT NULL,
	until_at INTEGER NOT NULL,
	reason TEXT NOT NULL,
	given_by TEXT NOT NULL REFERENCES users (id),
	given_at INTEGER NOT NULL,
	ended_by TEXT REFERENCES users (id),
	ended_at INTEGER
) STRICT;
CREATE INDEX permits_by_lane ON permits (lane_id, until_at);

-- Goods that lay for so long that they are a fixed obstacle: since when that is known.
ALTER TABLE alerts ADD COLUMN fixed_at INTEGER;
