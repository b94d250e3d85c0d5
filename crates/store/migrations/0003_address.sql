-- An item is known by its guid or by the address of its page.
CREATE INDEX wire_item_url ON wire_item(source_id, url);
