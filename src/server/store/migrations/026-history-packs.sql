-- Made: all rows of a lane in one, so that the first question after a start need not bring hundreds of thousands over one by
-- one. A pack that is there holds what the rows hold: whoever changes one of these takes it away. A program that packs
-- otherwise begins with DELETE FROM lane_packs.
CREATE TABLE lane_packs (
	lane_id TEXT PRIMARY KEY,
	hours TEXT NOT NULL, -- JSON, see src/server/history/lane-packs.ts
	alerts TEXT NOT NULL
) STRICT;

CREATE TRIGGER pack_of_new_hours AFTER INSERT ON lane_hours
BEGIN
	DELETE FROM lane_packs WHERE lane_id = NEW.lane_id;
END;
CREATE TRIGGER pack_of_changed_hours AFTER UPDATE ON lane_hours
BEGIN
	DELETE FROM lane_packs WHERE lane_id IN (OLD.lane_id, NEW.lane_id);
END;
CREATE TRIGGER pack_of_deleted_hours AFTER DELETE ON lane_hours
BEGIN
	DELETE FROM lane_packs WHERE lane_id = OLD.lane_id;
END;
CREATE TRIGGER pack_of_new_figures AFTER INSERT ON alert_figures
BEGIN
	DELETE FROM lane_packs WHERE lane_id = NEW.lane_id;
END;
CREATE TRIGGER pack_of_changed_figures AFTER UPDATE ON alert_figures
BEGIN
	DELETE FROM lane_packs WHERE lane_id IN (OLD.lane_id, NEW.lane_id);
END;
CREATE TRIGGER pack_of_deleted_figures AFTER DELETE ON alert_figures
BEGIN
	DELETE FROM lane_packs WHERE lane_id = OLD.lane_id;
END;
