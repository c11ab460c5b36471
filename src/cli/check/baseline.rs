//! Findings that were there when a newsroom took checks up: counted once, and not told again.
//!
//! A finding is known by its draft, its rule and a hash of the words that it marks, so that edits elsewhere do not
//! bring it back and the file holds no copy. Of equal ones as many are known as there were.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::cli::input;
use crate::features::Diagnostic;
use crate::newsroom::lexical;
use crate::rules::Rule;

/// The version of the file's form.
const VERSION: u32 = 1;

/// Findings that are known, or to be noted.
#[derive(Debug)]
pub(super) struct Baseline {
    /// Where paths of drafts start.
    folder: PathBuf,
    drafts: BTreeMap<String, Counts>,
}

/// How often each rule finds words with the same hash.
type Counts = BTreeMap<String, BTreeMap<String, usize>>;

#[derive(Debug, Serialize, Deserialize)]
struct File {
    schema: u32,
    drafts: BTreeMap<String, Counts>,
}

impl Baseline {
    /// An empty one that is to be written to a file.
    pub(super) fn new(path: &Path) -> Baseline {
        Baseline {
            folder: lexical(path).parent().unwrap_or(Path::new("")).to_owned(),
            drafts: BTreeMap::new(),
        }
    }

    /// Reads one. The error is a sentence part that follows the path.
    pub(super) fn read(path: &Path) -> Result<Baseline, String> {
        let text = input::read(path, None)?.text;
        let file: File = serde_json::from_str(&text)
            .map_err(|error| format!("line {}: is no baseline", error.line().max(1)))?;
        if file.schema != VERSION {
            return Err(format!(
                "is a baseline of version {}, not {VERSION}",
                file.schema
            ));
        }
        Ok(Baseline {
            drafts: file.drafts,
            ..Baseline::new(path)
        })
    }

    /// Takes the findings of a draft that are known out of a list; how many they were.
    pub(super) fn subtract(
        &mut self,
        draft: &Path,
        text: &str,
        findings: &mut Vec<Diagnostic>,
    ) -> usize {
        let before = findings.len();
        let Some(counts) = self.drafts.get_mut(&key(&self.folder, draft)) else {
            return 0;
        };
        findings.retain(|finding| {
            let words = fingerprint(finding.rule, &text[finding.range]);
            let count = counts
                .get_mut(finding.rule.name)
                .and_then(|words_of_rule| words_of_rule.get_mut(&words));
            match count {
                Some(left @ 1..) => {
                    *left -= 1;
                    false
                }
                _ => true,
            }
        });
        before - findings.len()
    }

    /// Notes the findings of a draft.
    pub(super) fn note(&mut self, draft: &Path, text: &str, findings: &[Diagnostic]) {
        for finding in findings {
            let counts = self.drafts.entry(key(&self.folder, draft)).or_default();
            let words = counts.entry(finding.rule.name.to_owned()).or_default();
            *words
                .entry(fingerprint(finding.rule, &text[finding.range]))
                .or_default() += 1;
        }
    }

    /// Writes it to a file, which is whole at any time. The error is a sentence part that follows the path.
    pub(super) fn write(self, path: &Path) -> Result<(), String> {
        let file = File {
            schema: VERSION,
            drafts: self.drafts,
        };
        let put = || -> std::io::Result<()> {
            let mut text = serde_json::to_string_pretty(&file)?;
            text.push('\n');
            let mut new = tempfile::Builder::new();
            #[cfg(unix)]
            new.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
            let mut new = new.tempfile_in(&self.folder)?;
            new.write_all(text.as_bytes())?;
            // A file that is there may be shared with others.
            if let Ok(data) = fs::metadata(path) {
                new.as_file().set_permissions(data.permissions())?;
            }
            new.persist(path)?;
            Ok(())
        };
        put().map_err(|error| format!("cannot be written: {error}"))
    }
}

/// What tells a finding from others, wherever it stands: a hash (FNV-1a, 64 bits) of its rule and its words.
pub(super) fn fingerprint(rule: &Rule, words: &str) -> String {
    let words = words.split_whitespace().flat_map(|word| [" ", word]);
    let parts = std::iter::once(rule.name).chain(words);
    let hash = parts
        .flat_map(str::bytes)
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
    format!("{hash:016x}")
}

/// A draft's path from the baseline's folder, with slashes.
fn key(folder: &Path, draft: &Path) -> String {
    if input::is_stdin(draft) {
        return "-".to_owned();
    }
    let whole = lexical(draft);
    let inside = whole.strip_prefix(folder).unwrap_or(&whole);
    let parts: Vec<_> = inside.iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}
