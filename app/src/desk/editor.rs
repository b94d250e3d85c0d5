//! The editor module in the browser, as the bar uses it: `frontend/editor/src/mount.ts` says what it offers.
//! It is fetched when Edit is first pressed, and begins with the newsroom's document, not with the page's markup.

use crate::refused::Refused;
use gloo_net::http::Request;
use js_sys::{Date, Function, JSON, Object, Promise, Reflect};
use leptos::{prelude::*, task::spawn_local};
use news::{Refusal, StaffId, StoryId};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::Element;

/// A mounted editor.
#[derive(Clone)]
pub(super) struct Editor(JsValue);

/// What it tells the bar.
pub(super) enum Tells {
    /// Something was written.
    Saving,
    /// The newsroom has everything: since when, and as which version.
    Saved(String, u64),
    /// It doesn't have everything now: the whole sentence.
    Unsent(&'static str),
    /// The newsroom takes nothing, and why; an empty sentence: it takes everything again.
    Refused(String),
    /// Some words no longer had a place; the whole sentence.
    Dropped(String),
    /// Something was not done at all, and why.
    Declined(String),
    /// The keys for publishing were pressed.
    Publish,
    /// The key for leaving was pressed.
    Leave,
}

/// All that an editor begins with: its module and the newsroom's document.
pub(super) struct Ready {
    module: JsValue,
    draft: JsValue,
}

impl Ready {
    /// Fetches both.
    pub(super) async fn fetch(story: StoryId) -> Result<Self, JsValue> {
        let module = module().await?;
        let draft = newest(story).await?;
        Ok(Self { module, draft })
    }

    /// Makes the words editable where they stand; quietly: without taking the focus.
    pub(super) fn mount(
        &self,
        words: &Element,
        (story, staff, quietly): (StoryId, StaffId, bool),
        tell: impl Fn(Tells) + 'static,
    ) -> Result<Editor, JsValue> {
        let on_state = Closure::<dyn Fn(JsValue)>::new(move |state: JsValue| {
            if let Some(said) = said(&state) {
                tell(said);
            }
        });
        let urls = object(&[("steps", format!("/desk/story/{story}/steps").into())])?;
        let options = object(&[
            ("story", story.to_string().into()),
            ("staff", staff.to_string().into()),
            ("version", get(&self.draft, "version")),
            ("doc", get(&self.draft, "doc")),
            ("urls", urls),
            ("onState", on_state.into_js_value()),
            ("quietly", quietly.into()),
        ])?;
        function(&self.module, "mount")?
            .call2(&self.module, words, &options)
            .map(Editor)
    }
}

impl Editor {
    /// Sends what is unsent; the version that holds all of it, or why there is none.
    pub(super) async fn settle(&self) -> Result<u64, Refused> {
        let version = async {
            let answer = function(&self.0, "publishVersion")?.call0(&self.0)?;
            settled(answer).await
        };
        match version.await {
            Ok(version) => number(&version).ok_or(Refused(Refusal::Unavailable)),
            Err(why) => Err(Refused(
                why.as_string()
                    .map_or(Refusal::Unavailable, Refusal::Invalid),
            )),
        }
    }

    /// Steps of others, and our own come back, as the page's stream brought them.
    pub(super) fn receive(&self, event: &JsValue) {
        if let Ok(receive) = function(&self.0, "receive") {
            receive.call1(&self.0, event).ok();
        }
    }

    /// The page's stream stands again: asks for what passed meanwhile, and sends what waits.
    pub(super) fn catch_up(&self) {
        if let Ok(catch_up) = function(&self.0, "catchUp") {
            catch_up.call0(&self.0).ok();
        }
    }

    /// Gives the page back as it stands. What is unsent is kept in the browser, and sent on.
    pub(super) fn leave(&self) {
        if let Ok(destroy) = function(&self.0, "destroy") {
            destroy.call0(&self.0).ok();
        }
    }
}

/// Whether an earlier window of this person left words of this story in this browser. Where none was edited here and not left
/// in order, nothing is fetched to find out: `frontend/editor/src/store.ts` keeps the mark.
pub(super) async fn left_behind(story: StoryId, staff: StaffId) -> bool {
    let mark = format!("desk/unsaved/{story}");
    let kept = window().local_storage().ok().flatten();
    if kept
        .and_then(|kept| kept.get_item(&mark).ok().flatten())
        .is_none()
    {
        return false;
    }
    let answer = async {
        let module = module().await?;
        let ask = function(&module, "leftBehind")?;
        settled(asked(&ask, &module, story, staff)?).await
    };
    answer.await.is_ok_and(|left| left.is_truthy())
}

/// Shows the words that this person left of a story which can't be opened any more, until they have taken them.
pub(super) async fn show(story: StoryId, staff: StaffId) {
    let shown = async {
        let module = module().await?;
        let show = function(&module, "show")?;
        settled(asked(&show, &module, story, staff)?).await
    };
    if let Err(why) = shown.await {
        leptos::logging::error!("what was left could not be shown: {why:?}");
    }
}

fn asked(
    function: &Function,
    module: &JsValue,
    story: StoryId,
    staff: StaffId,
) -> Result<JsValue, JsValue> {
    function.call2(module, &story.to_string().into(), &staff.to_string().into())
}

/// Begins to fetch the module: a pointer on the button is a promise.
pub(super) fn expect() {
    spawn_local(async {
        module().await.ok();
    });
}

/// `import()` belongs to the page's own boot script: nothing else may name a module to load.
async fn module() -> Result<JsValue, JsValue> {
    let open = function(&window(), "openEditor")?;
    settled(open.call0(&JsValue::NULL)?).await
}

/// The draft's newest version: `{version, doc}`.
async fn newest(story: StoryId) -> Result<JsValue, JsValue> {
    let read = async {
        let asked = Request::get(&format!("/desk/story/{story}/document"));
        let answer = asked.send().await.ok()?;
        if answer.ok() {
            JSON::parse(&answer.text().await.ok()?).ok()
        } else {
            None
        }
    };
    let none = || JsValue::from_str("the newest version didn't come");
    crate::in_time(read).await.ok_or_else(none)
}

fn said(state: &JsValue) -> Option<Tells> {
    let text = |name: &str| get(state, name).as_string().unwrap_or_default();
    Some(match text("kind").as_str() {
        "saving" => Tells::Saving,
        "saved" => {
            let at = Date::new(&get(state, "at")).to_locale_time_string("en-GB");
            Tells::Saved(at.into(), number(&get(state, "version"))?)
        }
        "offline" => Tells::Unsent("Not connected; kept in this browser"),
        "unkept" => Tells::Unsent("Not kept on this device yet; please leave this page open"),
        "refused" => Tells::Refused(text("sentence")),
        "dropped" => Tells::Dropped(dropped(&text("text"))),
        "declined" => Tells::Declined(text("sentence")),
        "publish" => Tells::Publish,
        "leave" => Tells::Leave,
        _ => return None,
    })
}

/// The whole of it stands in the tray.
fn dropped(words: &str) -> String {
    const MOST: usize = 80;
    let short: String = words.chars().take(MOST).collect();
    let more = if short.len() < words.len() { "…" } else { "" };
    format!("These words no longer had a place: {short}{more}")
}

async fn settled(answer: JsValue) -> Result<JsValue, JsValue> {
    match answer.dyn_into::<Promise>() {
        Ok(promise) => JsFuture::from(promise).await,
        Err(value) => Ok(value),
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "versions count from nought"
)]
fn number(value: &JsValue) -> Option<u64> {
    value.as_f64().map(|version| version as u64)
}

fn object(fields: &[(&str, JsValue)]) -> Result<JsValue, JsValue> {
    let object = Object::new();
    for (name, value) in fields {
        Reflect::set(&object, &JsValue::from_str(name), value)?;
    }
    Ok(object.into())
}

fn get(of: &JsValue, name: &str) -> JsValue {
    Reflect::get(of, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED)
}

fn function(of: &JsValue, name: &str) -> Result<Function, JsValue> {
    get(of, name).dyn_into()
}
