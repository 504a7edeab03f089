-- An authority of our own is exchanged when the edges that call keep the next one.
ALTER TABLE edges ADD COLUMN trusts TEXT; -- SHA-256 of the authorities (PEM) that it keeps, as it said last
