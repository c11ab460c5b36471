//! Whose words somebody passed on: "Source for: Ann Meyer (lines 3, 9)".

use super::super::markdown::escape;
use crate::analysis::{Analysis, EntityId, Hand};

/// Speakers on the line.
const SPEAKERS: usize = 4;

/// Lines of one speaker.
const LINES: usize = 3;

/// The speakers whose words this draft has through an outlet, an agency or anybody else, with the lines.
pub(super) fn relayed(analysis: &Analysis, id: EntityId) -> Option<String> {
    let mut speakers: Vec<(String, Vec<usize>)> = Vec::new();
    let mut more = 0;
    for known in &analysis.attributions {
        let Hand::Relayed(through) = known.evidence.hand else {
            continue;
        };
        let at = analysis
            .mentions
            .partition_point(|mention| mention.range.end() <= through.start());
        let is_it = analysis
            .mentions
            .get(at)
            .is_some_and(|mention| mention.entity == id && through.contains_range(mention.range));
        if !is_it {
            continue;
        }
        let name = analysis.speaker_name(known).unwrap_or("nobody known");
        let line = analysis.line(known.range);
        match speakers.iter().position(|(speaker, _)| *speaker == name) {
            Some(at) if speakers[at].1.last() == Some(&line) => {}
            Some(at) => speakers[at].1.push(line),
            None if speakers.len() < SPEAKERS => speakers.push((name.to_owned(), vec![line])),
            None => more += 1,
        }
    }
    let mut told: Vec<String> = speakers
        .iter()
        .map(|(name, lines)| one(name, lines))
        .collect();
    if more > 0 {
        told.push(format!("and {more} more"));
    }
    (!told.is_empty()).then(|| format!("- Source for: {}", told.join(", ")))
}

fn one(name: &str, lines: &[usize]) -> String {
    let shown: Vec<String> = lines.iter().take(LINES).map(usize::to_string).collect();
    let what = if lines.len() == 1 { "line" } else { "lines" };
    let more = match lines.len().saturating_sub(LINES) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    format!("{} ({what} {}{more})", escape(name), shown.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::analysis;

    /// What the outlet of a name was the source for.
    fn check(draft: &str, outlet: &str, expected: Option<&str>) {
        let analysis = analysis(draft);
        let at = analysis
            .entities
            .iter()
            .position(|entity| entity.name == outlet);
        let id = EntityId(u32::try_from(at.expect("the outlet")).unwrap());
        assert_eq!(relayed(&analysis, id).as_deref(), expected);
    }

    #[test]
    fn an_outlet_tells_whose_words_it_passed_on() {
        check(
            "“It is rotten,” Ann Meyer told Reuters.\n\n“It is old,” Tom Reyes told Reuters.\n\n\
             “It is safe,” Meyer told Reuters.",
            "Reuters",
            Some("- Source for: Ann Meyer (lines 1, 5), Tom Reyes (line 3)"),
        );
    }

    #[test]
    fn an_outlet_that_nobody_spoke_to_was_no_source() {
        check(
            "Reuters moved to the pier. Ann Meyer left.",
            "Reuters",
            None,
        );
        check(
            "“It is rotten,” Ann Meyer told Reuters.\n\nCNN moved to the pier.",
            "CNN",
            None,
        );
        check("“It is rotten,” Ann Meyer told Reuters.", "Ann Meyer", None);
    }

    #[test]
    fn many_speakers_and_lines_stay_short() {
        let said = |who: &str| format!("“It is rotten,” {who} told Reuters.\n\n");
        let people = [
            "Ann Meyer",
            "Tom Reyes",
            "Ruth Okafor",
            "Carl Lind",
            "Jane Moss",
        ];
        let draft: String = people.iter().map(|who| said(who)).collect();
        check(
            &format!("{}{draft}", said("Ann Meyer").repeat(4)),
            "Reuters",
            Some(
                "- Source for: Ann Meyer (lines 1, 3, 5 and 2 more), Tom Reyes (line 11), \
                 Ruth Okafor (line 13), Carl Lind (line 15), and 1 more",
            ),
        );
    }
}
