-- Tellings of one event. Which of them stands for the others in a list follows from rank and age: see teaser.rs.
CREATE TABLE cluster(
    id {ID} PRIMARY KEY,
    slug TEXT,
    merged_into BIGINT REFERENCES cluster(id),
    at BIGINT NOT NULL
);
-- What editors said of two tellings: of one event, or not. The smaller id comes first.
CREATE TABLE cluster_link(
    one BIGINT NOT NULL REFERENCES story(id),
    other BIGINT NOT NULL REFERENCES story(id),
    word TEXT NOT NULL CHECK (word IN ('must', 'cannot')),
    staff_id BIGINT REFERENCES staff(id),
    at BIGINT NOT NULL,
    PRIMARY KEY (one, other)
);
CREATE INDEX cluster_link_at ON cluster_link(at);
-- Who owns a source: several of one owner are one voice.
ALTER TABLE source ADD COLUMN owner TEXT;
ALTER TABLE story ADD COLUMN cluster_id BIGINT;
ALTER TABLE story ADD COLUMN cluster_rank BIGINT NOT NULL DEFAULT 0;
ALTER TABLE story ADD COLUMN cluster_why TEXT;
CREATE INDEX wire_item_story ON wire_item(story_id);
CREATE INDEX story_cluster ON story(cluster_id, cluster_rank, published_at, id) WHERE cluster_id IS NOT NULL;
