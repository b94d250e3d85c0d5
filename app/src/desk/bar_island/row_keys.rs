//! What a key means in a list of rows. What it does in the browser is in `browser/rows.rs`.

/// A key as it was pressed, and where.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Pressed<'a> {
    /// What it writes.
    pub(super) key: &'a str,
    /// With Ctrl, Alt or Meta: then it is the browser's.
    pub(super) with_others: bool,
    /// Inside an IME composition.
    pub(super) composing: bool,
    /// Into a field, or a form's own control.
    pub(super) writing: bool,
}

/// What a row's key asks for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum RowKey {
    /// To the row below.
    Next,
    /// To the row above.
    Previous,
    /// Opens what the row leads to.
    Open,
    /// Ticks it, or takes the tick away.
    Tick,
    /// Shows the keys.
    Keys,
}

impl RowKey {
    /// What it means; nothing where somebody writes.
    pub(super) fn of(pressed: Pressed<'_>) -> Option<Self> {
        if pressed.with_others || pressed.composing || pressed.writing {
            return None;
        }
        // Enter needs no word of ours: the focus stands on the row's link.
        match pressed.key {
            "j" => Some(Self::Next),
            "k" => Some(Self::Previous),
            "o" => Some(Self::Open),
            "x" => Some(Self::Tick),
            "?" => Some(Self::Keys),
            _ => None,
        }
    }

    /// The row it leads to, of so many, from this one.
    pub(super) fn row(self, at: Option<usize>, rows: usize) -> Option<usize> {
        let last = rows.checked_sub(1)?;
        match (self, at) {
            (Self::Next, None) => Some(0),
            (Self::Next, Some(at)) => Some(at.saturating_add(1).min(last)),
            (Self::Previous, None) => Some(last),
            (Self::Previous, Some(at)) => Some(at.saturating_sub(1)),
            (Self::Open | Self::Tick | Self::Keys, at) => at,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_means_something_only_where_nobody_writes() {
        let alone = |key| Pressed {
            key,
            ..Pressed::default()
        };
        let all = ["j", "k", "o", "x", "?"].map(|key| RowKey::of(alone(key)));
        let want = [
            RowKey::Next,
            RowKey::Previous,
            RowKey::Open,
            RowKey::Tick,
            RowKey::Keys,
        ];
        assert_eq!(all, want.map(Some));
        assert_eq!(RowKey::of(alone("Enter")), None);
        assert_eq!(RowKey::of(alone("J")), None);
        let pressed = [
            Pressed {
                with_others: true,
                ..alone("j")
            },
            Pressed {
                composing: true,
                ..alone("j")
            },
            Pressed {
                writing: true,
                ..alone("j")
            },
        ];
        assert_eq!(pressed.map(RowKey::of), [None; 3]);
    }

    #[test]
    fn the_first_and_the_last_row_are_the_ends() {
        let rows = |key: RowKey| [None, Some(0), Some(1), Some(2)].map(|at| key.row(at, 3));
        assert_eq!(rows(RowKey::Next), [Some(0), Some(1), Some(2), Some(2)]);
        assert_eq!(rows(RowKey::Previous), [Some(2), Some(0), Some(0), Some(1)]);
        assert_eq!(rows(RowKey::Tick), [None, Some(0), Some(1), Some(2)]);
        assert_eq!(RowKey::Next.row(None, 0), None);
    }
}
