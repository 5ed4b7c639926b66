//! Files that are chosen on a screen and read there, and files that are saved.

use gloo::timers::callback::Timeout;
use gloo::timers::future::TimeoutFuture;
use gloo::utils::document;
use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, BlobPropertyBag, File, HtmlAnchorElement, HtmlInputElement, Url};
use yew::{Callback, Event, Html, TargetCast, html};

/// A button that has a file chosen, of these kinds: `.csv,.txt`.
pub fn choose_file(
    id: &'static str,
    accept: &'static str,
    text: String,
    chosen: Callback<File>,
) -> Html {
    let onchange = Callback::from(move |event: Event| {
        let input: HtmlInputElement = event.target_unchecked_into();
        let file = input.files().and_then(|files| files.get(0));
        // Else choosing the same file again would change nothing.
        input.set_value("");
        file.into_iter().for_each(|file| chosen.emit(file));
    });
    html! {
        <label class="button">
            <input {id} type="file" {accept} {onchange} />
            { text }
        </label>
    }
}

/// Does work once the word that it is being done is drawn.
pub fn once_drawn(work: impl Future<Output = ()> + 'static) {
    spawn_local(async move {
        TimeoutFuture::new(0).await;
        work.await;
    });
}

/// What a file holds; `None` where the browser can't read it.
pub async fn bytes_of(file: &File) -> Option<Vec<u8>> {
    let blob: &Blob = file.as_ref();
    let buffer = JsFuture::from(blob.array_buffer()).await.ok()?;
    Some(Uint8Array::new(&buffer).to_vec())
}

/// Has the browser save a file; `None` where it can't.
pub fn save(name: &str, media_type: &str, file: &[u8]) -> Option<()> {
    let properties = BlobPropertyBag::new();
    properties.set_type(media_type);
    let parts = Array::of1(&Uint8Array::from(file));
    let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &properties).ok()?;
    let address = Url::create_object_url_with_blob(&blob).ok()?;
    let link: HtmlAnchorElement = document().create_element("a").ok()?.dyn_into().ok()?;
    link.set_href(&address);
    link.set_download(name);
    link.click();
    // The browser has the file by then; without this it would be kept as long as the page is.
    Timeout::new(60_000, move || drop(Url::revoke_object_url(&address))).forget();
    Some(())
}
