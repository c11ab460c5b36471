//! Rules of the house that no compiler knows: who may import whom, what is reserved to whom, how long a file may be.

use std::fs;
use std::path::{Path, PathBuf};

/// The longest file that can still be read in one go.
const MAX_LINES: usize = 600;

/// What is held to that length.
const EXTENSIONS: [&str; 4] = ["rs", "lua", "ts", "py"];

/// Every top module and its floor. A module imports from floors below its own, never from its neighbours.
const FLOORS: [(&str, u8); 15] = [
    ("text", 0),
    ("lexicon", 0),
    ("knowledge", 0),
    ("settings", 0),
    ("extract", 1),
    ("analysis", 2),
    ("newsroom", 3),
    ("rules", 4),
    ("features", 5),
    ("server", 6),
    ("cli", 6),
    ("dev", 6),
    ("main", 7),
    ("bin", 7),
    // Helpers for tests, which stand above everything that they test.
    ("fixture", 7),
];

/// Paths that only some top modules may name.
const RESERVED: [(&str, &[&str]); 7] = [
    ("ropey", &["text"]),
    ("regex", &["extract", "lexicon"]),
    ("aho_corasick", &["extract", "lexicon"]),
    ("tower_lsp", &["server"]),
    ("tokio", &["server"]),
    ("std::fs", &["newsroom", "server", "cli", "dev", "main"]),
    ("std::io", &["newsroom", "server", "cli", "dev", "main"]),
];

#[test]
fn modules_import_downwards_only() {
    report(
        sources()
            .iter()
            .flat_map(|file| upward_imports(&file.path, &file.text)),
    );
}

#[test]
fn reserved_crates_stay_where_they_belong() {
    report(
        sources()
            .iter()
            .flat_map(|file| strays(&file.path, &file.text)),
    );
}

#[test]
fn files_say_what_they_are_for() {
    report(
        sources()
            .iter()
            .filter_map(|file| untitled(&file.path, &file.text)),
    );
}

#[test]
fn files_are_short() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    report(
        files(root)
            .iter()
            .filter_map(|file| too_long(&file.path, &file.text)),
    );
}

/// Where a file stands: its module path from the crate's root.
fn module_path(path: &str) -> Vec<&str> {
    let inner = path.strip_prefix("src/").unwrap_or(path);
    inner.trim_end_matches(".rs").split('/').collect()
}

fn floor(module: &str) -> Option<u8> {
    FLOORS
        .iter()
        .find(|(name, _)| *name == module)
        .map(|(_, floor)| *floor)
}

fn upward_imports(path: &str, text: &str) -> Vec<String> {
    let own = module_path(path);
    // Tests stand above what they test, also those that have a file of their own.
    if own == ["lib"] || own.last() == Some(&"tests") {
        return Vec::new();
    }
    let Some(own_floor) = floor(own[0]) else {
        return vec![format!(
            "{path}:1: `{}` has no floor; give it one in tests/it/house.rs",
            own[0]
        )];
    };
    let mut complaints = Vec::new();
    for (line, names) in paths(text) {
        let supers = names.iter().take_while(|name| *name == "super").count();
        let target = match names[0].as_str() {
            "crate" | "copydesk" => names.get(1),
            "super" if supers == own.len() => names.get(supers),
            _ => None,
        };
        let Some((target, floor)) = target.and_then(|name| Some((name, floor(name)?))) else {
            continue;
        };
        if target != own[0] && floor >= own_floor {
            let name = own[0];
            complaints.push(format!(
                "{path}:{line}: `{name}` (floor {own_floor}) must not import `{target}` (floor {floor})"
            ));
        }
    }
    complaints
}

fn strays(path: &str, text: &str) -> Vec<String> {
    let own = module_path(path)[0];
    let mut complaints = Vec::new();
    for (line, names) in paths(text) {
        let full = names.join("::") + "::";
        for (reserved, owners) in RESERVED {
            // A lone name is a variable, not a crate.
            let names_it = names.len() > 1 && full.starts_with(&format!("{reserved}::"));
            if names_it && !owners.contains(&own) {
                let owners = owners.join(", ");
                complaints.push(format!(
                    "{path}:{line}: `{reserved}` is reserved to: {owners}"
                ));
            }
        }
    }
    complaints
}

fn untitled(path: &str, text: &str) -> Option<String> {
    if path.ends_with("/mod.rs") {
        return Some(format!(
            "{path}:1: name it after its folder and put it beside it, not `mod.rs`"
        ));
    }
    (!text.starts_with("//! "))
        .then(|| format!("{path}:1: open with `//!` and one sentence of purpose"))
}

fn too_long(path: &str, text: &str) -> Option<String> {
    let lines = text.lines().count();
    (lines > MAX_LINES)
        .then(|| format!("{path}:{MAX_LINES}: {lines} lines; the limit is {MAX_LINES}"))
}

#[track_caller]
fn report(complaints: impl Iterator<Item = String>) {
    let complaints: Vec<String> = complaints.collect();
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

struct File {
    /// From the repository's root, with slashes.
    path: String,
    text: String,
}

/// The Rust files of the crate.
fn sources() -> Vec<File> {
    let mut files = files(Path::new(env!("CARGO_MANIFEST_DIR")));
    files.retain(|file| file.path.starts_with("src/") && file.path.ends_with(".rs"));
    assert!(files.iter().any(|file| file.path == "src/lib.rs"));
    files
}

/// The program files of the repository: not what tools put there, nor what hidden folders hold.
fn files(root: &Path) -> Vec<File> {
    let mut found = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a readable folder") {
            let path: PathBuf = entry.expect("a readable entry").path();
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let is_ours = !name.starts_with('.') && !["target", "node_modules"].contains(&&*name);
            let extension = path.extension().unwrap_or_default().to_string_lossy();
            if path.is_symlink() || !is_ours {
                continue;
            } else if path.is_dir() {
                folders.push(path);
            } else if EXTENSIONS.contains(&&*extension) {
                let text = fs::read_to_string(&path).expect("a readable file");
                let parts: Vec<_> = path
                    .strip_prefix(root)
                    .expect("a file under the root")
                    .iter()
                    .collect();
                let path = parts.join("/".as_ref()).to_string_lossy().into_owned();
                found.push(File { path, text });
            }
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

/// Every path that code names, with its line; groups are spelt out. Tests at the foot of a file do not count.
fn paths(text: &str) -> Vec<(usize, Vec<String>)> {
    let tokens = tokens(without_tests(text));
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        at = match tokens[at].1.starts_with(is_name) {
            true => path(&tokens, at, &[], &mut found),
            false => at + 1,
        };
    }
    found
}

/// The part of a file above its tests.
fn without_tests(text: &str) -> &str {
    for (end, mark) in text.match_indices("\n#[cfg(test)]\n") {
        let mut rest = text[end + mark.len()..]
            .lines()
            .skip_while(|line| line.starts_with("#["));
        if rest
            .next()
            .is_some_and(|line| line.starts_with("mod ") && line.ends_with('{'))
        {
            return &text[..end];
        }
    }
    text
}

/// Reads the path or group that starts at a token; gives the token behind it.
fn path(
    tokens: &[(usize, &str)],
    mut at: usize,
    prefix: &[String],
    found: &mut Vec<(usize, Vec<String>)>,
) -> usize {
    let token = |at: usize| tokens.get(at).map_or("", |(_, token)| *token);
    let line = tokens[at].0;
    let mut names = prefix.to_vec();
    loop {
        if token(at) == "{" {
            at += 1;
            while !["}", ""].contains(&token(at)) {
                at = match token(at).starts_with(is_name) || token(at) == "{" {
                    true => path(tokens, at, &names, found),
                    false => at + 1,
                };
            }
            return at + 1;
        }
        names.push(token(at).to_owned());
        let goes_on =
            token(at + 1) == "::" && (token(at + 2).starts_with(is_name) || token(at + 2) == "{");
        if !goes_on {
            found.push((line, names));
            return at + 1;
        }
        at += 2;
    }
}

/// Names and signs of a program with their lines, without comments and literals.
fn tokens(code: &str) -> Vec<(usize, &str)> {
    let mut tokens = Vec::new();
    let mut line = 1;
    let mut rest = code;
    while let Some(first) = rest.chars().next() {
        let name = rest.find(|c| !is_name(c)).unwrap_or(rest.len());
        let len = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if let Some(marks) = raw_string(rest) {
            let close = format!("\"{}", "#".repeat(marks));
            let open = 1 + close.len();
            rest[open..]
                .find(&close)
                .map_or(rest.len(), |end| open + end + close.len())
        } else if first == '"' {
            literal(rest, '"')
        } else if first == '\'' && is_character(rest) {
            literal(rest, '\'')
        } else if name > 0 {
            tokens.push((line, &rest[..name]));
            name
        } else if rest.starts_with("::") {
            tokens.push((line, "::"));
            2
        } else {
            if !first.is_whitespace() {
                tokens.push((line, &rest[..first.len_utf8()]));
            }
            first.len_utf8()
        };
        line += rest[..len].matches('\n').count();
        rest = &rest[len..];
    }
    tokens
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The number of `#` of the raw string that starts here.
fn raw_string(code: &str) -> Option<usize> {
    let rest = code.strip_prefix('r')?;
    let marks = rest.len() - rest.trim_start_matches('#').len();
    rest[marks..].starts_with('"').then_some(marks)
}

/// Whether a quotation mark opens a character and not a lifetime.
fn is_character(code: &str) -> bool {
    let mut next = code.chars().skip(1);
    next.next() == Some('\\') || next.next() == Some('\'')
}

/// The length of a literal with its marks.
fn literal(code: &str, mark: char) -> usize {
    let mut escaped = false;
    for (at, c) in code.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if c == mark => return at + 1,
            _ => {}
        }
    }
    code.len()
}

#[track_caller]
fn check(complaints: impl IntoIterator<Item = String>, expected: &[&str]) {
    assert_eq!(complaints.into_iter().collect::<Vec<_>>(), expected);
}

#[test]
fn an_upward_import_is_found_in_every_spelling() {
    let complaint = |line: usize, target: &str, floor: u8| {
        format!(
            "src/extract/a.rs:{line}: `extract` (floor 1) must not import `{target}` (floor {floor})"
        )
    };
    let found = |text: &str| upward_imports("src/extract/a.rs", text);
    let rules = [complaint(2, "rules", 4)];
    assert_eq!(found("//! A.\nuse crate::rules::Rule;"), rules);
    assert_eq!(
        found("\nuse crate::{lexicon::{cues, X}, rules::{A, B}};")[..1],
        rules
    );
    assert_eq!(found("\nfn f() -> crate::rules::Rule {}"), rules);
    assert_eq!(found("\nlet x = $crate::rules::A;"), rules);
    assert_eq!(found("\nuse super::super::rules;"), rules);
    assert_eq!(
        found("let c = '\"';\nuse crate::analysis as a; // \""),
        [complaint(2, "analysis", 2)]
    );
    check(
        upward_imports("src/cli/a.rs", "use crate::server::X;"),
        &["src/cli/a.rs:1: `cli` (floor 6) must not import `server` (floor 6)"],
    );
    check(
        upward_imports("src/text.rs", "use super::settings::X;"),
        &["src/text.rs:1: `text` (floor 0) must not import `settings` (floor 0)"],
    );
    check(
        upward_imports("src/attic/a.rs", ""),
        &["src/attic/a.rs:1: `attic` has no floor; give it one in tests/it/house.rs"],
    );
}

#[test]
fn what_is_no_import_is_left_alone() {
    let text = "//! [`crate::rules`]\nuse crate::{text::Prose, extract::b};\nuse super::{b, super::lexicon};\n\
                pub(crate) const A: &str = \"crate::rules::X\"; /* crate::rules */\n\
                const B: &str = r#\"\"crate::rules\"#; fn f<'a>(x: &'a crate::rules_of_thumb::X) {}\n\
                #[cfg(test)]\n#[allow(x)]\nmod tests {\n    use crate::rules::X;\n}\n";
    check(upward_imports("src/extract/a.rs", text), &[]);
    check(
        upward_imports("src/main.rs", "fn main() { copydesk::cli::run() }"),
        &[],
    );
    check(
        upward_imports("src/lib.rs", "pub use crate::rules::X;"),
        &[],
    );
}

#[test]
fn a_reserved_crate_is_found_elsewhere() {
    check(
        strays(
            "src/analysis/a.rs",
            "use regex::Regex;\nuse std::{fmt, io::{self, Read}};",
        ),
        &[
            "src/analysis/a.rs:1: `regex` is reserved to: extract, lexicon",
            "src/analysis/a.rs:2: `std::io` is reserved to: newsroom, server, cli, dev, main",
            "src/analysis/a.rs:2: `std::io` is reserved to: newsroom, server, cli, dev, main",
        ],
    );
    check(
        strays("src/cli.rs", "async fn f() { tokio::spawn(g()) }"),
        &["src/cli.rs:1: `tokio` is reserved to: server"],
    );
    check(
        strays(
            "src/text/a.rs",
            "use ropey::Rope; let regex = my::regex::new(); regex.find()",
        ),
        &[],
    );
    check(strays("src/cli/a.rs", "use std::fs;"), &[]);
}

#[test]
fn a_file_without_purpose_or_end_is_found() {
    check(
        untitled("src/a/mod.rs", "//! A."),
        &["src/a/mod.rs:1: name it after its folder and put it beside it, not `mod.rs`"],
    );
    check(
        untitled("src/a.rs", "use b;\n//! A."),
        &["src/a.rs:1: open with `//!` and one sentence of purpose"],
    );
    check(untitled("src/a.rs", "//! A."), &[]);
    check(
        too_long("a.lua", &"x\n".repeat(601)),
        &["a.lua:600: 601 lines; the limit is 600"],
    );
    check(too_long("a.lua", &"x\n".repeat(600)), &[]);
}
