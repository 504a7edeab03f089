-- What a fire station must know of a site and no camera sees. Each change is a version; the newest holds.
CREATE TABLE site_cards (
	site_id TEXT NOT NULL REFERENCES sites (id),
	revision INTEGER NOT NULL, -- 1, 2, …
	card TEXT NOT NULL, -- JSON: siteCard of src/contract/site-cards-api.ts
	changed_by TEXT NOT NULL REFERENCES users (id),
	changed_at INTEGER NOT NULL,
	PRIMARY KEY (site_id, revision)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER site_cards_are_not_changed BEFORE UPDATE ON site_cards
BEGIN SELECT raise(ABORT, 'a card gets another version'); END;
CREATE TRIGGER site_cards_are_not_deleted BEFORE DELETE ON site_cards
BEGIN SELECT raise(ABORT, 'a card gets another version'); END;

-- What a drill found (61号令, article 43). Only added to: what was wrong is corrected by another record.
CREATE TABLE drills (
	position INTEGER PRIMARY KEY AUTOINCREMENT,
	id TEXT NOT NULL UNIQUE, -- made by the tablet: sent twice it is one
	site_id TEXT NOT NULL REFERENCES sites (id),
	station TEXT NOT NULL,
	started_at INTEGER NOT NULL,
	record TEXT NOT NULL, -- JSON: drillRecord of src/contract/drills-api.ts
	written_by TEXT NOT NULL REFERENCES users (id),
	written_at INTEGER NOT NULL,
	corrects TEXT UNIQUE REFERENCES drills (id)
) STRICT;
CREATE INDEX drills_by_site ON drills (site_id, position);
CREATE TRIGGER drills_are_not_changed BEFORE UPDATE ON drills
BEGIN SELECT raise(ABORT, 'a drill record is corrected by another'); END;
CREATE TRIGGER drills_are_not_deleted BEFORE DELETE ON drills
BEGIN SELECT raise(ABORT, 'a drill record is corrected by another'); END;

-- A row exists only once its file lies whole and fsynced under drill-photos/<id>. One that no record names goes after a month.
CREATE TABLE drill_photos (
	id TEXT PRIMARY KEY, -- made by the tablet
	site_id TEXT NOT NULL REFERENCES sites (id),
	bytes INTEGER NOT NULL,
	width_px INTEGER NOT NULL,
	height_px INTEGER NOT NULL,
	sha256 TEXT NOT NULL,
	taken_at INTEGER, -- by the tablet's clock, as it wrote it into the picture
	stored_by TEXT NOT NULL REFERENCES users (id),
	stored_at INTEGER NOT NULL
) STRICT;
CREATE INDEX drill_photos_by_site ON drill_photos (site_id);
