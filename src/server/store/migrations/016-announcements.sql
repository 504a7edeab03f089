-- What a loudspeaker was told to read to a lane. The row comes first: a kill leaves one that nobody knows the end of, and
-- nothing is read twice.
CREATE TABLE announcements (
	id TEXT PRIMARY KEY,
	lane_id TEXT NOT NULL REFERENCES lanes (id),
	channel TEXT NOT NULL, -- its name in the configuration
	text TEXT NOT NULL,
	at INTEGER NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('sending', 'sent', 'failed')),
	why TEXT -- what it met with
) STRICT;
CREATE INDEX announcements_by_lane ON announcements (lane_id, at);
