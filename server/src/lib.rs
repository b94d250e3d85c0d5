//! The site as a running program: its commands, its addresses over HTTP, and the work behind them.
//!
//! Begin with [`commands`] for what the program can do, with [`router`] for every address it answers.
//! What a page says stands in `app`, what it is kept as in `press`; here are cookies, headers and limits.
#![forbid(unsafe_code)]

pub mod accept;
pub mod assets;
pub mod background;
pub mod commands;
pub mod config;
pub mod discover;
pub mod encode;
pub mod feed;
pub mod functions;
pub mod headers;
pub mod health;
pub mod media;
pub mod newsroom;
pub mod origin;
pub mod page;
pub mod part;
pub mod push;
pub mod refused;
pub mod router;
pub mod seed;
pub mod shutdown;
pub mod sign_in;
pub mod steps;
pub mod stream;
pub mod viewer;
pub mod websub;
