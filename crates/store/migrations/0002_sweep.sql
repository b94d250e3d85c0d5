-- What is swept out is found by its age, without reading the whole table.
CREATE INDEX step_at ON step(at);
CREATE INDEX outbox_at ON outbox(at);
