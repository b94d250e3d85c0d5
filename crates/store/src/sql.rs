//! How a statement is written, once for both engines, and how it is run.
//!
//! A text stands in a [`sql!`] block, which also registers it: one test prepares all of them on both
//! engines. Parameters are `$1 …`. Not allowed in them: `now()`, ILIKE, `->>`, arrays, FOR UPDATE.

/// Names statements and registers them in the module's `STATEMENTS`.
macro_rules! sql {
    ($($(#[$doc:meta])* $name:ident = $text:expr;)+) => {
        $($(#[$doc])* const $name: &str = $text;)+
        /// Every statement of this module, by name.
        pub(crate) const STATEMENTS: &[(&str, &str)] = &[$((stringify!($name), $name)),+];
    };
}

/// Runs an expression on whichever engine there is: `read` on a free reading connection, `tx` inside a transaction.
macro_rules! on {
    (read $db:expr, |$c:ident| $run:expr) => {
        match &$db {
            $crate::db::Db::Lite { read: $c, .. } => $run,
            $crate::db::Db::Pg($c) => $run,
        }
    };
    (tx $tx:expr, |$c:ident| $run:expr) => {
        match &mut $tx.seat {
            $crate::db::Seat::Lite(seat) => {
                let $c = &mut **seat;
                $run
            }
            $crate::db::Seat::Pg(seat) => {
                let $c = &mut **seat;
                $run
            }
        }
    };
}

/// All rows of a query: `all!(read db; TEXT, a, b)` or `all!(tx tx; TEXT, a, b)`.
macro_rules! all {
    ($how:ident $at:expr; $text:expr $(, $bind:expr)* $(,)?) => {
        $crate::sql::on!($how $at, |c| sqlx::query_as($text)$(.bind($bind))*.fetch_all(c).await)
    };
}

/// The one row of a query, where there is one.
macro_rules! maybe {
    ($how:ident $at:expr; $text:expr $(, $bind:expr)* $(,)?) => {
        $crate::sql::on!($how $at, |c| sqlx::query_as($text)$(.bind($bind))*.fetch_optional(c).await)
    };
}

/// Runs a statement inside a transaction; the number of rows it touched.
macro_rules! run {
    ($tx:expr; $text:expr $(, $bind:expr)* $(,)?) => {
        $crate::sql::on!(tx $tx, |c| sqlx::query($text)$(.bind($bind))*.execute(c).await.map(|d| d.rows_affected()))
    };
}

pub(crate) use {all, maybe, on, run, sql};

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    /// What only one engine understands, and what is no statement on a table.
    const APART: [&str; 6] = [
        "ONE_AT_A_TIME",
        "IN_TURN",
        "NOTIFY",
        "HOLD",
        "ANSWER",
        "TABLES",
    ];

    #[test]
    fn every_statement_is_registered() {
        let mut seen = 0;
        for file in files(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src"))) {
            let text = std::fs::read_to_string(&file).unwrap();
            for line in text.lines().map(str::trim_start) {
                let statement = ["\"SELECT ", "\"INSERT ", "\"UPDATE ", "\"DELETE "]
                    .iter()
                    .any(|s| line.contains(s));
                let outside = line.starts_with("const ") || line.contains("sqlx::query(\"");
                if statement && outside && file.file_name().is_some_and(|f| f != "sql.rs") {
                    let name = APART.iter().find(|name| line.contains(*name));
                    assert!(name.is_some(), "{}: {line}", file.display());
                    seen += 1;
                }
            }
        }
        assert_eq!(seen, APART.len());
    }

    fn files(folder: &Path) -> Vec<PathBuf> {
        let mut all = vec![];
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                all.extend(files(&path));
            } else {
                all.push(path);
            }
        }
        all
    }
}
