//! Staff: passwords, sessions, one-time links, and the guard.
//!
//! [`Auth`] is the door: who signs in, who is signed in. [`guard()`] is the first line of everything that
//! changes something; the role table it asks is [`news::role`]. Readers have no account.
#![forbid(unsafe_code)]

pub mod guard;
pub mod password;
pub mod rate;
pub mod session;
pub mod sign_in;

pub use guard::guard;
pub use session::{COOKIE_HTTPS, COOKIE_LOOPBACK, LONGEST_SESSION, NewSession};
pub use sign_in::Auth;
pub use store::Staff;
