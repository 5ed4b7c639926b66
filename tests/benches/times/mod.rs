//! What the benchmarks of the page share: patience, and how times are printed.

use std::time::Duration;

use anyhow::Result;
use fantoccini::Locator;
use fantoccini::wd::TimeoutConfiguration;

use crate::browser::Browser;

const MINUTES: u64 = 10;

/// Opens a browser that waits for some minutes.
pub async fn patient_browser() -> Result<Browser> {
    let browser = Browser::open(1280, 900).await?;
    let minutes = Some(Duration::from_secs(60 * MINUTES));
    browser.page.update_timeouts(TimeoutConfiguration::new(minutes, minutes, None)).await?;
    Ok(browser)
}

/// Waits, for some minutes, until something is on the page.
pub async fn wait_for(browser: &Browser, selector: &str) -> Result<()> {
    let wait = browser.page.wait().at_most(Duration::from_secs(60 * MINUTES));
    wait.for_element(Locator::Css(selector)).await?;
    Ok(())
}

/// Shows a screen.
pub async fn show(browser: &Browser, screen: &str) -> Result<()> {
    browser.page.execute("location.hash = arguments[0]", vec![screen.into()]).await?;
    Ok(())
}

/// Prints the median, the 95th percentile and the longest of some times.
pub fn print(name: &str, microseconds: &[u64]) {
    let mut sorted = microseconds.to_vec();
    sorted.sort_unstable();
    let at = |percent: usize| match sorted.len() {
        0 => "none".to_owned(),
        count => {
            let time = sorted[(percent * count).div_ceil(100).clamp(1, count) - 1];
            format!("{}.{} ms", time / 1000, time % 1000 / 100)
        }
    };
    println!(
        "{name}, {} times: median {}, 95 of 100 within {}, longest {}",
        sorted.len(),
        at(50),
        at(95),
        at(100)
    );
}
