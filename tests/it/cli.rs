//! The command line through the real binary.

mod check;
mod extract;
mod fix;
mod kb;
mod manual;
mod outputs;
mod settings;
mod sources;
mod stet;

use std::ffi::OsStr;
use std::io::Write;
use std::process::{Command, Output, Stdio};

/// How a run of the binary ended.
pub struct Run {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl From<Output> for Run {
    fn from(output: Output) -> Run {
        Run {
            code: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

/// Runs the binary with nothing on standard input.
pub fn copydesk<S: AsRef<OsStr>>(arguments: impl IntoIterator<Item = S>) -> Run {
    copydesk_with("", arguments)
}

/// Runs the binary with a text on standard input.
pub fn copydesk_with<S: AsRef<OsStr>>(input: &str, arguments: impl IntoIterator<Item = S>) -> Run {
    let mut child = command(arguments).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_owned();
    let writer = std::thread::spawn(move || {
        // A run that fails early does not read its input.
        let _ = stdin.write_all(input.as_bytes());
    });
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    output.into()
}

/// A run of the binary, not yet begun.
pub fn command<S: AsRef<OsStr>>(arguments: impl IntoIterator<Item = S>) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_copydesk"));
    command
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

#[test]
fn help_and_version_name_the_program() {
    let run = copydesk(["--version"]);
    assert_eq!(run.code, 0);
    assert_eq!(
        run.stdout,
        concat!("copydesk ", env!("CARGO_PKG_VERSION"), "\n")
    );
    let run = copydesk(["--help"]);
    assert_eq!(run.code, 0);
    for command in [
        "check", "extract", "rules", "explain", "kb", "init", "settings", "stet", "lsp",
    ] {
        assert!(run.stdout.contains(&format!("\n  {command} ")), "{command}");
    }
}

#[test]
fn wrong_arguments_are_trouble() {
    assert_eq!(copydesk([""; 0]).code, 2);
    assert_eq!(copydesk(["chek"]).code, 2);
    assert_eq!(copydesk(["check"]).code, 2);
    assert_eq!(copydesk(["check", "-", "--house", "nobody"]).code, 2);
    assert_eq!(copydesk(["explain"]).code, 2);
}

#[cfg(unix)]
#[test]
fn a_reader_that_leaves_early_is_no_trouble() {
    let text =
        "The pier is closed.\n\nFerry strike enters second week\n\nRepairs\n\nThey take long.\n\n"
            .repeat(4000);
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), text).unwrap();
    for arguments in [&["check", "--format", "json"][..], &["check"], &["extract"]] {
        let mut child = command(arguments).arg(file.path()).spawn().unwrap();
        drop(child.stdout.take());
        let run = Run::from(child.wait_with_output().unwrap());
        assert_eq!(run.stderr, "", "{arguments:?}");
        assert!((0..=1).contains(&run.code), "{arguments:?}: {}", run.code);
    }
}
