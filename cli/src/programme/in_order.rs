//! Work that several threads do, taken in its own order.

use std::ops::Range;
use std::sync::mpsc::sync_channel;
use std::thread;

use anyhow::Context;

/// How many results of each thread may wait to be taken: enough that none waits long for another,
/// few enough to hold.
const WAITING: usize = 8;

/// Has `work` done for every index by so many threads, and hands each result to `take` in the
/// order of the indices, while the threads go on. As many results wait as were just said, and no
/// more, however many there are in all.
///
/// # Errors
/// The first of `take`, after which the rest is left undone; where no threads can be had.
pub(super) fn in_order<T: Send, E: From<anyhow::Error>>(
    threads: usize,
    indices: Range<usize>,
    work: impl Fn(usize) -> T + Sync,
    mut take: impl FnMut(usize, T) -> Result<(), E>,
) -> Result<(), E> {
    thread::scope(|scope| {
        let work = &work;
        let mut waiting = Vec::with_capacity(threads);
        // By turns, so that it is known whose result comes next.
        for first in indices.clone().take(threads) {
            let (result, results) = sync_channel(WAITING);
            let own = (first..indices.end).step_by(threads);
            let until_refused = move || {
                for index in own {
                    if result.send(work(index)).is_err() {
                        return;
                    }
                }
            };
            let thread = thread::Builder::new().spawn_scoped(scope, until_refused);
            thread.context("no threads")?;
            waiting.push(results);
        }
        for (index, results) in indices.clone().zip(waiting.iter().cycle()) {
            match results.recv() {
                Ok(result) => take(index, result)?,
                // The thread came to grief, which the scope tells.
                Err(_) => break,
            }
        }
        Ok(())
    })
}
