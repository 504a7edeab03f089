-- A supervisor approves what a duty officer confirmed. SQLite cannot change a CHECK: the table is built anew
-- (open-store.ts has foreign keys off while migrations run, and looks at them all before the commit).
CREATE TABLE users_anew (
	id TEXT PRIMARY KEY,
	name TEXT NOT NULL UNIQUE COLLATE NOCASE,
	role TEXT NOT NULL CHECK (role IN ('admin', 'supervisor', 'operator')),
	password_hash TEXT NOT NULL, -- argon2id, PHC string
	created_at INTEGER NOT NULL,
	disabled_at INTEGER
) STRICT;
INSERT INTO users_anew (id, name, role, password_hash, created_at, disabled_at)
	SELECT id, name, role, password_hash, created_at, disabled_at FROM users;
DROP TABLE users;
ALTER TABLE users_anew RENAME TO users;

-- The two steps of a review. Rows stay; one that was taken back no longer holds.
CREATE TABLE review_steps (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	alert_id TEXT NOT NULL REFERENCES alerts (id),
	step TEXT NOT NULL CHECK (step IN ('confirmation', 'approval')),
	verdict TEXT NOT NULL CHECK (verdict IN ('true', 'false_alarm', 'rejected')),
	reason TEXT,
	note TEXT,
	plate TEXT, -- JSON {text, plateClass, colour}
	said_by TEXT NOT NULL REFERENCES users (id),
	said_at INTEGER NOT NULL,
	ledger_seq INTEGER NOT NULL REFERENCES ledger (seq),
	taken_back_by TEXT REFERENCES users (id),
	taken_back_at INTEGER,
	CHECK ((verdict = 'rejected') = (reason IS NOT NULL)),
	CHECK ((taken_back_by IS NULL) = (taken_back_at IS NULL))
) STRICT;
CREATE UNIQUE INDEX review_steps_that_hold ON review_steps (alert_id, step) WHERE taken_back_at IS NULL;
CREATE INDEX review_steps_by_alert ON review_steps (alert_id, id);

-- A row exists only once its file lies whole and fsynced under markings/<id>. Of a lane one of each kind holds.
CREATE TABLE marking_photos (
	id TEXT PRIMARY KEY,
	lane_id TEXT NOT NULL REFERENCES lanes (id),
	kind TEXT NOT NULL CHECK (kind IN ('marking', 'sign')),
	content_type TEXT NOT NULL,
	bytes INTEGER NOT NULL,
	width_px INTEGER NOT NULL,
	height_px INTEGER NOT NULL,
	sha256 TEXT NOT NULL,
	taken_at INTEGER,
	stored_by TEXT NOT NULL REFERENCES users (id),
	stored_at INTEGER NOT NULL,
	ledger_seq INTEGER NOT NULL REFERENCES ledger (seq),
	removed_by TEXT REFERENCES users (id), -- its file is gone
	removed_at INTEGER
) STRICT;
CREATE UNIQUE INDEX marking_photos_that_hold ON marking_photos (lane_id, kind) WHERE removed_at IS NULL;

-- Authorities that clues are handed to. Rows stay, for the transfers.
CREATE TABLE receivers (
	id TEXT PRIMARY KEY,
	name TEXT NOT NULL,
	kind TEXT NOT NULL CHECK (kind IN ('traffic_police', 'fire_rescue')),
	contact TEXT NOT NULL,
	added_by TEXT NOT NULL REFERENCES users (id),
	added_at INTEGER NOT NULL,
	removed_at INTEGER
) STRICT;

-- Numbered by year without gaps: the number is given in the transaction of the row, and no row ever goes.
CREATE TABLE transfers (
	year INTEGER NOT NULL,
	serial INTEGER NOT NULL CHECK (serial > 0),
	number TEXT NOT NULL UNIQUE,
	alert_id TEXT NOT NULL REFERENCES alerts (id),
	receiver TEXT NOT NULL, -- JSON, as it was called then
	note TEXT,
	facts TEXT NOT NULL, -- JSON, src/server/transfers/transfer-facts.ts
	files TEXT NOT NULL, -- JSON [{name, bytes, sha256}]: the package as it was frozen
	sums_sha256 TEXT NOT NULL,
	made_by TEXT NOT NULL REFERENCES users (id),
	made_at INTEGER NOT NULL,
	ledger_seq INTEGER NOT NULL REFERENCES ledger (seq),
	state TEXT NOT NULL DEFAULT 'sent', -- by its entries: src/core/transfer/transfer-state.ts
	PRIMARY KEY (year, serial)
) STRICT, WITHOUT ROWID;
CREATE INDEX transfers_by_alert ON transfers (alert_id);
CREATE INDEX transfers_by_time ON transfers (made_at);
CREATE TRIGGER transfers_have_no_gaps BEFORE INSERT ON transfers
WHEN NEW.serial <> (SELECT coalesce(max(serial), 0) + 1 FROM transfers WHERE year = NEW.year)
BEGIN SELECT raise(ABORT, 'transfers are numbered one after another'); END;
CREATE TRIGGER transfers_are_not_changed BEFORE UPDATE OF year, serial, number, alert_id, receiver, note, facts, files,
	sums_sha256, made_by, made_at, ledger_seq ON transfers
BEGIN SELECT raise(ABORT, 'what was transferred is not changed'); END;
CREATE TRIGGER transfers_are_not_deleted BEFORE DELETE ON transfers
BEGIN SELECT raise(ABORT, 'no transfer is deleted'); END;

-- What the receiver let us know. Only added to; a row that was wrong is corrected by another one.
CREATE TABLE transfer_entries (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	number TEXT NOT NULL REFERENCES transfers (number),
	kind TEXT NOT NULL,
	on_day TEXT NOT NULL, -- YYYY-MM-DD at the site
	person TEXT,
	reference TEXT,
	reason TEXT,
	note TEXT,
	corrects INTEGER UNIQUE REFERENCES transfer_entries (id),
	said_by TEXT NOT NULL REFERENCES users (id),
	said_at INTEGER NOT NULL,
	ledger_seq INTEGER NOT NULL REFERENCES ledger (seq)
) STRICT;
CREATE INDEX transfer_entries_by_number ON transfer_entries (number, id);
CREATE TRIGGER transfer_entries_are_not_changed BEFORE UPDATE ON transfer_entries
BEGIN SELECT raise(ABORT, 'an entry is not changed but corrected by another'); END;
CREATE TRIGGER transfer_entries_are_not_deleted BEFORE DELETE ON transfer_entries
BEGIN SELECT raise(ABORT, 'an entry is not deleted but corrected by another'); END;
