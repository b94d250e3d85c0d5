//! Who owns the site and where it can be reached: exactly the lines of `site.json`.

use crate::{error_page, head::Head, page_notes::PageNotes, routes, site::Site};
use leptos::prelude::*;
use news::Shows;
use serde_json::{Value, json};
use store::Store;

/// `/contacts`
pub(crate) fn page() -> impl IntoView {
    let notes = use_context::<PageNotes>().unwrap_or_default();
    let store = use_context::<Store>();
    error_page::catching(async move {
        let store = store.ok_or(error_page::Trouble::NoStore)?;
        let seq = store.head().await?;
        notes.shows([Shows::Site]);
        let site = Site::get();
        let head = Head {
            seq,
            json_ld: vec![organization()],
            ..Head::new(
                &site.contacts_heading,
                "Who owns Asian-News.net and where it can be reached.",
                routes::CONTACTS,
            )
        };
        let view = view! {
            {head.tags()}
            <div class="page__plain">
                <h1 class="page__title" tabindex="-1">{site.contacts_heading.clone()}</h1>
                <ul>{site.contacts_lines.iter().map(|line| view! { <li>{line.clone()}</li> }).collect_view()}</ul>
                <h2 class="page__sub">"About " {site.name.clone()}</h2>
                <p>{site.description.clone()}</p>
            </div>
        };
        Ok(view.into_any())
    })
}

/// The site as schema.org's `NewsMediaOrganization`.
pub(crate) fn organization() -> Value {
    let site = Site::get();
    json!({
        "@context": "https://schema.org",
        "@type": "NewsMediaOrganization",
        "name": site.name,
        "url": site.absolute("/"),
        "description": site.description,
        "logo": site.absolute("/icon.svg"),
        "legalName": site.owner,
        "identifier": { "@type": "PropertyValue", "name": site.registration.label, "value": site.registration.number },
        "address": {
            "@type": "PostalAddress",
            "streetAddress": format!("{}, {}", site.address.street, site.address.district),
            "postalCode": site.address.postal_code,
            "addressLocality": site.address.city,
            "addressCountry": site.country.iso,
        },
    })
}
