//! Where a source sits: its feed's relative addresses and its dates without a zone begin there.

use crate::feed::SourceHint;
use news::{Place, Source};
use url::Url;

/// What is known of this source's feeds; `base` is the address one was fetched from.
pub(crate) fn hint(source: &Source, base: Option<Url>) -> SourceHint {
    let home = Url::parse(&source.home_url).ok();
    SourceHint {
        place: place(source, home.as_ref()),
        base: base.or(home),
    }
}

/// By its home's country domain, else by its language where that is one place's.
fn place(source: &Source, home: Option<&Url>) -> Option<Place> {
    let domain = home
        .and_then(Url::domain)
        .and_then(|host| host.rsplit('.').next());
    let by_domain = domain
        .filter(|last| last.len() == 2)
        .and_then(Place::from_code);
    by_domain.or_else(|| {
        Some(match source.lang.as_str() {
            "ja" => Place::JP,
            "ko" => Place::KR,
            "zh-Hans" => Place::CN,
            "zh-Hant" => Place::TW,
            "th" => Place::TH,
            "vi" => Place::VN,
            "id" => Place::ID,
            "ms" => Place::MY,
            "fil" | "tl" => Place::PH,
            "km" => Place::KH,
            "lo" => Place::LA,
            "my" => Place::MM,
            "mn" => Place::MN,
            "hi" | "mr" | "gu" | "te" | "kn" | "ml" | "pa" => Place::IN,
            "bn" => Place::BD,
            "ne" => Place::NP,
            "si" => Place::LK,
            "ur" => Place::PK,
            "fa" => Place::IR,
            "tr" => Place::TR,
            "he" => Place::IL,
            "ka" => Place::GE,
            "hy" => Place::AM,
            "az" => Place::AZ,
            "kk" => Place::KZ,
            "ky" => Place::KG,
            "tg" => Place::TJ,
            "tk" => Place::TM,
            "uz" => Place::UZ,
            "dv" => Place::MV,
            "dz" => Place::BT,
            _ => return None,
        })
    })
}
