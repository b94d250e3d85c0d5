-- When an agency took an item back. Under that id it never appears again, even if it comes only afterwards.
ALTER TABLE wire_item ADD COLUMN killed_at BIGINT;

-- What was done with agencies' words, one row a deed, written in the transaction that did it: a month's account
-- is a sum over them, so that nothing is counted twice or forgotten. chars: how many of them readers had.
CREATE TABLE rights(
    source_id BIGINT NOT NULL REFERENCES source(id),
    at BIGINT NOT NULL,
    id BIGINT NOT NULL,
    what TEXT NOT NULL CHECK (what IN ('filed', 'shown', 'updated', 'cut', 'killed', 'ended', 'withdrawn')),
    story_id BIGINT REFERENCES story(id),
    chars BIGINT,
    PRIMARY KEY (source_id, at, id, what)
);
CREATE INDEX rights_at ON rights(at);

-- What stands already is accounted for by the day its agency published it; how long it was nobody noted.
INSERT INTO rights(source_id, at, id, what, story_id)
    SELECT source_id, COALESCE(published_at, updated_at), id, 'filed', id FROM story WHERE kind = 'excerpt';
INSERT INTO rights(source_id, at, id, what, story_id)
    SELECT source_id, COALESCE(published_at, updated_at), id, 'shown', id FROM story
    WHERE kind = 'excerpt' AND show_at IS NULL;
