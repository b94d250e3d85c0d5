//! How long a reader waits for an answer.

use futures::future::{Either, select};
use js_sys::Promise;
use leptos::prelude::window;
use std::pin::pin;
use wasm_bindgen_futures::JsFuture;

/// A network that has silently gone would let a reader wait for minutes.
const PATIENCE_MS: i32 = 15_000;

/// What the work gives; `None` where it takes longer than a reader waits.
pub async fn in_time<T>(work: impl Future<Output = Option<T>>) -> Option<T> {
    let timer = Promise::new(&mut |over, _| {
        window()
            .set_timeout_with_callback_and_timeout_and_arguments_0(&over, PATIENCE_MS)
            .ok();
    });
    match select(pin!(work), JsFuture::from(timer)).await {
        Either::Left((done, _)) => done,
        Either::Right(_) => None,
    }
}
