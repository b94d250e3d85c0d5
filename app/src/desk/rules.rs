//! `/desk/rules`: the rules for what comes in by the wire. Each is tried on the last seven days before it is saved.
//! Plain forms: the trial is a GET that changes nothing, and its page carries the rule on to the form that saves it.

mod form;
mod list;
mod trial;
pub mod write;

use crate::{
    desk::rooms::rooms,
    error_page::{self, Trouble},
    head::Head,
    routes,
    viewer::Viewer,
};
use form::Fields;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use news::{Act, Id, Millis, Refusal, Rule, Source};
use store::Store;
use trial::Trial;

/// Days that a rule is tried on, and the most excerpts of them.
const DAYS: i64 = 7;
const MOST_TRIED: u32 = 5_000;

/// What a request of the page wants to see.
enum Wanted {
    /// An empty form.
    New,
    /// The form with what a rule says.
    Change(Option<Id>),
    /// What these fields would do.
    Test(Box<Fields>),
}

/// The page; for whoever may make no rules there is none.
pub(crate) fn page() -> impl IntoView {
    let store = use_context::<Store>();
    let may = Viewer::current().may(Act::ManageRules);
    let query = use_query_map().read_untracked().clone();
    let wanted = if query.get("test").is_some() {
        Wanted::Test(Box::new(Fields::asked(|name| {
            query.get(name).unwrap_or_default()
        })))
    } else if let Some(id) = query.get("change") {
        Wanted::Change(id.parse().ok())
    } else {
        Wanted::New
    };
    error_page::catching(async move {
        let store = store.filter(|_| may).ok_or(Trouble::NotFound)?;
        shown(&store, wanted).await
    })
}

async fn shown(store: &Store, wanted: Wanted) -> Result<AnyView, Trouble> {
    let (kept, sources) = (store.rules().await?, store.sources().await?);
    let (fields, tested) = match wanted {
        Wanted::New => (Fields::default(), None),
        Wanted::Change(id) => {
            let found = kept.iter().find(|kept| Some(kept.rule.id) == id);
            let found = found.ok_or(Trouble::NotFound)?;
            (Fields::of(&found.rule), None)
        }
        Wanted::Test(fields) => {
            let tested = match fields.rule() {
                Ok(rule) => Ok((tried(store, &rule).await?, rule)),
                Err(why) => Err(why),
            };
            (*fields, Some(tested))
        }
    };
    let head = Head {
        path: None,
        index: false,
        ..Head::new(
            "Rules for the wire",
            "What the desk does with what comes in.",
            "",
        )
    };
    let view = view! {
        {head.tags()}
        <div class="page__plain rules" lang="en" dir="ltr">
            {rooms(routes::RULES)}
            <h1 class="page__title" tabindex="-1">"Rules for the wire"</h1>
            <p>"They act on what is filed from now on, in this order: the first that names a section has the word. What an
                editor placed stays."</p>
            {list::list(&kept, &sources)}
            {tested.map(|tested| outcome(tested, &sources))}
            <h2 class="page__sub">{if fields.is_new() { "A new rule" } else { "Change a rule" }}</h2>
            {form::form(&fields, &sources)}
        </div>
    };
    Ok(view.into_any())
}

async fn tried(store: &Store, rule: &Rule) -> Result<Trial, Trouble> {
    let since = Store::now().plus(-DAYS * Millis::DAY);
    let recent = store.recent_excerpts(since, MOST_TRIED).await?;
    let rule = rule.clone();
    Ok(trial::try_on(rule, &recent))
}

fn outcome(tested: Result<(Trial, Rule), Refusal>, sources: &[Source]) -> AnyView {
    match tested {
        Ok((trial, rule)) => trial::seen(&trial, &rule, sources),
        Err(why) => view! { <p class="rules__no" role="alert">{why.to_string()}</p> }.into_any(),
    }
}
