//! Steps become a document: admitted, read, applied, checked, and written out anew.

use crate::{gate, schema::guarded};
use news::Refusal;
use prosemirror::dynamic::{DynamicNode, types::Dyn};
use prosemirror::model::Node;
use prosemirror::transform::Step;
use serde_json::{Value, json};

/// Steps that stand, in our own writing.
pub struct Applied {
    /// The document after them.
    pub tree: DynamicNode,
    /// They themselves, as they are stored and sent on.
    pub steps: Vec<Value>,
}

/// The longest document in UTF-16 units and node borders: a hundred times a long story.
pub const MOST_SIZE: usize = 2_000_000;

/// Applies steps in order; all of them or none.
///
/// # Errors
/// [`Refusal::NotOurSchema`] for the first one that can't stand, with the reason.
pub fn apply(tree: &DynamicNode, steps: &[Value]) -> Result<Applied, Refusal> {
    guarded(|schema| {
        let mut tree = tree.clone();
        let mut ours = Vec::with_capacity(steps.len());
        for step in steps {
            let mut parts = Vec::new();
            for part in gate::parts(step).map_err(refused)? {
                gate::admit(&schema.spec, part, &tree).map_err(refused)?;
                let step: Step<Dyn> = serde_json::from_value(part.clone())
                    .map_err(|_| refused("it can't be read"))?;
                tree = step
                    .apply(&tree)
                    .map_err(|_| refused("it doesn't fit the text"))?;
                tree.check()
                    .map_err(|_| refused("the text would not be in order"))?;
                parts.push(
                    serde_json::to_value(&step).map_err(|_| refused("it can't be written out"))?,
                );
            }
            ours.push(match step.get("stepType").and_then(Value::as_str) {
                // One step of the editor's is one version, whatever it is made of.
                Some(gate::MARK_SET) => json!({ "stepType": gate::MARK_SET, "steps": parts }),
                _ => parts.pop().ok_or_else(|| refused("it does nothing"))?,
            });
            within_limits(&tree)?;
        }
        Ok(Applied { tree, steps: ours })
    })
}

/// Depth grows by one at a time, so what is refused here has never been deep enough to exhaust the stack.
fn within_limits(tree: &DynamicNode) -> Result<(), Refusal> {
    if tree.content_size() > MOST_SIZE {
        return Err(Refusal::TooLarge(
            "a story holds at most two million characters".into(),
        ));
    }
    if deeper_than(tree, gate::MOST_DEEP) {
        return Err(refused("its lists are nested too deeply"));
    }
    Ok(())
}

fn deeper_than(node: &DynamicNode, depth: usize) -> bool {
    let children = node
        .content()
        .map(|content| content.children())
        .unwrap_or_default();
    !children.is_empty()
        && (depth == 0 || children.iter().any(|child| deeper_than(child, depth - 1)))
}

fn refused(why: &str) -> Refusal {
    Refusal::NotOurSchema(why.to_owned())
}
