-- A feed that nobody polls at present; what came by it stays.
ALTER TABLE feed ADD COLUMN off BOOLEAN NOT NULL DEFAULT FALSE;
