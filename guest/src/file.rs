//! Files that are chosen on a screen, and read there.

use gloo::timers::future::TimeoutFuture;
use js_sys::Uint8Array;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, File, HtmlInputElement};
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

/// What a file holds; none where the browser can't read it.
pub async fn bytes_of(file: &File) -> Option<Vec<u8>> {
    let blob: &Blob = file.as_ref();
    let buffer = JsFuture::from(blob.array_buffer()).await.ok()?;
    Some(Uint8Array::new(&buffer).to_vec())
}
