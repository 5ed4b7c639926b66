//! The button that opens files: plans and rosters.

use fentan_words::{Language, say};
use gloo::file::{File, FileList};
use js_sys::Uint8Array;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, HtmlInputElement, TextDecoder, TextDecoderOptions};
use yew::platform::spawn_local;
use yew::{Callback, Event, Html, TargetCast, html};

use crate::message::{Refusal, Refused, TextFile};
use crate::page::Action;

/// The most bytes of a file that the page opens.
const MOST_BYTES: u64 = 64 << 20;

#[wasm_bindgen(raw_module = "./later.js")]
extern "C" {
    /// Turns a plan written in TOML into JSON; what it throws is a text that says what is wrong
    /// with the file, or anything else where the program that does it can't be loaded.
    #[wasm_bindgen(catch, js_name = tomlToJson)]
    async fn toml_to_json(bytes: &Uint8Array, language: &str) -> Result<JsValue, JsValue>;
}

/// A button that opens files from disk: a plan, a roster, or both together.
pub fn open_files(
    id: &'static str,
    language: Language,
    key: &str,
    send: &Callback<Action>,
) -> Html {
    let send = send.clone();
    let onchange = move |event: Event| {
        let input: HtmlInputElement = event.target_unchecked_into();
        let files = input.files().map(|files| FileList::from(files).to_vec());
        // Else choosing the same file again would change nothing.
        input.set_value("");
        let send = send.clone();
        spawn_local(async move {
            send.emit(match read(language, files.unwrap_or_default()).await {
                Ok(files) => Action::Read(files),
                Err(refusal) => Action::Refuse(refusal),
            });
        });
    };
    html! {
        <label class="button" title={say(language, "page.open-hint")}>
            <input {id} type="file" multiple=true accept=".json,.toml,.csv,.tsv,.txt" {onchange} />
            { say(language, key) }
        </label>
    }
}

async fn read(language: Language, files: Vec<File>) -> Result<Vec<TextFile>, Refusal> {
    let mut opened = Vec::with_capacity(files.len());
    for file in files {
        let refused = |reason| Refusal { file: file.name(), reason };
        if file.size() > MOST_BYTES {
            return Err(refused(Refused::TooLarge));
        }
        let blob: &Blob = file.as_ref();
        let buffer = JsFuture::from(blob.array_buffer()).await;
        let bytes = Uint8Array::new(&buffer.map_err(|_| refused(Refused::Unreadable))?);
        let text = if file.name().to_ascii_lowercase().ends_with(".toml") {
            in_json(language, &bytes).await.map_err(refused)?
        } else {
            decoded(&bytes).ok_or_else(|| refused(Refused::Unreadable))?
        };
        opened.push(TextFile { name: file.name(), text });
    }
    Ok(opened)
}

async fn in_json(language: Language, toml: &Uint8Array) -> Result<String, Refused> {
    let json = toml_to_json(toml, language.tag()).await;
    let json = json.map_err(|error| {
        error.as_string().map_or(Refused::Unreadable, |words| Refused::Words(vec![words]))
    })?;
    Ok(json.as_string().unwrap_or_default())
}

/// The text of a file as office programs write it: UTF-8, or else GB 18030, which takes in GBK.
fn decoded(bytes: &Uint8Array) -> Option<String> {
    ["utf-8", "gb18030"].into_iter().find_map(|encoding| {
        let options = TextDecoderOptions::new();
        options.set_fatal(true);
        let decoder = TextDecoder::new_with_label_and_options(encoding, &options).ok()?;
        decoder.decode_with_buffer_source(bytes).ok()
    })
}
