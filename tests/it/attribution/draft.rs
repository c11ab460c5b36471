//! The form of a draft with its speech marked; `tests/attribution/README.md` tells it.

use std::ops::Range;

/// A draft and the speech that a reader marked in it.
pub struct Draft {
    /// The draft without marks.
    pub text: String,
    /// In the order in which they begin.
    pub pieces: Vec<Piece>,
}

/// A quoted or reported piece.
pub struct Piece {
    pub kind: Kind,
    /// Bytes of the text.
    pub range: Range<usize>,
    /// The fullest names; empty for nobody's.
    pub speakers: Vec<String>,
    /// The speaker has no name: "a clerk".
    pub unnamed: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Direct,
    Partial,
    Mixed,
    Indirect,
    Nobody,
}

impl Draft {
    /// Reads a marked draft; a fault of its form comes back in words.
    pub fn parse(source: &str) -> Result<Draft, String> {
        let (text, list) = source
            .split_once("\n== said\n")
            .ok_or("no line “== said”")?;
        let mut lines = list.lines();
        let mut pieces = Vec::new();
        while let Some(line) = lines.next() {
            let (kind, words) = line.split_once(": ").ok_or_else(|| line.to_owned())?;
            let fields = lines.next().ok_or_else(|| line.to_owned())?.trim();
            pieces.push(Piece {
                kind: kind_of(kind).ok_or_else(|| format!("“{kind}” is no kind"))?,
                range: find(text, words).ok_or_else(|| format!("not in the draft: {words}"))?,
                speakers: speakers(fields),
                unnamed: fields.split(" | ").any(|field| field == "unnamed"),
            });
        }
        Ok(Draft {
            text: text.to_owned(),
            pieces,
        })
    }
}

fn kind_of(name: &str) -> Option<Kind> {
    Some(match name {
        "direct" => Kind::Direct,
        "partial" => Kind::Partial,
        "mixed" => Kind::Mixed,
        "indirect" => Kind::Indirect,
        "nobody" => Kind::Nobody,
        _ => return None,
    })
}

fn speakers(fields: &str) -> Vec<String> {
    let first = fields.split(" | ").next().unwrap_or_default();
    match first {
        "-" => Vec::new(),
        names => names.split(" + ").map(str::to_owned).collect(),
    }
}

/// Where a text stands that is given in full or as "first words [...] last words", with " #n" behind it for the n-th.
fn find(text: &str, words: &str) -> Option<Range<usize>> {
    let numbered = words
        .rsplit_once(" #")
        .and_then(|(words, number)| Some((words, number.parse::<usize>().ok()?)));
    let (words, number) = numbered.unwrap_or((words, 1));
    let (first, last) = match words.split_once(" [...] ") {
        Some((first, last)) => (first, Some(last)),
        None => (words, None),
    };
    let start = text.match_indices(first).nth(number.checked_sub(1)?)?.0;
    let end = start + first.len();
    let end = match last {
        Some(last) => end + text[end..].find(last)? + last.len(),
        None => end,
    };
    Some(start..end)
}

#[test]
fn a_marked_draft_is_read() {
    let draft = Draft::parse(concat!(
        "A clerk said yes. A clerk said “yes, I do”.\n",
        "\n== said\n",
        "indirect: yes #1\n  A clerk | as A clerk | cue said | unnamed\n",
        "direct: “yes [...] do”\n  A clerk + Ada Lund | as A clerk | cue said\n",
    ))
    .unwrap();
    let texts: Vec<&str> = draft
        .pieces
        .iter()
        .map(|piece| &draft.text[piece.range.clone()])
        .collect();
    assert_eq!(texts, ["yes", "“yes, I do”"]);
    assert_eq!(draft.pieces[1].speakers, ["A clerk", "Ada Lund"]);
    assert!(draft.pieces[0].unnamed && !draft.pieces[1].unnamed);
    assert!(Draft::parse("A clerk said yes.\n== said\nindirect: no\n  -").is_err());
}
