-- What a feed's last polls came to (halved now and then, so that they stay the last ones), and how many hours a
-- source may be silent before somebody should look.
ALTER TABLE feed ADD COLUMN polls BIGINT NOT NULL DEFAULT 0;
ALTER TABLE feed ADD COLUMN polls_unchanged BIGINT NOT NULL DEFAULT 0;
ALTER TABLE feed ADD COLUMN polls_bytes BIGINT NOT NULL DEFAULT 0;
ALTER TABLE feed ADD COLUMN polls_ms BIGINT NOT NULL DEFAULT 0;
-- Whose address a feed was last read from, and what was odd about it until somebody has looked.
ALTER TABLE feed ADD COLUMN host TEXT;
ALTER TABLE feed ADD COLUMN alarm TEXT;
ALTER TABLE source ADD COLUMN silent_after_h BIGINT NOT NULL DEFAULT 24;
CREATE INDEX wire_item_of_source ON wire_item(source_id, at);
