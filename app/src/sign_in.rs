//! Signing in: plain forms, so that they work before any script does. What they send, the server's `sign_in.rs` takes.

use crate::{error_page, head::Head, routes};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use news::Refusal;

/// `/sign-in`
pub(crate) fn page() -> impl IntoView {
    let next = use_query_map().read_untracked().get("next");
    door(
        "Sign in to the desk",
        routes::SIGN_IN.to_owned(),
        view! {
            {next.map(|next| view! { <input type="hidden" name="next" value=next/> })}
            <label class="field">
                "E-mail"
                <input class="field__input" type="email" name="email" autocomplete="username" required/>
            </label>
            <label class="field">
                "Pass phrase"
                <input class="field__input" type="password" name="password" autocomplete="current-password" required/>
            </label>
            <button class="action action--solid" type="submit">"Sign in"</button>
        },
    )
}

/// `/sign-in/{token}`: a link that works once.
pub(crate) fn first_time() -> impl IntoView {
    let Some(token) = routes::part("token") else {
        return error_page::nothing_here().into_any();
    };
    let form = door(
        "Welcome to the desk",
        format!("{}/{token}", routes::SIGN_IN),
        view! {
            <label class="field">
                "Your new pass phrase"
                <input class="field__input" type="password" name="password" autocomplete="new-password" minlength="12"/>
                <span class="field__hint">"At least twelve signs; spaces count. Leave it empty to sign in this once."</span>
            </label>
            <button class="action action--solid" type="submit">"Sign in"</button>
        },
    );
    form.into_any()
}

fn door(title: &'static str, action: String, fields: impl IntoView + 'static) -> impl IntoView {
    let refusal = use_context::<Option<Refusal>>().flatten();
    let head = Head {
        path: None,
        index: false,
        ..Head::new(title, "For people who work on Asian-News.net.", "")
    };
    view! {
        {head.tags()}
        <form class="sign" method="post" action=action lang="en" dir="ltr">
            <h1 class="sign__title" tabindex="-1">{title}</h1>
            <p class="sign__note">"For people who work on Asian-News.net. Readers need no account."</p>
            {refusal.map(|why| view! { <p class="sign__refusal" role="alert">{why.to_string()}</p> })}
            {fields}
        </form>
    }
}
