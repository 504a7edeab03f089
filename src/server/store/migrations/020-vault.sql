-- Which key the sealed values of this database are of.
CREATE TABLE vault (
	id INTEGER PRIMARY KEY CHECK (id = 1),
	key_id TEXT NOT NULL
) STRICT;
-- The address with its passwords, sealed; `url` then shows *** in their place. Null: it has none.
ALTER TABLE cameras ADD COLUMN url_sealed TEXT;
