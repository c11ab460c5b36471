//! The form of a draft with its people marked.
//!
//! ```text
//! [Ruth Okafor|1], 54, of [Leeds|2], met the [Clintons|3+4]. “[The [Turkish|5] president|6] called,” [Okafor|1] said.
//!
//! == who
//! 1 person Ruth Okafor
//!   role: 54, of Leeds
//! 2 place Leeds
//! ```
//!
//! A mention is the bare name, with the number of its entity; several numbers make a cluster of their own. Mentions
//! nest. Behind `== who` stand number, kind and fullest name of each entity, and its roles without a leading article.

use std::ops::Range;

use copydesk::extract::Label;

/// A draft and what a reader marked in it.
pub struct Draft {
    /// The draft without marks.
    pub text: String,
    /// In the order in which they end.
    pub mentions: Vec<Marked>,
    pub entities: Vec<Known>,
}

/// A marked mention.
pub struct Marked {
    /// Bytes of the text.
    pub range: Range<usize>,
    /// "3", or "3+4" for several at once.
    pub who: String,
}

/// An entity of the list.
pub struct Known {
    pub number: String,
    pub label: Label,
    pub name: String,
    pub roles: Vec<String>,
}

impl Draft {
    /// Reads a marked draft; a fault of its form comes back in words.
    pub fn parse(source: &str) -> Result<Draft, String> {
        let (marked, list) = source.split_once("\n== who\n").ok_or("no line “== who”")?;
        let (text, mentions) = unmark(marked.trim_end())?;
        let entities = entities(list)?;
        for mention in &mentions {
            let unknown = mention
                .who
                .split('+')
                .find(|number| entities.iter().all(|known| known.number != *number));
            if let Some(number) = unknown {
                return Err(format!(
                    "“{}” is {number}, who is not in the list",
                    &text[mention.range.clone()]
                ));
            }
        }
        Ok(Draft {
            text,
            mentions,
            entities,
        })
    }
}

fn unmark(marked: &str) -> Result<(String, Vec<Marked>), String> {
    let mut text = String::new();
    let mut mentions: Vec<Marked> = Vec::new();
    let mut open = Vec::new();
    let mut rest = marked;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        match c {
            '[' => open.push(text.len()),
            '|' if !open.is_empty() => {
                let (who, behind) = rest.split_once(']').ok_or("a bracket is not closed")?;
                let start = open.pop().unwrap_or_default();
                let number =
                    |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
                let range = start..text.len();
                if range.is_empty() || !who.split('+').all(number) {
                    return Err(format!("“{}|{who}” names nobody", &text[range]));
                }
                mentions.push(Marked {
                    range,
                    who: who.to_owned(),
                });
                rest = behind;
            }
            _ => text.push(c),
        }
    }
    match open.is_empty() {
        true => Ok((text, mentions)),
        false => Err("a bracket has no number".to_owned()),
    }
}

fn entities(list: &str) -> Result<Vec<Known>, String> {
    let mut entities: Vec<Known> = Vec::new();
    for line in list.lines().filter(|line| !line.trim().is_empty()) {
        if let Some(role) = line.trim_start().strip_prefix("role:") {
            let known = entities.last_mut().ok_or("a role before all entities")?;
            known.roles.push(role.trim().to_owned());
            continue;
        }
        let mut fields = line.splitn(3, ' ');
        let (Some(number), Some(kind), Some(name)) = (fields.next(), fields.next(), fields.next())
        else {
            return Err(format!("“{line}” is no entity"));
        };
        let label = match kind {
            "person" => Label::Person,
            "organisation" => Label::Organisation,
            "place" => Label::Place,
            _ => return Err(format!("“{kind}” is no kind of entity")),
        };
        if entities.iter().any(|known| known.number == number) {
            return Err(format!("two entities have the number {number}"));
        }
        entities.push(Known {
            number: number.to_owned(),
            label,
            name: name.to_owned(),
            roles: Vec::new(),
        });
    }
    Ok(entities)
}

#[test]
fn marks_are_read_and_taken_away() {
    let draft = Draft::parse(
        "“[The [Turkish|2] president|1] left,” the [Roes|1+3] said.\n\n== who\n1 person Ada Roe\n  role: Turkish president\n2 place Turkey\n3 person Jim Roe\n",
    )
    .unwrap();
    assert_eq!(draft.text, "“The Turkish president left,” the Roes said.");
    let mentions: Vec<(&str, &str)> = draft
        .mentions
        .iter()
        .map(|mention| (&draft.text[mention.range.clone()], mention.who.as_str()))
        .collect();
    assert_eq!(
        mentions,
        [
            ("Turkish", "2"),
            ("The Turkish president", "1"),
            ("Roes", "1+3")
        ]
    );
    assert_eq!(draft.entities[0].roles, ["Turkish president"]);
    assert_eq!(draft.entities[1].label, Label::Place);
}

#[test]
fn faults_of_form_are_told() {
    for source in [
        "No list.",
        "[Roe|2] left.\n\n== who\n1 person Roe\n",
        "[Roe left.\n\n== who\n1 person Roe\n",
        "[Roe|] left.\n\n== who\n1 person Roe\n",
        "[Roe|1] left.\n\n== who\n1 hero Roe\n",
        "[Roe|1] left.\n\n== who\n1 person Roe\n1 person Doe\n",
        "[Roe|1] left.\n\n== who\n  role: mayor\n",
    ] {
        assert!(Draft::parse(source).is_err(), "{source}");
    }
}
