//! The source sheet as one HTML page, which needs nothing beside itself: the story in its speakers' colours.
//!
//! No script: which source stands out is the state of radio buttons, so that keys work as in any form. Each source has a
//! number as well as a colour, for those who do not see colours and for paper without.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, Write};

use text_size::TextSize;

use super::strip::{strip, title};
use super::{Report, Sheet};
use crate::analysis::{Paragraph, ParagraphKind};
use crate::cli::escape::html;
use crate::features::{Said, Source};

const STYLE: &str = include_str!("page.css");

/// Degrees between the hues of sources: the golden angle keeps any number of them apart.
const HUES_APART: f64 = 137.508;

/// The hue of the first.
const FIRST_HUE: f64 = 230.0;

/// One page for all drafts.
pub(super) struct Page<W: Write> {
    out: W,
    /// Written at the end: how many colours are needed is known only then.
    drafts: Vec<String>,
    most: usize,
}

impl<W: Write> Page<W> {
    pub(super) fn new(out: W) -> Page<W> {
        Page {
            out,
            drafts: Vec::new(),
            most: 0,
        }
    }
}

impl<W: Write> Report for Page<W> {
    fn draft(&mut self, sheet: &Sheet<'_>) -> io::Result<()> {
        self.most = self.most.max(sheet.sources.sources.len());
        self.drafts.push(section(sheet, self.drafts.len() + 1));
        Ok(())
    }

    fn end(&mut self) -> io::Result<()> {
        writeln!(
            self.out,
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>Who speaks</title>\n\
             <style>\n{STYLE}{}</style>\n</head>\n<body>\n<h1>Who speaks</h1>\n{}\
             <footer>Filled: quoted. Underlined: reported. Dashed: the speaker is a guess. A dashed frame: nobody is \
             named. Pick a source to see only theirs.</footer>\n</body>\n</html>",
            colours(self.most),
            self.drafts.concat(),
        )?;
        self.out.flush()
    }
}

/// A colour for each source, and what is left of the others when one is picked.
fn colours(sources: usize) -> String {
    let mut style = String::new();
    for number in 1..=sources {
        let hue = (FIRST_HUE + HUES_APART * (number - 1) as f64) % 360.0;
        let _ = writeln!(
            style,
            ".s{number} {{ --soft-fill: light-dark(oklch(91% .07 {hue:.0}), oklch(36% .08 {hue:.0})); \
             --strong: light-dark(oklch(56% .15 {hue:.0}), oklch(74% .13 {hue:.0})); }}\n\
             section:has(.pick{number}:checked) :is(.said, .strip a):not(.s{number}) {{ opacity: .3; background: none; \
             border-color: transparent; }}",
        );
    }
    style
}

fn section(sheet: &Sheet<'_>, draft: usize) -> String {
    let mut out = String::new();
    let _ = writeln!(
        out,
        "<section>\n<h2>{}</h2>\n<p class=\"summary\">{}</p>",
        html(&sheet.input.name),
        html(&sheet.sources.summary()),
    );
    let id = |said: &Said| format!("d{draft}q{}", u32::from(said.prose.start()));
    strip(sheet, id, &mut out);
    if !sheet.sources.sources.is_empty() {
        choice(sheet, draft, &mut out);
    }
    story(sheet, id, &mut out);
    out.push_str("</section>\n");
    out
}

/// The list of sources, of which one can be picked.
fn choice(sheet: &Sheet<'_>, draft: usize, out: &mut String) {
    let _ = writeln!(
        out,
        "<fieldset>\n<legend>Sources</legend>\n<label><input type=\"radio\" name=\"d{draft}\" checked>\
         <span class=\"all\">All</span></label>",
    );
    let most = sheet.sources.sources.iter().map(Source::words).max();
    let most = most.unwrap_or_default();
    for (number, source) in (1..).zip(&sheet.sources.sources) {
        let role = source.role.as_deref().map_or(String::new(), |role| {
            format!(" <span class=\"role\">{}</span>", html(role))
        });
        let notes = notes(source).map_or(String::new(), |notes| {
            format!("<span class=\"notes\">{notes}</span>")
        });
        let _ = writeln!(
            out,
            "<label class=\"s{number}\"><input type=\"radio\" name=\"d{draft}\" class=\"pick{number}\">\
             <span class=\"badge\">{number}</span><span><span class=\"name\">{}</span>{role}{notes}</span>\
             {}</label>",
            title(source),
            amount(source, sheet, most),
        );
    }
    out.push_str("</fieldset>\n");
}

/// How much a source is quoted, beside the one quoted most; nothing for one that is only reported.
fn amount(source: &Source, sheet: &Sheet<'_>, most: usize) -> String {
    let words = source.words();
    if words == 0 {
        return String::new();
    }
    format!(
        "<span class=\"much\">{} · {:.0}%<span class=\"bar\"><i style=\"width:{:.1}%\"></i></span></span>",
        counted(words, "word"),
        100.0 * source.share(&sheet.sources),
        100.0 * words as f64 / most as f64,
    )
}

/// What a reader should know of a source beyond its name.
fn notes(source: &Source) -> Option<String> {
    let quotes = source.quotes().count();
    let reported = source.speech.len() - quotes;
    let guessed = source.quotes().filter(|said| said.guessed).count();
    let via = source.via();
    let notes: Vec<String> = [
        (source.entity.is_some() && !source.named).then(|| "unnamed".to_owned()),
        (!via.is_empty()).then(|| format!("through {}", html(&via.join(", ")))),
        (quotes > 0).then(|| counted(quotes, "quote")),
        (reported > 0).then(|| format!("reported {}", counted(reported, "time"))),
        (guessed > 0).then(|| counted(guessed, "guess")),
    ]
    .into_iter()
    .flatten()
    .collect();
    (!notes.is_empty()).then(|| notes.join(" · "))
}

/// "1 quote", "2 guesses".
fn counted(number: usize, what: &str) -> String {
    let ending = match (number, what) {
        (1, _) => "",
        (_, "guess") => "es",
        _ => "s",
    };
    format!("{number} {what}{ending}")
}

/// The story, with what is said in the colours of who says it.
fn story(sheet: &Sheet<'_>, id: impl Fn(&Said) -> String, out: &mut String) {
    let speech: BTreeMap<TextSize, (usize, &Said)> = (1..)
        .zip(&sheet.sources.sources)
        .flat_map(|(number, source)| source.speech.iter().map(move |said| (number, said)))
        .map(|(number, said)| (said.prose.start(), (number, said)))
        .collect();
    out.push_str("<article class=\"story\">\n");
    for paragraph in &sheet.analysis.paragraphs {
        let (open, close) = tags(paragraph);
        out.push_str(open);
        let range = paragraph.range;
        let mut at = range.start();
        let text = |from: TextSize, until: TextSize| {
            html(sheet.analysis.text(text_size::TextRange::new(from, until)))
        };
        for (number, said) in speech.range(range.start()..range.end()).map(|(_, it)| *it) {
            // Speech inside speech stays with the outer speaker.
            if said.prose.start() < at || said.prose.end() > range.end() {
                continue;
            }
            let source = &sheet.sources.sources[number - 1];
            let kind = match said.quote {
                _ if source.entity.is_none() => "said lost",
                Some(_) if said.guessed => "said guess",
                Some(_) => "said",
                None => "said told",
            };
            let _ = write!(
                out,
                "{}<span class=\"{kind} s{number}\" id=\"{}\" title=\"{}\"><sup>{number}</sup>{}</span>",
                text(at, said.prose.start()),
                id(said),
                title(source),
                text(said.prose.start(), said.prose.end()),
            );
            at = said.prose.end();
        }
        out.push_str(&text(at, range.end()));
        out.push_str(close);
    }
    out.push_str("</article>\n");
}

fn tags(paragraph: &Paragraph) -> (&'static str, &'static str) {
    match paragraph.kind {
        ParagraphKind::Headline => ("<h3>", "</h3>\n"),
        ParagraphKind::Subhead => ("<h4>", "</h4>\n"),
        ParagraphKind::Body => ("<p>", "</p>\n"),
        _ => ("<p class=\"aside\">", "</p>\n"),
    }
}
