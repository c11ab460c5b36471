//! quote-punctuation: commas and full stops on the wrong side of a closing mark, double marks in headlines.

use text_size::{TextRange, TextSize};

use super::copy::Copy;
use super::marks::{self, Swap};
use super::{Context, Edit, Finding, Fix, Related};
use crate::analysis::{Paragraph, ParagraphKind};
use crate::extract::{Pattern, Quote, QuoteKind};
use crate::settings::House;

declare_rule! {
    /// Comma or full stop on the other side of the closing mark
    ///
    /// ## Why
    ///
    /// American desks set commas and full stops inside the closing mark, British ones outside where only a part of a
    /// sentence is quoted. Both in one story look careless.
    ///
    /// ## Flags
    ///
    /// ```text
    /// Ann Meyer called the bridge a “wreck.” She called the road “a long mess.” The plan is a “shame”.
    /// ```
    ///
    /// ## Passes
    ///
    /// Whole sentences in one way and parts of sentences in the other are the British custom:
    ///
    /// ```text
    /// “The bridge is old,” Ann Meyer said. “It has to go.” She called it a “wreck”. The plan is a “shame”.
    /// ```
    ///
    /// One against one says nothing:
    ///
    /// ```text
    /// Ann Meyer called the bridge a “wreck.” The plan is a “shame”.
    /// ```
    ///
    /// ## Fix
    ///
    /// Moves the comma or the full stop, or changes the marks of a headline.
    ///
    /// ## Settings
    ///
    /// - `placement`: "us", always inside; "uk", inside only where a whole sentence is quoted; "consistent", as in
    ///   most other places of the draft (twice as many at least). By default as the house does it: AP and Reuters us,
    ///   the Guardian and the BBC uk, else consistent.
    /// - `headline-marks`: "single", "double" or "any" in titles and subheads. By default single in all four houses,
    ///   else any.
    ///
    /// Question marks are not judged: whether the quote or the sentence asks, only the writer knows.
    name: "quote-punctuation",
    group: Quotes,
    levels: [Hint, Warning, Information, Warning, Information],
    settle: true,
    since: "0.1.0",
    options: [
        ("placement", Choice("us", "uk", "consistent")),
        ("headline-marks", Choice("single", "double", "any")),
    ],
}

fn check(context: &Context<'_>) -> Vec<Finding> {
    let house = context.settings.house;
    let neutral = house == House::Neutral;
    let usual = match house {
        House::Neutral => "consistent",
        House::Ap | House::Reuters => "us",
        House::Guardian | House::Bbc => "uk",
    };
    let placement = context.choice("placement").unwrap_or(usual);
    let mut findings = match placement {
        "consistent" => consistent(context),
        _ => places(context)
            .into_iter()
            .filter(|place| place.side != wanted(placement, place))
            .map(|place| finding(context, &place, &told(house, &place)))
            .collect(),
    };
    let headline = context.choice("headline-marks").unwrap_or(if neutral { "any" } else { "single" });
    findings.extend(headlines(context, headline));
    findings
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Inside,
    Outside,
}

impl Side {
    fn name(self) -> &'static str {
        match self {
            Side::Inside => "inside",
            Side::Outside => "outside",
        }
    }

    fn other(self) -> Side {
        match self {
            Side::Inside => Side::Outside,
            Side::Outside => Side::Inside,
        }
    }
}

/// A closing mark with a comma or a full stop at its side. Ranges are prose bytes.
struct Place<'a> {
    side: Side,
    /// Whole sentences are quoted, not a part of one.
    whole: bool,
    /// The quote, with a mark behind it.
    range: TextRange,
    /// The two marks.
    pair: TextRange,
    /// What stands there now.
    marks: &'a str,
    comma: bool,
}

impl Place<'_> {
    fn mark(&self) -> &'static str {
        if self.comma { "Comma" } else { "Full stop" }
    }
}

/// All closing marks of the story's own quotes with a comma or a full stop.
fn places<'a>(context: &Context<'a>) -> Vec<Place<'a>> {
    let mut places = Vec::new();
    for (index, paragraph) in context.body() {
        let quotes = paragraph.facts.quotes.iter().enumerate();
        let mut copy = None;
        for (at, quote) in quotes.filter(|(_, quote)| stands_alone(quote)) {
            let copy = &*copy.get_or_insert_with(|| Copy::new(context, paragraph));
            places.extend(place(context, copy, index, at, quote));
        }
    }
    places
}

fn stands_alone(quote: &Quote) -> bool {
    quote.parent.is_none() && quote.certain && quote.opens && quote.closes
}

fn place<'a>(
    context: &Context<'a>,
    copy: &Copy<'a>,
    index: usize,
    at: usize,
    quote: &Quote,
) -> Option<Place<'a>> {
    let last = copy.token(copy.token_from(quote.content.end()).checked_sub(1)?)?.range;
    let touches = last.end() == quote.content.end();
    let after = &copy.text[usize::from(quote.range.end())..];
    let behind = after.chars().next().filter(|c| matches!(c, ',' | '.'));
    let (side, pair) = match &copy.text[last] {
        "," | "." if touches && behind.is_none() => {
            (Side::Inside, TextRange::new(last.start(), quote.range.end()))
        }
        word if touches && word.ends_with(char::is_alphanumeric) && !after.starts_with("..") => {
            let behind = TextSize::of(behind?);
            (Side::Outside, TextRange::new(last.end(), quote.range.end() + behind))
        }
        _ => return None,
    };
    let comma = copy.text[pair].contains(',');
    let known = context
        .quotes(index)
        .iter()
        .find(|known| known.index == at)
        .and_then(|known| context.analysis.attribution(known));
    let tagged = known.is_some_and(|known| known.pattern == Some(Pattern::Tagged));
    let capital = copy.text[quote.content].trim_start().starts_with(|c: char| !c.is_lowercase());
    Some(Place {
        side,
        whole: tagged || quote.kind == QuoteKind::Full && capital,
        range: copy.at(quote.range.cover(pair)),
        pair: copy.at(pair),
        marks: &copy.text[pair],
        comma,
    })
}

fn wanted(placement: &str, place: &Place<'_>) -> Side {
    match placement {
        "uk" if !place.whole => Side::Outside,
        _ => Side::Inside,
    }
}

/// The minority among places of one kind, where it is clearly one.
fn consistent(context: &Context<'_>) -> Vec<Finding> {
    const CLEARLY: usize = 2;
    let places = places(context);
    let count = |whole, side| places.iter().filter(|place| place.whole == whole && place.side == side).count();
    let rare = [false, true].map(|whole| {
        [Side::Inside, Side::Outside].map(|side| count(whole, side.other()) >= CLEARLY * count(whole, side))
    });
    let mut findings = Vec::new();
    for place in &places {
        if !rare[usize::from(place.whole)][usize::from(place.side == Side::Outside)] {
            continue;
        }
        let alike = || places.iter().filter(|other| other.whole == place.whole);
        let elsewhere: Vec<TextRange> = alike()
            .filter(|other| other.side != place.side)
            .map(|other| other.range)
            .collect();
        let lines = lines(context, &elsewhere);
        let (mark, side, other) = (place.mark(), place.side.name(), place.side.other().name());
        let message = format!("{mark} {side} the mark here, {other} elsewhere ({lines}).");
        let mut finding = finding(context, place, &message);
        finding.related.extend(elsewhere.first().map(|&range| Related {
            range,
            message: format!("It stands {other} here."),
        }));
        findings.push(finding);
    }
    findings
}

/// "line 21", "lines 21, 35": the first few.
fn lines(context: &Context<'_>, places: &[TextRange]) -> String {
    const SHOWN: usize = 3;
    let mut lines: Vec<usize> = places.iter().map(|&range| context.analysis.line(range)).collect();
    lines.dedup();
    lines.truncate(SHOWN);
    let shown: Vec<String> = lines.iter().map(usize::to_string).collect();
    let noun = if shown.len() == 1 { "line" } else { "lines" };
    format!("{noun} {}", shown.join(", "))
}

fn told(house: House, place: &Place<'_>) -> String {
    let side = place.side.other().name();
    let mark = place.mark();
    match house.title() {
        Some(title) => format!("{title}: {} goes {side}.", mark.to_lowercase()),
        None => format!("{mark} goes {side}."),
    }
}

fn finding(context: &Context<'_>, place: &Place<'_>, message: &str) -> Finding {
    let mut finding = context.finding(place.range, message);
    let mut marks = place.marks.chars();
    let turned = match place.side {
        Side::Inside => marks.next().map(|mark| format!("{}{mark}", marks.as_str())),
        Side::Outside => marks.next_back().map(|mark| format!("{mark}{}", marks.as_str())),
    };
    finding.fixes.extend(turned.map(|text| Fix {
        title: format!("Move the {} {}", place.mark().to_lowercase(), place.side.other().name()),
        edits: vec![Edit {
            range: place.pair,
            text,
        }],
        preferred: true,
    }));
    finding
}

/// Marks of titles and subheads that are not those of the house.
fn headlines(context: &Context<'_>, wanted: &str) -> Vec<Finding> {
    let swap = match wanted {
        "single" => Swap::ToSingle,
        "double" => Swap::ToDouble,
        _ => return Vec::new(),
    };
    let is_headline = |paragraph: &&Paragraph| {
        matches!(paragraph.kind, ParagraphKind::Headline | ParagraphKind::Subhead)
    };
    let paragraphs = context.analysis.paragraphs.iter().filter(is_headline);
    paragraphs
        .flat_map(|paragraph| paragraph.facts.quotes.iter().map(move |quote| (paragraph, quote)))
        .filter(|(_, quote)| stands_alone(quote))
        .filter_map(|(paragraph, quote)| {
            let copy = Copy::new(context, paragraph);
            let edits = marks::swap(&copy, quote, swap)?;
            let message = format!("{} marks in headlines.", if wanted == "single" { "Single" } else { "Double" });
            let mut finding = context.finding(paragraph.at(quote.range), message);
            finding.fixes.push(Fix {
                title: format!("Change to {wanted} marks"),
                edits,
                preferred: true,
            });
            Some(finding)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::fixture::{check_fix, check_in, check_rule};
    use crate::text::Language;

    fn check(draft: &str) {
        check_rule(&RULE, draft);
    }

    fn check_with(settings: &str, draft: &str) {
        check_in(Language::Plain, settings, Some(&RULE), draft);
    }

    #[test]
    fn the_minority_is_found() {
        check(
            "
            Ann Meyer called it a “wreck.”

            She called the road “a long mess.” The plan is a “shame”.
                                                             ^^^^^^^^ hint[quote-punctuation]: Full stop outside the mark here, inside elsewhere (lines 1, 3).
            ",
        );
        check(
            "
            Ann Meyer called it a “wreck”, an “old thing”, and a “mess,” and she left.
                                                                 ^^^^^^^ hint[quote-punctuation]: Comma inside the mark here, outside elsewhere (line 1).
            ",
        );
    }

    #[test]
    fn whole_sentences_are_judged_apart() {
        check("“It is old,” Ann Meyer said. “It has to go.” It is a “wreck”. It is a “shame”.");
        check(
            "
            “It is old,” Ann Meyer said. “It has to go.” She said: “It has to be pulled down”.
                                                                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^ hint[quote-punctuation]: Full stop outside the mark here, inside elsewhere (line 1).
            ",
        );
    }

    #[test]
    fn ties_and_lone_marks_pass() {
        check("Ann Meyer called it a “wreck.” The plan is a “shame”.");
        check("The plan is a “shame”.");
        check("");
    }

    #[test]
    fn other_marks_pass() {
        check("It is a “wreck.” It is a “mess.” Is it a “shame”? It is “old” too. It is “new”; it is “so”...");
        check("It is a “wreck.” It is a “mess.” She asked “why?”.");
    }

    #[test]
    fn houses_have_a_side() {
        check_with(
            "house = \"ap\"",
            "
            Ann Meyer called it a “wreck”. “It is old,” she said.
                                  ^^^^^^^^ warning[quote-punctuation]: AP: full stop goes inside.
            ",
        );
        check_with(
            "house = \"guardian\"",
            "
            Ann Meyer called it a “wreck.” “It is old,” she said. “It has to go.”
                                  ^^^^^^^^ warning[quote-punctuation]: Guardian: full stop goes outside.
            ",
        );
        check_with("house = \"bbc\"", "Ann Meyer called it a “wreck”. “It is old,” she said, “and weak.”");
    }

    #[test]
    fn the_side_is_an_option() {
        check_with(
            "rules.quote-punctuation.placement = \"us\"",
            "
            Ann Meyer called it a “wreck”, and left.
                                  ^^^^^^^^ hint[quote-punctuation]: Comma goes inside.
            ",
        );
        check_with(
            "house = \"ap\"\nrules.quote-punctuation.placement = \"consistent\"",
            "Ann Meyer called it a “wreck”, and left.",
        );
    }

    #[test]
    fn headlines_have_their_marks() {
        let draft = "
            Meyer calls bridge “a wreck”

            The council met on Monday.
            ";
        check(draft);
        check_with("house = \"ap\"\nrules.quote-punctuation.headline-marks = \"any\"", draft);
        check_with(
            "house = \"ap\"",
            "
            Meyer calls bridge “a wreck”
                               ^^^^^^^^^ warning[quote-punctuation]: Single marks in headlines.

            The council met on Monday.
            ",
        );
        check_with(
            "rules.quote-punctuation.headline-marks = \"double\"",
            "
            Meyer calls bridge ‘a wreck’
                               ^^^^^^^^^ hint[quote-punctuation]: Double marks in headlines.

            The council met on Monday.
            ",
        );
    }

    #[test]
    fn the_fix_moves_the_mark() {
        check_fix(
            &RULE,
            "It is a “wreck.” It is a “mess.” It is a <CURSOR>“shame”.",
            "It is a “wreck.” It is a “mess.” It is a “shame.”",
        );
        check_fix(
            &RULE,
            "It is a “wreck”, a “mess”, and a <CURSOR>“shame,” too.",
            "It is a “wreck”, a “mess”, and a “shame”, too.",
        );
    }
}
