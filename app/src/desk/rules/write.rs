//! What changes rules. Called by plain forms, whose answer leads back to the rules.
#![expect(
    missing_docs,
    reason = "#[server] makes a struct of each function's arguments"
)]

use crate::{
    desk::write::server::{guard, store},
    refused::{Refused, by, said},
    routes,
};
use leptos::prelude::*;
use news::{Act, Id, Refusal, Rule};
use store::Moves;

/// Saves a rule that was tested: the page of the test carries it, as JSON. One without a number is new.
///
/// # Errors
/// Where the viewer may not, where the rule says too little or too much, or the store can't.
#[server(prefix = "/api", endpoint = "save-rule")]
pub async fn save_rule(rule: String) -> Result<(), Refused> {
    let staff = guard(Act::ManageRules, None).await?;
    let unread = || Refusal::Invalid("This rule can't be read; please test it again.".into());
    let rule: Rule = serde_json::from_str(&rule).map_err(|_| said(unread()))?;
    let store = store()?;
    if rule.id == Id(0) {
        store.add_rule(rule, staff.id).await.map_err(by)?;
    } else {
        store.change_rule(rule, staff.id).await.map_err(by)?;
    }
    leptos_axum::redirect(routes::RULES);
    Ok(())
}

/// Switches a rule on, or off where it is on.
///
/// # Errors
/// Where the viewer may not, where there is no such rule, or the store can't.
#[server(prefix = "/api", endpoint = "switch-rule")]
pub async fn switch_rule(rule: Id) -> Result<(), Refused> {
    let staff = guard(Act::ManageRules, None).await?;
    store()?.switch_rule(rule, staff.id).await.map_err(by)?;
    leptos_axum::redirect(routes::RULES);
    Ok(())
}

/// Moves a rule by one, `earlier` or `later`.
///
/// # Errors
/// Where the viewer may not, where there is no such rule, or the store can't.
#[server(prefix = "/api", endpoint = "move-rule")]
pub async fn move_rule(rule: Id, to: String) -> Result<(), Refused> {
    let staff = guard(Act::ManageRules, None).await?;
    let moves = match &*to {
        "earlier" => Moves::Earlier,
        "later" => Moves::Later,
        _ => {
            return Err(said(Refusal::Invalid(
                "A rule moves earlier or later.".into(),
            )));
        }
    };
    store()?
        .move_rule(rule, moves, staff.id)
        .await
        .map_err(by)?;
    leptos_axum::redirect(routes::RULES);
    Ok(())
}

/// Removes a rule for good, where whoever asks says that it is meant.
///
/// # Errors
/// Where the viewer may not, where nobody said so, where there is no such rule, or the store can't.
#[server(prefix = "/api", endpoint = "remove-rule")]
pub async fn remove_rule(rule: Id, #[server(default)] sure: bool) -> Result<(), Refused> {
    let staff = guard(Act::ManageRules, None).await?;
    if !sure {
        let why = "Please tick that the rule is to go for good.";
        return Err(said(Refusal::Invalid(why.into())));
    }
    store()?.remove_rule(rule, staff.id).await.map_err(by)?;
    leptos_axum::redirect(routes::RULES);
    Ok(())
}
