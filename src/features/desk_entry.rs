//! An entry of the desk list for a name that the newsroom does not know yet.

use text_size::TextSize;
use toml::Value;

use super::cursor::entity_at;
use super::hover::{Form, forms, is_credit, records};
use super::reason::plain;
use crate::analysis::{Analysis, Entity, MentionForm};
use crate::extract::Label;
use crate::knowledge::{Knowledge, fold};
use crate::settings::nearest;

/// Aliases of one entry.
const MANY: usize = 6;

/// An entry to add to a desk list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeskEntry {
    /// Whose it is, as the draft names it in full.
    pub name: String,
    /// The entry in TOML: whole lines, with a line break at the end.
    pub toml: String,
}

/// The entry of the name at a source offset: its kind, its role as introduced, and the other forms that the draft has.
/// None where no name stands, or the newsroom knows it.
pub fn desk_entry(
    analysis: &Analysis,
    knowledge: &Knowledge,
    offset: TextSize,
) -> Option<DeskEntry> {
    let (place, id) = entity_at(analysis, offset)?;
    let entity = analysis.entity(id);
    let kind = kind(entity)?;
    let forms = forms(analysis, id);
    let is_known = || {
        !records(analysis, knowledge, entity, &forms)
            .fitting
            .is_empty()
    };
    if !entity.named || is_credit(analysis, place) || is_known() {
        return None;
    }
    let name = plain(&entity.name);
    let mut toml = format!("[[{kind}]]\nname = {}\n", quoted(&name));
    if let Some(role) = role(entity) {
        let key = match entity.label {
            Label::Person => "role",
            _ => "description",
        };
        toml += &format!("{key} = {}\n", quoted(&role));
    }
    let (acronyms, mut aliases): (Vec<String>, Vec<String>) = others(&name, &forms)
        .into_iter()
        .partition(|form| entity.label != Label::Person && is_acronym(form));
    if entity.label == Label::Place {
        // Its people, or the capital that stands for it.
        aliases.clear();
    }
    for (key, forms) in [("acronym", acronyms), ("aliases", aliases)] {
        let forms: Vec<String> = forms.iter().map(|form| quoted(form)).collect();
        match forms.as_slice() {
            [] => {}
            [form] if key == "acronym" => toml += &format!("{key} = {form}\n"),
            forms => toml += &format!("{key} = [{}]\n", forms.join(", ")),
        }
    }
    Some(DeskEntry { name, toml })
}

/// The table of the desk list for what the draft takes a name for.
fn kind(entity: &Entity) -> Option<&'static str> {
    match entity.label {
        Label::Person => Some("person"),
        Label::Organisation if entity.outlet => Some("outlet"),
        Label::Organisation => Some("organisation"),
        Label::Place => Some("place"),
        Label::Misc => None,
    }
}

/// The first role that tells something without the draft, without its article: not "its director" and "Hale’s deputy",
/// nor an age.
fn role(entity: &Entity) -> Option<String> {
    let owners = ["its", "his", "her", "their", "my", "our", "your"];
    let stands_alone = |role: &String| {
        let first = role.split(' ').next().unwrap_or_default();
        !owners.contains(&first.to_lowercase().as_str())
            && !role.contains(['’', '\''])
            && !role.starts_with(|c: char| c.is_ascii_digit())
    };
    let roles = entity.roles.iter().map(|role| plain(&role.text));
    let role = roles.into_iter().find(stands_alone)?;
    let articles = ["a ", "an ", "the ", "A ", "An ", "The "];
    let bare = articles
        .iter()
        .find_map(|article| role.strip_prefix(article));
    Some(bare.unwrap_or(&role).to_owned())
}

/// The other names of the draft, each spelling once. A given name alone may be anybody's.
fn others(name: &str, forms: &[Form]) -> Vec<String> {
    let mut known = vec![fold(name)];
    let mut others = Vec::new();
    for form in forms {
        let by_name = matches!(
            form.kind,
            MentionForm::Full | MentionForm::Surname | MentionForm::Short
        );
        let key = fold(&form.text);
        let is_new = !key.is_empty() && !known.contains(&key) && !is_slip(&key, &known[0]);
        if by_name && is_new && others.len() < MANY {
            others.push(form.text.clone());
            known.push(key);
        }
    }
    others
}

/// Whether a word of a form is one of the name with a letter wrong.
fn is_slip(form: &str, name: &str) -> bool {
    let is_in = |word: &str| name.split(' ').any(|other| other == word);
    let mut others = form.split(' ').filter(|word| !is_in(word));
    others.any(|word| word.len() > 3 && nearest(word, name.split(' ')).is_some())
}

fn is_acronym(form: &str) -> bool {
    let letters = form.chars().filter(|c| c.is_alphabetic());
    letters.clone().count() > 1 && letters.clone().all(char::is_uppercase) && !form.contains(' ')
}

/// A text as TOML writes it.
fn quoted(text: &str) -> String {
    Value::String(text.to_owned()).to_string()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::fixture::{analysis, cursor, desk};
    use crate::knowledge::Base;
    use crate::newsroom::reader::desk_list;

    /// The entry for the name at the cursor; empty for none.
    fn entry(draft: &str, knowledge: &Knowledge) -> String {
        let (source, at) = cursor(draft);
        let entry = desk_entry(&analysis(&source), knowledge, at);
        entry.map_or(String::new(), |entry| entry.toml)
    }

    /// Compares the entry at the cursor, which must be one that is known once it is added.
    fn check(draft: &str, expected: &str) {
        let toml = entry(draft, &Knowledge::default());
        assert_eq!(toml, expected);
        let (records, problems) = desk_list(&toml);
        assert_eq!(problems, []);
        assert_eq!(records.len(), 1);
        let known = Knowledge::new(vec![Arc::new(Base::of("desk", records))]);
        assert_eq!(entry(draft, &known), "");
    }

    #[test]
    fn a_name_comes_with_what_the_draft_says_of_it() {
        check(
            "Mayor Ann Meyer met Tom Reyes. “It is rotten,” Mey<CURSOR>er said. She left.",
            "[[person]]\nname = \"Ann Meyer\"\nrole = \"Mayor\"\naliases = [\"Meyer\"]\n",
        );
        check(
            "Mayor Ann Meyer met Tom Re<CURSOR>yes, a member of the council.",
            "[[person]]\nname = \"Tom Reyes\"\nrole = \"member of the council\"\n",
        );
        check(
            "The trust met. “No,” its director, Dan Br<CURSOR>ill, said.",
            "[[person]]\nname = \"Dan Brill\"\n",
        );
        check(
            "The Wexmouth Harbour Trust (WHT) met.\n\nThe W<CURSOR>HT said it is safe.",
            "[[organisation]]\nname = \"Wexmouth Harbour Trust\"\nacronym = \"WHT\"\n",
        );
    }

    #[test]
    fn a_pronoun_stands_for_the_name() {
        check(
            "Mayor Ann Meyer spoke.\n\n“It is rotten,” s<CURSOR>he said.",
            "[[person]]\nname = \"Ann Meyer\"\nrole = \"Mayor\"\n",
        );
    }

    #[test]
    fn slips_are_no_aliases() {
        check(
            "“It is rotten,” Ann Okafor said. Ok<CURSOR>afor left. “No,” Okafro said. Okafor slept.",
            "[[person]]\nname = \"Ann Okafor\"\naliases = [\"Okafor\"]\n",
        );
        assert!(is_slip("okafro", "ann okafor"));
        assert!(is_slip("ann okaffor", "ann okafor"));
        assert!(!is_slip("okafor", "ann okafor"));
        assert!(!is_slip("bill roe", "william roe"));
    }

    #[test]
    fn whoever_is_known_or_no_name_has_none() {
        let known = desk("[[person]]\nname = \"Ann Meyer\"");
        assert_eq!(entry("Ann Mey<CURSOR>er left.", &known), "");
        for draft in [
            "The deck is rotten, according to two off<CURSOR>icials of the port.",
            "The pier is cl<CURSOR>osed.",
            "The pier is closed.\n\nReporting by Tom Re<CURSOR>yes",
            "<CURSOR>",
        ] {
            assert_eq!(entry(draft, &Knowledge::default()), "", "{draft}");
        }
    }

    #[test]
    fn a_place_of_the_name_is_no_person_of_it() {
        let known = desk("[[place]]\nname = \"Ann Meyer\"");
        assert!(entry("Ann Mey<CURSOR>er said no.", &known).starts_with("[[person]]"));
    }

    #[test]
    fn marks_of_toml_are_taken_out_of_force() {
        for text in ["Ann \"Red\" Roe", "O'Neill", "a\\b", "ключ = [[x]]", "#"] {
            let (records, problems) = desk_list(&format!("[[person]]\nname = {}\n", quoted(text)));
            assert_eq!(problems, [], "{text}");
            assert_eq!(records[0].names[0].text, text);
        }
    }
}
