//! What must hold of any bytes: run by libFuzzer here, and by an ordinary test of the main crate over a corpus.

use std::path::PathBuf;

use copydesk::analysis::{Analysis, Memo, analyze as analyze_draft};
use copydesk::features::{self, Symbol};
use copydesk::knowledge::{Base, Knowledge, MOST_FOUND, Place, Records};
use copydesk::rules;
use copydesk::server::frame_bodies;
use copydesk::settings::{Hints, Layer, Settings, in_force};
use copydesk::text::{Change, Document, Encoding, Language, Position, Prose, TextRange, TextSize};

const LANGUAGES: [Language; 3] = [Language::Plain, Language::Markdown, Language::Html];

/// A draft in each language: nothing panics, and whatever a person is shown points at whole characters of it.
pub fn analyze(data: &[u8]) {
    let source = String::from_utf8_lossy(data);
    let settings = Settings {
        hints: Hints {
            paraphrase: true,
            ..Hints::default()
        },
        ..Settings::default()
    };
    for language in LANGUAGES {
        let analysis = analyze_draft(
            &source,
            language,
            &settings,
            Knowledge::shipped(),
            &mut Memo::default(),
        );
        check_facts(&analysis);
        check_findings(&source, &analysis, &settings);
        check_places(&source, &analysis, &settings);
    }
}

/// A client that sends garbage: nothing panics, and good frames are read again after it.
pub fn frames(data: &[u8]) {
    const GOOD: &[u8] = b"\r\nContent-Length: 4\r\n\r\ngood";
    // The garbage may end in a header that swallows some of what follows, but not all.
    let stream = [data, GOOD, GOOD, GOOD].concat();
    let bodies = frame_bodies(stream.as_slice()).expect("a stream in memory can be read");
    assert_eq!(bodies.last().map(Vec::as_slice), Some(&b"good"[..]));
    let read: usize = bodies.iter().map(Vec::len).sum();
    assert!(read <= stream.len());
}

/// The prose of any bytes in each language: every character leads to a place in the source and from there back.
pub fn masking(data: &[u8]) {
    let source = String::from_utf8_lossy(data);
    for language in LANGUAGES {
        let prose = Prose::new(&source, language);
        let mut end = TextSize::new(0);
        for block in prose.blocks() {
            check_range(prose.text(), block.range);
            assert!(block.range.start() >= end, "blocks overlap");
            end = block.range.end();
            for (at, character) in prose.text()[block.range].char_indices() {
                let start = block.range.start() + offset(at);
                let range = TextRange::at(start, TextSize::of(character));
                let place = prose.to_source(range);
                check_range(&source, place);
                assert_eq!(
                    prose.from_source(place.start()),
                    Some(start),
                    "{language:?}"
                );
                if prose.verbatim(range) {
                    assert_eq!(prose.text()[range], source[place], "{language:?}");
                }
            }
        }
    }
}

/// Settings of any bytes: what is wrong is told, and what is left can be put in force.
pub fn settings(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let read = Layer::of_toml("fuzz".to_owned(), PathBuf::new(), &text, rules::problems);
    let lines = text.split('\n').count();
    match read {
        Ok((layer, problems)) => {
            for problem in problems {
                assert!(problem.line <= lines, "{problem}");
            }
            for file in [None, Some("stories/pier.md".as_ref())] {
                in_force([&layer], file);
            }
        }
        Err(problem) => assert!(problem.line <= lines, "{problem}"),
    }
}

/// A session of edits: what is remembered of the versions before changes nothing.
///
/// The bytes are cut at zeros: first the draft, then the edits, whose first four bytes say where.
pub fn edits(data: &[u8]) {
    let mut parts = data.split(|&byte| byte == 0);
    let start = String::from_utf8_lossy(parts.next().unwrap_or_default());
    let (settings, knowledge) = (Settings::default(), Knowledge::shipped());
    for language in LANGUAGES {
        let mut document = Document::new(&start, 0, language);
        let mut memo = Memo::default();
        analyze_draft(&document.text(), language, &settings, knowledge, &mut memo);
        for (version, edit) in (1..).zip(parts.clone().take(6)) {
            document.apply(vec![change(edit)], version, Encoding::Utf16);
            let text = document.text();
            let fresh = &mut Memo::default();
            let remembered = analyze_draft(&text, language, &settings, knowledge, &mut memo);
            let fresh = analyze_draft(&text, language, &settings, knowledge, fresh);
            assert_eq!(known(&remembered), known(&fresh));
            assert_eq!(
                features::diagnostics(&remembered, &settings),
                features::diagnostics(&fresh, &settings)
            );
        }
    }
}

fn change(edit: &[u8]) -> Change {
    let place = |at: usize| Position {
        line: edit.get(at).copied().unwrap_or_default().into(),
        column: edit.get(at + 1).copied().unwrap_or_default().into(),
    };
    Change::Range {
        start: place(0),
        end: place(2),
        text: String::from_utf8_lossy(edit.get(4..).unwrap_or_default()).into_owned(),
    }
}

/// What an analysis knows, to be compared.
fn known(analysis: &Analysis) -> String {
    format!(
        "{:?}\n{:?}\n{:?}\n{:?}",
        analysis.entities, analysis.mentions, analysis.quotes, analysis.attributions
    )
}

/// A knowledge base of any bytes, and one of lies with right checksums: nothing panics, and every look-up ends.
pub fn kb(data: &[u8]) {
    for bytes in [data.to_vec(), lies(data)] {
        let Ok(base) = Base::open("fuzz", bytes) else {
            continue;
        };
        for key in ["", "r", "ruth", "ruth okafor", "wht", "\u{10FFFF}"] {
            let found = [base.find(key), base.starting_with(key, 7)];
            for (record, name) in found.into_iter().flatten().flatten() {
                assert!(name < record.names.len());
            }
            assert!(
                base.find(key).is_ok_and(|found| found.len() <= MOST_FOUND)
                    || base.damage().is_some()
            );
        }
    }
}

/// A base with any bytes as records, under any names, in any order, at any places.
fn lies(data: &[u8]) -> Vec<u8> {
    let Ok(mut records) = Records::new(Vec::new());
    let mut places = Vec::new();
    for record in data.chunks(40) {
        let Ok(place) = records.add(record);
        places.push(place);
    }
    let Ok(mut names) = records.names();
    for (at, key) in data.chunks(7).enumerate() {
        let byte = key[0];
        let place = match (byte % 4, places.get(at)) {
            (0, _) | (_, None) => Place {
                block: u64::from(byte) << (byte / 4),
                slot: u32::from(byte),
            },
            (_, Some(place)) => *place,
        };
        let name: &[u8] = if byte % 8 > 5 { b"ruth okafor" } else { key };
        let Ok(()) = names.add(name, place, usize::from(byte) % 3);
    }
    let Ok((mut bytes, header)) = names.finish();
    bytes[..header.len()].copy_from_slice(&header);
    bytes
}

fn check_facts(analysis: &Analysis) {
    let prose = analysis.prose.text();
    let mut end = TextSize::new(0);
    for paragraph in &analysis.paragraphs {
        check_range(prose, paragraph.range);
        assert!(paragraph.range.start() >= end, "paragraphs overlap");
        end = paragraph.range.end();
        let facts = &paragraph.facts;
        let inside = &prose[paragraph.range];
        facts
            .tokens
            .iter()
            .for_each(|token| check_range(inside, token.range));
        facts
            .sentences
            .iter()
            .for_each(|sentence| check_range(inside, sentence.range));
        facts
            .quotes
            .iter()
            .for_each(|quote| check_range(inside, quote.range));
        facts
            .mentions
            .iter()
            .for_each(|mention| check_range(inside, mention.range));
        facts
            .cues
            .iter()
            .for_each(|cue| check_range(inside, cue.range));
    }
    analysis
        .mentions
        .iter()
        .for_each(|mention| check_range(prose, mention.range));
    for quote in &analysis.quotes {
        check_range(prose, quote.range);
        assert!(
            quote
                .attribution
                .is_none_or(|at| at < analysis.attributions.len())
        );
    }
    for attribution in &analysis.attributions {
        check_range(prose, attribution.range);
        assert!((0.0..=1.0).contains(&attribution.score));
        assert!(
            attribution
                .quotes
                .iter()
                .all(|&at| at < analysis.quotes.len())
        );
    }
}

fn check_findings(source: &str, analysis: &Analysis, settings: &Settings) {
    let findings = features::diagnostics(analysis, settings);
    for finding in &findings {
        check_range(source, finding.range);
        finding
            .related
            .iter()
            .for_each(|related| check_range(source, related.range));
        for fix in &finding.fixes {
            let mut end = TextSize::new(0);
            for edit in &fix.edits {
                check_range(source, edit.range);
                assert!(edit.range.start() >= end, "edits overlap");
                end = edit.range.end();
            }
        }
    }
    assert!(findings.is_sorted_by_key(|finding| finding.range.start()));
}

fn check_places(source: &str, analysis: &Analysis, settings: &Settings) {
    let whole = TextRange::up_to(TextSize::of(source));
    let beside = features::Beside {
        findings: &features::diagnostics(analysis, settings),
        knowledge: Knowledge::shipped(),
        house: settings.house,
    };
    for hint in features::hints(analysis, settings, whole) {
        check_range(source, TextRange::empty(hint.offset));
    }
    features::symbols(analysis)
        .iter()
        .for_each(|symbol| check_symbol(source, symbol));
    let step = (source.len() / 16).max(1);
    for offset in (0..=source.len()).step_by(step) {
        let offset = self::offset(offset);
        if let Some(hover) = features::hover(analysis, beside, offset) {
            check_range(source, hover.range);
        }
        for place in features::places(analysis, offset) {
            check_range(source, place.range);
        }
    }
}

fn check_symbol(source: &str, symbol: &Symbol) {
    check_range(source, symbol.range);
    assert!(!symbol.name.is_empty());
    assert!(symbol.range.contains_range(symbol.selection));
    for child in &symbol.children {
        assert!(symbol.range.contains_range(child.range));
        check_symbol(source, child);
    }
}

fn offset(at: usize) -> TextSize {
    TextSize::try_from(at).expect("a short draft")
}

fn check_range(text: &str, range: TextRange) {
    let (start, end) = (usize::from(range.start()), usize::from(range.end()));
    assert!(
        text.get(start..end).is_some(),
        "{range:?} of {} bytes",
        text.len()
    );
}
