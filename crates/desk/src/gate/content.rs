//! What a step brings with it: slices, nodes, marks and attributes, by the letter of the schema.

use super::{MOST_DEEP, Why, number, object, only};
use news::body::url;
use serde_json::{Map, Value};

/// The longest string an attribute holds, in bytes.
const MOST_ATTRIBUTE: usize = 4_096;

/// A slice that may stand in a step.
#[derive(Default)]
pub(super) struct Open {
    /// How many nodes are open at its start.
    pub(super) start: usize,
    /// How many nodes are open at its end.
    pub(super) end: usize,
    /// How much it brings in ProseMirror's counting.
    pub(super) size: usize,
}

/// What a piece of content measures: its size, and how deep it could be open at either end.
#[derive(Clone, Copy, Default)]
struct Measure {
    size: usize,
    start: usize,
    end: usize,
}

pub(super) fn slice(spec: &Value, slice: Option<&Value>) -> Result<Open, Why> {
    let Some(slice) = slice.filter(|slice| !slice.is_null()) else {
        return Ok(Open::default());
    };
    let slice = object(slice)?;
    only(slice, &["content", "openStart", "openEnd"])?;
    let measure = match slice.get("content") {
        None => Measure::default(),
        Some(content) => fragment(spec, content, 0)?,
    };
    let open = |name: &str| match slice.get(name) {
        None => Ok(0),
        Some(_) => number(slice, name),
    };
    let (start, end) = (open("openStart")?, open("openEnd")?);
    if start > measure.start || end > measure.end || start + end > measure.size {
        return Err("it is open deeper than what it brings");
    }
    Ok(Open {
        start,
        end,
        size: measure.size - start - end,
    })
}

fn fragment(spec: &Value, content: &Value, depth: usize) -> Result<Measure, Why> {
    let nodes = content
        .as_array()
        .ok_or("its content has not the form of content")?;
    let mut all = Measure::default();
    for (at, child) in nodes.iter().enumerate() {
        let one = node(spec, child, depth)?;
        all.size += one.size;
        if at == 0 {
            all.start = one.start;
        }
        all.end = one.end;
    }
    Ok(all)
}

fn node(spec: &Value, node: &Value, depth: usize) -> Result<Measure, Why> {
    if depth > MOST_DEEP {
        return Err("it is nested too deeply");
    }
    let node = object(node)?;
    let kind = node
        .get("type")
        .and_then(Value::as_str)
        .ok_or("a node has no kind")?;
    let declared = spec.get("nodes").and_then(|nodes| nodes.get(kind));
    let declared = declared.ok_or("a node's kind is unknown")?;
    marks(spec, node.get("marks"))?;
    if kind == "text" {
        only(node, &["type", "text", "marks"])?;
        return text(node.get("text"));
    }
    only(node, &["type", "attrs", "content", "marks"])?;
    attributes(declared.get("attrs"), node.get("attrs"))?;
    match (declared.get("content"), node.get("content")) {
        (None, None) => Ok(Measure {
            size: 1,
            ..Measure::default()
        }),
        (None, Some(_)) => Err("a node holds content and may not"),
        (Some(_), content) => {
            let inside = content
                .map(|content| fragment(spec, content, depth + 1))
                .transpose()?;
            let inside = inside.unwrap_or_default();
            let Measure { size, start, end } = inside;
            Ok(Measure {
                size: size + 2,
                start: start + 1,
                end: end + 1,
            })
        }
    }
}

fn text(text: Option<&Value>) -> Result<Measure, Why> {
    let text = text.and_then(Value::as_str).ok_or("a text has no words")?;
    if text.is_empty() {
        return Err("a text is empty");
    }
    // No database of ours keeps this one character.
    if text.contains('\0') {
        return Err("a text holds a null character");
    }
    Ok(Measure {
        size: text.encode_utf16().count(),
        ..Measure::default()
    })
}

fn marks(spec: &Value, marks: Option<&Value>) -> Result<(), Why> {
    let Some(marks) = marks else { return Ok(()) };
    let mut seen = Vec::new();
    for one in marks
        .as_array()
        .ok_or("its marks have not the form of marks")?
    {
        let name = mark(spec, one)?;
        if seen.contains(&name) {
            return Err("a mark stands twice");
        }
        seen.push(name);
    }
    Ok(())
}

/// Checks a mark and gives its name.
pub(super) fn mark<'a>(spec: &Value, mark: &'a Value) -> Result<&'a str, Why> {
    let mark = object(mark)?;
    only(mark, &["type", "attrs"])?;
    let name = mark
        .get("type")
        .and_then(Value::as_str)
        .ok_or("a mark has no kind")?;
    let declared = spec.get("marks").and_then(|marks| marks.get(name));
    attributes(
        declared.ok_or("a mark's kind is unknown")?.get("attrs"),
        mark.get("attrs"),
    )?;
    Ok(name)
}

fn attributes(declared: Option<&Value>, given: Option<&Value>) -> Result<(), Why> {
    let none = Map::new();
    let declared = declared.and_then(Value::as_object).unwrap_or(&none);
    let given = match given {
        None | Some(Value::Null) => &none,
        Some(given) => given
            .as_object()
            .ok_or("attributes have not the form of attributes")?,
    };
    if given.keys().any(|name| !declared.contains_key(name)) {
        return Err("an attribute is unknown");
    }
    for (name, rule) in declared {
        match given.get(name) {
            None if rule.get("default").is_none() => return Err("an attribute is missing"),
            None => {}
            value => attribute(rule, value)?,
        }
    }
    Ok(())
}

/// Whether an attribute may have this value: by its type (`validate`) and by its named `check`.
pub(super) fn attribute(rule: &Value, value: Option<&Value>) -> Result<(), Why> {
    let value = value.unwrap_or(&Value::Null);
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) | Value::Object(_) => "object",
    };
    let validate = rule.get("validate").and_then(Value::as_str);
    if validate.is_some_and(|kinds| !kinds.split('|').any(|known| known == kind)) {
        return Err("an attribute is of the wrong kind");
    }
    let text = value.as_str();
    if text.is_some_and(|text| text.len() > MOST_ATTRIBUTE || text.contains('\0')) {
        return Err("an attribute is too long");
    }
    match rule.get("check").and_then(Value::as_str) {
        Some("url") if !text.is_some_and(url::allowed) => Err("a link's address isn't allowed"),
        Some("level") if !matches!(value.as_u64(), Some(2 | 3)) => {
            Err("a heading's level isn't 2 or 3")
        }
        Some("dir") if !matches!(text, None | Some("ltr" | "rtl" | "auto")) => {
            Err("a direction is none")
        }
        _ => Ok(()),
    }
}
