//! What readers and editors download, against its budget.

use crate::bundle::Bundle;
use anyhow::{Result, bail};

/// Assets that come together, and what they may weigh as brotli. A browser is asked the same in `budgets.spec.ts`.
struct Budget {
    name: &'static str,
    assets: &'static [&'static str],
    most: u64,
}

const KB: u64 = 1000;

const BUDGETS: [Budget; 3] = [
    Budget {
        name: "a reader's code",
        assets: &["site.js", "site.wasm", "boot.js", "theme.js"],
        most: 110 * KB,
    },
    Budget {
        name: "a reader's styles",
        assets: &["main.css"],
        most: 15 * KB,
    },
    // ProseMirror and its collab alone are 61 KB.
    Budget {
        name: "the editor",
        assets: &["editor.js"],
        most: 75 * KB,
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
        println!("{}: {sum} bytes br (at most {})", budget.name, budget.most);
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
