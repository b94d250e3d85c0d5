use super::*;
use news::{Id, Place, Region, Section};
use store::Location;

#[tokio::test]
async fn a_card_that_can_not_be_drawn_has_its_lists_loaded_again() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&Location::Folder(folder.path().into())).await;
    let store = store.unwrap();
    store.close().await;
    let shelf = Arc::new(Shelf::new(1 << 20));
    shelf.clear(1);
    let pages = Pages::new(store, shelf);
    let (story, stands) = (
        Id(77),
        Stands {
            sections: vec![Section::World],
            places: vec![Place::JP],
        },
    );
    let own = vec![Channel::Story(story), Channel::Desk(story)];
    let lists = vec![
        Channel::Section(Section::World),
        Channel::Place(Place::JP),
        Channel::Region(Region::EasternAsia),
        Channel::SectionPlace(Section::World, Place::JP),
        Channel::Front,
        Channel::Latest,
    ];
    let filed = NewsEvent::ExcerptFiled {
        story,
        stands: stands.clone(),
        new: true,
    };
    let published = |before| NewsEvent::Published {
        story,
        version: 2,
        before,
        stands: stands.clone(),
        card: true,
    };
    let all = [own.clone(), lists].concat();
    for (event, want) in [
        (filed, &all),
        (published(None), &all),
        (published(Some(1)), &own),
    ] {
        let (seq, at) = (1, Millis(0));
        let told = pages.encode(&OutboxRow { seq, event, at }).await;
        assert!(told.iter().all(|(_, event)| *event == Event::reload()));
        let told: Vec<Channel> = told.into_iter().map(|(to, _)| to).collect();
        assert_eq!(told, *want);
    }
}
