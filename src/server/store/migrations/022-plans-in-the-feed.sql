-- Open walls show a plan that somebody has just changed. The newest row is always kept, so positions go on after it.
CREATE TABLE feed_anew (
	position INTEGER PRIMARY KEY AUTOINCREMENT,
	kind TEXT NOT NULL CHECK (kind IN ('lane', 'alert', 'camera', 'edge', 'plan', 'removed')),
	subject TEXT NOT NULL, -- its id, a plan's: its site's; for 'removed': 'lane:<id>' or 'camera:<id>'
	at INTEGER NOT NULL
) STRICT;
INSERT INTO feed_anew SELECT position, kind, subject, at FROM feed;
DROP TABLE feed;
ALTER TABLE feed_anew RENAME TO feed;
