//! What the desk asks about a story, by GET. Its answers are for staff and never pressed.
#![expect(
    missing_docs,
    reason = "#[server] makes a struct of the function's arguments"
)]

use super::facts::DeskFacts;
use crate::refused::Refused;
use leptos::{prelude::*, server_fn::codec::GetUrl};
use news::StoryId;

/// The facts of a story or an excerpt as they stand now.
///
/// # Errors
/// Where the viewer may not, there is none, it was withdrawn, or the store can't be read.
#[server(prefix = "/api", endpoint = "facts", input = GetUrl)]
pub async fn facts(story: StoryId) -> Result<DeskFacts, Refused> {
    use super::{
        facts::{of_excerpt, of_story},
        write::server,
    };
    use crate::{
        refused::{by, said},
        viewer::Viewer,
    };
    use news::{Act, Refusal, story::Told};
    server::guard(Act::ReadDraft, None).await?;
    let viewer = Viewer::current();
    match server::store()?.told(story).await.map_err(by)? {
        Some(Told::Gone(_)) => Err(said(Refusal::Withdrawn)),
        Some(Told::Excerpt(excerpt)) => Ok(of_excerpt(&excerpt, &viewer)),
        Some(Told::Story(_)) | None => {
            let opened = server::desk()?.open(story).await.map_err(by)?;
            Ok(of_story(&opened.story, &viewer))
        }
    }
}
