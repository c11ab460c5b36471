//! `copydesk completions` and `copydesk man`.

use std::fs;
use std::io::Write;
use std::process::{Command, Stdio};

use super::copydesk;

/// All that the help of the command line lists.
fn commands() -> Vec<String> {
    let help = copydesk(["--help"]).stdout;
    let list = help.split("Commands:\n").nth(1).unwrap();
    let lines = list.lines().take_while(|line| line.starts_with("  "));
    let names = lines.filter_map(|line| line.split_whitespace().next());
    names
        .filter(|name| *name != "help")
        .map(str::to_owned)
        .collect()
}

#[test]
fn completions_know_every_command() {
    let commands = commands();
    assert!(
        commands.len() > 9 && commands.iter().any(|name| name == "check"),
        "{commands:?}"
    );
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = copydesk(["completions", shell]).stdout;
        for command in &commands {
            assert!(
                script.contains(command.as_str()),
                "{shell} does not know {command}"
            );
        }
    }
    let wrong = copydesk(["completions", "abacus"]);
    assert_eq!(wrong.code, 2);
}

#[test]
fn bash_reads_its_completions() {
    let script = copydesk(["completions", "bash"]).stdout;
    let mut bash = Command::new("bash")
        .arg("-n")
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    bash.stdin
        .take()
        .unwrap()
        .write_all(script.as_bytes())
        .unwrap();
    assert!(bash.wait().unwrap().success());
}

#[test]
fn each_command_has_its_page() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_str().unwrap();
    assert_eq!(copydesk(["man", path]).code, 0);
    let mut names: Vec<String> = fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    for command in commands() {
        assert!(
            names.contains(&format!("copydesk-{command}.1")),
            "{command}: {names:?}"
        );
    }
    assert!(
        names.contains(&"copydesk-kb-build.1".to_owned()),
        "{names:?}"
    );
    let page = fs::read_to_string(folder.path().join("copydesk-check.1")).unwrap();
    assert!(
        page.contains(".SH NAME") && page.contains("min\\-level"),
        "{page}"
    );
    assert_eq!(
        copydesk(["man"]).stdout,
        fs::read_to_string(folder.path().join("copydesk.1")).unwrap()
    );
    let nowhere = copydesk(["man", &format!("{path}/nowhere")]);
    assert_eq!(nowhere.code, 2);
    assert_eq!(nowhere.stderr.lines().count(), 1, "{}", nowhere.stderr);
}
