-- "Keep this": while a row holds, nothing of the alert is deleted. Rows stay.
CREATE TABLE legal_holds (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	alert_id TEXT NOT NULL REFERENCES alerts (id),
	said_by TEXT NOT NULL REFERENCES users (id),
	said_at INTEGER NOT NULL,
	reason TEXT NOT NULL,
	ended_by TEXT REFERENCES users (id),
	ended_at INTEGER,
	end_reason TEXT,
	CHECK ((ended_by IS NULL) = (ended_at IS NULL))
) STRICT;
CREATE UNIQUE INDEX legal_holds_that_hold ON legal_holds (alert_id) WHERE ended_at IS NULL;

-- When its photos, clips and plates were deleted.
ALTER TABLE alerts ADD COLUMN evidence_deleted_at INTEGER;
CREATE INDEX alerts_with_evidence ON alerts (cleared_at) WHERE evidence_deleted_at IS NULL;

-- Files whose rows are gone and that are being deleted: a kill in between leaves nothing behind.
CREATE TABLE files_to_delete (
	alert_id TEXT NOT NULL,
	evidence_id TEXT NOT NULL,
	PRIMARY KEY (alert_id, evidence_id)
) STRICT, WITHOUT ROWID;

-- What a transfer told of persons goes with its evidence, once; number, receiver, place and hashes stay.
ALTER TABLE transfers ADD COLUMN forgotten_at INTEGER;
DROP TRIGGER transfers_are_not_changed;
CREATE TRIGGER transfers_are_not_changed BEFORE UPDATE OF year, serial, number, alert_id, receiver, note, files,
	sums_sha256, made_by, made_at, ledger_seq ON transfers
BEGIN SELECT raise(ABORT, 'what was transferred is not changed'); END;
CREATE TRIGGER transfers_are_forgotten_once BEFORE UPDATE OF facts, forgotten_at ON transfers
WHEN OLD.forgotten_at IS NOT NULL OR NEW.forgotten_at IS NULL
BEGIN SELECT raise(ABORT, 'what was transferred is not changed'); END;
