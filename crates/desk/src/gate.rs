//! The gate before the document: what a step must be before the `prosemirror` crate sees it.
//!
//! The crate alone is no authority. It takes any object with a `text` for text, accepts attributes and
//! marks the schema doesn't know, doubles words where `from > to`, and panics inside a surrogate pair.
//! A step that got through so would make every editor's browser throw. Behind this gate it accepts what
//! ProseMirror accepts and nothing else (`tests/gate.rs` compares them).
//! The gate looks at the step alone and at the places it names; what the text is afterwards, `check()` says.

use prosemirror::dynamic::DynamicNode;
use prosemirror::model::Node;
use serde_json::{Map, Value};

mod content;

use content::{Open, attribute, mark, slice};

/// ProseMirror's list of mark steps as one step: what undoing a mark sends. The crate doesn't know it.
pub const MARK_SET: &str = "markSet";

/// How deep nodes may be nested, in a step and in the document.
pub const MOST_DEEP: usize = 40;

/// Why a step isn't admitted, in a few words for [`news::Refusal::NotOurSchema`].
pub type Why = &'static str;

/// The steps a step is made of: a `markSet` is its mark steps in order, one level deep; all others are themselves.
///
/// # Errors
/// Where a `markSet` holds anything else.
pub fn parts(step: &Value) -> Result<Vec<&Value>, Why> {
    if step.get("stepType").and_then(Value::as_str) != Some(MARK_SET) {
        return Ok(vec![step]);
    }
    only(object(step)?, &["stepType", "steps"])?;
    let steps = step
        .get("steps")
        .and_then(Value::as_array)
        .ok_or("its marks are missing")?;
    let marks = |step: &Value| {
        matches!(
            step.get("stepType").and_then(Value::as_str),
            Some("addMark" | "removeMark")
        )
    };
    if steps.len() > 1_000 || !steps.iter().all(marks) {
        return Err("it sets something else than marks");
    }
    Ok(steps.iter().collect())
}

/// Admits one step against the document it was made for. Runs with the crate's types in place.
///
/// # Errors
/// The first thing about it that can't be so.
pub fn admit(spec: &Value, step: &Value, tree: &DynamicNode) -> Result<(), Why> {
    let step = object(step)?;
    match step
        .get("stepType")
        .and_then(Value::as_str)
        .ok_or("it has no kind")?
    {
        "replace" => {
            only(step, &["stepType", "from", "to", "slice", "structure"])?;
            flag(step.get("structure"))?;
            let [from, to] = places(step, ["from", "to"], tree)?;
            let open = slice(spec, step.get("slice"))?;
            fits(&open, from, to, tree)
        }
        "replaceAround" => {
            let known = [
                "stepType",
                "from",
                "gapFrom",
                "gapTo",
                "to",
                "slice",
                "insert",
                "structure",
            ];
            only(step, &known)?;
            flag(step.get("structure"))?;
            let [from, _, _, to] = places(step, ["from", "gapFrom", "gapTo", "to"], tree)?;
            let open = slice(spec, step.get("slice"))?;
            fits(&open, from, to, tree)?;
            if number(step, "insert")? > open.size {
                return Err("it inserts outside of what it brings");
            }
            Ok(())
        }
        "addMark" | "removeMark" => {
            only(step, &["stepType", "from", "to", "mark"])?;
            places(step, ["from", "to"], tree)?;
            mark(spec, step.get("mark").ok_or("its mark is missing")?).map(|_| ())
        }
        "addNodeMark" | "removeNodeMark" => {
            only(step, &["stepType", "pos", "mark"])?;
            node_at(step, tree)?;
            mark(spec, step.get("mark").ok_or("its mark is missing")?).map(|_| ())
        }
        "attr" => {
            only(step, &["stepType", "pos", "attr", "value"])?;
            let node = node_at(step, tree)?;
            set(spec, &node.type_name, step)
        }
        "docAttr" => {
            only(step, &["stepType", "attr", "value"])?;
            set(spec, &tree.type_name, step)
        }
        _ => Err("its kind is unknown"),
    }
}

/// Whether an attribute of this node may be set so.
fn set(spec: &Value, node: &str, step: &Map<String, Value>) -> Result<(), Why> {
    let name = step
        .get("attr")
        .and_then(Value::as_str)
        .ok_or("its attribute has no name")?;
    let declared = spec
        .get("nodes")
        .and_then(|nodes| nodes.get(node)?.get("attrs")?.get(name));
    attribute(
        declared.ok_or("it sets an unknown attribute")?,
        step.get("value"),
    )
}

/// Ascending places in the document, none of them inside a character.
fn places<const N: usize>(
    step: &Map<String, Value>,
    names: [&str; N],
    tree: &DynamicNode,
) -> Result<[usize; N], Why> {
    let mut all = [0; N];
    let mut last = 0;
    for (place, name) in all.iter_mut().zip(names) {
        *place = number(step, name)?;
        if *place < last {
            return Err("it ends before it begins");
        }
        last = *place;
        between_characters(*place, tree)?;
    }
    Ok(all)
}

/// The crate cuts strings where a step says, and panics between the halves of a surrogate pair.
fn between_characters(place: usize, tree: &DynamicNode) -> Result<(), Why> {
    if place > tree.content_size() {
        return Err("it lies outside of the text");
    }
    let resolved = tree.resolve(place).map_err(|_| "it lies nowhere")?;
    let wanted = resolved.text_offset();
    if wanted == 0 {
        return Ok(());
    }
    let node = resolved
        .parent()
        .child(resolved.index(resolved.depth))
        .ok_or("it lies nowhere")?;
    let text = &node.text_node().ok_or("it lies nowhere")?.text;
    let mut units = 0;
    for c in text.as_str().chars() {
        if units >= wanted {
            break;
        }
        units += c.len_utf16();
    }
    if units == wanted {
        Ok(())
    } else {
        Err("it lies inside a character")
    }
}

/// What is open at its ends must find as many nodes to close around the place.
fn fits(open: &Open, from: usize, to: usize, tree: &DynamicNode) -> Result<(), Why> {
    let depth = |place| {
        tree.resolve(place)
            .map(|at| at.depth)
            .map_err(|_| "it lies nowhere")
    };
    if open.start > depth(from)? || open.end > depth(to)? {
        return Err("it is open deeper than its place");
    }
    Ok(())
}

fn node_at<'a>(step: &Map<String, Value>, tree: &'a DynamicNode) -> Result<&'a DynamicNode, Why> {
    let place = number(step, "pos")?;
    between_characters(place, tree)?;
    let node = tree.node_at(place).ok_or("there is nothing at its place")?;
    if node.is_text() {
        Err("it wants a node and finds text")
    } else {
        Ok(node)
    }
}

fn object(value: &Value) -> Result<&Map<String, Value>, Why> {
    value.as_object().ok_or("it has not the form of a change")
}

fn only(object: &Map<String, Value>, known: &[&str]) -> Result<(), Why> {
    if object.keys().all(|key| known.contains(&key.as_str())) {
        Ok(())
    } else {
        Err("it has unknown parts")
    }
}

fn number(object: &Map<String, Value>, name: &str) -> Result<usize, Why> {
    let number = object
        .get(name)
        .and_then(Value::as_u64)
        .ok_or("a number of it is missing")?;
    usize::try_from(number).map_err(|_| "a number of it is too large")
}

fn flag(value: Option<&Value>) -> Result<(), Why> {
    match value {
        None | Some(Value::Bool(_)) => Ok(()),
        Some(_) => Err("it has not the form of a change"),
    }
}
