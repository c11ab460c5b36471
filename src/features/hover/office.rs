//! What an office, a rank or an honorific is: the words of a title before a name, or of a role.

use text_size::{TextRange, TextSize};

use super::super::markdown::escape;
use super::super::reason::excerpt_to;
use super::known::{LONG, source};
use crate::analysis::Analysis;
use crate::extract::TokenKind;
use crate::knowledge::{FactKind, Knowledge, Known, Record, RecordKind, fold};

/// Words of the longest role that is looked through.
const WORDS: usize = 12;

/// Words of the longest office.
const LONGEST: usize = 6;

/// What the newsroom knows of the longest office, rank or honorific in a stretch of prose, of `least` words and, where
/// `part` is given, with a part that it touches: a line for each kind.
pub(super) fn told(
    analysis: &Analysis,
    knowledge: &Knowledge,
    range: TextRange,
    least: usize,
    part: Option<&dyn Fn(TextRange) -> bool>,
) -> Vec<String> {
    let Some((words, found)) = longest(analysis, knowledge, range, least, part) else {
        return Vec::new();
    };
    let kinds = [RecordKind::Office, RecordKind::Rank, RecordKind::Honorific];
    let lines = kinds.into_iter().filter_map(|kind| {
        let records: Vec<&Known> = (found.iter())
            .filter(|known| known.record.kind == kind)
            .collect();
        Some(format!(
            "- “{}”: {}",
            escape(analysis.text(words)),
            line(analysis.text(words), &records)?
        ))
    });
    lines.collect()
}

/// The office of several words that stands at a place outside all names, with its lines.
pub(super) fn at(
    analysis: &Analysis,
    knowledge: &Knowledge,
    touches: &impl Fn(TextRange) -> bool,
) -> Option<(TextRange, String)> {
    let paragraph = (analysis.paragraphs.iter()).find(|paragraph| touches(paragraph.range))?;
    let tokens = &paragraph.facts.tokens;
    let at = tokens
        .iter()
        .position(|token| token.kind == TokenKind::Word && touches(paragraph.at(token.stem)))?;
    let first = at.saturating_sub(LONGEST - 1);
    let last = (at + LONGEST - 1).min(tokens.len() - 1);
    let range = paragraph.at(tokens[first].range.cover(tokens[last].stem));
    // A word alone may be anything: "general".
    let part =
        |range: TextRange| touches(range) && analysis.text(range).contains(char::is_uppercase);
    let (words, _) = longest(analysis, knowledge, range, 2, Some(&part))?;
    Some((words, told(analysis, knowledge, words, 2, None).join("\n")))
}

/// The longest stretch of words that is an office, a rank or an honorific, the last of equals.
fn longest<'k>(
    analysis: &Analysis,
    knowledge: &'k Knowledge,
    range: TextRange,
    least: usize,
    part: Option<&dyn Fn(TextRange) -> bool>,
) -> Option<(TextRange, Vec<Known<'k>>)> {
    let words = words(analysis, range);
    for length in (least..=words.len().min(LONGEST)).rev() {
        for stretch in words.windows(length).rev() {
            let (first, last) = (stretch.first()?, stretch.last()?);
            let range = first.cover(*last);
            if part.is_some_and(|touches| !touches(range)) {
                continue;
            }
            let mut found = knowledge.find(analysis.text(range));
            found.retain(|known| is_office(known.record.kind));
            if !found.is_empty() {
                return Some((without_stop(analysis, range, &found), found));
            }
        }
    }
    None
}

/// Words without the point behind them that ends a sentence and is in no name for them.
fn without_stop(analysis: &Analysis, range: TextRange, found: &[Known<'_>]) -> TextRange {
    let has_point = |known: &Known| known.name().is_some_and(|name| name.text.ends_with('.'));
    match analysis.text(range).ends_with('.') && !found.iter().any(has_point) {
        true => TextRange::new(range.start(), range.end() - TextSize::of('.')),
        false => range,
    }
}

/// The words of a stretch of prose; a point at the end of one belongs to it.
fn words(analysis: &Analysis, range: TextRange) -> Vec<TextRange> {
    let text = analysis.text(range);
    let mut words = Vec::new();
    let mut at = 0;
    for piece in text.split_inclusive(char::is_whitespace) {
        let bare = piece.trim_matches(|c: char| !c.is_alphanumeric() && c != '.');
        let start = at + piece.find(bare).unwrap_or_default();
        let end = start + bare.len();
        if let (Ok(start), Ok(end), false) = (
            TextSize::try_from(start),
            TextSize::try_from(end),
            bare.is_empty(),
        ) {
            words.push(TextRange::new(start, end) + range.start());
        }
        at += piece.len();
    }
    words.truncate(WORDS);
    words
}

fn is_office(kind: RecordKind) -> bool {
    matches!(
        kind,
        RecordKind::Office | RecordKind::Rank | RecordKind::Honorific
    )
}

/// The name in full, what it is and where, and what the first that says something says of it.
fn line(words: &str, records: &[&Known<'_>]) -> Option<String> {
    let first = *records.first()?;
    let record = &first.record;
    let name = record.names.first()?;
    let mut text = match fold(&name.text) == fold(words) {
        true => String::new(),
        false => format!("{}, ", escape(&name.text)),
    };
    text += record.kind.label();
    let what = match record.kind {
        RecordKind::Rank => services(records),
        _ => record.description.clone(),
    };
    match what.strip_prefix("for ") {
        Some(whom) => text += &format!(" for {}", escape(whom)),
        None if what.is_empty() => {
            let sort = values(record, FactKind::Type).into_iter().next();
            text.extend(sort.map(|sort| format!(" ({})", escape(sort))));
        }
        None => text += &format!(": {}", escape(&excerpt_to(&what, LONG))),
    }
    for kind in [FactKind::Grade, FactKind::Usage] {
        let mut all: Vec<&str> = Vec::new();
        for value in records.iter().flat_map(|known| values(&known.record, kind)) {
            if !all.contains(&value) {
                all.push(value);
            }
        }
        if !all.is_empty() {
            text += &format!("; {}: {}", kind.label(), escape(&all.join(", ")));
        }
    }
    let mut notes = records.iter().map(|known| known.record.note.as_str());
    if let Some(note) = notes.find(|note| !note.is_empty()) {
        let note = excerpt_to(note, LONG);
        text += &format!("; {}", escape(note.trim_end_matches('.')));
    }
    Some(format!("{text} ({})", source(first)))
}

/// "United Kingdom army; United States air force, army"
fn services(records: &[&Known<'_>]) -> String {
    let mut countries: Vec<(String, Vec<&str>)> = Vec::new();
    for known in records {
        let country = values(&known.record, FactKind::Country).join(", ");
        let services = values(&known.record, FactKind::Type);
        match countries.iter_mut().find(|(other, _)| *other == country) {
            Some((_, all)) => all.extend(services),
            None => countries.push((country, services)),
        }
    }
    let told = countries.iter().map(|(country, services)| {
        format!("{country} {}", services.join(", "))
            .trim()
            .to_owned()
    });
    told.collect::<Vec<_>>().join("; ")
}

fn values(record: &Record, kind: FactKind) -> Vec<&str> {
    let facts = record.facts.iter().filter(|fact| fact.kind == kind);
    facts.map(|fact| fact.value.as_str()).collect()
}

#[cfg(test)]
mod tests {
    use crate::fixture::hover_at_cursor;
    use crate::knowledge::Knowledge;
    use crate::settings::House;
    use crate::text::Language;

    #[track_caller]
    fn check(draft: &str, expected: &[&str]) {
        let shipped = Knowledge::shipped();
        let hover = hover_at_cursor(Language::Plain, House::Neutral, shipped, draft);
        let told: Vec<&str> = (hover.lines())
            .filter(|line| line.starts_with("- “") && !line.contains("” here: "))
            .collect();
        assert_eq!(told, expected, "{hover}");
    }

    #[test]
    fn a_title_before_a_name_is_told_in_full() {
        check(
            "“It is rotten,” Lt. G<CURSOR>en. Ann Meyer said.",
            &[
                "- “Lt. Gen.”: Lieutenant General, rank: United Kingdom army; United States air force, army, \
               marines; grade: OF-8; Three stars (copydesk, as of 2025-07)",
            ],
        );
        check("“It is rotten,” Lt. Gen. Ann Me<CURSOR>yer said.", &[]);
        check(
            "“It is rotten,” D<CURSOR>r. Ann Meyer said.",
            &[
                "- “Dr.”: honorific for physicians, and holders of a doctorate; form: Dr. Poe; AP keeps it at first \
               mention for physicians and dentists; British surgeons are Mr, Mrs, Miss or Ms (copydesk, as of 2025-07)",
            ],
        );
    }

    #[test]
    fn a_role_is_told_beside_who_has_it() {
        let told = "- “Supreme Leader”: office (state); Of Iran: the highest office, above the president \
                    (copydesk, as of 2025-07)";
        check(
            "“No,” Iran’s Supreme Lea<CURSOR>der Ali Khamenei said.",
            &[told],
        );
        check(
            "Ali Khamenei, the Supreme Lea<CURSOR>der of Iran, spoke. “No,” he said.",
            &[told],
        );
        check(
            "“No,” said Ann Meyer, the dep<CURSOR>uty prime minister.",
            &["- “deputy prime minister”: office (government) (copydesk, as of 2025-07)"],
        );
    }

    #[test]
    fn an_office_of_nobody_is_told() {
        check(
            "He wants to be Supreme Lea<CURSOR>der.",
            &[
                "- “Supreme Leader”: office (state); Of Iran: the highest office, above the president \
               (copydesk, as of 2025-07)",
            ],
        );
        check(
            "‘No’\u{3000}‘no’ to the Army\u{2003}chi<CURSOR>ef.",
            &["- “Army chief”: office (military) (copydesk, as of 2025-07)"],
        );
        check("The gen<CURSOR>eral strike is over.", &[]);
        check("The post of supreme lea<CURSOR>der is vacant.", &[]);
    }
}
