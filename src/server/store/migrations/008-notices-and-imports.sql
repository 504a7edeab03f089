-- Notices to drivers, and what became of each.
CREATE TABLE notices (
	id TEXT PRIMARY KEY,
	alert_id TEXT NOT NULL REFERENCES alerts (id),
	channel TEXT NOT NULL, -- its name in the configuration
	text TEXT NOT NULL,
	phone TEXT, -- until it is settled
	phone_shown TEXT, -- in part
	sent_by TEXT NOT NULL REFERENCES users (id),
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
CREATE INDEX notices_by_alert ON notices (alert_id, at);
CREATE INDEX notices_due ON notices (next_at) WHERE state = 'queued';

-- An edge of another Keepclear, whose evidence came in a package: since when it is here. It never connects.
ALTER TABLE edges ADD COLUMN imported_at INTEGER;
