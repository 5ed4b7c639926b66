//! The worker that writes papers, from the page's side.

use gloo::utils::document;
use js_sys::{Array, Object, Reflect, Uint8Array};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    Blob, BlobPropertyBag, HtmlAnchorElement, MessageEvent, Url, Worker, WorkerOptions, WorkerType,
};

/// What the worker tells.
pub(super) enum Told {
    /// So many households of so many are done.
    Done(u32, u32),
    /// The file is written.
    File(Uint8Array),
    /// It is not, and why.
    Failed(String),
}

/// A worker that is writing; it ends when this is dropped.
pub(super) struct Work {
    worker: Worker,
    _on_message: Closure<dyn Fn(MessageEvent)>,
    _on_error: Closure<dyn Fn()>,
}

impl Work {
    /// Has a worker write what the fields ask for; none where no worker can be started.
    pub(super) fn begin(
        fields: &[(&str, &str)],
        tell: impl Fn(Told) + Clone + 'static,
    ) -> Option<Work> {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let worker = Worker::new_with_options("./fentan-papers.worker.js", &options).ok()?;
        let on_error = {
            let tell = tell.clone();
            Closure::<dyn Fn()>::new(move || tell(Told::Failed(String::new())))
        };
        let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            tell(read(&event.data()));
        });
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        let asked = Object::new();
        for (name, value) in fields {
            Reflect::set(&asked, &(*name).into(), &(*value).into()).ok()?;
        }
        worker.post_message(&asked).ok()?;
        Some(Work { worker, _on_message: on_message, _on_error: on_error })
    }
}

impl Drop for Work {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}

fn read(data: &JsValue) -> Told {
    let field = |name: &str| Reflect::get(data, &name.into()).unwrap_or_default();
    if let Ok(file) = field("file").dyn_into() {
        return Told::File(file);
    }
    if let Some(failure) = field("failed").as_string() {
        return Told::Failed(failure);
    }
    let done = Array::from(&field("done"));
    let [done, all] = [0, 1].map(|index| done.get(index).as_f64().unwrap_or_default() as u32);
    Told::Done(done, all)
}

/// Hands a file over to be saved.
pub(super) fn save(name: &str, media_type: &str, file: &Uint8Array) -> Option<()> {
    let properties = BlobPropertyBag::new();
    properties.set_type(media_type);
    let blob = Blob::new_with_u8_array_sequence_and_options(&Array::of1(file), &properties).ok()?;
    let address = Url::create_object_url_with_blob(&blob).ok()?;
    let link: HtmlAnchorElement = document().create_element("a").ok()?.dyn_into().ok()?;
    link.set_href(&address);
    link.set_download(name);
    link.click();
    // The browser has the file by then; without this it would be kept as long as the page is.
    gloo::timers::callback::Timeout::new(60_000, move || {
        let _ = Url::revoke_object_url(&address);
    })
    .forget();
    Some(())
}
