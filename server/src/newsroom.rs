//! The handles every request needs, made once at the start.

use crate::{assets::Files, config::Config, encode::Pages, headers, shutdown::Stop};
use app::Home;
use auth::Auth;
use axum::http::HeaderMap;
use desk::Desk;
use ingest::push::Taken;
use live::Live;
use press::Shelf;
use std::net::SocketAddr;
use std::sync::Arc;
use store::Store;
use tokio::sync::Semaphore;

/// How many documents of others, of 10 MiB at most, may be in memory at once.
const HANDED_IN: usize = 8;

/// Everything that stands behind the addresses of the site.
pub struct Newsroom {
    /// What the program was told.
    pub config: Config,
    /// The public address pages and feeds speak of.
    pub home: Home,
    /// The origins our own pages have.
    pub origins: Vec<String>,
    /// What the site says with every answer.
    pub headers: HeaderMap,
    /// The site's facts.
    pub store: Store,
    /// The authority over drafts.
    pub desk: Desk,
    /// The door.
    pub auth: Auth,
    /// The streams of open pages.
    pub live: Live,
    /// The finished pages.
    pub shelf: Arc<Shelf>,
    /// What agencies have pushed lately.
    pub pushed: Taken,
    /// Turns for documents that are read into memory before it is known who sends them.
    pub handed_in: Semaphore,
    /// The built files.
    pub files: Files,
    /// Tells everything that runs to come to its end.
    pub stop: Stop,
}

impl Newsroom {
    /// Opens the store and makes the handles; begins to follow the outbox.
    ///
    /// # Errors
    /// When the store can't be opened; the error is one sentence for a person.
    pub async fn open(config: Config, listen: SocketAddr, stop: Stop) -> store::Result<Arc<Self>> {
        // Leptos' tasks run on this runtime. Said before, for another newsroom of this process, it is no error.
        let _was_said = any_spawner::Executor::init_tokio().is_err();
        app::register_server_functions();
        let store = Store::open(&config.at).await?;
        let shelf = Arc::new(Shelf::new(config.shelf_bytes));
        tokio::spawn(press::evict::follow(shelf.clone(), store.clone()));
        let pages = Pages::new(store.clone(), shelf.clone());
        let live = Live::new(store.clone(), Arc::new(pages)).await?;
        let files = Files::new(shelf.clone());
        Ok(Arc::new(Self {
            home: config.home(),
            origins: config.origins(listen),
            headers: headers::of_every_answer(config.is_https()),
            desk: Desk::new(store.clone()),
            auth: Auth::new(store.clone()),
            config,
            store,
            live,
            shelf,
            pushed: Taken::default(),
            handed_in: Semaphore::new(HANDED_IN),
            files,
            stop,
        }))
    }
}
