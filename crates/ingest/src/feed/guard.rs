//! The guard: what panics over one item, or over one of its dates, costs no more than that.

use std::panic::{AssertUnwindSafe, catch_unwind};

/// What the work gives; `None` where it panicked.
pub(super) fn guarded<T>(work: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(work)).ok()
}

/// Items that were read one by one, and the numbers of those whose reading panicked.
#[derive(Debug)]
pub(super) struct Each<T> {
    pub(super) read: Vec<T>,
    pub(super) lost: Vec<usize>,
}

/// Reads each by itself.
pub(super) fn each<I, T>(all: impl Iterator<Item = I>, read: impl Fn(I) -> T) -> Each<T> {
    let mut each = Each {
        read: Vec::new(),
        lost: Vec::new(),
    };
    for (number, one) in (1..).zip(all) {
        match guarded(|| read(one)) {
            Some(item) => each.read.push(item),
            None => each.lost.push(number),
        }
    }
    each
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_that_panics_takes_no_other_with_it() {
        let found = each([1, 0, 3].into_iter(), |n| 6 / n);
        assert_eq!((found.read, found.lost), (vec![6, 2], vec![2]));
    }
}
