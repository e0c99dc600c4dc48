//! Browsers that journeys share: starting one takes longer than most journeys.
//!
//! A journey gets a new tab and a site on a port that no journey before it had. The port is part of the origin, by which
//! browsers separate storage, caches and service workers, so no journey sees what another one has left. A browser in
//! which a journey has failed is closed.

use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::{Semaphore, SemaphorePermit};

use crate::engine::{Browser, Engine};
use crate::problem::Outcome;

/// Number of journeys at a time. More browsers slow one another down until something times out.
pub(crate) const MAX_BROWSERS: usize = 2;

static FREE_SLOTS: Semaphore = Semaphore::const_new(MAX_BROWSERS);

/// Browsers that wait for a journey.
static IDLE: Mutex<Vec<Browser>> = Mutex::new(Vec::new());

/// The browser that a journey needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Profile {
    /// One that other journeys have used.
    Shared,
    /// One that has just been started, for measurements of the browser itself. It is closed afterwards.
    Fresh,
}

/// A browser in use by one journey.
pub(crate) struct PooledBrowser {
    pub(crate) browser: Browser,
    profile: Profile,
    _slot: SemaphorePermit<'static>,
}

/// Waits for a free slot, then returns a browser with one empty tab of the usual size.
pub(crate) async fn acquire(engine: Engine, profile: Profile) -> Outcome<PooledBrowser> {
    let slot = FREE_SLOTS.acquire().await.map_err(|error| error.to_string())?;
    let waiting =
        if profile == Profile::Shared { take_idle(|browser| browser.engine == engine) } else { None };
    if let Some(browser) = waiting {
        match browser.renew_tab().await {
            Ok(()) => return Ok(PooledBrowser { browser, profile, _slot: slot }),
            Err(problem) => {
                println!("a new {engine} is started, because one could not open a tab: {problem}");
                let _ = browser.close().await;
            }
        }
    }
    // Journeys are sorted by engine: the browsers of another one have probably had their last journey.
    while let Some(browser) = take_idle(|browser| browser.engine != engine) {
        browser.close().await?;
    }
    Ok(PooledBrowser { browser: engine.open().await?, profile, _slot: slot })
}

impl PooledBrowser {
    /// Takes the browser back after a journey that has succeeded.
    pub(crate) async fn release(self) -> Outcome {
        if self.profile == Profile::Fresh {
            return self.browser.close().await;
        }
        idle().push(self.browser);
        Ok(())
    }
}

/// Closes every browser that waits for a journey.
pub(crate) async fn close_idle() {
    while let Some(browser) = take_idle(|_| true) {
        let _ = browser.close().await;
    }
}

fn take_idle(is_wanted: impl Fn(&Browser) -> bool) -> Option<Browser> {
    let mut idle = idle();
    let at = idle.iter().position(is_wanted)?;
    Some(idle.swap_remove(at))
}

fn idle() -> MutexGuard<'static, Vec<Browser>> {
    IDLE.lock().unwrap_or_else(PoisonError::into_inner)
}
