//! Whose word a telling is. Several sources of one owner are one voice, and our own newsroom is one; whatever counts who
//! tells something counts voices by this one expression. What is counted together is made in [`news::EventLine`].

/// The voice of a row of `source`, by the name it has in the statement; of no source it is our newsroom's, the empty one.
macro_rules! voice {
    ($source:literal) => {
        concat!("COALESCE(", $source, ".owner, ", $source, ".name, '')")
    };
}

/// How many voices tell an event, `story` being any telling of it.
macro_rules! voices_of_event {
    ($story:literal) => {
        concat!(
            "(SELECT COUNT(DISTINCT ",
            $crate::voice::voice!("os"),
            ") FROM story o LEFT JOIN source os ON os.id = o.source_id
                WHERE o.cluster_id = ",
            $story,
            ".cluster_id AND o.pub_status = 'usable')"
        )
    };
}

pub(crate) use {voice, voices_of_event};
