//! The head of every page: name, ground of the page, sections, places. It stays while pages change under it.

mod clock_island;
mod here_island;

pub use clock_island::ClockIsland;
pub use here_island::HereIsland;

#[cfg(feature = "ssr")]
pub(crate) use server::{masthead, seal};

#[cfg(feature = "ssr")]
mod server {
    use super::{ClockIsland, HereIsland};
    use crate::{routes, site::Site, viewer::Viewer};
    use leptos::prelude::*;
    use news::{Region, Section};

    /// The masthead. It is the same on every page; which section is the page's own, an island marks.
    pub(crate) fn masthead(viewer: &Viewer) -> impl IntoView + use<> {
        let tone = |value, name| {
            view! {
                <button class="masthead__tone" type="button" value=value>
                    <span class="unseen">{name}</span>
                </button>
            }
        };
        view! {
            <header class="masthead" lang="en" dir="ltr">
                <div class="masthead__top">
                    <ClockIsland/>
                    <fieldset class="masthead__theme">
                        <legend class="unseen">"Ground of the page"</legend>
                        {tone("light", "Light")}
                        {tone("sepia", "Sepia")}
                        {tone("dark", "Dark")}
                    </fieldset>
                    <a class="masthead__feeds" href=routes::FEED>"Feed"</a>
                    {door(viewer)}
                </div>
                <div class="masthead__name">
                    <a class="masthead__home" href=routes::FRONT>
                        {seal("masthead__seal")}
                        <span>"Asian-News"<span class="masthead__net">".net"</span></span>
                    </a>
                    <p class="masthead__motto">{Site::motto()}</p>
                </div>
                <div class="masthead__bar">
                    <nav class="masthead__sections" aria-label="Sections">
                        <a href=routes::LATEST>"Latest"</a>
                        {Section::ALL.map(|section| view! {
                            <a href=routes::section(section) data-section=own_colour(section)>{section.title()}</a>
                        }).collect_view()}
                    </nav>
                    <details class="masthead__places">
                        <summary>"Places"</summary>
                        <div class="masthead__drawer">{Region::ALL.map(places).collect_view()}</div>
                    </details>
                    <HereIsland/>
                </div>
            </header>
        }
    }

    /// In or out.
    fn door(viewer: &Viewer) -> AnyView {
        match &viewer.0 {
            None => view! { <a class="masthead__sign" href=routes::SIGN_IN>"Sign in"</a> }.into_any(),
            Some(staff) => view! {
                <form class="masthead__sign" method="post" action="/sign-out">
                    <button class="masthead__out" type="submit" title=staff.name.clone()>"Sign out"</button>
                </form>
            }
            .into_any(),
        }
    }

    /// The first four sections have colours of their own.
    pub(crate) fn own_colour(section: Section) -> Option<&'static str> {
        Section::FIRST.contains(&section).then(|| section.slug())
    }

    fn places(region: Region) -> impl IntoView {
        view! {
            <div>
                <h2 class="masthead__region"><a href=routes::region(region)>{region.name()}</a></h2>
                <ul>
                    {region.places().map(|place| view! {
                        <li><a href=routes::place(place)>{place.name()}</a></li>
                    }).collect_view()}
                </ul>
            </div>
        }
    }

    /// The site's mark.
    pub(crate) fn seal(class: &'static str) -> impl IntoView {
        view! {
            <svg class=class viewBox="0 0 48 48" aria-hidden="true">
                <path fill="currentColor" d="M0 0h48v48H0z"></path>
                <path fill="none" stroke="#fff" stroke-width="3.5" d="M8 10.5h32M8 37.5h32M24 10.5 13.5 37.5M24 10.5l10.5 27M17.5 27.5h13M8 18v12M40 18v12"></path>
            </svg>
        }
    }
}

#[cfg(feature = "ssr")]
pub(crate) use server::own_colour;
