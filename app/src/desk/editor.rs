//! The editor module in the browser, as the bar uses it. It is fetched when Edit is first pressed.
//!
//! The module exports `mount(element, options)`. `options`: `story` (its id), `onState(sentence)` for the bar's honest
//! state. It answers a promise of a handle: `settle()` sends what is unsent and gives a promise of the confirmed version,
//! `leave()` gives the page back as it stands.

use js_sys::{Function, Object, Promise, Reflect};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::Element;

/// A mounted editor.
#[derive(Clone)]
pub(super) struct Editor(JsValue);

impl Editor {
    /// Makes the words editable where they stand. `say` hears the state: "Saved 12:04:31".
    pub(super) async fn mount(
        words: &Element,
        story: &str,
        say: impl Fn(String) + 'static,
    ) -> Result<Self, JsValue> {
        let module = module().await?;
        let options = Object::new();
        let on_state = Closure::<dyn Fn(JsValue)>::new(move |state: JsValue| {
            say(state.as_string().unwrap_or_default());
        });
        Reflect::set(&options, &"story".into(), &story.into())?;
        Reflect::set(&options, &"onState".into(), &on_state.into_js_value())?;
        let mount = function(&module, "mount")?;
        let answer = mount.call2(&module, words, &options)?;
        Ok(Self(settled(answer).await?))
    }

    /// Sends what is unsent; the version that holds all of it.
    pub(super) async fn settle(&self) -> Result<u64, JsValue> {
        let answer = settled(function(&self.0, "settle")?.call0(&self.0)?).await?;
        let version = answer.as_f64().ok_or(JsValue::UNDEFINED)?;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "versions count from nought")]
        Ok(version as u64)
    }

    /// Gives the page back as it stands. What is unsent is kept in the browser.
    pub(super) async fn leave(&self) -> Result<(), JsValue> {
        settled(function(&self.0, "leave")?.call0(&self.0)?).await.map(|_| ())
    }
}

/// Begins to fetch the module: a pointer on the button is a promise.
pub(super) fn expect() {
    leptos::task::spawn_local(async {
        module().await.ok();
    });
}

/// `import()` belongs to the page's own boot script: nothing else may name a module to load.
async fn module() -> Result<JsValue, JsValue> {
    let open = function(&window(), "openEditor")?;
    settled(open.call0(&JsValue::NULL)?).await
}

async fn settled(answer: JsValue) -> Result<JsValue, JsValue> {
    match answer.dyn_into::<Promise>() {
        Ok(promise) => JsFuture::from(promise).await,
        Err(value) => Ok(value),
    }
}

fn function(of: &JsValue, name: &str) -> Result<Function, JsValue> {
    Reflect::get(of, &name.into())?.dyn_into()
}
