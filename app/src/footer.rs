//! The foot of every page: lists of what there is, who owns the site, what its labels mean.

use crate::{masthead::seal, routes, site::Site};
use leptos::prelude::*;
use news::{Place, Region, Section};

/// The footer.
pub(crate) fn footer() -> impl IntoView {
    let site = Site::get();
    view! {
        <footer class="footer page__band" lang="en" dir="ltr">
            <a class="footer__name" href=routes::FRONT>{seal("footer__seal")}{site.name.clone()}</a>
            <div class="footer__lists">
                <div>
                    <h2>"Sections"</h2>
                    <ul>{Section::ALL.map(|s| entry(routes::section(s), s.title())).collect_view()}</ul>
                </div>
                <div>
                    <h2>"Places by region"</h2>
                    <ul>{Region::ALL.map(|r| entry(routes::region(r), r.name())).collect_view()}</ul>
                </div>
                <div>
                    <h2>"Also in Asia"</h2>
                    <ul>{Place::ALL.into_iter().filter(|p| p.region().is_none()).map(|p| entry(routes::place(p), p.name())).collect_view()}</ul>
                </div>
                <div>
                    <h2>"Site"</h2>
                    <ul>
                        {entry(routes::LATEST.into(), "Latest")}
                        {entry(routes::FEED.into(), "Feed (RSS)")}
                        {entry(routes::CONTACTS.into(), "Contacts")}
                        {entry(routes::SIGN_IN.into(), "For staff")}
                    </ul>
                </div>
            </div>
            <div class="footer__contacts">
                <div>
                    <h2><a href=routes::CONTACTS>{site.contacts_heading.clone()}</a></h2>
                    <ul>{site.contacts_lines.iter().map(|line| view! { <li>{line.clone()}</li> }).collect_view()}</ul>
                </div>
                <div class="footer__small">
                    <p>"Names and groupings on this site follow Unicode CLDR and UN M49 for navigation; they express no view on the legal status of any territory."</p>
                    <p>"Words of agencies stand on tinted ground, are cut where their terms say, and end with the way to the whole text. Everything else is ours, and we answer for it."</p>
                </div>
            </div>
        </footer>
    }
}

fn entry(href: String, name: &'static str) -> impl IntoView {
    view! { <li><a href=href>{name}</a></li> }
}
