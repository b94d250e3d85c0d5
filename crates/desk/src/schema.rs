//! Our document schema, loaded once: for the `prosemirror` crate and for the gate.

use news::{Document, Refusal};
use prosemirror::dynamic::{DynamicNode, DynamicSchema};
use serde_json::Value;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::LazyLock;

/// The schema in its two readings.
pub struct Schema {
    /// As it is written: names of nodes, marks, attributes and their checks.
    pub spec: Value,
    /// As the crate understands it: which content fits where.
    pub model: DynamicSchema,
}

static SCHEMA: LazyLock<Result<Schema, String>> = LazyLock::new(|| {
    let spec: Value = serde_json::from_str(news::body::SCHEMA).map_err(|e| e.to_string())?;
    let model = DynamicSchema::from_json(&spec).map_err(|e| e.to_string())?;
    Ok(Schema { spec, model })
});

/// The schema. It is refused only if the program was built with a broken `schema.json`.
///
/// # Errors
/// [`Refusal::Unavailable`] then.
pub fn schema() -> Result<&'static Schema, Refusal> {
    SCHEMA.as_ref().map_err(|why| {
        tracing::error!(%why, "the document schema can't be read");
        Refusal::Unavailable
    })
}

/// Runs what touches the crate: with its types in place, and with its panics caught.
///
/// The crate panics on some hostile input and keeps its types in a thread-local that a panic leaves
/// set. That is harmless only because there is one schema, which lives as long as the program.
///
/// # Errors
/// What `work` refuses, and a panic as [`Refusal::NotOurSchema`].
pub fn guarded<T>(work: impl FnOnce(&'static Schema) -> Result<T, Refusal>) -> Result<T, Refusal> {
    let schema = schema()?;
    let run = AssertUnwindSafe(|| schema.model.with_types(|| work(schema)));
    catch_unwind(run).unwrap_or_else(|_| {
        tracing::error!("a step made the document model panic; it was refused");
        Err(Refusal::NotOurSchema("it can't be applied".into()))
    })
}

/// A stored document as the crate's tree.
///
/// # Errors
/// [`Refusal::NotOurSchema`] where it isn't one of ours.
pub fn tree(document: &Document) -> Result<DynamicNode, Refusal> {
    guarded(|schema| {
        let not_ours = |why: String| Refusal::NotOurSchema(why);
        let tree = schema.model.node_from_json(&document.0);
        let tree = tree.map_err(|e| not_ours(e.to_string()))?;
        prosemirror::model::Node::check(&tree).map_err(not_ours)?;
        Ok(tree)
    })
}

/// The tree as a document.
///
/// # Errors
/// [`Refusal::NotOurSchema`] where the tree can't be written out.
pub fn document(tree: &DynamicNode) -> Result<Document, Refusal> {
    guarded(|_| match tree.to_json(false) {
        Value::Null => Err(Refusal::NotOurSchema("it can't be written out".into())),
        json => Ok(Document(json)),
    })
}
