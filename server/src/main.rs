//! The program: `asian-news`. Everything it does is in the library beside this file.
use std::process::ExitCode;

fn main() -> ExitCode {
    server::commands::main()
}
