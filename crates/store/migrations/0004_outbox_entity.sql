-- What one story missed is read without what happened to all the others.
CREATE INDEX outbox_entity ON outbox(shard, entity, seq);
