-- The newsroom's tables. {ID} and {JSON} are the engine's words for a 64-bit key and for JSON.
-- Ids come from the application; every time is unix milliseconds.

CREATE TABLE section(
    id {ID} PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    position BIGINT NOT NULL,
    names {JSON} NOT NULL
);

CREATE TABLE place(
    code TEXT PRIMARY KEY,
    region TEXT,
    slug TEXT NOT NULL UNIQUE,
    zone TEXT NOT NULL,
    names {JSON} NOT NULL
);

CREATE TABLE topic(
    id {ID} PRIMARY KEY,
    kind TEXT NOT NULL DEFAULT 'tag' CHECK (kind IN ('tag', 'person', 'organisation')),
    slug TEXT NOT NULL UNIQUE,
    names {JSON} NOT NULL,
    merged_into BIGINT REFERENCES topic(id)
);

CREATE TABLE staff(
    id {ID} PRIMARY KEY,
    email TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    password_hash TEXT,
    status TEXT NOT NULL CHECK (status IN ('active', 'closed'))
);

CREATE TABLE role_grant(
    staff_id BIGINT NOT NULL REFERENCES staff(id),
    role TEXT NOT NULL CHECK (role IN ('contributor', 'writer', 'editor', 'chief', 'admin')),
    section_id BIGINT REFERENCES section(id),
    code TEXT REFERENCES place(code),
    UNIQUE (staff_id, role, section_id, code)
);

-- The store knows digests of tokens, never the tokens.
CREATE TABLE session(
    token_hash TEXT PRIMARY KEY,
    staff_id BIGINT NOT NULL REFERENCES staff(id),
    expires_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL
);

CREATE TABLE sign_in_link(
    token_hash TEXT PRIMARY KEY,
    staff_id BIGINT NOT NULL REFERENCES staff(id),
    expires_at BIGINT NOT NULL,
    used_at BIGINT
);

CREATE TABLE author(
    id {ID} PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    staff_id BIGINT REFERENCES staff(id),
    bio {JSON}
);

CREATE TABLE media(
    id {ID} PRIMARY KEY,
    sha256 TEXT NOT NULL UNIQUE,
    mime TEXT NOT NULL,
    bytes BIGINT NOT NULL,
    width BIGINT NOT NULL,
    height BIGINT NOT NULL,
    credit TEXT NOT NULL,
    licence TEXT NOT NULL,
    alt TEXT NOT NULL,
    caption TEXT NOT NULL
);

CREATE TABLE source(
    id {ID} PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL UNIQUE,
    home_url TEXT NOT NULL,
    lang TEXT NOT NULL,
    terms {JSON} NOT NULL,
    trust BIGINT NOT NULL DEFAULT 0
);

CREATE TABLE feed(
    id {ID} PRIMARY KEY,
    source_id BIGINT NOT NULL REFERENCES source(id),
    url TEXT NOT NULL UNIQUE,
    etag TEXT,
    last_modified TEXT,
    interval_s BIGINT NOT NULL,
    next_at BIGINT NOT NULL,
    failures BIGINT NOT NULL DEFAULT 0,
    last_error TEXT,
    lease_until BIGINT
);
CREATE INDEX feed_due ON feed(next_at);

-- headline and standfirst are what readers' lists show: empty until publication. The draft's stand apart.
-- published_at orders the lists and never moves; went_out_at is the newest version's, card_at the card's.
-- An agency's text can't be stored in full: an excerpt has no version, and the tables of documents
-- (revision, step) refer to (id, kind) with kind 'story'.
CREATE TABLE story(
    id {ID} PRIMARY KEY,
    rev BIGINT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('story', 'excerpt')),
    genre TEXT NOT NULL,
    pub_status TEXT NOT NULL CHECK (pub_status IN ('draft', 'usable', 'withheld', 'canceled')),
    stage TEXT NOT NULL CHECK (stage IN ('draft', 'review', 'ready')),
    slug TEXT,
    lang TEXT NOT NULL,
    section_id BIGINT NOT NULL REFERENCES section(id),
    urgency BIGINT NOT NULL CHECK (urgency BETWEEN 1 AND 9),
    dateline TEXT,
    hero_media_id BIGINT REFERENCES media(id),
    owner_id BIGINT REFERENCES staff(id),
    headline TEXT,
    standfirst TEXT,
    draft_headline TEXT,
    draft_standfirst TEXT,
    draft_version BIGINT NOT NULL DEFAULT 0,
    published_version BIGINT,
    source_id BIGINT REFERENCES source(id),
    source_url TEXT,
    source_host TEXT,
    excerpt {JSON},
    note TEXT,
    placed_by_editor BOOLEAN NOT NULL DEFAULT FALSE,
    cut_by_editor BOOLEAN NOT NULL DEFAULT FALSE,
    published_at BIGINT,
    went_out_at BIGINT,
    card_at BIGINT,
    updated_at BIGINT NOT NULL,
    drafted_at BIGINT,
    canceled_at BIGINT,
    canceled_why TEXT,
    UNIQUE (id, kind),
    CHECK (kind <> 'excerpt' OR (
        excerpt IS NOT NULL AND source_id IS NOT NULL AND source_url IS NOT NULL AND source_host IS NOT NULL
        AND draft_headline IS NULL AND draft_standfirst IS NULL AND draft_version = 0
        AND published_version IS NULL AND standfirst IS NULL)),
    CHECK (kind <> 'story' OR (excerpt IS NULL AND source_id IS NULL AND note IS NULL)),
    CHECK (pub_status <> 'usable' OR (published_at IS NOT NULL AND headline IS NOT NULL AND card_at IS NOT NULL)),
    CHECK (pub_status <> 'usable' OR kind = 'excerpt' OR published_version IS NOT NULL)
);
CREATE INDEX story_listed ON story(published_at DESC, id DESC) WHERE pub_status = 'usable';
CREATE INDEX story_section ON story(section_id, published_at DESC, id DESC) WHERE pub_status = 'usable';
CREATE INDEX story_drafted ON story(drafted_at DESC) WHERE drafted_at IS NOT NULL;

-- listed_at is the story's published_at while readers may have it, else empty: the lists by place read this index alone.
CREATE TABLE story_place(
    story_id BIGINT NOT NULL REFERENCES story(id),
    code TEXT NOT NULL REFERENCES place(code),
    region TEXT,
    position BIGINT NOT NULL,
    listed_at BIGINT,
    PRIMARY KEY (story_id, code)
);
CREATE INDEX story_place_listed ON story_place(code, listed_at DESC, story_id DESC) WHERE listed_at IS NOT NULL;
CREATE INDEX story_region_listed ON story_place(region, listed_at DESC, story_id DESC) WHERE listed_at IS NOT NULL;

CREATE TABLE story_topic(
    story_id BIGINT NOT NULL REFERENCES story(id),
    topic_id BIGINT NOT NULL REFERENCES topic(id),
    position BIGINT NOT NULL,
    PRIMARY KEY (story_id, topic_id)
);
CREATE INDEX story_topic_stories ON story_topic(topic_id, story_id DESC);

CREATE TABLE story_author(
    story_id BIGINT NOT NULL REFERENCES story(id),
    author_id BIGINT NOT NULL REFERENCES author(id),
    position BIGINT NOT NULL,
    PRIMARY KEY (story_id, author_id)
);

CREATE TABLE story_media(
    story_id BIGINT NOT NULL REFERENCES story(id),
    media_id BIGINT NOT NULL REFERENCES media(id),
    role TEXT NOT NULL,
    position BIGINT NOT NULL,
    PRIMARY KEY (story_id, media_id, role)
);

CREATE TABLE step(
    story_id BIGINT NOT NULL,
    version BIGINT NOT NULL,
    kind TEXT NOT NULL DEFAULT 'story' CHECK (kind = 'story'),
    batch TEXT NOT NULL,
    client TEXT NOT NULL,
    staff_id BIGINT NOT NULL REFERENCES staff(id),
    step {JSON} NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (story_id, version),
    FOREIGN KEY (story_id, kind) REFERENCES story(id, kind)
);
CREATE INDEX step_batch ON step(story_id, batch);

CREATE TABLE revision(
    story_id BIGINT NOT NULL,
    version BIGINT NOT NULL,
    kind TEXT NOT NULL DEFAULT 'story' CHECK (kind = 'story'),
    staff_id BIGINT REFERENCES staff(id),
    at BIGINT NOT NULL,
    what TEXT NOT NULL CHECK (what IN ('begun', 'snapshot', 'published')),
    doc {JSON} NOT NULL,
    block_ids {JSON},
    headline TEXT NOT NULL,
    standfirst TEXT NOT NULL,
    note TEXT,
    PRIMARY KEY (story_id, version),
    FOREIGN KEY (story_id, kind) REFERENCES story(id, kind),
    CHECK (what <> 'published' OR block_ids IS NOT NULL)
);

CREATE TABLE wire_item(
    id {ID} PRIMARY KEY,
    source_id BIGINT NOT NULL REFERENCES source(id),
    feed_id BIGINT REFERENCES feed(id),
    guid TEXT NOT NULL,
    url TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    story_id BIGINT REFERENCES story(id),
    fate TEXT NOT NULL CHECK (fate IN ('new', 'update', 'duplicate', 'rejected')),
    why TEXT NOT NULL,
    at BIGINT NOT NULL,
    UNIQUE (source_id, guid)
);
CREATE INDEX wire_item_content ON wire_item(content_hash);

CREATE TABLE redirect(
    path TEXT PRIMARY KEY,
    target TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX redirect_target ON redirect(target);

-- The one row that orders the site: taken as the last thing before COMMIT.
CREATE TABLE outbox_head(
    shard BIGINT PRIMARY KEY,
    seq BIGINT NOT NULL
);
INSERT INTO outbox_head(shard, seq) VALUES (0, 0);

CREATE TABLE outbox(
    shard BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    topic TEXT NOT NULL,
    entity BIGINT,
    payload {JSON} NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (shard, seq)
);

CREATE TABLE consumer(
    name TEXT PRIMARY KEY,
    shard BIGINT NOT NULL,
    seq BIGINT NOT NULL
);

CREATE TABLE job(
    id {ID} PRIMARY KEY,
    kind TEXT NOT NULL,
    key TEXT UNIQUE,
    payload {JSON} NOT NULL,
    run_at BIGINT NOT NULL,
    lease_until BIGINT,
    attempts BIGINT NOT NULL DEFAULT 0,
    last_error TEXT
);
CREATE INDEX job_due ON job(kind, run_at);

CREATE TABLE audit(
    id {ID} PRIMARY KEY,
    staff_id BIGINT REFERENCES staff(id),
    what TEXT NOT NULL,
    entity BIGINT,
    before {JSON},
    after {JSON},
    at BIGINT NOT NULL
);
CREATE INDEX audit_entity ON audit(entity, at);
