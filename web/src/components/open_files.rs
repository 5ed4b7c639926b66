use fentan_words::{Language, say};
use gloo::file::{File, FileList};
use js_sys::Uint8Array;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, HtmlInputElement};
use yew::platform::spawn_local;
use yew::{Callback, Event, Html, TargetCast, html};

use crate::state::{Action, FileType, OpenedFile, Reason, Refusal, State};

#[wasm_bindgen(raw_module = "./start.js")]
extern "C" {
    /// Turns a plan written in TOML into JSON; what it throws is a text that says what is wrong
    /// with the file, or anything else where the program that does it can't be loaded.
    #[wasm_bindgen(catch, js_name = tomlToJson)]
    async fn toml_to_json(bytes: &Uint8Array, language: &str) -> Result<JsValue, JsValue>;
}

/// A button that opens a plan from disk, with its roster or without.
pub fn open_files(language: Language, send: &Callback<Action>) -> Html {
    let send = send.clone();
    let onchange = move |event: Event| {
        let input: HtmlInputElement = event.target_unchecked_into();
        let files = input.files().map(|files| FileList::from(files).to_vec());
        // Else choosing the same file again would change nothing.
        input.set_value("");
        let send = send.clone();
        spawn_local(async move {
            send.emit(match read(language, files.unwrap_or_default()).await {
                Ok(files) => Action::Open(files),
                Err(refusal) => Action::Refuse(refusal),
            });
        });
    };
    html! {
        <label class="button" title={say(language, "page.open-hint")}>
            <input id="open" type="file" multiple=true accept=".json,.toml,.csv" {onchange} />
            { say(language, "page.open") }
        </label>
    }
}

async fn read(language: Language, files: Vec<File>) -> Result<Vec<OpenedFile>, Refusal> {
    let mut opened = Vec::with_capacity(files.len());
    for file in files {
        let refused = |reason| Refusal { file: file.name(), reason };
        if file.size() > State::MOST_BYTES {
            return Err(refused(Reason::TooLarge));
        }
        let blob: &Blob = file.as_ref();
        let buffer = JsFuture::from(blob.array_buffer()).await;
        let bytes = Uint8Array::new(&buffer.map_err(|_| refused(Reason::Unreadable))?);
        let bytes = match FileType::of(&file.name()) {
            Some(FileType::Toml) => in_json(language, &bytes).await.map_err(refused)?,
            _ => bytes.to_vec(),
        };
        opened.push(OpenedFile { name: file.name(), bytes: bytes.into() });
    }
    Ok(opened)
}

async fn in_json(language: Language, toml: &Uint8Array) -> Result<Vec<u8>, Reason> {
    let json = toml_to_json(toml, language.tag()).await;
    let json = json.map_err(|error| error.as_string().map_or(Reason::Unreadable, Reason::Words))?;
    Ok(json.as_string().unwrap_or_default().into_bytes())
}
