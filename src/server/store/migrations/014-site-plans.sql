-- A plan of each site, as the property uploaded it, and where its cameras and lanes lie on it. The picture is a file below
-- `plans/`, named by `picture_id`; a new picture has a new name.
CREATE TABLE site_plans (
	site_id TEXT PRIMARY KEY REFERENCES sites (id) ON DELETE CASCADE,
	picture_id TEXT NOT NULL UNIQUE,
	bytes INTEGER NOT NULL,
	width_px INTEGER NOT NULL,
	height_px INTEGER NOT NULL,
	sha256 TEXT NOT NULL,
	marks TEXT NOT NULL, -- JSON: planMarks of src/contract/plans-api.ts
	revision INTEGER NOT NULL, -- grows with each change: of two people who change it at once, the second is told
	changed_by TEXT NOT NULL REFERENCES users (id),
	changed_at INTEGER NOT NULL
) STRICT;
