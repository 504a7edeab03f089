-- Who did what with evidence, and why. Rows are only added; each holds the hash of the one before it, so that a change
-- made past these triggers is noticed too (`keepclear check`).
CREATE TABLE ledger (
	seq INTEGER PRIMARY KEY,
	at INTEGER NOT NULL,
	who_kind TEXT NOT NULL CHECK (who_kind IN ('user', 'edge', 'system')),
	who TEXT NOT NULL,
	what TEXT NOT NULL, -- a word of src/contract/ledger.ts
	on_kind TEXT NOT NULL,
	on_id TEXT NOT NULL,
	alert_id TEXT, -- the alert that it belongs to
	why TEXT,
	detail TEXT NOT NULL, -- canonical JSON
	previous TEXT NOT NULL,
	hash TEXT NOT NULL -- src/core/evidence/ledger-chain.ts
) STRICT;
CREATE INDEX ledger_by_alert ON ledger (alert_id, seq);
CREATE INDEX ledger_by_subject ON ledger (on_kind, on_id, what, at);

-- Also what INSERT OR REPLACE would do is refused: it would take the place of a row without telling the other triggers.
CREATE TRIGGER ledger_only_grows BEFORE INSERT ON ledger
WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM ledger)
BEGIN SELECT raise(ABORT, 'the ledger only grows, by one row after the last'); END;
CREATE TRIGGER ledger_is_not_changed BEFORE UPDATE ON ledger
BEGIN SELECT raise(ABORT, 'the ledger is not changed'); END;
CREATE TRIGGER ledger_is_not_deleted BEFORE DELETE ON ledger
BEGIN SELECT raise(ABORT, 'nothing is deleted from the ledger'); END;

-- Null for evidence from before there was a ledger.
ALTER TABLE evidence ADD COLUMN ledger_seq INTEGER REFERENCES ledger (seq);

-- Public keys of edges; old ones stay, for what they signed. One of each edge is in use.
CREATE TABLE edge_keys (
	edge_id TEXT NOT NULL REFERENCES edges (id),
	id TEXT NOT NULL, -- sha256 of the key (DER, SPKI)
	public_key TEXT NOT NULL, -- PEM
	registered_at INTEGER NOT NULL,
	retired_at INTEGER,
	PRIMARY KEY (edge_id, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX edge_keys_in_use ON edge_keys (edge_id) WHERE retired_at IS NULL;

-- An administrator's word that an edge may come with another key; it is used up by the next one.
CREATE TABLE key_replacements (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	edge_id TEXT NOT NULL REFERENCES edges (id),
	allowed_by TEXT NOT NULL REFERENCES users (id),
	allowed_at INTEGER NOT NULL,
	reason TEXT NOT NULL,
	used_at INTEGER
) STRICT;
CREATE UNIQUE INDEX key_replacements_that_hold ON key_replacements (edge_id) WHERE used_at IS NULL;

-- Manifests as edges signed them. They may come before their files, before the alert, and in any order.
CREATE TABLE manifests (
	edge_id TEXT NOT NULL,
	chain_id TEXT NOT NULL,
	sequence INTEGER NOT NULL,
	key_id TEXT NOT NULL,
	alert_id TEXT NOT NULL,
	previous TEXT,
	sha256 TEXT NOT NULL, -- of the text
	text TEXT NOT NULL, -- canonical JSON, to the byte
	signature BLOB NOT NULL, -- Ed25519, 64 bytes
	received_at INTEGER NOT NULL,
	ledger_seq INTEGER NOT NULL REFERENCES ledger (seq),
	PRIMARY KEY (edge_id, chain_id, sequence),
	FOREIGN KEY (edge_id, key_id) REFERENCES edge_keys (edge_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX manifests_by_alert ON manifests (alert_id, edge_id);

-- Which evidence a manifest seals.
CREATE TABLE manifest_files (
	edge_id TEXT NOT NULL,
	chain_id TEXT NOT NULL,
	sequence INTEGER NOT NULL,
	name TEXT NOT NULL,
	evidence_id TEXT NOT NULL,
	role TEXT NOT NULL,
	bytes INTEGER NOT NULL,
	sha256 TEXT NOT NULL,
	PRIMARY KEY (edge_id, chain_id, sequence, name),
	FOREIGN KEY (edge_id, chain_id, sequence) REFERENCES manifests (edge_id, chain_id, sequence)
) STRICT, WITHOUT ROWID;
CREATE INDEX manifest_files_by_evidence ON manifest_files (evidence_id);
