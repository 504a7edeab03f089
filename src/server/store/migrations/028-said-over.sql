-- What an edge said over an earlier connection holds no more, and counts as earlier whatever its clock said: a machine that
-- was started again may be hours behind. The `connectedAt` of the message last applied; null: an older edge says none.
ALTER TABLE lanes ADD COLUMN said_over INTEGER;
ALTER TABLE cameras ADD COLUMN health_over INTEGER;
