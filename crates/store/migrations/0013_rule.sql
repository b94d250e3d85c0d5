-- What the desk wants done with items of the wire: conditions and effects, in their order.
CREATE TABLE rule(
    id {ID} PRIMARY KEY,
    position BIGINT NOT NULL,
    name TEXT NOT NULL,
    conditions {JSON} NOT NULL,
    effects {JSON} NOT NULL,
    off BOOLEAN NOT NULL DEFAULT FALSE,
    staff_id BIGINT REFERENCES staff(id),
    at BIGINT NOT NULL
);
CREATE INDEX rule_position ON rule(position);
