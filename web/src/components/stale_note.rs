use fentan_words::{Language, say, say_with};
use yew::{Html, html};

/// Says, wherever one has scrolled to, that what is on screen is not up to date: it is of the
/// plan being edited as it was, or of another plan of this name.
pub fn stale_note(language: Language, other: Option<&str>) -> Html {
    let sentence = match other {
        Some(name) => say_with(language, "page.stale-other", &[("name", name)]),
        None => say(language, "page.stale"),
    };
    html! {
        <p id="stale">
            <span>{ sentence }</span>
            <a href="#problems">{ say(language, "page.stale-link") }</a>
        </p>
    }
}
