-- How an agency hands its items in by itself: what its pushes are signed with, and whose mail is taken as its.
-- A signature by a shared secret can only be checked by who knows the secret, so it stands here as it is.
CREATE TABLE way_in(
    source_id BIGINT PRIMARY KEY REFERENCES source(id),
    push_secret TEXT,
    senders {JSON} NOT NULL
);

-- The agency's own number of the state we have, where it counts them.
ALTER TABLE wire_item ADD COLUMN version BIGINT;
