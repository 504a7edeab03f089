-- Sites lie under streets, streets under districts; sectors go across. A lane's responsible party is its own, or its site's,
-- or its street's: there is always exactly one (`lane_parties`).
CREATE TABLE districts (
	id TEXT PRIMARY KEY,
	name TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE sectors (
	id TEXT PRIMARY KEY,
	name TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE parties (
	id TEXT PRIMARY KEY,
	kind TEXT NOT NULL CHECK (kind IN ('property_company', 'unit', 'street')),
	name TEXT NOT NULL UNIQUE,
	contacts TEXT NOT NULL DEFAULT '[]' -- JSON [{name, duty, phone}]
) STRICT;
CREATE TABLE streets (
	id TEXT PRIMARY KEY,
	district_id TEXT NOT NULL REFERENCES districts (id),
	name TEXT NOT NULL,
	party_id TEXT NOT NULL REFERENCES parties (id), -- the street itself, where a site has no other
	UNIQUE (district_id, name)
) STRICT;
CREATE TABLE sites (
	id TEXT PRIMARY KEY, -- as edges.site_id and lanes.site_id
	name TEXT NOT NULL,
	address TEXT NOT NULL DEFAULT '',
	street_id TEXT NOT NULL DEFAULT 'unassigned' REFERENCES streets (id),
	party_id TEXT REFERENCES parties (id)
) STRICT;
CREATE INDEX sites_by_street ON sites (street_id);
CREATE TABLE site_sectors (
	site_id TEXT NOT NULL REFERENCES sites (id) ON DELETE CASCADE,
	sector_id TEXT NOT NULL REFERENCES sectors (id) ON DELETE CASCADE,
	PRIMARY KEY (site_id, sector_id)
) STRICT, WITHOUT ROWID;

-- Where a site is until somebody says it. The page shows these by a word of its own language.
INSERT INTO districts (id, name) VALUES ('unassigned', 'unassigned');
INSERT INTO parties (id, kind, name) VALUES ('unassigned', 'street', 'unassigned');
INSERT INTO streets (id, district_id, name, party_id) VALUES ('unassigned', 'unassigned', 'unassigned', 'unassigned');

INSERT INTO sites (id, name) SELECT site_id, site_id FROM edges UNION SELECT site_id, site_id FROM lanes;
-- A site is there as soon as an edge or a lane is, whoever wrote its row.
CREATE TRIGGER edges_make_their_site AFTER INSERT ON edges
BEGIN INSERT INTO sites (id, name) VALUES (NEW.site_id, NEW.site_id) ON CONFLICT (id) DO NOTHING; END;
CREATE TRIGGER lanes_make_their_site AFTER INSERT ON lanes
BEGIN INSERT INTO sites (id, name) VALUES (NEW.site_id, NEW.site_id) ON CONFLICT (id) DO NOTHING; END;
CREATE TRIGGER edges_know_their_site AFTER UPDATE OF site_id ON edges
BEGIN INSERT INTO sites (id, name) VALUES (NEW.site_id, NEW.site_id) ON CONFLICT (id) DO NOTHING; END;
CREATE TRIGGER lanes_know_their_site AFTER UPDATE OF site_id ON lanes
BEGIN INSERT INTO sites (id, name) VALUES (NEW.site_id, NEW.site_id) ON CONFLICT (id) DO NOTHING; END;

ALTER TABLE lanes ADD COLUMN party_id TEXT REFERENCES parties (id);
CREATE VIEW lane_parties AS
	SELECT l.id AS lane_id, coalesce(l.party_id, s.party_id, r.party_id) AS party_id
	FROM lanes l JOIN sites s ON s.id = l.site_id JOIN streets r ON r.id = s.street_id;

-- Today's operators are duty officers, today's supervisors property managers.
CREATE TABLE users_anew (
	id TEXT PRIMARY KEY,
	name TEXT NOT NULL UNIQUE COLLATE NOCASE,
	role TEXT NOT NULL CHECK (role IN ('duty_officer', 'guard', 'property_manager', 'unit_head', 'street_officer',
		'traffic_police', 'police_station', 'fire_station', 'fire_supervisor', 'task_force', 'auditor', 'admin')),
	password_hash TEXT NOT NULL, -- argon2id, PHC string
	created_at INTEGER NOT NULL,
	disabled_at INTEGER,
	receiver_id TEXT REFERENCES receivers (id) -- the authority that a person works for
) STRICT;
INSERT INTO users_anew (id, name, role, password_hash, created_at, disabled_at)
	SELECT id, name, CASE role WHEN 'operator' THEN 'duty_officer' WHEN 'supervisor' THEN 'property_manager' ELSE role END,
		password_hash, created_at, disabled_at FROM users;
DROP TABLE users;
ALTER TABLE users_anew RENAME TO users;

-- Where a person's rights hold: src/core/roles/scope.ts. `subject` is empty for 'all'.
CREATE TABLE user_scopes (
	user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
	kind TEXT NOT NULL CHECK (kind IN ('all', 'district', 'street', 'sector', 'site')),
	subject TEXT NOT NULL,
	PRIMARY KEY (user_id, kind, subject),
	CHECK ((kind = 'all') = (subject = ''))
) STRICT, WITHOUT ROWID;
INSERT INTO user_scopes (user_id, kind, subject) SELECT id, 'all', '' FROM users;
