//! The `copydesk-dev` command for those who work on copydesk: training, measuring, reading errors.

use std::process::ExitCode;

fn main() -> ExitCode {
    copydesk::dev::run()
}
