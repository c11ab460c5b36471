//! Who wrote, edited and photographed: lines under or over a story.

use super::Marker;
use super::line::Line;

/// A list of a dozen contributors with their places stays below this.
const MOST_TOKENS: usize = 120;

/// Work that a "by" follows, last word only.
const WORK: [&str; 14] = [
    "reporting",
    "writing",
    "editing",
    "compiled",
    "edited",
    "translated",
    "written",
    "reported",
    "produced",
    "research",
    "graphics",
    "story",
    "words",
    "text",
];
/// Work on pictures that a "by" follows.
const PICTURES: [&str; 8] = [
    "photo",
    "photos",
    "photograph",
    "photographs",
    "photography",
    "image",
    "images",
    "video",
];
/// Words in lower case between the names of a credit line.
const BETWEEN: [&str; 40] = [
    "and",
    "in",
    "by",
    "for",
    "of",
    "the",
    "from",
    "at",
    "with",
    "additional",
    "further",
    "reporting",
    "writing",
    "editing",
    "production",
    "research",
    "graphics",
    "translation",
    "translated",
    "edited",
    "compiled",
    "written",
    "photography",
    "photo",
    "photos",
    "courtesy",
    "via",
    "de",
    "da",
    "di",
    "du",
    "van",
    "von",
    "der",
    "den",
    "bin",
    "al",
    "el",
    "la",
    "newsroom",
];

/// The paragraph credits somebody's work.
pub(super) fn credit(line: &Line) -> Option<Marker> {
    let length = line.tokens.len();
    if !(2..=MOST_TOKENS).contains(&length) {
        return None;
    }
    let first = usize::from(matches!(line.word(0), "(" | "[" | "—" | "–" | "--" | "-"));
    if let Some(pictures) = work_by(line, first) {
        return Some(if pictures {
            Marker::Residue
        } else {
            Marker::Credit
        });
    }
    let credit = is_byline(line, first)
        || contributes(line)
        || reports_from(line)
        || is_followed(line, first);
    credit.then_some(Marker::Credit)
}

/// "Additional reporting by NAME in PLACE; editing by NAME": whether the work is on pictures.
fn work_by(line: &Line, first: usize) -> Option<bool> {
    let by = (first + 1..first + 5).find(|&i| line.reads(i, &["by"]))?;
    let work = line.plain(by - 1);
    let pictures = PICTURES.contains(&work.as_ref());
    let lead = (first..by - 1).all(|i| {
        line.word(i) == "&"
            || matches!(
                line.plain(i).as_ref(),
                "and" | "with" | "additional" | "further" | "original"
            )
            || WORK.contains(&line.plain(i).as_ref())
    });
    let names = lead && (pictures || WORK.contains(&work.as_ref())) && line.is_capital(by + 1);
    (names && only_names(line, by + 1)).then_some(pictures)
}

/// Nothing but names, places and the small words between them.
fn only_names(line: &Line, from: usize) -> bool {
    (from..line.tokens.len()).all(|i| {
        !line.is_word(i) || line.is_capital(i) || BETWEEN.contains(&line.plain(i).as_ref())
    })
}

/// "By JANE ROE and Bob Day | Agency"
fn is_byline(line: &Line, first: usize) -> bool {
    // A byline is a line of its own, not a sentence: short, and without a stop.
    line.reads(first, &["by"])
        && line.tokens.len() <= 20
        && line.is_capital(first + 1)
        && line.is_capital(first + 2)
        && !line
            .text
            .trim_end()
            .ends_with(['.', '!', '?', ':', '”', '"'])
        && only_names(line, first + 1)
}

/// "The Daily Star and CNN’s Jane Roe contributed to this report."
fn contributes(line: &Line) -> bool {
    if line.is_quoted() {
        return false;
    }
    let Some(verb) = (1..line.tokens.len()).rfind(|&i| line.reads(i, &["contributed"])) else {
        return false;
    };
    let rest = verb + 1;
    let thing = |i: usize| {
        matches!(
            line.plain(i).as_ref(),
            "report" | "reporting" | "story" | "article" | "dispatch" | "coverage" | "piece"
        )
    };
    let to_this = line.reads(rest, &["to", "this"]) && (thing(rest + 2) || thing(rest + 3))
        || line.reads(rest, &["to", "the", "reporting"])
        || line.reads(rest, &["reporting"])
        || line.reads(rest, &["research"]);
    let alone = matches!(line.word(rest), "" | ".") && line.tokens.len() <= 16;
    (to_this || alone) && line.tokens.len() - verb < 12 && starts_with_name(line)
}

fn starts_with_name(line: &Line) -> bool {
    let first = usize::from(!line.is_word(0));
    line.is_capital(first)
}

/// "Jane Roe reports for the BBC."
fn reports_from(line: &Line) -> bool {
    let Some(verb) = (1..line.tokens.len().min(6)).find(|&i| line.reads(i, &["reports"])) else {
        return false;
    };
    let names =
        (0..verb).all(|i| line.is_capital(i) || matches!(line.word(i), "," | "and" | "’s" | "/"));
    let rest = verb + 1;
    // With a colon behind it, "The Star reports:" leads into what follows.
    let ends = matches!(line.word(rest), "" | ".") && line.tokens.len() <= rest + 1;
    let place =
        matches!(line.plain(rest).as_ref(), "from" | "for") && line.tokens.len() <= rest + 7;
    names && (ends || place && only_names(line, rest))
}

/// "Follow Jane Roe on Twitter: @roe"
fn is_followed(line: &Line, first: usize) -> bool {
    line.reads(first, &["follow"])
        && line.tokens.len() <= 20
        && (first..line.tokens.len())
            .any(|i| line.word(i).starts_with('@') && line.word(i).len() > 1)
}
