//! What a paragraph as a whole looks like by its own words: leftovers of a web page, a credit line, a dateline, a note.

use super::token::Token;

/// What a paragraph is by its own words alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Marker {
    /// A web page's leftover: "Leave a Reply", "Read more", cookie lines, "Copyright ©".
    Residue,
    /// "Reporting by …", "Editing by …", "By NAME", "… contributed to this report".
    Credit,
    /// A date, or place and date, alone.
    Dateline,
    /// A note to the desk: "EDS: …", "TK", "// note".
    Note,
    /// A list item or a table row typed by hand.
    Item,
}

/// Recognises a paragraph by its own words.
pub fn marker(_text: &str, _tokens: &[Token]) -> Option<Marker> {
    None
}
