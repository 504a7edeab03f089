-- One-time codes by which edges get their credentials. The code is not here: of the two keys that are made of it, the public
-- one, and, sealed, the one with which the answer is proved.
CREATE TABLE enrolment_codes (
	edge_id TEXT PRIMARY KEY REFERENCES edges (id) ON DELETE CASCADE, -- another code takes its place
	public_key TEXT NOT NULL UNIQUE,
	server_key TEXT NOT NULL,
	made_at INTEGER NOT NULL,
	expires_at INTEGER NOT NULL,
	failures INTEGER NOT NULL DEFAULT 0, -- requests that named it and were not signed with it
	used_at INTEGER,
	used_token_hash TEXT -- the edge that used it may ask again for some minutes
) STRICT;
ALTER TABLE edges ADD COLUMN enrolled_at INTEGER; -- when it last got credentials by a code
CREATE INDEX edges_by_token ON edges (token_hash);
