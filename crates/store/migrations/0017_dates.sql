-- What was older than seven days when it first came: it stands in its lists, and is no news.
ALTER TABLE story ADD COLUMN archive BOOLEAN NOT NULL DEFAULT FALSE;
-- When its agency last told it in other words: more than a tenth of what readers have was another.
ALTER TABLE wire_item ADD COLUMN retold_at BIGINT;
UPDATE wire_item SET retold_at = at WHERE fate = 'update';
