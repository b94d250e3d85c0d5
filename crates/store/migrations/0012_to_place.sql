-- An excerpt whose section nobody is sure of: readers don't have it until an editor has placed it.
ALTER TABLE story ADD COLUMN to_place BOOLEAN NOT NULL DEFAULT FALSE;
CREATE INDEX story_to_place ON story(source_id, published_at) WHERE to_place;
-- The Media Topic (IPTC) an item was filed under, where it or its section has one.
ALTER TABLE wire_item ADD COLUMN medtop TEXT;
