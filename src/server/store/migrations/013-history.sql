-- What is known of a lane over time. Facts: alerts, what people judged of them, and the three tables of blind and watched
-- time. `lane_hours` and `alert_figures` are made of these (src/core/history/roll-up.ts) and can be made anew.

-- Blind time by hour of the site: `hour_at` is when the hour began. `lane_blind_days` is the same by day.
CREATE TABLE lane_blind_hours (
	lane_id TEXT NOT NULL REFERENCES lanes (id),
	hour_at INTEGER NOT NULL,
	blind_ms INTEGER NOT NULL,
	PRIMARY KEY (lane_id, hour_at)
) STRICT, WITHOUT ROWID;

-- Since when a counter of blind time runs, and until when it has told: outside of these nobody knew.
CREATE TABLE lane_watches (
	lane_id TEXT NOT NULL REFERENCES lanes (id),
	watched_since INTEGER NOT NULL, -- as the edge names it
	watched_from INTEGER NOT NULL,
	told_until INTEGER NOT NULL,
	PRIMARY KEY (lane_id, watched_since)
) STRICT, WITHOUT ROWID;
INSERT INTO lane_watches (lane_id, watched_since, watched_from, told_until)
	SELECT id, watched_since, watched_since, max(watched_since, iif(state = 'unknown', min(since, state_at), state_at))
	FROM lanes WHERE watched_since IS NOT NULL AND state_at IS NOT NULL AND since IS NOT NULL;

-- Made: hours in which something stood there or nobody could see.
CREATE TABLE lane_hours (
	lane_id TEXT NOT NULL,
	hour_at INTEGER NOT NULL,
	occupied_ms INTEGER NOT NULL,
	blind_ms INTEGER NOT NULL,
	PRIMARY KEY (lane_id, hour_at)
) STRICT, WITHOUT ROWID;

-- Made: an alert as figures need it.
CREATE TABLE alert_figures (
	lane_id TEXT NOT NULL,
	entered_at INTEGER NOT NULL,
	alert_id TEXT NOT NULL,
	raised_at INTEGER NOT NULL,
	cleared_at INTEGER,
	cause TEXT NOT NULL,
	label TEXT NOT NULL,
	judgement TEXT NOT NULL, -- src/core/history/judgement.ts
	acknowledge_ms INTEGER, -- after it was raised
	clear_ms INTEGER, -- after it was raised, where the camera saw it
	PRIMARY KEY (lane_id, entered_at, alert_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX alert_figures_by_time ON alert_figures (entered_at, alert_id);

-- Lanes whose rows must be made anew, and from when on. Whoever changes a fact does not think of it: these triggers do.
CREATE TABLE history_due (
	lane_id TEXT PRIMARY KEY,
	from_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO history_due (lane_id, from_at) SELECT DISTINCT lane_id, 0 FROM alerts UNION SELECT id, 0 FROM lanes;

CREATE TRIGGER history_of_new_alerts AFTER INSERT ON alerts WHEN NEW.entered_at IS NOT NULL
BEGIN
	INSERT INTO history_due (lane_id, from_at) VALUES (NEW.lane_id, NEW.entered_at)
		ON CONFLICT (lane_id) DO UPDATE SET from_at = min(from_at, excluded.from_at);
END;
CREATE TRIGGER history_of_alerts AFTER UPDATE OF entered_at, raised_at, cleared_at, cleared_by, cause, label ON alerts WHEN NEW.entered_at IS NOT NULL
BEGIN
	INSERT INTO history_due (lane_id, from_at)
		VALUES (NEW.lane_id, min(NEW.entered_at, coalesce(OLD.entered_at, NEW.entered_at)))
		ON CONFLICT (lane_id) DO UPDATE SET from_at = min(from_at, excluded.from_at);
END;
CREATE TRIGGER history_of_deleted_alerts AFTER DELETE ON alerts WHEN OLD.entered_at IS NOT NULL
BEGIN
	INSERT INTO history_due (lane_id, from_at) VALUES (OLD.lane_id, OLD.entered_at)
		ON CONFLICT (lane_id) DO UPDATE SET from_at = min(from_at, excluded.from_at);
END;
CREATE TRIGGER history_of_handling AFTER INSERT ON handling_entries
WHEN NEW.kind IN ('acknowledged', 'false_alarm', 'exempt', 'reopened', 'taken_back')
BEGIN
	INSERT INTO history_due (lane_id, from_at)
		SELECT lane_id, entered_at FROM alerts WHERE id = NEW.alert_id AND entered_at IS NOT NULL
		ON CONFLICT (lane_id) DO UPDATE SET from_at = min(from_at, excluded.from_at);
END;
CREATE TRIGGER history_of_reviews AFTER INSERT ON review_steps
BEGIN
	INSERT INTO history_due (lane_id, from_at)
		SELECT lane_id, entered_at FROM alerts WHERE id = NEW.alert_id AND entered_at IS NOT NULL
		ON CONFLICT (lane_id) DO UPDATE SET from_at = min(from_at, excluded.from_at);
END;
CREATE TRIGGER history_of_changed_reviews AFTER UPDATE ON review_steps
BEGIN
	INSERT INTO history_due (lane_id, from_at)
		SELECT lane_id, entered_at FROM alerts WHERE id = NEW.alert_id AND entered_at IS NOT NULL
		ON CONFLICT (lane_id) DO UPDATE SET from_at = min(from_at, excluded.from_at);
END;
CREATE TRIGGER history_of_acceptances AFTER INSERT ON acceptances
BEGIN
	INSERT INTO history_due (lane_id, from_at)
		SELECT lane_id, entered_at FROM alerts WHERE id = NEW.alert_id AND entered_at IS NOT NULL
		ON CONFLICT (lane_id) DO UPDATE SET from_at = min(from_at, excluded.from_at);
END;
CREATE TRIGGER history_of_changed_acceptances AFTER UPDATE ON acceptances
BEGIN
	INSERT INTO history_due (lane_id, from_at)
		SELECT lane_id, entered_at FROM alerts WHERE id = NEW.alert_id AND entered_at IS NOT NULL
		ON CONFLICT (lane_id) DO UPDATE SET from_at = min(from_at, excluded.from_at);
END;
CREATE TRIGGER history_of_blind_hours AFTER INSERT ON lane_blind_hours
BEGIN
	INSERT INTO history_due (lane_id, from_at) VALUES (NEW.lane_id, NEW.hour_at)
		ON CONFLICT (lane_id) DO UPDATE SET from_at = min(from_at, excluded.from_at);
END;
CREATE TRIGGER history_of_changed_blind_hours AFTER UPDATE ON lane_blind_hours
BEGIN
	INSERT INTO history_due (lane_id, from_at) VALUES (NEW.lane_id, NEW.hour_at)
		ON CONFLICT (lane_id) DO UPDATE SET from_at = min(from_at, excluded.from_at);
END;
-- One that tells on changes nothing of what was told before; the hours at its end are due as long as they matter.
CREATE TRIGGER history_of_watches AFTER INSERT ON lane_watches
BEGIN
	INSERT INTO history_due (lane_id, from_at) VALUES (NEW.lane_id, NEW.watched_from)
		ON CONFLICT (lane_id) DO UPDATE SET from_at = min(from_at, excluded.from_at);
END;
