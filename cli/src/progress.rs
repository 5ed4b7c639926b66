use std::io::{self, IsTerminal};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

/// From how long on a progress bar is shown.
const PATIENCE: Duration = Duration::from_millis(300);

/// A progress bar on standard error, where that is a terminal and the work takes a while. It
/// leaves nothing behind.
pub(crate) struct Progress {
    begun: Instant,
    total: u64,
    bar: Option<ProgressBar>,
}

impl Progress {
    /// Over so many steps, as far as that is known.
    pub(crate) fn of(total: u64) -> Progress {
        Progress { begun: Instant::now(), total, bar: None }
    }

    /// So many steps are done.
    pub(crate) fn at(&mut self, done: u64) {
        if self.bar.is_none() && self.begun.elapsed() > PATIENCE && io::stderr().is_terminal() {
            let bar = ProgressBar::new(self.total);
            // With how long it still takes.
            let style = ProgressStyle::with_template("{wide_bar} {pos}/{len}  {eta}");
            self.bar = Some(match style {
                Ok(style) => bar.with_style(style),
                Err(_) => bar,
            });
        }
        if let Some(bar) = &self.bar {
            bar.set_position(done);
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
