//! A story's document: headline, standfirst and body as a tree of blocks, in ProseMirror's JSON.

use serde::{Deserialize, Serialize};

/// One schema for Rust and TypeScript: ProseMirror's spec with `dom` and `parse` beside it.
pub const SCHEMA: &str = include_str!("body/schema.json");

/// A whole document (node `doc`): `headline standfirst body`.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Document(pub serde_json::Value);
