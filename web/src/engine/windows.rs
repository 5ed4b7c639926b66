//! What the windows that show fentan tell each other, so that two of them on one plan know.

use gloo::events::EventListener;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{BroadcastChannel, MessageEvent};

/// What a window tells the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum News {
    /// It has opened this plan.
    Opened(u32),
    /// It, too, has this plan open.
    Here(u32),
    /// It has kept this revision of a plan.
    Changed(u32, u32),
}

/// The other windows.
pub struct Windows {
    channel: BroadcastChannel,
    _listener: EventListener,
}

impl Windows {
    /// Listens to what the others tell; `None` where the browser has no such channel.
    pub fn listen(hear: impl Fn(News) + 'static) -> Option<Windows> {
        let channel = BroadcastChannel::new("fentan").ok()?;
        let listener = EventListener::new(&channel, "message", move |event| {
            let message = event.dyn_ref::<MessageEvent>().and_then(|one| one.data().as_string());
            if let Some(news) = message.as_deref().and_then(News::read) {
                hear(news);
            }
        });
        Some(Windows { channel, _listener: listener })
    }

    /// Tells the others.
    pub fn tell(&self, news: News) {
        // Nobody may be there to hear it.
        let _ = self.channel.post_message(&JsValue::from(news.written()));
    }
}

impl News {
    fn written(self) -> String {
        match self {
            News::Opened(plan) => format!("opened {plan}"),
            News::Here(plan) => format!("here {plan}"),
            News::Changed(plan, revision) => format!("changed {plan} {revision}"),
        }
    }

    fn read(text: &str) -> Option<News> {
        let mut words = text.split(' ');
        let kind = words.next()?;
        let mut number = || words.next()?.parse().ok();
        Some(match kind {
            "opened" => News::Opened(number()?),
            "here" => News::Here(number()?),
            "changed" => News::Changed(number()?, number()?),
            _ => return None,
        })
    }
}
