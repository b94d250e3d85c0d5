//! What came after a version, asked while others write.

use crate::authority::{Newsroom, typed};
use std::sync::atomic::{AtomicU64, Ordering};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn steps_that_are_stored_meanwhile_never_seem_to_be_missing() {
    const BATCHES: u64 = 300;
    let room = Newsroom::open().await;
    let newest = AtomicU64::new(0);
    let writes = async {
        for version in 0..BATCHES {
            let sent = room.send("a", version, &[typed(1, "x")]).await;
            sent.expect("taken");
            newest.store(version + 1, Ordering::SeqCst);
        }
    };
    let asks = async {
        loop {
            // The version the editor has: the next batch may be stored at any moment from now on.
            let version = newest.load(Ordering::SeqCst);
            if version == BATCHES {
                break;
            }
            let steps = room.desk.since(room.story, version).await;
            steps.expect("nothing is missing");
        }
    };
    tokio::join!(writes, asks);
}
