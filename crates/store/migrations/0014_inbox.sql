-- The inbox is read by when an item came in; and up to when a member of the staff has seen it.
CREATE INDEX wire_item_at ON wire_item(at, id);
CREATE TABLE staff_mark(
    staff_id BIGINT NOT NULL REFERENCES staff(id),
    what TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (staff_id, what)
);
