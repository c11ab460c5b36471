//! Who says what, as far as one paragraph can tell: cue, source and content.

mod clause;
mod content;
mod phrase;
mod reader;

use text_size::TextRange;

use super::ParagraphFacts;
use clause::Clauses;
use reader::Reader;

/// What stands as the source of a piece of speech.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SourceKind {
    /// A name, with or without a title: index into `ParagraphFacts::mentions`.
    Name(usize),
    /// "he", "she", "they", "it", "we", "I", "who".
    Pronoun,
    /// A description: index into `ParagraphFacts::descriptors`.
    Descriptor(usize),
    /// Any other noun phrase ("the report", "critics").
    Phrase,
}

/// The source of a piece of speech.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source {
    /// Bytes in the paragraph: the mention beside the cue, with its determiner, titles and complement, without
    /// appositions and clauses.
    pub range: TextRange,
    /// The same with appositions and relative clauses: "John Kirby, a spokesman for the council".
    pub extent: TextRange,
    /// What it is.
    pub kind: SourceKind,
}

/// How a piece of speech was recognised, from the surest to the weakest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Pattern {
    /// A quote beside its cue: “…,” she said.
    Tagged,
    /// A clause that the cue takes: she said that …
    Clause,
    /// A quote inside what the cue takes: she welcomed the “significant” step.
    Object,
    /// "according to her", "in the words of".
    Phrase,
    /// "Speaker: words", “words” — Speaker.
    Label,
    /// A quote somewhere in a sentence whose cue takes something else.
    Near,
    /// A quote in a sentence without any cue: its subject.
    Subject,
}

/// One contiguous piece of quoted or reported content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content {
    /// Bytes in the paragraph; marks of a quote at its ends are included.
    pub range: TextRange,
    /// The outermost quotes inside it, as indices into `ParagraphFacts::quotes`.
    pub quotes: Vec<usize>,
    /// It is nothing but one quote.
    pub direct: bool,
}

/// A cue with its source and what it reports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Speech {
    /// Index into `ParagraphFacts::cues`; none for "Speaker: words".
    pub cue: Option<usize>,
    /// Who says it, if the paragraph names anyone.
    pub source: Option<Source>,
    /// What is said, in reading order; several pieces for a split quote, none where it follows in the next paragraph.
    pub contents: Vec<Content>,
    /// Who reports that it was said: "IRNA" in "…, IRNA reported".
    pub via: Option<TextRange>,
    /// Who was told.
    pub listener: Option<TextRange>,
    /// How it was recognised.
    pub pattern: Pattern,
}

/// Finds the speech of one paragraph, in order of the cues.
pub fn speech(text: &str, facts: &ParagraphFacts) -> Vec<Speech> {
    if facts.cues.is_empty() && facts.quotes.is_empty() {
        return Vec::new();
    }
    let clauses = Clauses::new(text, facts);
    let mut found = Vec::new();
    for unit in clauses.units() {
        Reader::new(&clauses, unit).read(&mut found);
    }
    found
}

#[cfg(test)]
mod tests {
    use crate::lexicon::Lexicon;

    /// Each piece of speech as "source > content | content", with "~" for no source and "via" where it was passed on.
    fn read(text: &str) -> Vec<String> {
        let facts = crate::extract::facts(text, Lexicon::get());
        let line = |speech: &super::Speech| {
            let source = speech.source.map_or("~", |source| &text[source.range]);
            let contents: Vec<&str> = speech
                .contents
                .iter()
                .map(|content| &text[content.range])
                .collect();
            let via = speech
                .via
                .map_or(String::new(), |via| format!(" via {}", &text[via]));
            format!("{source} > {}{via}", contents.join(" | "))
        };
        facts.speech.iter().map(line).collect()
    }

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        assert_eq!(read(text), expected, "{text}");
    }

    #[test]
    fn where_and_when_is_no_part_of_a_speaker() {
        for (before, speaker) in [
            ("On the morning of the vote ", "Keller"),
            ("In an interview ", "Keller"),
            ("After the vote ", "Mayor Keller"),
            ("", "A spokesman for the singer Keller"),
            ("", "The singer Keller"),
        ] {
            check(
                &format!("{before}{speaker} said that the pier was safe."),
                &[&format!("{speaker} > that the pier was safe")],
            );
        }
    }

    #[test]
    fn tags_in_both_orders() {
        check(
            "“We are ready,” Anna Keller said.",
            &["Anna Keller > “We are ready,”"],
        );
        check(
            "“We are ready,” said Anna Keller.",
            &["Anna Keller > “We are ready,”"],
        );
        check(
            "“We are ready,” said Anna Keller, who runs the port.",
            &["Anna Keller > “We are ready,”"],
        );
        check(
            "Anna Keller said: “We are ready.”",
            &["Anna Keller > “We are ready.”"],
        );
        check(
            "Anna Keller said, “We are ready.”",
            &["Anna Keller > “We are ready.”"],
        );
        check("“Are we ready?” she asked.", &["she > “Are we ready?”"]);
        check(
            "“We are ready,” Anna Keller, a pilot, told reporters on Monday.",
            &["Anna Keller > “We are ready,”"],
        );
    }

    #[test]
    fn a_split_quote_is_one_speech_of_two_pieces() {
        check(
            "“We are ready,” Keller said, “and we are many.”",
            &["Keller > “We are ready,” | “and we are many.”"],
        );
    }

    #[test]
    fn clauses_with_and_without_that() {
        check(
            "The mayor said that the bridge was safe.",
            &["The mayor > that the bridge was safe"],
        );
        check(
            "The mayor said the bridge was safe.",
            &["The mayor > the bridge was safe"],
        );
        check(
            "The mayor said on Monday that it was “a good bridge.”",
            &["The mayor > that it was “a good bridge.”"],
        );
        check(
            "The bridge was safe, the mayor said.",
            &["the mayor > The bridge was safe"],
        );
        check("Asked whether it was safe, she nodded.", &[]);
    }

    #[test]
    fn verbs_in_the_present_that_no_noun_shares() {
        check(
            "Keller writes in a letter that the port is “a shell”.",
            &["Keller > that the port is “a shell”"],
        );
        check(
            "Keller warns of “a hard winter”.",
            &["Keller > of “a hard winter”"],
        );
    }

    #[test]
    fn a_verb_after_a_conjunction_keeps_the_subject() {
        check(
            "Keller praised the crew and blamed the delay on “bad weather”.",
            &["Keller > the delay on “bad weather”"],
        );
        check(
            "Keller said the port was open, adding that it was “a good day.”",
            &[
                "Keller > the port was open",
                "Keller > that it was “a good day.”",
            ],
        );
    }

    #[test]
    fn a_tag_inside_a_clause_parts_it() {
        check(
            "The port, Keller said, is open again.",
            &["Keller > The port | is open again"],
        );
        check(
            "In the end, Keller said, the port opened.",
            &["Keller > the port opened"],
        );
        check(
            "The port was open, Keller said, adding that it was full.",
            &["Keller > The port was open", "Keller > that it was full"],
        );
        check(
            "Keller said, his voice low, that it was late.",
            &["Keller > that it was late"],
        );
    }

    #[test]
    fn people_are_asked_to_act() {
        check(
            "Keller urged both crews to look again.",
            &["Keller > to look again"],
        );
        check(
            "Police told residents not to drink the water.",
            &["Police > not to drink the water"],
        );
        check("Keller asked for money to mend the wall.", &[]);
        check("Keller asked to leave.", &[]);
        check("Keller ordered a pie to eat on the way.", &[]);
    }

    #[test]
    fn a_clause_in_front_ends_where_the_main_one_starts() {
        check(
            "While he admitted the port was old, Keller also left.",
            &["he > the port was old"],
        );
        check(
            "Keller said the court had heard and blamed the crew.",
            &["Keller > the court had heard and blamed the crew"],
        );
        check(
            "Keller stressed that the port was old, and the union warned of a strike at “the shell”.",
            &[
                "Keller > that the port was old",
                "the union > of a strike at “the shell”",
            ],
        );
    }

    #[test]
    fn the_extent_of_a_source_holds_its_appositions() {
        let extent = |text: &str| {
            let facts = crate::extract::facts(text, Lexicon::get());
            let source = facts.speech[0].source.unwrap();
            (
                text[source.range].to_owned(),
                text[source.extent].to_owned(),
            )
        };
        let (range, whole) =
            extent("Anna Keller, head of the port, which lies in Hale, said it was open.");
        assert_eq!(range, "Anna Keller");
        assert_eq!(whole, "Anna Keller, head of the port, which lies in Hale");
        let (range, _) = extent("“No,” said protesters walking along the quay.");
        assert_eq!(range, "protesters");
        let (range, _) = extent("Protesters walking along the quay chanted “No!”");
        assert_eq!(range, "Protesters walking along the quay");
    }

    #[test]
    fn nouns_for_words_have_an_owner() {
        check(
            "Police rejected Keller’s claim that the port was shut.",
            &["Keller’s > that the port was shut"],
        );
        check(
            "His claim that the port was “a shell” angered the crew.",
            &["His > that the port was “a shell”"],
        );
        check("Keller’s office that day was shut.", &[]);
        check("The claim that the port was shut was false.", &[]);
    }

    #[test]
    fn whoever_is_heard_in_footage_speaks() {
        check(
            "The ad has footage of Anna Keller saying, “We are ready.”",
            &["Anna Keller > “We are ready.”"],
        );
        check(
            "Keller, the head of the port, left, saying “We are ready.”",
            &["Keller > “We are ready.”"],
        );
    }

    #[test]
    fn a_tag_behind_wins_over_a_colon_before() {
        check(
            "The union liked the plan for the port: “We have waited long,” the union wrote.",
            &["the union > “We have waited long,”"],
        );
    }

    #[test]
    fn base_forms_need_a_subject_that_takes_them() {
        check(
            "The residents often say, “We are ready.”",
            &["The residents > “We are ready.”"],
        );
        check(
            "Moore and Keller call them “wolves”.",
            &["Moore and Keller > them “wolves”"],
        );
        check(
            "Keller noted that the harbour stood at a turning point last May “when the ice came”.",
            &["Keller > that the harbour stood at a turning point last May “when the ice came”"],
        );
    }

    #[test]
    fn source_phrases_stand_at_either_end() {
        check(
            "According to the ministry, the port is open.",
            &["the ministry > the port is open"],
        );
        check(
            "The port is open, according to the ministry.",
            &["the ministry > The port is open"],
        );
        check(
            "New data show that the port is open, according to two officials.",
            &["two officials > that the port is open"],
        );
    }

    #[test]
    fn an_agency_that_reports_what_a_person_said_passes_it_on() {
        check(
            "The minister warned Poland against closing the border, the news agency PAP reported.",
            &["The minister > against closing the border via PAP"],
        );
    }

    #[test]
    fn a_source_phrase_may_open_a_clause_with_any_verb() {
        check(
            "According to Keller, the pump in the cellar failed twice.",
            &["Keller > the pump in the cellar failed twice"],
        );
        check(
            "According to Keller, a pilot, the pump failed.",
            &["Keller > the pump failed"],
        );
        check(
            "According to minutes of the April meeting, the board sold the pier.",
            &["minutes of the April meeting > the board sold the pier"],
        );
        check(
            "Keller said that 78 per cent were in favour.",
            &["Keller > that 78 per cent were in favour"],
        );
    }

    #[test]
    fn whom_a_paper_quotes_speaks() {
        check(
            "“We sold it,” the paper quoted her as saying.",
            &["her > “We sold it,” via the paper"],
        );
        check(
            "The paper quoted Anna Keller as saying the dam would hold.",
            &["Anna Keller > the dam would hold via The paper"],
        );
    }

    #[test]
    fn passives_in_short_tell_whom_somebody_spoke_to() {
        check(
            "Keller, asked whether she would go, said she had a cold.",
            &["Keller > she had a cold"],
        );
        check(
            "Keller, told of this, sent a short reply: “Ha.”",
            &["Keller > “Ha.”"],
        );
    }

    #[test]
    fn a_tag_may_tell_the_occasion() {
        for occasion in [
            "when asked who was there",
            "after her crew beat the tide",
            "as the boat came in",
        ] {
            check(
                &format!("“We are ready,” Keller said {occasion}."),
                &["Keller > “We are ready,”"],
            );
        }
    }

    #[test]
    fn a_subject_may_have_a_relative_clause() {
        check(
            "The operator of a ferry that ran aground with 20 people aboard said that it was sorry.",
            &["The operator of a ferry > that it was sorry"],
        );
    }

    #[test]
    fn whoever_declines_to_say_something_says_nothing() {
        let facts = |text| crate::extract::facts(text, Lexicon::get());
        assert!(facts("Keller declined to say what it would cost.").cues[1].negated);
        assert!(!facts("Keller wanted to say what it would cost.").cues[0].negated);
    }

    #[test]
    fn nouns_that_look_like_cues_are_none() {
        check("The report was late.", &[]);
        check("His claim was false.", &[]);
        check("The reported deal fell through.", &[]);
        check("Charges were dropped.", &[]);
    }

    #[test]
    fn verbs_without_content_say_nothing() {
        check("She said nothing.", &[]);
        check("He promised to return.", &[]);
        check("Turkey considers it a threat.", &[]);
    }

    #[test]
    fn any_text_can_be_read() {
        for text in [
            "",
            " ",
            "said",
            "“",
            "said said said",
            "“” said",
            ", said ,",
            ", Keller said, the port is open.",
            "according to",
            "as",
            "by",
        ] {
            read(text);
        }
    }
}
