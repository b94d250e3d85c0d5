//! What a reader downloads, against its budget.

use crate::bundle::Bundle;
use anyhow::{Result, bail};

/// Assets that come together, what we want them to weigh as brotli, and what fails the run.
struct Budget {
    name: &'static str,
    assets: &'static [&'static str],
    goal: u64,
    most: u64,
}

const KB: u64 = 1000;

const BUDGETS: [Budget; 2] = [
    Budget {
        name: "a reader's code",
        assets: &["site.js", "site.wasm", "boot.js", "theme.js"],
        goal: 110 * KB,
        most: 130 * KB,
    },
    Budget {
        name: "a reader's styles",
        assets: &["main.css"],
        goal: 15 * KB,
        most: 15 * KB,
    },
];

/// Prints all sizes; an error if something is missing or too heavy.
pub(super) fn check(bundle: &Bundle) -> Result<()> {
    bundle.print_sizes()?;
    let mut faults = Vec::new();
    for budget in &BUDGETS {
        let mut sum = 0;
        for asset in budget.assets {
            match bundle.br_size(asset)? {
                Some(size) => sum += size,
                None => faults.push(format!("{asset} isn't built")),
            }
        }
        println!(
            "{}: {sum} bytes br (goal {}, most {})",
            budget.name, budget.goal, budget.most
        );
        if sum > budget.most {
            faults.push(format!(
                "{} weighs {sum}, more than {}",
                budget.name, budget.most
            ));
        }
    }
    if !faults.is_empty() {
        bail!("{}", faults.join("; "));
    }
    Ok(())
}
