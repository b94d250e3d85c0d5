-- An excerpt: how many characters the agency gave us, and when it may be shown while it waits for that.
ALTER TABLE story ADD COLUMN given_chars BIGINT;
ALTER TABLE story ADD COLUMN show_at BIGINT;
CREATE INDEX story_waiting ON story(show_at) WHERE show_at IS NOT NULL;
CREATE INDEX story_of_source ON story(source_id, published_at) WHERE kind = 'excerpt' AND pub_status = 'usable';
