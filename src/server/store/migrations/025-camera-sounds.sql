-- What a camera's own loudspeaker says: at most 240 kB, so it is a row and comes with every backup.
CREATE TABLE camera_sounds (
	camera_id TEXT PRIMARY KEY REFERENCES cameras (id),
	words TEXT NOT NULL, -- what is heard, as whoever recorded it wrote it down
	mu_law BLOB NOT NULL, -- G.711, 8000 bytes a second
	recorded_by TEXT NOT NULL REFERENCES users (id),
	at INTEGER NOT NULL
) STRICT;

ALTER TABLE cameras ADD COLUMN audio_out INTEGER CHECK (audio_out IN (0, 1)); -- whether it has a loudspeaker; null: nobody knows
