-- A lane that shows the same place as another one, seen by another camera. Alerts of one place that overlap are one case.
ALTER TABLE lanes ADD COLUMN same_as TEXT REFERENCES lanes (id);
CREATE INDEX lanes_by_place ON lanes (same_as) WHERE same_as IS NOT NULL;
CREATE INDEX alerts_by_lane ON alerts (lane_id, entered_at);

-- What people did about an alert, and what the server added by what the camera told. Only added to: where a case stands
-- follows from the rows (src/core/handling), what was wrong is taken back by another row.
CREATE TABLE handling_entries (
	position INTEGER PRIMARY KEY AUTOINCREMENT,
	alert_id TEXT NOT NULL REFERENCES alerts (id),
	kind TEXT NOT NULL,
	said_by TEXT REFERENCES users (id), -- null: the server
	at INTEGER NOT NULL,
	made_id TEXT UNIQUE, -- of whoever sends it again after a lost answer: it is taken once
	happened_at INTEGER, -- where it was told later
	clock_off_ms INTEGER, -- what the sender's clock was ahead of ours
	reason TEXT,
	note TEXT,
	to_user TEXT REFERENCES users (id), -- of 'dispatched'
	to_name TEXT,
	level TEXT, -- of 'escalated'
	detail TEXT, -- JSON
	undoes INTEGER UNIQUE REFERENCES handling_entries (position),
	CHECK ((kind = 'taken_back') = (undoes IS NOT NULL)),
	CHECK ((kind = 'escalated') = (level IS NOT NULL))
) STRICT;
CREATE INDEX handling_entries_by_alert ON handling_entries (alert_id, position);
CREATE INDEX handling_dispatches ON handling_entries (to_user, position) WHERE kind = 'dispatched';

-- What was said before there was handling.
INSERT INTO handling_entries (alert_id, kind, said_by, at)
	SELECT id, kind, said_by, at FROM (
		SELECT id, 'acknowledged' AS kind, acknowledged_by AS said_by, acknowledged_at AS at, 1 AS rank FROM alerts
			WHERE acknowledged_at IS NOT NULL
		UNION ALL SELECT id, 'reported_cleared', reported_cleared_by, reported_cleared_at, 2 FROM alerts
			WHERE reported_cleared_at IS NOT NULL
		UNION ALL SELECT id, 'false_alarm', false_alarm_by, false_alarm_at, 3 FROM alerts WHERE false_alarm_at IS NOT NULL
	) ORDER BY at, rank;
-- Nobody could close an alert: those that were over by then are.
INSERT INTO handling_entries (alert_id, kind, at, detail)
	SELECT id, 'closed', cleared_at, '{"why":"before_handling"}' FROM alerts
	WHERE cleared_at IS NOT NULL AND raised_at IS NOT NULL AND false_alarm_at IS NULL ORDER BY cleared_at;
ALTER TABLE alerts DROP COLUMN acknowledged_by;
ALTER TABLE alerts DROP COLUMN acknowledged_at;
ALTER TABLE alerts DROP COLUMN false_alarm_by;
ALTER TABLE alerts DROP COLUMN false_alarm_at;
ALTER TABLE alerts DROP COLUMN reported_cleared_by;
ALTER TABLE alerts DROP COLUMN reported_cleared_at;

CREATE TRIGGER handling_entries_are_not_changed BEFORE UPDATE ON handling_entries
BEGIN SELECT raise(ABORT, 'what was done is not changed but taken back'); END;
CREATE TRIGGER handling_entries_are_not_deleted BEFORE DELETE ON handling_entries
BEGIN SELECT raise(ABORT, 'what was done is not deleted but taken back'); END;

-- A row exists only once its file lies whole and fsynced under handling-photos/<id>.
CREATE TABLE handling_photos (
	id TEXT PRIMARY KEY, -- made by the phone: sent twice it is one
	alert_id TEXT NOT NULL REFERENCES alerts (id),
	position INTEGER NOT NULL UNIQUE REFERENCES handling_entries (position),
	moment TEXT NOT NULL CHECK (moment IN ('before', 'after')),
	bytes INTEGER NOT NULL,
	width_px INTEGER NOT NULL,
	height_px INTEGER NOT NULL,
	sha256 TEXT NOT NULL,
	taken_at INTEGER, -- by the phone's clock, as it wrote it into the picture
	deleted_at INTEGER
) STRICT;
CREATE INDEX handling_photos_by_alert ON handling_photos (alert_id);

-- Within what time; a site without a row has those of the configuration file.
CREATE TABLE handling_targets (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	site_id TEXT NOT NULL,
	body TEXT NOT NULL, -- JSON, src/contract/handling-targets-api.ts; the last row of a site holds
	said_by TEXT NOT NULL REFERENCES users (id),
	at INTEGER NOT NULL
) STRICT;
CREATE INDEX handling_targets_by_site ON handling_targets (site_id, id);

-- One shift to the next. Rows stay; `items` is what was open when it was taken over.
CREATE TABLE shift_handovers (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	given_by TEXT NOT NULL REFERENCES users (id),
	given_at INTEGER NOT NULL,
	note TEXT,
	taken_by TEXT REFERENCES users (id),
	taken_at INTEGER,
	withdrawn_at INTEGER,
	items TEXT NOT NULL, -- JSON [{alertId, laneName, state, since}]
	sites TEXT NOT NULL DEFAULT 'null', -- JSON [id, …] that the giver was on duty for, or null: every one
	CHECK ((taken_by IS NULL) = (taken_at IS NULL)),
	CHECK (taken_by IS NULL OR taken_by <> given_by),
	CHECK (taken_by IS NULL OR withdrawn_at IS NULL)
) STRICT;
CREATE UNIQUE INDEX shift_handovers_waiting ON shift_handovers (sites) WHERE taken_at IS NULL AND withdrawn_at IS NULL;

-- The server tells of escalations by the same channels: such a notice has no person.
CREATE TABLE notices_anew (
	id TEXT PRIMARY KEY,
	alert_id TEXT NOT NULL REFERENCES alerts (id),
	channel TEXT NOT NULL, -- its name in the configuration
	text TEXT NOT NULL,
	phone TEXT, -- until it is settled
	phone_shown TEXT, -- in part
	sent_by TEXT REFERENCES users (id), -- null: the server
	at INTEGER NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('queued', 'sent', 'failed')),
	attempts INTEGER NOT NULL,
	next_at INTEGER, -- of the next attempt, while it is queued
	settled_at INTEGER,
	why TEXT, -- what the last attempt met with
	CHECK ((state = 'queued') = (next_at IS NOT NULL)),
	CHECK ((state = 'queued') = (settled_at IS NULL)),
	CHECK (state = 'queued' OR phone IS NULL)
) STRICT;
INSERT INTO notices_anew SELECT id, alert_id, channel, text, phone, phone_shown, sent_by, at, state, attempts, next_at,
	settled_at, why FROM notices;
DROP TABLE notices;
ALTER TABLE notices_anew RENAME TO notices;
CREATE INDEX notices_by_alert ON notices (alert_id, at);
CREATE INDEX notices_due ON notices (next_at) WHERE state = 'queued';
