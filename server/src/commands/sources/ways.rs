//! How a source may hand its items in by itself: pushes that are signed, mail of its senders.

use crate::commands::{Failed, say};
use ingest::push::fresh_secret;
use news::Source;
use store::Store;

/// Makes a secret for a source's pushes and prints it this once.
pub(super) async fn push(store: &Store, slug: &str) -> Result<(), Failed> {
    let source = known(store, slug).await?;
    let secret = fresh_secret().ok_or_else(|| Failed::new("this system gives no randomness"))?;
    store.set_push_secret(source.id, Some(&secret)).await?;
    say(format_args!(
        "{} may push to /wire/push/{} from now on; an earlier secret holds no more. Its secret, shown this once:",
        source.name, source.slug
    ))?;
    say(format_args!("{secret}"))
}

/// Takes pushes of a source no more.
pub(super) async fn end_push(store: &Store, slug: &str) -> Result<(), Failed> {
    let source = known(store, slug).await?;
    store.set_push_secret(source.id, None).await?;
    say(format_args!("{} may push no more.", source.name))
}

/// Takes mail of these senders as the source's, and of nobody else.
pub(super) async fn mail(store: &Store, slug: &str, senders: &[String]) -> Result<(), Failed> {
    let source = known(store, slug).await?;
    store.set_senders(source.id, senders).await?;
    let senders = store.way_in(source.id).await?.senders;
    if senders.is_empty() {
        return say(format_args!("No mail is taken as {}'s.", source.name));
    }
    let all = senders.join(", ");
    say(format_args!("Mail of {all} is taken as {}'s.", source.name))
}

/// A source of the site, by its short name.
async fn known(store: &Store, slug: &str) -> Result<Source, Failed> {
    let source = store.source(slug).await?;
    source.filter(|source| source.slug == slug).ok_or_else(|| {
        let line =
            format!("the site has no source {slug:?}; `sources enable` makes one of the list");
        Failed::with_code(line, 65)
    })
}
