-- What waits for the desk's word, with the reason.
ALTER TABLE story ADD COLUMN held TEXT;
CREATE INDEX story_held ON story(source_id, published_at) WHERE held IS NOT NULL;
-- Why what a feed brings waits for the desk, and when the desk let it out last; what was odd about its language.
ALTER TABLE feed ADD COLUMN held TEXT;
ALTER TABLE feed ADD COLUMN let_out_at BIGINT;
ALTER TABLE feed ADD COLUMN alarm_lang TEXT;
-- Of a refused item: its headline, language, section, places and topics, so that rules can be tried on it.
ALTER TABLE wire_item ADD COLUMN refused {JSON};
CREATE INDEX wire_item_of_feed ON wire_item(feed_id, at);
