use fentan_words::Language;
use yew::{Callback, Html, html};

use crate::state::Action;

/// A button that switches to the other language, in that language.
pub fn language_choice(language: Language, send: &Callback<Action>) -> Html {
    let (other, name) = match language {
        Language::Chinese => (Language::English, "English"),
        Language::English => (Language::Chinese, "中文"),
    };
    let onclick = send.reform(move |_| Action::Speak(other));
    html! { <button id="language" type="button" lang={other.tag()} {onclick}>{ name }</button> }
}
