//! The front page, and the cards it is made of (sections and places use them too).

pub(crate) mod card;
mod page;
mod read;
mod slots;

pub(crate) use page::page;
