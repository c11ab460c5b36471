//! Findings in SARIF 2.1.0, which code hosts and editors show.

use std::io::{self, Write};

use serde_json::{Value, json};
use text_size::TextRange;

use super::baseline::fingerprint;
use super::report::{Report, Tally};
use crate::cli::input::Input;
use crate::cli::place::Places;
use crate::features::Diagnostic;
use crate::rules::{Fix, Level, RULES, Rule};
use crate::settings::House;

/// Findings of all drafts as one run.
#[derive(Default)]
pub(super) struct Sarif {
    begun: bool,
}

impl Report for Sarif {
    fn start(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let driver = json!({
            "name": "copydesk",
            "version": env!("CARGO_PKG_VERSION"),
            "rules": RULES.iter().map(|rule| descriptor(rule)).collect::<Vec<_>>(),
        });
        write!(
            out,
            "{{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\",\"version\":\"2.1.0\",\"runs\":[{{\
             \"tool\":{{\"driver\":{driver}}},\"columnKind\":\"unicodeCodePoints\",\"results\":["
        )
    }

    fn draft(
        &mut self,
        out: &mut dyn Write,
        input: &Input,
        findings: &[Diagnostic],
    ) -> io::Result<()> {
        let draft = Draft {
            uri: uri(&input.name),
            text: &input.text,
            places: Places::new(&input.text),
        };
        for finding in findings {
            if std::mem::replace(&mut self.begun, true) {
                out.write_all(b",")?;
            }
            write!(out, "{}", draft.result(finding))?;
        }
        Ok(())
    }

    fn end(&mut self, out: &mut dyn Write, _tally: &Tally) -> io::Result<()> {
        writeln!(out, "]}}]}}")
    }
}

fn descriptor(rule: &Rule) -> Value {
    let docs = rule.docs();
    json!({
        "id": rule.name,
        "shortDescription": {"text": rule.summary()},
        "help": {"text": docs.as_str(), "markdown": docs.as_str()},
        "defaultConfiguration": {
            "level": level(rule.house_level(House::Neutral)),
            "enabled": rule.house_level(House::Neutral) != Level::Off,
        },
        "properties": {"tags": [rule.group.name()]},
    })
}

struct Draft<'a> {
    uri: String,
    text: &'a str,
    places: Places<'a>,
}

impl Draft<'_> {
    fn result(&self, finding: &Diagnostic) -> Value {
        let related = finding.related.iter().enumerate();
        let related: Vec<Value> = related
            .map(|(index, related)| {
                let mut location = self.location(related.range);
                location["id"] = json!(index);
                location["message"] = json!({"text": related.message});
                location
            })
            .collect();
        let fixes = finding.fixes.iter().filter(|fix| !fix.edits.is_empty());
        let mut result = json!({
            "ruleId": finding.rule.name,
            "ruleIndex": RULES.iter().position(|rule| *rule == finding.rule),
            "level": level(finding.level),
            "message": {"text": finding.message},
            "locations": [self.location(finding.range)],
            "relatedLocations": related,
            "partialFingerprints": {
                "copydesk/v1": fingerprint(finding.rule, &self.text[finding.range]),
            },
            "fixes": fixes.map(|fix| self.fix(fix)).collect::<Vec<_>>(),
        });
        // A reader may take an empty list of fixes for a promise.
        if let Some(result) = result.as_object_mut() {
            result.retain(|_, value| value.as_array().is_none_or(|list| !list.is_empty()));
        }
        result
    }

    fn fix(&self, fix: &Fix) -> Value {
        let replacements: Vec<Value> = (fix.edits.iter())
            .map(|edit| {
                json!({
                    "deletedRegion": self.region(edit.range),
                    "insertedContent": {"text": edit.text},
                })
            })
            .collect();
        json!({
            "description": {"text": fix.title},
            "artifactChanges": [{
                "artifactLocation": {"uri": self.uri},
                "replacements": replacements,
            }],
        })
    }

    fn location(&self, range: TextRange) -> Value {
        let mut region = self.region(range);
        region["snippet"] = json!({"text": &self.text[range]});
        json!({"physicalLocation": {
            "artifactLocation": {"uri": self.uri},
            "region": region,
        }})
    }

    fn region(&self, range: TextRange) -> Value {
        let (line, column) = self.places.line_column(range.start());
        let (end_line, end_column) = self.places.line_column(range.end());
        json!({
            "startLine": line,
            "startColumn": column,
            "endLine": end_line,
            "endColumn": end_column,
        })
    }
}

/// The format knows three levels.
fn level(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Information | Level::Hint => "note",
        Level::Off => "none",
    }
}

/// A path as a reference.
fn uri(path: &str) -> String {
    let mut uri = match path.starts_with('/') {
        true => "file://".to_owned(),
        false => String::new(),
    };
    for byte in path.bytes() {
        match byte {
            b'\\' if cfg!(windows) => uri.push('/'),
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' | b'~' => {
                uri.push(char::from(byte));
            }
            byte => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_references() {
        assert_eq!(uri("a/b c.txt"), "a/b%20c.txt");
        assert_eq!(uri("/ä"), "file:///%C3%A4");
        assert_eq!(uri("c:d"), "c%3Ad");
    }
}
