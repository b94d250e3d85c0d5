-- An item without a date of its own got the moment at which it came in.
ALTER TABLE story ADD COLUMN undated BOOLEAN NOT NULL DEFAULT FALSE;
-- Breaking news: until when, since when it ever was, and the mark that a trusted source put on its item.
ALTER TABLE story ADD COLUMN breaking_until BIGINT;
ALTER TABLE story ADD COLUMN broke_at BIGINT;
ALTER TABLE story ADD COLUMN breaking_mark TEXT;
CREATE INDEX story_breaking ON story(breaking_until) WHERE breaking_until IS NOT NULL;
