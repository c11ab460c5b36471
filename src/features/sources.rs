//! The source sheet of a draft: everyone whose words it holds, named or not, and through whose hands they came.

mod markdown;

use std::collections::HashMap;

use text_size::TextRange;

use super::reason::{count, plain};
use crate::analysis::{
    Analysis, Attribution, Entity, EntityId, Hand, Link, Paragraph, ParagraphKind, SpeechKind,
};

/// Everyone whose words a draft holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SourceSheet {
    /// Words of the story's copy: no headlines, credits, links or notes.
    pub words: usize,
    /// Words of the copy inside quotes that somebody speaks.
    pub quoted: usize,
    /// In the order of their first words. Words for which nobody fits have one entry of their own.
    pub sources: Vec<Source>,
}

/// One whose words a draft holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    /// Who it is; none for words for which nobody fits.
    pub entity: Option<EntityId>,
    /// The fullest name that the draft gives, or the description of an unnamed source; empty where nobody fits.
    pub name: String,
    /// The role as the draft introduces it.
    pub role: Option<String>,
    /// Named in the draft.
    pub named: bool,
    /// What is quoted or reported, in reading order.
    pub speech: Vec<Said>,
}

/// One quote, or one piece of reported speech.
#[derive(Clone, Debug, PartialEq)]
pub struct Said {
    /// Source bytes; the marks of a quote are part of it.
    pub range: TextRange,
    /// Prose bytes of the same.
    pub prose: TextRange,
    /// Line of the source, counted from 1.
    pub line: usize,
    /// Words between the marks; words of reported speech without marks.
    pub words: usize,
    /// The quote, as an index into [`Analysis::quotes`]; none for reported speech.
    pub quote: Option<usize>,
    /// Who passed it on: a name of the draft, or "hearsay" where nobody in particular did ("reportedly").
    pub via: Option<String>,
    /// The speaker is a guess from what stands before.
    pub guessed: bool,
}

impl SourceSheet {
    /// Sources that are quoted and have a name.
    pub fn named(&self) -> usize {
        self.quoted_sources().filter(|source| source.named).count()
    }

    /// Sources that are quoted and have none.
    pub fn unnamed(&self) -> usize {
        let quoted = self.quoted_sources();
        quoted
            .filter(|source| source.entity.is_some() && !source.named)
            .count()
    }

    /// Sources of whose quotes some came through other hands.
    pub fn second_hand(&self) -> usize {
        let quoted = self.quoted_sources();
        quoted
            .filter(|source| source.quotes().any(|quote| quote.via.is_some()))
            .count()
    }

    /// The sheet as a Markdown document of its own under a title.
    pub fn markdown(&self, analysis: &Analysis, title: &str) -> String {
        markdown::markdown(analysis, self, title)
    }

    fn quoted_sources(&self) -> impl Iterator<Item = &Source> {
        let sources = self.sources.iter();
        sources.filter(|source| source.quotes().next().is_some())
    }

    /// Who is quoted, in one line: "6 named, 1 unnamed · 233 of 785 words quoted · 2 second-hand".
    pub fn summary(&self) -> String {
        let mut parts = vec![match (self.named(), self.unnamed()) {
            (0, 0) => "nobody quoted".to_owned(),
            (named, 0) => format!("{named} named"),
            (named, unnamed) => format!("{named} named, {unnamed} unnamed"),
        }];
        if self.quoted > 0 {
            parts.push(format!(
                "{} of {} quoted",
                self.quoted,
                count(self.words, "word")
            ));
        }
        if self.second_hand() > 0 {
            parts.push(format!("{} second-hand", self.second_hand()));
        }
        parts.join(" · ")
    }
}

impl Source {
    /// Its quotes, in reading order.
    pub fn quotes(&self) -> impl Iterator<Item = &Said> {
        self.speech.iter().filter(|said| said.quote.is_some())
    }

    /// Words of its quotes.
    pub fn words(&self) -> usize {
        self.quotes().map(|quote| quote.words).sum()
    }

    /// Share of all words that are quoted in the draft, 0 to 1.
    pub fn share(&self, sheet: &SourceSheet) -> f64 {
        match sheet.quoted {
            0 => 0.0,
            quoted => self.words() as f64 / quoted as f64,
        }
    }

    /// The line of the source, counted from 1, of its first words.
    pub fn line(&self) -> usize {
        self.speech.first().map_or(1, |said| said.line)
    }

    /// All through whom its words came, each once.
    pub fn via(&self) -> Vec<&str> {
        let mut via: Vec<&str> = Vec::new();
        for name in self.speech.iter().filter_map(|said| said.via.as_deref()) {
            if !via.contains(&name) {
                via.push(name);
            }
        }
        via
    }
}

/// The source sheet of a draft.
pub fn sources(analysis: &Analysis) -> SourceSheet {
    let mut sheet = SourceSheet {
        words: body(analysis).map(Paragraph::words).sum(),
        ..SourceSheet::default()
    };
    let mut slots: HashMap<Option<EntityId>, usize> = HashMap::new();
    for attribution in &analysis.attributions {
        let speaker = attribution
            .entity
            .filter(|_| attribution.evidence.link != Link::None);
        let said = said(analysis, attribution);
        // Reported speech that nobody is held to speak is just a sentence.
        if said.is_empty() || speaker.is_none() && attribution.kind == SpeechKind::Indirect {
            continue;
        }
        let slot = *slots.entry(speaker).or_insert_with(|| {
            sheet.sources.push(source(analysis, speaker));
            sheet.sources.len() - 1
        });
        if is_body(analysis, attribution.paragraph) {
            let quotes = said.iter().filter(|said| said.quote.is_some());
            sheet.quoted += quotes.map(|quote| quote.words).sum::<usize>();
        }
        sheet.sources[slot].speech.extend(said);
    }
    for source in &mut sheet.sources {
        source.speech.sort_by_key(|said| said.prose.start());
    }
    sheet
}

fn body(analysis: &Analysis) -> impl Iterator<Item = &Paragraph> {
    let paragraphs = analysis.paragraphs.iter();
    paragraphs.filter(|paragraph| paragraph.kind == ParagraphKind::Body)
}

fn is_body(analysis: &Analysis, paragraph: usize) -> bool {
    let paragraph = analysis.paragraphs.get(paragraph);
    paragraph.is_some_and(|paragraph| paragraph.kind == ParagraphKind::Body)
}

fn source(analysis: &Analysis, speaker: Option<EntityId>) -> Source {
    let entity = speaker.map(|id| analysis.entity(id));
    Source {
        entity: speaker,
        name: entity.map_or_else(String::new, |entity| plain(&entity.name)),
        role: entity.filter(|entity| entity.named).and_then(role),
        named: entity.is_some_and(|entity| entity.named),
        speech: Vec::new(),
    }
}

/// The first office or trade that the draft gives; else the first words on them that are more than an age.
fn role(entity: &Entity) -> Option<String> {
    let mut roles = entity.roles.iter();
    let office = roles.clone().find(|role| role.head.is_some());
    let told = || roles.find(|role| role.text.contains(char::is_alphabetic));
    office.or_else(told).map(|role| plain(&role.text))
}

/// The quotes of an attribution; what is reported where it holds none.
fn said(analysis: &Analysis, attribution: &Attribution) -> Vec<Said> {
    let via = match attribution.evidence.hand {
        Hand::First => None,
        Hand::Relayed(name) => Some(plain(analysis.text(name))),
        Hand::Hearsay(_) => Some("hearsay".to_owned()),
    };
    let guessed = attribution.evidence.link == Link::Continued
        && !analysis.runs_on(attribution)
        && attribution.cue.is_none();
    let said = |prose: TextRange, words: usize, quote: Option<usize>| Said {
        range: analysis.prose.to_source(prose),
        prose,
        line: analysis.line(prose),
        words,
        quote,
        via: via.clone(),
        guessed,
    };
    if attribution.kind == SpeechKind::Indirect {
        let paragraph = &analysis.paragraphs[attribution.paragraph];
        let words = paragraph.words_in(attribution.range);
        return vec![said(attribution.range, words, None)];
    }
    let quotes = attribution.quotes.iter();
    quotes
        .filter_map(|&index| Some((index, analysis.quotes.get(index)?)))
        .map(|(index, quote)| said(quote.range, analysis.quote(quote).words, Some(index)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::sources;
    use crate::fixture;

    fn check(draft: &str, summary: &str, lines: &[&str]) {
        let sheet = sources(&fixture::analysis(draft));
        assert_eq!(sheet.summary(), summary);
        let actual: Vec<String> = (sheet.sources.iter())
            .map(|source| {
                let quotes = source.quotes().count();
                format!(
                    "{} [{}] {quotes}+{} {} words, {:.0}%, line {}; {}",
                    source.name,
                    source.role.as_deref().unwrap_or_default(),
                    source.speech.len() - quotes,
                    source.words(),
                    100.0 * source.share(&sheet),
                    source.line(),
                    source.via().join(", "),
                )
            })
            .collect();
        assert_eq!(actual, lines);
    }

    #[test]
    fn sources_stand_in_the_order_of_their_words() {
        check(
            "Mayor Ann Meyer spoke. “It is old,” she said.\n\n“Not so,” two engineers said.\n\n\
             “It is,” Meyer said. She said that the pier would stay shut.",
            "1 named, 1 unnamed · 7 of 26 words quoted",
            &[
                "Ann Meyer [Mayor] 2+1 5 words, 71%, line 1; ",
                "two engineers [] 1+0 2 words, 29%, line 3; ",
            ],
        );
    }

    #[test]
    fn words_that_were_passed_on_say_by_whom() {
        check(
            "“It is old,” Ann Meyer told CNN.\n\n“Not so,” Tom Reyes, 54, reportedly said.",
            "2 named · 5 of 14 words quoted · 2 second-hand",
            &[
                "Ann Meyer [] 1+0 3 words, 60%, line 1; CNN",
                "Tom Reyes [] 1+0 2 words, 40%, line 3; hearsay",
            ],
        );
    }

    #[test]
    fn words_of_nobody_known_have_an_entry() {
        check(
            "“We looked at every bolt of the deck on Monday, twice.”",
            "nobody quoted · 11 of 11 words quoted",
            &[" [] 1+0 11 words, 100%, line 1; "],
        );
    }

    #[test]
    fn nobodys_words_have_none() {
        check("They saw the film “Jaws” twice.", "nobody quoted", &[]);
        check("", "nobody quoted", &[]);
    }
}
