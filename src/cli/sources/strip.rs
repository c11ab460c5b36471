//! Who speaks where: a bar as long as the story, with a piece in the speaker's colour for each quote.

use std::fmt::Write as _;

use super::Sheet;
use crate::cli::escape::html;
use crate::features::{Said, Source};

/// Shares of the bar below which a piece could not be seen or hit, in hundredths.
const NARROWEST: f64 = 0.4;

/// The bar of a draft; `id` gives a quote's place in the page.
pub(super) fn strip(sheet: &Sheet<'_>, id: impl Fn(&Said) -> String, out: &mut String) {
    let whole = sheet.analysis.prose.text().len().max(1) as f64;
    let hundredths = |bytes: text_size::TextSize| 100.0 * usize::from(bytes) as f64 / whole;
    out.push_str("<nav class=\"strip\" aria-label=\"Who speaks where\">");
    for (number, source) in (1..).zip(&sheet.sources.sources) {
        for said in source.quotes() {
            let left = hundredths(said.prose.start());
            let width = hundredths(said.prose.len()).max(NARROWEST);
            let _ = write!(
                out,
                "<a class=\"s{number}\" data-s=\"{number}\" href=\"#{}\" style=\"left:{left:.2}%;width:{width:.2}%\" \
                 title=\"{}, line {}\"></a>",
                id(said),
                title(source),
                said.line,
            );
        }
    }
    out.push_str("</nav>\n");
}

/// A source as a page names it.
pub(super) fn title(source: &Source) -> String {
    match source.entity {
        Some(_) => html(&source.name),
        None => "Speaker not known".to_owned(),
    }
}
