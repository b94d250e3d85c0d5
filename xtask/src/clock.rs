//! Says where the time goes.

use anyhow::Result;
use std::time::{Duration, Instant};

/// The steps of one command and how long each took.
pub(crate) struct Clock {
    started: Instant,
    steps: Vec<(String, Duration)>,
}

impl Clock {
    /// Starts counting.
    pub(crate) fn start() -> Self {
        Self {
            started: Instant::now(),
            steps: Vec::new(),
        }
    }

    /// Announces a step, does it and remembers its time, also where it fails.
    pub(crate) fn step<T>(&mut self, name: &str, act: impl FnOnce() -> Result<T>) -> Result<T> {
        println!("── {name}");
        let begun = Instant::now();
        let outcome = act();
        self.steps.push((name.to_owned(), begun.elapsed()));
        outcome
    }

    /// The time since the command began.
    pub(crate) fn total(&self) -> Duration {
        self.started.elapsed()
    }

    /// One line a step, and the sum.
    pub(crate) fn print(&self) {
        println!("── where the time went");
        for (name, took) in &self.steps {
            println!("{:>8.1} s  {name}", took.as_secs_f64());
        }
        println!("{:>8.1} s  in all", self.total().as_secs_f64());
    }
}
