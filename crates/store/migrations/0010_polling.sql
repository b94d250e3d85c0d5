-- A feed's own rhythm and what it asks of its readers, the bytes it had last, where it says it has moved to,
-- since when it is refused, and what its hub announced.
ALTER TABLE feed ADD COLUMN body_hash TEXT;
ALTER TABLE feed ADD COLUMN every_s BIGINT;
ALTER TABLE feed ADD COLUMN least_s BIGINT NOT NULL DEFAULT 0;
ALTER TABLE feed ADD COLUMN skip_hours BIGINT NOT NULL DEFAULT 0;
ALTER TABLE feed ADD COLUMN skip_days BIGINT NOT NULL DEFAULT 0;
ALTER TABLE feed ADD COLUMN moved_to TEXT;
ALTER TABLE feed ADD COLUMN moved_at BIGINT;
ALTER TABLE feed ADD COLUMN first_url TEXT;
ALTER TABLE feed ADD COLUMN refused_since BIGINT;
ALTER TABLE feed ADD COLUMN pinged_at BIGINT;
-- Where a hub tells us of a feed's changes. The token is our address's, the secret signs what comes there.
CREATE TABLE subscription(
    feed_id BIGINT PRIMARY KEY REFERENCES feed(id),
    hub TEXT NOT NULL,
    topic TEXT NOT NULL,
    token TEXT NOT NULL UNIQUE,
    secret TEXT NOT NULL,
    ask_at BIGINT NOT NULL,
    asks BIGINT NOT NULL DEFAULT 0,
    asked_at BIGINT,
    until BIGINT,
    last_push TEXT
);
CREATE INDEX subscription_ask ON subscription(ask_at);
