//! Signing in: plain forms, so that they work before any script does. What they send, the server's `sign_in.rs` takes.

use crate::{error_page, head::Head, routes, site::Site};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use news::Refusal;

/// `/sign-in`
pub(crate) fn page() -> impl IntoView {
    let next = use_query_map().read_untracked().get("next");
    door(
        "Sign in to the desk",
        Some(routes::SIGN_IN.to_owned()),
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
    if refusal() == Some(Refusal::LinkUsed) {
        let way_in = view! { <a class="action action--line" href=routes::SIGN_IN>"Sign in with your pass phrase"</a> };
        return door("This link is over", None, way_in).into_any();
    }
    let form = door(
        "Welcome to the desk",
        Some(format!("{}/{token}", routes::SIGN_IN)),
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

/// Why what was sent last didn't sign anybody in.
fn refusal() -> Option<Refusal> {
    use_context::<Option<Refusal>>().flatten()
}

/// The page around a form; without an action there is nothing to send.
fn door(
    title: &'static str,
    action: Option<String>,
    fields: impl IntoView + 'static,
) -> impl IntoView {
    let name = &Site::get().name;
    let about = format!("For people who work on {name}.");
    let head = Head {
        path: None,
        index: false,
        ..Head::new(title, about.clone(), "")
    };
    let inside = view! {
        <h1 class="sign__title" tabindex="-1">{title}</h1>
        <p class="sign__note">{about} " Readers need no account."</p>
        {refusal().map(|why| view! { <p class="sign__refusal" role="alert">{why.to_string()}</p> })}
        {fields}
    };
    let around = match action {
        Some(action) => view! { <form class="sign" method="post" action=action lang="en" dir="ltr">{inside}</form> }.into_any(),
        None => view! { <div class="sign" lang="en" dir="ltr">{inside}</div> }.into_any(),
    };
    (head.tags(), around)
}
