//! Shows the reader's own date, and turns the page's absolute times into the reader's: "6 min ago", the own zone's clock.
//! The times stand outside every island, so their words are free to change.
#![expect(
    unreachable_pub,
    reason = "#[island] writes a public item of its own beside the function"
)]

use leptos::prelude::*;

/// The date in the masthead. It says nothing of the day until the reader's clock is known: pages are the same for all.
#[island]
pub fn ClockIsland() -> impl IntoView {
    let today = RwSignal::new(String::from("Around the clock, from all of Asia"));
    #[cfg(feature = "hydrate")]
    browser::start(today);
    view! { <p class="masthead__date">{today}</p> }
}

#[cfg(feature = "hydrate")]
mod browser {
    use js_sys::{Array, Date, Function, Intl, Object, Reflect};
    use leptos::prelude::*;
    use std::time::Duration;
    use wasm_bindgen::{JsCast, JsValue};
    use web_sys::Element;

    const MINUTE: f64 = 60_000.0;

    pub(super) fn start(today: RwSignal<String>) {
        // Hydration must find the words the server sent; the first change comes after it.
        set_timeout(move || show(today), Duration::ZERO);
        set_interval(move || show(today), Duration::from_secs(30));
        // A new page, or a time that changed on this one.
        for event in ["page", "times"] {
            let heard = window_event_listener_untyped(event, move |_| show(today));
            on_cleanup(move || heard.remove());
        }
    }

    fn show(today: RwSignal<String>) {
        let now = Date::now();
        let words = Forms::new();
        let date = words.say(&words.today, now);
        if today.try_get_untracked().is_some_and(|old| old != date) {
            today.set(date);
        }
        let Ok(times) = document().query_selector_all("time[data-show]") else {
            return;
        };
        for at in 0..times.length() {
            if let Some(time) = times.item(at).and_then(|n| n.dyn_into::<Element>().ok()) {
                rewrite(&time, now, &words);
            }
        }
        mark("[data-own]", "Your time");
        mark("[data-zone]", &zone());
    }

    fn rewrite(time: &Element, now: f64, words: &Forms) {
        let at = Date::parse(&time.get_attribute("datetime").unwrap_or_default());
        if at.is_nan() {
            return;
        }
        let age = now - at;
        let fresh = (-MINUTE..24.0 * 60.0 * MINUTE).contains(&age);
        let text = match time.get_attribute("data-show").as_deref() {
            Some("ago") if fresh => ago(age),
            Some("ago") => words.say(&words.day, at),
            Some("clock") => words.say(&words.clock, at),
            Some("full") if year(at) != year(now) => words.say(&words.full, at),
            _ => words.say(&words.own, at),
        };
        if time.text_content().as_deref() != Some(&text) {
            time.set_text_content(Some(&text));
        }
    }

    fn year(at: f64) -> u32 {
        Date::new(&JsValue::from_f64(at)).get_full_year()
    }

    fn ago(age: f64) -> String {
        match age / MINUTE {
            minutes if minutes < 1.0 => "just now".into(),
            minutes if minutes < 60.0 => format!("{} min ago", minutes.floor()),
            minutes => format!("{} h ago", (minutes / 60.0).floor()),
        }
    }

    /// How moments are written, in the reader's zone and the site's language.
    struct Forms {
        today: Function,
        clock: Function,
        day: Function,
        own: Function,
        full: Function,
    }

    impl Forms {
        fn new() -> Self {
            let clock = [
                ("hour", "2-digit"),
                ("minute", "2-digit"),
                ("hourCycle", "h23"),
            ];
            let day = [("day", "numeric"), ("month", "short")];
            Self {
                today: form(&[
                    ("weekday", "long"),
                    ("day", "numeric"),
                    ("month", "long"),
                    ("year", "numeric"),
                ]),
                clock: form(&clock),
                day: form(&day),
                own: form(&[day[0], day[1], clock[0], clock[1], clock[2]]),
                full: form(&[
                    day[0],
                    day[1],
                    ("year", "numeric"),
                    clock[0],
                    clock[1],
                    clock[2],
                ]),
            }
        }

        #[expect(clippy::unused_self, reason = "reads like a sentence where it is used")]
        fn say(&self, form: &Function, at: f64) -> String {
            let date = Date::new(&JsValue::from_f64(at));
            form.call1(&JsValue::NULL, &date)
                .ok()
                .and_then(|text| text.as_string())
                .unwrap_or_default()
        }
    }

    fn form(parts: &[(&str, &str)]) -> Function {
        let options = Object::new();
        for (name, value) in parts {
            Reflect::set(
                &options,
                &JsValue::from_str(name),
                &JsValue::from_str(value),
            )
            .ok();
        }
        Intl::DateTimeFormat::new(&Array::of1(&"en-GB".into()), &options).format()
    }

    /// "Tokyo time" of `Asia/Tokyo`.
    fn zone() -> String {
        let options = Intl::DateTimeFormat::new(&Array::new(), &Object::new()).resolved_options();
        let name = Reflect::get(&options, &"timeZone".into())
            .ok()
            .and_then(|n| n.as_string())
            .unwrap_or_default();
        let city = name
            .rsplit('/')
            .next()
            .unwrap_or_default()
            .replace('_', " ");
        if city.is_empty() || city == "UTC" {
            "UTC".into()
        } else {
            format!("{city} time")
        }
    }

    fn mark(which: &str, text: &str) {
        let Ok(marks) = document().query_selector_all(which) else {
            return;
        };
        for at in 0..marks.length() {
            if let Some(mark) = marks.item(at) {
                mark.set_text_content(Some(text));
            }
        }
    }
}
