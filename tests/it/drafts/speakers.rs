//! Whole drafts and who speaks in them.

use copydesk::analysis::{Analysis, Attribution, Memo, SpeechKind, analyze};
use copydesk::knowledge::Knowledge;
use copydesk::settings::Settings;
use copydesk::text::Language;
use serde_json::Value;

/// A piece of speech as a person marked it, in characters of the draft.
struct Marked {
    start: usize,
    end: usize,
    kind: String,
    speaker: String,
}

fn marked(gold: &Value) -> Vec<Marked> {
    let number = |quote: &Value, key: &str| usize::try_from(quote[key].as_u64().unwrap()).unwrap();
    let text = |quote: &Value, key: &str| quote[key].as_str().unwrap().to_owned();
    gold["quotes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|quote| Marked {
            start: number(quote, "start"),
            end: number(quote, "end"),
            kind: text(quote, "kind"),
            speaker: text(quote, "speaker_name"),
        })
        .collect()
}

/// The characters of an attribution in a draft of plain text.
fn characters(draft: &str, attribution: &Attribution) -> std::ops::Range<usize> {
    let count = |end: usize| draft[..end].chars().count();
    count(attribution.range.start().into())..count(attribution.range.end().into())
}

/// The attribution that shares more than half of a marked piece.
fn found<'a>(analysis: &'a Analysis, draft: &str, marked: &Marked) -> Option<&'a Attribution> {
    analysis.attributions.iter().find(|attribution| {
        let own = characters(draft, attribution);
        let shared = own
            .end
            .min(marked.end)
            .saturating_sub(own.start.max(marked.start));
        let both = own.end.max(marked.end) - own.start.min(marked.start);
        shared * 2 > both
    })
}

#[test]
fn tehran_summit() {
    let gold: Value =
        serde_json::from_str(include_str!("../../drafts/tehran-summit.gold.jsonl")).unwrap();
    let draft = gold["text"].as_str().unwrap();
    let analysis = analyze(
        draft,
        Language::Plain,
        &Settings::default(),
        Knowledge::shipped(),
        &mut Memo::default(),
    );
    for marked in marked(&gold) {
        let attribution =
            found(&analysis, draft, &marked).expect("a piece of speech that is not found");
        let name = analysis.speaker_name(attribution);
        assert_eq!(
            name,
            Some(marked.speaker.as_str()),
            "{}",
            analysis.text(attribution.range)
        );
        let kind = match attribution.kind {
            SpeechKind::Direct => "direct",
            SpeechKind::Indirect => "indirect",
            SpeechKind::Mixed => "mixed",
        };
        assert_eq!(kind, marked.kind, "{}", analysis.text(attribution.range));
    }
}
