//! A newsroom for tests: a store in a folder of its own, and pages drawn as the server draws them.

use app::{Assets, Noted, PageNotes, Viewer};
use axum::body::{Body, to_bytes};
use axum::http::Request;
use desk::Desk;
use leptos::prelude::provide_context;
use news::body::Block;
use news::{Document, Genre, Id, Lang, Place, ReadMore, Role, Section, StoryAddress};
use store::{Fate, FileItems, Location, NewExcerpt, NewStaff, NewStory, Store};

/// The newsroom; its folder goes with it.
pub(crate) struct Newsroom {
    pub(crate) store: Store,
    desk: Desk,
    _folder: tempfile::TempDir,
}

/// A page as it was drawn.
pub(crate) struct Page {
    pub(crate) html: String,
    pub(crate) noted: Noted,
}

impl Newsroom {
    pub(crate) async fn open() -> Self {
        // Fails where another test of this process has done it, which is as good.
        any_spawner::Executor::init_tokio().ok();
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&Location::Folder(folder.path().into()))
            .await
            .unwrap();
        Self {
            desk: Desk::new(store.clone()),
            store,
            _folder: folder,
        }
    }

    pub(crate) async fn page(&self, path: &str) -> Page {
        self.draw(path, Viewer::default()).await
    }

    pub(crate) async fn page_for(&self, path: &str, role: Role) -> Page {
        let staff = self.store.staff(self.member(role).await).await.unwrap();
        self.draw(path, Viewer(staff)).await
    }

    pub(crate) async fn member(&self, role: Role) -> Id {
        let email = format!(
            "{}-{}@asian-news.example",
            role.slug(),
            self.store.next_id()
        );
        self.store
            .add_staff(NewStaff {
                email,
                name: "Mika Arai".into(),
                roles: vec![role],
            })
            .await
            .unwrap()
    }

    async fn draw(&self, path: &str, viewer: Viewer) -> Page {
        let notes = PageNotes::default();
        let give = {
            let (store, desk, notes) = (self.store.clone(), self.desk.clone(), notes.clone());
            move || {
                provide_context(store.clone());
                provide_context(desk.clone());
                provide_context(notes.clone());
                provide_context(viewer.clone());
                provide_context(Assets::default());
            }
        };
        let draw = leptos_axum::render_app_async_with_context(give, app::shell);
        let response = draw(Request::builder().uri(path).body(Body::empty()).unwrap()).await;
        let bytes = to_bytes(response.into_body(), 8 << 20).await.unwrap();
        Page {
            html: String::from_utf8(bytes.to_vec()).unwrap(),
            noted: notes.noted(),
        }
    }

    /// A draft about Taiwan in Business; gives its address.
    pub(crate) async fn draft(&self, headline: &str) -> String {
        let id = self.begin(headline).await;
        StoryAddress { slug: None, id }.to_string()
    }

    /// The same, published.
    pub(crate) async fn published(&self, headline: &str) -> String {
        let id = self.begin(headline).await;
        let editor = self.member(Role::Editor).await;
        let version = self.desk.open(id).await.unwrap().version;
        self.desk
            .publish(editor, id, version)
            .await
            .unwrap()
            .address
            .to_string()
    }

    async fn begin(&self, headline: &str) -> Id {
        let words = [
            "At ten past four in the morning the ship drops to eleven knots.",
            "She is simply early.",
        ];
        let body = words.map(|words| Block::Paragraph(words.into()));
        let staff = self.member(Role::Writer).await;
        let new = NewStory {
            id: None,
            staff: Some(staff),
            lang: Lang::english(),
            section: Section::Business,
            places: vec![Place::TW],
            topics: vec!["Shipping".into()],
            genre: Genre::News,
            document: Document::from_plain(
                headline,
                "Ships that slow down get a berth by appointment.",
                &body,
            ),
            authors: vec!["Chen Yi-ling".into()],
            dateline: Some("Kaohsiung".into()),
            urgency: 5,
            slug: None,
            picture: None,
        };
        self.store.begin_story(new).await.unwrap()
    }

    /// An event that our newsroom and AP tell; its address, and that of its own story.
    pub(crate) async fn event(&self) -> (String, String) {
        let excerpt = self.excerpt().await;
        let ours = self
            .published("Cameras watch the schools of Pyongyang")
            .await;
        let id = |path: &str| path.rsplit('-').next().unwrap().parse::<Id>().unwrap();
        let editor = self.member(Role::Editor).await;
        let event = self
            .store
            .put_together(id(&ours), id(&excerpt), editor)
            .await;
        let event = self.store.event(event.unwrap()).await.unwrap().unwrap();
        (event.address.to_string(), ours)
    }

    /// An excerpt of the AP; gives its address.
    pub(crate) async fn excerpt(&self) -> String {
        let id = self.filed("ap", |_| {}).await;
        let teaser = self.store.teaser(id).await.unwrap();
        match teaser {
            Some(news::Teaser::Excerpt(card)) => card.address.to_string(),
            other => panic!("no excerpt: {other:?}"),
        }
    }

    /// An excerpt of this source, changed from the AP's.
    pub(crate) async fn filed(&self, source: &str, change: impl FnOnce(&mut NewExcerpt)) -> Id {
        let mut item = an_item();
        change(&mut item);
        self.file(source, vec![item]).await.remove(0)
    }

    /// Files them at once.
    pub(crate) async fn file(&self, source: &str, items: Vec<NewExcerpt>) -> Vec<Id> {
        let source = self.store.source(source).await.unwrap().unwrap();
        let batch = FileItems {
            source: source.id,
            feed: None,
            items,
            validators: None,
        };
        let fates = self.store.file_items(batch).await.unwrap();
        let id = |fate| match fate {
            Fate::New(id) => id,
            other => panic!("{other:?}"),
        };
        fates.into_iter().map(id).collect()
    }

    pub(crate) async fn withdraw(&self, address: &str, why: &str) {
        let id = StoryAddress::parse(address.trim_start_matches("/story/"))
            .unwrap()
            .id;
        let editor = self.member(Role::Editor).await;
        self.desk.withdraw(editor, id, why).await.unwrap();
    }
}

/// An item of the AP as it is filed.
pub(crate) fn an_item() -> NewExcerpt {
    NewExcerpt {
        guid: "urn:ap:1".into(),
        address: "https://apnews.com/article/abc".into(),
        content_hash: "1".into(),
        headline: "North Korea is buying Chinese surveillance cameras".into(),
        paragraphs: vec![
            "SEOUL, South Korea (AP) — North Korea is putting cameras in schools.".into(),
            "“They are now keen to keep it that way,” said an analyst who".into(),
        ],
        given: 2_000,
        lang: Lang::english(),
        section: Section::Technology,
        places: vec![Place::KP, Place::KR, Place::CN],
        topics: vec!["Politics".into()],
        dateline: Some("SEOUL".into()),
        read_more: ReadMore {
            url: "https://apnews.com/article/abc".into(),
            host: "apnews.com".into(),
        },
        published_at: Store::now(),
        placing: store::Placing::Sure,
        medtop: None,
        undated: false,
        breaking: None,
        version: None,
        embargo: None,
        refuse: None,
        hold: None,
        why: "a test".into(),
    }
}

impl Page {
    pub(crate) fn count(&self, words: &str) -> usize {
        self.html.matches(words).count()
    }

    pub(crate) fn without_nonce(&self) -> String {
        self.noted
            .nonce
            .as_ref()
            .map_or_else(|| self.html.clone(), |nonce| self.html.replace(nonce, ""))
    }

    /// Where the page's links to this site lead.
    pub(crate) fn links(&self) -> Vec<String> {
        let parts = self
            .html
            .split("href=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next());
        parts
            .filter(|href| href.starts_with('/'))
            .map(|href| href.replace("&amp;", "&"))
            .collect()
    }
}
