//! What must hold of any bytes: run by libFuzzer here, and by an ordinary test of the main crate over a corpus.

use copydesk::analysis::{Analysis, Memo, analyze as analyze_draft};
use copydesk::features::{self, Symbol};
use copydesk::knowledge::{Base, Knowledge, MOST_FOUND, Place, Records};
use copydesk::server::frame_bodies;
use copydesk::settings::{Hints, Settings};
use copydesk::text::{Language, TextRange, TextSize};

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
    for language in [Language::Plain, Language::Markdown, Language::Html] {
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
        let offset = TextSize::try_from(offset).expect("a short draft");
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

fn check_range(text: &str, range: TextRange) {
    let (start, end) = (usize::from(range.start()), usize::from(range.end()));
    assert!(
        text.get(start..end).is_some(),
        "{range:?} of {} bytes",
        text.len()
    );
}
