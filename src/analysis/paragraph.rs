//! What each paragraph is: body, headline, subhead, link, credit, residue, note or dateline.

use std::any::Any;
use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use text_size::TextRange;

use super::notes::{Known, Notes};
use super::people::{Entity, EntityId, EntityMention};
use crate::extract::{Case, Label, Marker, ParagraphFacts, QuoteKind, Token, TokenKind};
use crate::lexicon::{Class, Lexicon};
use crate::text::{Prose, Shape};

/// What a paragraph is in the story. Only `Body` is judged by rules; all others are furniture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ParagraphKind {
    /// The story's own copy.
    Body,
    /// The story's title.
    Headline,
    /// A heading inside the story.
    Subhead,
    /// A line that links to another story, left in by a copy and paste.
    Link,
    /// Who wrote, reported or edited.
    Credit,
    /// A web page's leftovers.
    Residue,
    /// A note to the desk.
    Note,
    /// A date or a place and date; list items and tables likewise are never judged.
    Dateline,
}

/// One paragraph of the draft.
#[derive(Clone, Debug)]
pub struct Paragraph {
    /// Prose bytes.
    pub range: TextRange,
    /// What it is in the markup.
    pub shape: Shape,
    /// What it is in the story.
    pub kind: ParagraphKind,
    /// What its text alone tells; ranges count from `range.start()`.
    pub facts: Arc<ParagraphFacts>,
    /// What the passes have noted of it.
    pub(super) notes: Arc<Notes>,
}

impl Paragraph {
    /// Whether its speech and its pronouns are read. List items are: they are not judged, but somebody speaks in them.
    pub fn is_read(&self) -> bool {
        self.kind == ParagraphKind::Body
            || self.kind == ParagraphKind::Dateline && self.shape == Shape::Item
    }

    /// A range of this paragraph's facts, in prose bytes of the draft.
    pub fn at(&self, range: TextRange) -> TextRange {
        range + self.range.start()
    }

    /// The outermost quotes whose marks cannot be apostrophes, in reading order; ranges count from `range.start()`.
    pub fn quoted(&self) -> &[TextRange] {
        self.notes.quoted(|| {
            let quotes = self.facts.quotes.iter();
            let outer = quotes.filter(|quote| quote.parent.is_none() && quote.certain);
            outer.map(|quote| quote.range).collect()
        })
    }

    /// What the rules have noted of it, kept however often the draft around it changes: it goes by the text and the
    /// facts of the paragraph alone, and by no setting. They have one type for all; none for a second one.
    pub fn noted<T: Any + Default + Send + Sync>(&self) -> Option<&T> {
        self.notes.above()
    }

    /// The number of its words.
    pub fn words(&self) -> usize {
        self.words_in(self.range)
    }

    /// The number of its words inside a range of prose bytes of the draft.
    pub fn words_in(&self, range: TextRange) -> usize {
        let tokens = &self.facts.tokens;
        let from = tokens.partition_point(|token| self.at(token.range).start() < range.start());
        tokens[from..]
            .iter()
            .take_while(|token| self.at(token.range).end() <= range.end())
            .filter(|token| matches!(token.kind, TokenKind::Word | TokenKind::Number))
            .count()
    }
}

/// Puts blocks and facts together; kinds that need no names are decided here.
pub(super) fn paragraphs(prose: &Prose, known: Vec<Known>) -> Vec<Paragraph> {
    let mut paragraphs: Vec<Paragraph> = prose
        .blocks()
        .iter()
        .zip(known)
        .map(|(block, Known { facts, notes })| Paragraph {
            range: block.range,
            shape: block.shape,
            kind: kind(block.shape, facts.marker),
            facts,
            notes,
        })
        .collect();
    mark_headlines(prose, &mut paragraphs);
    paragraphs
}

/// Decides the kinds that need names: subheads and links.
///
/// A line without an end is a heading of the story or of another one. A subhead names someone who acts in the
/// paragraph below; a link names strangers. Since a subhead may name nobody, a line is a link only with a second
/// sign: another line follows at once, or the draft came off a web page (residue, or several such lines) and the
/// line has nothing to do with what stands below.
pub(super) fn settle_kinds(
    prose: &Prose,
    paragraphs: &mut [Paragraph],
    entities: &[Entity],
    mentions: &[EntityMention],
) {
    let runs = runs(prose, paragraphs);
    let Some(copy) = first_copy(paragraphs, &runs) else {
        return;
    };
    if runs.is_empty() {
        return;
    }
    let named = Named::new(paragraphs.len(), entities, mentions);
    let residue = paragraphs
        .iter()
        .any(|paragraph| paragraph.kind == ParagraphKind::Residue);
    let lines: usize = runs.iter().map(Range::len).filter(|len| *len < LIST).sum();
    let pasted = residue || lines >= SEVERAL_LINES;
    let bodies = bodies_below(paragraphs, &runs);
    let mut below: Option<Below> = None;
    for (run, body) in runs.into_iter().zip(bodies) {
        let list = run.len() >= LIST && !residue;
        if below.as_ref().map(|below| below.index) != body {
            below = body.map(|index| Below::new(prose, paragraphs, &named, index));
        }
        for index in run.clone() {
            let related = below
                .as_ref()
                .is_some_and(|below| below.names(&named, index));
            let apart = || {
                let line = &paragraphs[index];
                !below
                    .as_ref()
                    .is_some_and(|below| below.shares_a_word(prose, line))
            };
            let another = index + 1 < run.end;
            // In a live blog each entry has its heading under its time.
            let timed = index > 0 && paragraphs[index - 1].kind == ParagraphKind::Dateline;
            let link = index > copy
                && !list
                && !timed
                && !related
                && words(&paragraphs[index]) >= SHORTEST_LINK
                && has_verb(prose, &paragraphs[index])
                && (another || pasted && apart());
            paragraphs[index].kind = match link {
                true => ParagraphKind::Link,
                false => ParagraphKind::Subhead,
            };
        }
    }
}

/// Words of the longest line that may be a heading.
const LONGEST_LINE: usize = 14;

/// Words of the shortest line that may be the headline of another story.
const SHORTEST_LINK: usize = 5;

/// Lines in a row that make a list or a poem.
const LIST: usize = 3;

/// Lines from which on a draft looks pasted together.
const SEVERAL_LINES: usize = 3;

/// Words of the longest headline.
const LONGEST_HEADLINE: usize = 20;

fn kind(shape: Shape, marker: Option<Marker>) -> ParagraphKind {
    match (shape, marker) {
        (Shape::Title, _) => ParagraphKind::Headline,
        (_, Some(Marker::Residue)) => ParagraphKind::Residue,
        (_, Some(Marker::Note)) => ParagraphKind::Note,
        (Shape::Heading, _) => ParagraphKind::Subhead,
        (_, Some(Marker::Credit)) => ParagraphKind::Credit,
        (Shape::Item | Shape::Table, _) | (_, Some(Marker::Dateline | Marker::Item)) => {
            ParagraphKind::Dateline
        }
        (Shape::Text | Shape::BlockQuote, None) => ParagraphKind::Body,
    }
}

/// The first heading, or the first line where it does not end as a sentence, is the story's title.
fn mark_headlines(prose: &Prose, paragraphs: &mut [Paragraph]) {
    let titled = paragraphs
        .iter()
        .any(|paragraph| paragraph.shape == Shape::Title);
    let alone = paragraphs.len() == 1;
    let first = paragraphs.iter_mut().find(|paragraph| {
        !matches!(
            paragraph.kind,
            ParagraphKind::Headline | ParagraphKind::Note | ParagraphKind::Residue
        )
    });
    let Some(first) = first.filter(|_| !titled && !alone) else {
        return;
    };
    let headline = match first.kind {
        ParagraphKind::Subhead => true,
        ParagraphKind::Body => {
            words(first) <= LONGEST_HEADLINE
                && (is_open(prose, first) || is_title_case(prose, first))
        }
        _ => false,
    };
    if headline {
        first.kind = ParagraphKind::Headline;
    }
}

/// Runs of neighbouring lines.
fn runs(prose: &Prose, paragraphs: &[Paragraph]) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (index, paragraph) in paragraphs.iter().enumerate() {
        let cut = paragraphs
            .get(index + 1)
            .is_some_and(|next| prose.text()[next.range].starts_with(char::is_lowercase));
        if cut || !is_line(prose, paragraph) {
            continue;
        }
        match runs.last_mut().filter(|run| run.end == index) {
            Some(run) => run.end += 1,
            None => runs.push(index..index + 1),
        }
    }
    runs
}

/// The first paragraph of the story that is not a line. What stands before it belongs to the headline.
fn first_copy(paragraphs: &[Paragraph], runs: &[Range<usize>]) -> Option<usize> {
    let mut runs = runs.iter().peekable();
    (0..paragraphs.len()).find(|&index| {
        while runs.peek().is_some_and(|run| run.end <= index) {
            runs.next();
        }
        let in_run = runs.peek().is_some_and(|run| run.contains(&index));
        !in_run && paragraphs[index].kind == ParagraphKind::Body
    })
}

/// A paragraph of the body that may be a heading: few words, no end, nobody speaks.
fn is_line(prose: &Prose, paragraph: &Paragraph) -> bool {
    paragraph.kind == ParagraphKind::Body
        && paragraph.shape == Shape::Text
        && !prose.text()[paragraph.range].starts_with(char::is_lowercase)
        && is_open(prose, paragraph)
        && (1..=LONGEST_LINE).contains(&words(paragraph))
        && !speaks(paragraph)
}

/// A headline says that something happens; a caption does not.
fn has_verb(prose: &Prose, paragraph: &Paragraph) -> bool {
    let facts = &paragraph.facts;
    let grammar = &Lexicon::get().grammar;
    let class =
        |token: &Token| grammar.class(&prose.text()[paragraph.at(token.stem)].to_lowercase());
    let asks = facts
        .tokens
        .first()
        .is_some_and(|token| class(token) == Class::Question);
    let acts = facts.tokens.iter().skip(1).any(|token| {
        token.kind == TokenKind::Word && matches!(class(token), Class::Verb | Class::Auxiliary)
    });
    asks || acts || !facts.cues.is_empty()
}

/// One sentence in which all but the small words have a capital.
fn is_title_case(prose: &Prose, paragraph: &Paragraph) -> bool {
    const SHORTEST: usize = 5;
    let grammar = &Lexicon::get().grammar;
    let facts = &paragraph.facts;
    let mut lower = facts
        .tokens
        .iter()
        .filter(|token| token.case == Case::Lower);
    let small = |token: &Token| {
        let class = grammar.class(&prose.text()[paragraph.at(token.stem)]);
        !matches!(
            class,
            Class::Verb | Class::Ing | Class::Auxiliary | Class::Other
        )
    };
    facts.sentences.len() == 1
        && words(paragraph) >= SHORTEST
        && !speaks(paragraph)
        && lower.all(small)
}

/// Does not end as a sentence does.
fn is_open(prose: &Prose, paragraph: &Paragraph) -> bool {
    let text = prose.text()[paragraph.range].trim_end_matches(CLOSING);
    !text.ends_with(['.', '!', '?', '…', ':', ';', ',', '—', '–', '。', '؟', '।'])
        && !text.ends_with("--")
}

const CLOSING: [char; 9] = ['”', '’', '"', '\'', '»', '›', ')', ']', '*'];

/// Holds somebody's words: a cue with a quote, or a quote that is more than a few words.
fn speaks(paragraph: &Paragraph) -> bool {
    let facts = &paragraph.facts;
    let quotes = &facts.quotes;
    (!quotes.is_empty() && !facts.cues.is_empty())
        || quotes.iter().any(|quote| quote.kind == QuoteKind::Full)
}

fn words(paragraph: &Paragraph) -> usize {
    let tokens = &paragraph.facts.tokens;
    tokens
        .iter()
        .filter(|token| matches!(token.kind, TokenKind::Word | TokenKind::Number))
        .count()
}

/// For each run of lines the next paragraph of the body that is no line itself.
fn bodies_below(paragraphs: &[Paragraph], runs: &[Range<usize>]) -> Vec<Option<usize>> {
    let mut bodies = vec![None; runs.len()];
    let mut next = None;
    let mut end = paragraphs.len();
    for (run, body) in runs.iter().zip(&mut bodies).rev() {
        let found = (run.end..end).find(|&index| paragraphs[index].kind == ParagraphKind::Body);
        next = found.or(next);
        *body = next;
        end = run.start;
    }
    bodies
}

/// What stands below a line: whom it names, and its words.
struct Below {
    index: usize,
    named: HashSet<EntityId>,
    words: HashSet<String>,
}

impl Below {
    fn new(prose: &Prose, paragraphs: &[Paragraph], named: &Named, index: usize) -> Below {
        Below {
            index,
            named: named.paragraphs[index].iter().copied().collect(),
            words: content_words(prose, &paragraphs[index]).collect(),
        }
    }

    /// Names someone whom the line names.
    fn names(&self, named: &Named, line: usize) -> bool {
        named.paragraphs[line]
            .iter()
            .any(|id| self.named.contains(id))
    }

    /// Has a word in common with the line that is neither a name nor one of the language's small coins.
    fn shares_a_word(&self, prose: &Prose, line: &Paragraph) -> bool {
        content_words(prose, line).any(|word| self.words.contains(&word))
    }
}

/// Words that say what a paragraph is about. Six letters stand for a word, so that its endings do not matter.
fn content_words(prose: &Prose, paragraph: &Paragraph) -> impl Iterator<Item = String> {
    const STEM: usize = 6;
    const SHORTEST: usize = 5;
    paragraph
        .facts
        .tokens
        .iter()
        .filter(|token| token.kind == TokenKind::Word && token.case == Case::Lower)
        .map(move |token| &prose.text()[paragraph.at(token.stem)])
        .filter(|word| word.chars().count() >= SHORTEST)
        .filter(|word| !COMMON.contains(word))
        .map(|word| word.chars().take(STEM).collect())
}

/// Words of five letters and more that any two paragraphs may share.
const COMMON: [&str; 26] = [
    "about", "after", "again", "against", "amid", "among", "because", "before", "being", "between",
    "could", "during", "first", "former", "other", "over", "should", "since", "their", "there",
    "these", "those", "under", "where", "which", "would",
];

/// The people and organisations of each paragraph.
struct Named {
    paragraphs: Vec<Vec<EntityId>>,
}

impl Named {
    fn new(count: usize, entities: &[Entity], mentions: &[EntityMention]) -> Named {
        let mut paragraphs = vec![Vec::new(); count];
        for mention in mentions {
            let label = entities
                .get(mention.entity.0 as usize)
                .map(|entity| entity.label);
            if matches!(label, Some(Label::Person | Label::Organisation))
                && let Some(list) = paragraphs.get_mut(mention.paragraph)
            {
                list.push(mention.entity);
            }
        }
        Named { paragraphs }
    }
}

#[cfg(test)]
mod tests {
    use super::ParagraphKind::{Body, Credit, Dateline, Headline, Link, Residue, Subhead};
    use super::*;
    use crate::analysis::{Memo, analyze};
    use crate::knowledge::Knowledge;
    use crate::settings::Settings;
    use crate::text::Language;

    fn check_in(language: Language, draft: &str, expected: &[ParagraphKind]) {
        let analysis = analyze(
            draft,
            language,
            &Settings::default(),
            Knowledge::shipped(),
            &mut Memo::default(),
        );
        let kinds: Vec<_> = analysis.paragraphs.iter().map(|p| p.kind).collect();
        assert_eq!(kinds, expected, "{draft}");
    }

    fn check(draft: &str, expected: &[ParagraphKind]) {
        check_in(Language::Plain, draft, expected);
    }

    #[test]
    fn headlines() {
        check(
            "Council closes pier\n\nThe council voted.",
            &[Headline, Body],
        );
        check(
            "Council Closes the Pier for Repairs.\n\nThe council voted.",
            &[Headline, Body],
        );
        check("The council closed the pier.\n\nIt voted.", &[Body, Body]);
        check(
            "Mayor Ruth Okafor met President Joe Biden.\n\nIt rained.",
            &[Body, Body],
        );
        check("Council closes pier", &[Body]);
        check(
            "“We will close it”\n\nThe council voted.",
            &[Headline, Body],
        );
        check(
            "“We will close it,” said\n\nThe council voted.",
            &[Headline, Body],
        );
        check("", &[]);
    }

    #[test]
    fn subheads_name_someone_from_below() {
        let draft = "The council voted.\n\nMayor Ruth Okafor asks for patience and money\n\nOkafor said so on Monday.\n\n\
            Ferry strike enters second week as talks stall\n\nThe vote was close.\n\nLeave a Reply";
        check(draft, &[Body, Subhead, Body, Link, Body, Residue]);
    }

    #[test]
    fn a_line_is_no_link_without_a_second_sign() {
        check(
            "The council voted.\n\nFerry strike enters second week as talks stall\n\nThe vote was close.",
            &[Body, Subhead, Body],
        );
        check(
            "The council voted.\n\nTraders fear for the summer\n\nTraders live off July.\n\nLeave a Reply",
            &[Body, Subhead, Body, Residue],
        );
    }

    #[test]
    fn lines_that_are_no_headings() {
        check(
            "It voted.\n\n“We will close it,” she said\n\nIt rained.",
            &[Body, Body, Body],
        );
        check(
            "It voted.\n\nThe following were there:\n\nIt rained.",
            &[Body, Body, Body],
        );
        check(
            "It voted.\n\nThe council of\n\nthe town closed it.",
            &[Body, Body, Body],
        );
        check("It voted.\n\nand more\n\nIt rained.", &[Body, Body, Body]);
    }

    #[test]
    fn furniture_by_its_own_words() {
        check(
            "LONDON, Nov. 3\n\nThe council voted.\n\nReporting by Ann Meyer",
            &[Dateline, Body, Credit],
        );
    }

    #[test]
    fn markup_tells() {
        let draft = "---\ntitle: Council closes pier\n---\n\nThe council voted.\n\n## What comes next\n\nRepairs do.\n\n\
            - A list\n\n> Quoted words.\n";
        check_in(
            Language::Markdown,
            draft,
            &[Headline, Body, Subhead, Body, Dateline, Body],
        );
        check_in(
            Language::Markdown,
            "# Council closes pier\n\nIt voted.\n",
            &[Headline, Body],
        );
    }
}
