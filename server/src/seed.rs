//! `seed`: the sample edition, filed into an empty site. What it says stands in `seed/edition/`.

mod edition;
mod excerpts;
mod pictures;
mod stories;

use news::Millis;
use std::fmt;
use std::path::Path;
use store::Store;

/// What was filed.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Filed {
    /// Stories of our own.
    pub stories: usize,
    /// Agencies' items.
    pub excerpts: usize,
    /// Pictures.
    pub pictures: usize,
}

impl fmt::Display for Filed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.stories + self.excerpts == 0 {
            return f.write_str("The site has stories already; nothing was filed.");
        }
        write!(
            f,
            "Filed {} stories, {} agencies' excerpts and {} pictures.",
            self.stories, self.excerpts, self.pictures
        )
    }
}

/// Stands in the data folder while the edition is filed, with the moment it is told from.
const UNDER_WAY: &str = "seed-under-way";

/// Fills an empty site; one that has stories stays as it is. A seeding that was interrupted is taken up where
/// it ended.
///
/// # Errors
/// When the edition's files are wrong, or the store or the folder doesn't take them.
pub async fn seed(store: &Store, data: &Path) -> anyhow::Result<Filed> {
    let mark = data.join(UNDER_WAY);
    let interrupted = std::fs::read_to_string(&mark);
    let began = interrupted.ok().and_then(|text| text.parse().ok());
    if began.is_none() && !store.counts().await?.sections.is_empty() {
        return Ok(Filed::default());
    }
    // One moment for all: the edition's times are relative to it.
    let now = began.map_or_else(Store::now, Millis);
    std::fs::create_dir_all(data).and_then(|()| std::fs::write(&mark, now.0.to_string()))?;
    let pictures = pictures::keep(store, data).await?;
    // The oldest first, so that numbers grow with time as they would have.
    let stories = stories::file(store, &pictures, now).await?;
    let excerpts = excerpts::file(store, now).await?;
    // Whoever comes first finds each event told once.
    let mut follower = ingest::cluster::Follower::open(store.clone()).await?;
    while follower.step().await? > 0 {}
    std::fs::remove_file(&mark)?;
    Ok(Filed {
        stories,
        excerpts,
        pictures: pictures.len(),
    })
}
