//! The binary. It runs the command line of the library and returns its exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    fonds::cli::main()
}
