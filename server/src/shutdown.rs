//! How the program comes to its end: one word, heard by the accept loop, the streams and the work.

use std::sync::Arc;
use tokio::sync::watch;

/// "Come to your end." Cloning it is cheap; once said it stays said.
#[derive(Clone, Debug)]
pub struct Stop {
    said: Arc<watch::Sender<bool>>,
}

impl Default for Stop {
    fn default() -> Self {
        Self {
            said: Arc::new(watch::Sender::new(false)),
        }
    }
}

impl Stop {
    /// Says it.
    pub fn say(&self) {
        self.said.send_replace(true);
    }

    /// Whether it has been said.
    #[must_use]
    pub fn is_said(&self) -> bool {
        *self.said.borrow()
    }

    /// Ends when it is said.
    pub async fn heard(&self) {
        let mut ear = self.said.subscribe();
        // The sender lives in `self`, so waiting can't fail.
        let _said = ear.wait_for(|said| *said).await.is_ok();
    }
}

/// Ends at the first SIGTERM or SIGINT.
///
/// # Errors
/// When the system won't tell us of signals.
pub async fn signal() -> std::io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    Ok(())
}
