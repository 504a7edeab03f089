-- Sessions that their owner sees and ends; each ends by itself at the earlier of two instants.
CREATE TABLE sessions_anew (
	token_hash TEXT PRIMARY KEY, -- sha256 of the cookie's opaque value: the database alone signs nobody in
	id TEXT NOT NULL UNIQUE, -- by which its owner names it
	user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
	created_at INTEGER NOT NULL,
	seen_at INTEGER NOT NULL, -- of its page, whoever sat before it; written once a minute
	idle_until INTEGER NOT NULL, -- put off by what happens: src/core/accounts/session-limits.ts
	expires_at INTEGER NOT NULL,
	is_screen INTEGER NOT NULL DEFAULT 0 CHECK (is_screen IN (0, 1)), -- it only shows
	address TEXT NOT NULL DEFAULT '', -- where its page was last
	agent TEXT NOT NULL DEFAULT '' -- what the browser says of itself
) STRICT;
INSERT INTO sessions_anew (token_hash, id, user_id, created_at, seen_at, idle_until, expires_at)
	SELECT token_hash, lower(hex(randomblob(16))), user_id, created_at, seen_at, seen_at + 43200000, expires_at FROM sessions;
DROP TABLE sessions;
ALTER TABLE sessions_anew RENAME TO sessions;
CREATE INDEX sessions_by_user ON sessions (user_id);

-- Browsers from which somebody has signed in before: guessing by others does not lock them out.
CREATE TABLE known_browsers (
	token_hash TEXT NOT NULL, -- sha256 of the cookie's opaque value
	user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
	seen_at INTEGER NOT NULL,
	PRIMARY KEY (token_hash, user_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX known_browsers_by_user ON known_browsers (user_id, seen_at);
