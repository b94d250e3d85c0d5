//! What kind of piece a story is. One word everywhere, never format or type.

use serde::{Deserialize, Serialize};

macro_rules! genres {
    ($($name:ident $slug:literal $label:literal $schema:literal)*) => {
        /// News, analysis, interview … (IPTC genre).
        #[derive(Clone, Copy, Debug, Default, Deserialize, Eq, Hash, PartialEq, Serialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum Genre {
            #[default]
            $(#[doc = $label] $name,)*
        }

        impl Genre {
            /// All nine.
            pub const ALL: [Self; 9] = [$(Self::$name),*];
            /// Its name in addresses and in the store.
            #[must_use]
            pub const fn slug(self) -> &'static str { match self { $(Self::$name => $slug),* } }
            /// Its label on the page.
            #[must_use]
            pub const fn label(self) -> &'static str { match self { $(Self::$name => $label),* } }
            /// Its type at schema.org.
            #[must_use]
            pub const fn schema_type(self) -> &'static str { match self { $(Self::$name => $schema),* } }
        }
    };
}

genres! {
    News "news" "News" "NewsArticle"
    Analysis "analysis" "Analysis" "AnalysisNewsArticle"
    Interview "interview" "Interview" "NewsArticle"
    Explainer "explainer" "Explainer" "NewsArticle"
    Opinion "opinion" "Opinion" "OpinionNewsArticle"
    Background "background" "Background" "BackgroundNewsArticle"
    LiveCoverage "live-coverage" "Live" "LiveBlogPosting"
    PhotoStory "photo-story" "Photo story" "ImageGallery"
    VideoStory "video-story" "Video" "NewsArticle"
}

impl Genre {
    /// By its name in addresses and in the store.
    #[must_use]
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|g| g.slug() == slug)
    }

    /// Plain news carries no label; everything else says what it is.
    #[must_use]
    pub fn shown(self) -> Option<&'static str> {
        (self != Self::News).then(|| self.label())
    }
}
