//! An empty site for one test, and how to ask it.

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode};
use news::body::{Block, ids};
use news::{Document, Genre, Id, Lang, Place, Role, Section, StoryId};
use server::{config::Config, newsroom::Newsroom, router::Service, shutdown::Stop};
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use store::{Location, NewStaff, NewStory, Publish, Store};
use tempfile::TempDir;

/// The origin of the site's own pages.
pub(crate) const ORIGIN: &str = "http://localhost:3000";
/// Everybody's password.
pub(crate) const PASSWORD: &str = "correct horse battery";

pub(crate) struct Site {
    pub(crate) newsroom: Arc<Newsroom>,
    pub(crate) service: Service,
    _folder: TempDir,
}

/// An answer, read to its end.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map(|v| v.to_str().unwrap())
            .unwrap_or_default()
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("no JSON: {}", self.text()))
    }
}

impl Site {
    pub(crate) async fn new() -> Self {
        Self::with(|_| {}).await
    }

    pub(crate) async fn with(set: impl FnOnce(&mut Config)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut config = Config::in_folder(folder.path().into());
        set(&mut config);
        let listen = SocketAddr::from(([127, 0, 0, 1], 3000));
        let newsroom = Newsroom::open(config, listen, Stop::default())
            .await
            .unwrap();
        let service = Service::new(newsroom.clone());
        let site = Self {
            newsroom,
            service,
            _folder: folder,
        };
        // The shelf begins to count with the outbox's head of this moment.
        tokio::time::sleep(Duration::from_millis(5)).await;
        site
    }

    /// On PostgreSQL, in a database of its own; `None` where `PG_URL` names no server.
    pub(crate) async fn on_postgres() -> Option<Self> {
        use sqlx::postgres::PgPoolOptions;
        use sqlx::{AssertSqlSafe, Executor};
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let Ok(url) = std::env::var("PG_URL") else {
            eprintln!("skipped: no PostgreSQL");
            return None;
        };
        let (n, pid) = (COUNT.fetch_add(1, Ordering::Relaxed), std::process::id());
        let name = format!("routes_{pid}_{n}_{}", Store::now().0);
        let admin = PgPoolOptions::new()
            .max_connections(1)
            .connect(&url)
            .await
            .unwrap();
        admin
            .execute(AssertSqlSafe(format!("CREATE DATABASE {name}")))
            .await
            .unwrap();
        admin.close().await;
        let (server, _) = url.rsplit_once('/').unwrap();
        let at = Location::Postgres(format!("{server}/{name}"));
        Some(Self::with(|config| config.at = at).await)
    }

    pub(crate) async fn ask(&self, request: Request<Body>) -> Answer {
        let response = self.service.clone().answer(request).await;
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, 64 << 20).await.unwrap().to_vec();
        Answer {
            status: parts.status,
            headers: parts.headers,
            body,
        }
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.get_with(path, &[]).await
    }

    pub(crate) async fn get_with(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        self.send(Method::GET, path, headers, "").await
    }

    pub(crate) async fn send(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: impl Into<Body>,
    ) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.ask(request.body(body.into()).unwrap()).await
    }

    /// A POST as a page of ours sends it.
    pub(crate) async fn post(&self, path: &str, cookie: &str, json: &serde_json::Value) -> Answer {
        // A text is what a form sends.
        let (kind, body) = match json.as_str() {
            Some(form) => ("application/x-www-form-urlencoded", form.to_owned()),
            None => ("application/json", json.to_string()),
        };
        let headers = [
            ("origin", ORIGIN),
            ("cookie", cookie),
            ("content-type", kind),
        ];
        self.send(Method::POST, path, &headers, body).await
    }

    /// Somebody with this role, and the cookie of their session.
    pub(crate) async fn member(&self, role: Role) -> (Id, String) {
        let email = format!("{}@asian-news.example", role.slug());
        let new = NewStaff {
            email,
            name: format!("A {}", role.slug()),
            roles: vec![role],
        };
        let id = self.newsroom.store.add_staff(new).await.unwrap();
        let link = self.newsroom.auth.new_link(id).await.unwrap();
        let address = [127, 0, 0, 1].into();
        let session = self
            .newsroom
            .auth
            .use_link(&link, None, address)
            .await
            .unwrap();
        (id, format!("sid-dev={}", session.token))
    }

    /// A draft with these words.
    pub(crate) async fn draft(&self, headline: &str, words: &str, owner: Option<Id>) -> StoryId {
        let blocks = [Block::Paragraph(words.into())];
        let new = NewStory {
            id: None,
            staff: owner,
            lang: Lang::english(),
            section: Section::Business,
            places: vec![Place::JP],
            topics: vec!["Shipping".into()],
            genre: Genre::News,
            document: Document::from_plain(headline, "Ferries stop at noon.", &blocks),
            authors: vec!["Mika Arai".into()],
            dateline: Some("Kagoshima".into()),
            urgency: 5,
            slug: None,
            picture: None,
        };
        self.newsroom.store.begin_story(new).await.unwrap()
    }

    /// A published story, and its address.
    pub(crate) async fn story(&self, headline: &str, words: &str) -> (StoryId, String) {
        let id = self.draft(headline, words, None).await;
        (id, self.publish(id).await)
    }

    /// The one that stands where its words don't matter.
    pub(crate) async fn one_story(&self) -> (StoryId, String) {
        self.story("Typhoon nears Kyushu", "Ferries stop at noon.")
            .await
    }

    pub(crate) async fn publish(&self, id: StoryId) -> String {
        let draft = self.newsroom.store.draft(id).await.unwrap().unwrap();
        let doc = draft.story.document;
        let publish = Publish {
            story: id,
            version: draft.story.draft_version,
            rev: draft.story.rev,
            block_ids: ids::align(None, &doc, draft.story.draft_version),
            headline: doc.headline(),
            standfirst: doc.standfirst(),
            doc,
            slug: None,
            staff: None,
            at: Store::now(),
            note: None,
        };
        let out = self.newsroom.store.publish(publish).await.unwrap();
        self.settled().await;
        out.address.to_string()
    }

    /// Waits until the shelf and the streams have heard of everything that happened.
    pub(crate) async fn settled(&self) {
        let head = self.newsroom.store.head().await.unwrap();
        while self.newsroom.shelf.heard() < head || self.newsroom.live.head() < head {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    }
}
