-- What an alert is to have of evidence, and what became of it, as its edge last told it. The alert itself may still be on
-- its way, hence no foreign key.
CREATE TABLE evidence_sets (
	alert_id TEXT PRIMARY KEY,
	edge_id TEXT NOT NULL REFERENCES edges (id),
	revision INTEGER NOT NULL,
	body TEXT NOT NULL, -- JSON, src/contract/evidence-set.ts
	received_at INTEGER NOT NULL
) STRICT;

-- What is written on pictures: the camera's number by GB/T 28181 and where it looks; what the lane is by law.
ALTER TABLE cameras ADD COLUMN gb_id TEXT;
ALTER TABLE cameras ADD COLUMN direction TEXT;
ALTER TABLE zones ADD COLUMN road_class TEXT;

-- How right the edge's clock is, as it last told: JSON, src/contract/clock.ts.
ALTER TABLE edges ADD COLUMN clock TEXT;
