//! The file that a new user starts from: everything is explained, nothing is set.

use std::fmt::Write;

use super::{KEYS, RuleSchema};

/// Characters of a line of comment.
const WIDTH: usize = 100;

/// A `copydesk.toml` in which each setting is a comment: text after `# `, what can be set after `#` alone.
pub fn starter(rules: impl Iterator<Item = RuleSchema>) -> String {
    let mut text = String::from(
        "#:schema ./copydesk.schema.json\n\
         # Settings of copydesk for the drafts in this folder and below it. Take away the # before what you want to set.\n\
         # For completion in an editor: copydesk settings --schema > copydesk.schema.json\n",
    );
    let mut table = None;
    for key in KEYS {
        let (of, name) = key.split();
        if of != table {
            table = of;
            let _ = write!(text, "\n#[{}]\n", of.unwrap_or_default());
        } else if of.is_none() {
            text.push('\n');
        }
        for line in wrapped(key.docs) {
            let _ = writeln!(text, "# {line}");
        }
        let _ = writeln!(text, "#{name} = {}", key.example);
    }
    text.push_str(
        "\n# Rules: a level (error, warning, information, hint or off) and options, which copydesk explain NAME tells.\n",
    );
    for rule in rules {
        let _ = writeln!(text, "#[rules.{}] # {}", rule.name, rule.summary);
    }
    text.push_str(
        "\n# Settings for some files only.\n\
         #[[overrides]]\n\
         #files = [\"headlines/**\"]\n\
         #rules.orphan-quote.level = \"off\"\n",
    );
    text
}

/// A text in lines.
fn wrapped(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if line.chars().count() + word.chars().count() < WIDTH => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}
