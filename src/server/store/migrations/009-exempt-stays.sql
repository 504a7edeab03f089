-- Vehicles that stood in a lane and raised no alert, by their plates, as their edge last told it. Rows go after 30 days.
CREATE TABLE exempt_stays (
	id TEXT PRIMARY KEY,
	edge_id TEXT NOT NULL REFERENCES edges (id),
	lane_id TEXT NOT NULL, -- may be gone by now
	entered_at INTEGER NOT NULL,
	revision INTEGER NOT NULL,
	body TEXT NOT NULL, -- JSON, src/contract/exempt-stays-api.ts
	received_at INTEGER NOT NULL
) STRICT;
CREATE INDEX exempt_stays_by_lane ON exempt_stays (lane_id, entered_at);
CREATE INDEX exempt_stays_by_time ON exempt_stays (entered_at);
