-- Second factors (TOTP, RFC 6238). Secrets are sealed with a key that is no part of the database: src/server/secrets.
CREATE TABLE user_factors (
	user_id TEXT PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
	secret TEXT NOT NULL, -- sealed
	since INTEGER NOT NULL,
	last_step INTEGER NOT NULL -- of the last code that was taken: none is taken twice, and none before it
) STRICT;

-- Shown, and not confirmed by a code yet: of the session that asked for it.
CREATE TABLE factor_drafts (
	user_id TEXT PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
	session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
	secret TEXT NOT NULL, -- sealed
	created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX factor_drafts_by_session ON factor_drafts (session_id);

CREATE TABLE recovery_codes (
	user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
	code_hash TEXT NOT NULL, -- sha256 of the user's id and a code of 74 random bits
	used_at INTEGER,
	PRIMARY KEY (user_id, code_hash)
) STRICT, WITHOUT ROWID;

-- Between the password and the code; minutes.
CREATE TABLE sign_in_tickets (
	token_hash TEXT PRIMARY KEY, -- sha256 of the cookie's opaque value
	user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
	created_at INTEGER NOT NULL,
	is_screen INTEGER NOT NULL CHECK (is_screen IN (0, 1)),
	tries INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX sign_in_tickets_by_user ON sign_in_tickets (user_id);
