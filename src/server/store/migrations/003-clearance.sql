-- How large a zone really is, and what is left of a lane beside what stands in it.

ALTER TABLE zones ADD COLUMN calibration TEXT; -- JSON: {widthM, lengthM} or {points: [{at, m} four times]}
ALTER TABLE lanes ADD COLUMN clearance TEXT; -- JSON {share, widthM, level} of the laneState message last applied
ALTER TABLE alerts ADD COLUMN clearance TEXT; -- JSON, when it was raised
