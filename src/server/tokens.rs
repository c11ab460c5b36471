//! `textDocument/semanticTokens`: full, what has changed since, and a range.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use text_size::{TextRange, TextSize};
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::{
    Position, Range, SemanticToken, SemanticTokenType, SemanticTokens, SemanticTokensDelta,
    SemanticTokensDeltaParams, SemanticTokensEdit, SemanticTokensFullDeltaResult,
    SemanticTokensFullOptions, SemanticTokensLegend, SemanticTokensOptions, SemanticTokensParams,
    SemanticTokensRangeParams, SemanticTokensRangeResult, SemanticTokensResult, Uri,
};

use super::session::{Reading, Session};
use crate::features::{self, WordKind};

/// Numbers that one token has in an answer.
const NUMBERS: usize = 5;

/// The tokens that each open draft was last told to have, with the number of that answer.
#[derive(Debug, Default)]
pub(super) struct Told(Mutex<HashMap<Uri, (u64, Vec<SemanticToken>)>>);

impl Told {
    /// Keeps an answer; gives its name.
    fn keep(&self, uri: Uri, data: Vec<SemanticToken>) -> String {
        let mut told = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let number = told.get(&uri).map_or(1, |(number, _)| number + 1);
        told.insert(uri, (number, data));
        number.to_string()
    }

    /// The last answer, if that is its name.
    fn last(&self, uri: &Uri, name: &str) -> Option<Vec<SemanticToken>> {
        let told = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (number, data) = told.get(uri)?;
        (number.to_string() == name).then(|| data.clone())
    }

    /// Forgets a draft that was closed.
    pub(super) fn forget(&self, uri: &Uri) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(uri);
    }
}

/// What is offered.
pub(super) fn options() -> SemanticTokensOptions {
    SemanticTokensOptions {
        legend: SemanticTokensLegend {
            token_types: WordKind::ALL
                .iter()
                .map(|kind| SemanticTokenType::new(kind.name()))
                .collect(),
            token_modifiers: Vec::new(),
        },
        range: Some(true),
        full: Some(SemanticTokensFullOptions::Delta { delta: Some(true) }),
        ..SemanticTokensOptions::default()
    }
}

/// All tokens of a draft.
pub(super) async fn full(
    session: &Arc<Session>,
    params: SemanticTokensParams,
) -> Result<Option<SemanticTokensResult>> {
    let uri = params.text_document.uri;
    let data = session.read(uri.clone(), whole).await?;
    Ok(data.map(|data| SemanticTokensResult::Tokens(remembered(session, uri, data))))
}

/// What has changed since the client asked last; all tokens where it asks about another answer than the last.
pub(super) async fn delta(
    session: &Arc<Session>,
    params: SemanticTokensDeltaParams,
) -> Result<Option<SemanticTokensFullDeltaResult>> {
    let uri = params.text_document.uri;
    let Some(data) = session.read(uri.clone(), whole).await? else {
        return Ok(None);
    };
    let before = session.told().last(&uri, &params.previous_result_id);
    let now = remembered(session, uri, data);
    Ok(Some(match before {
        None => SemanticTokensFullDeltaResult::Tokens(now),
        Some(before) => SemanticTokensFullDeltaResult::TokensDelta(SemanticTokensDelta {
            result_id: now.result_id,
            edits: difference(&before, &now.data).into_iter().collect(),
        }),
    }))
}

/// The tokens of a range.
pub(super) async fn range(
    session: &Arc<Session>,
    params: SemanticTokensRangeParams,
) -> Result<Option<SemanticTokensRangeResult>> {
    let wanted = params.range;
    let answer = move |reading: &Reading| {
        let wanted = reading.places().text_range(wanted);
        SemanticTokensRangeResult::Tokens(SemanticTokens {
            result_id: None,
            data: encoded(reading, wanted),
        })
    };
    session.read(params.text_document.uri, answer).await
}

fn whole(reading: &Reading) -> Vec<SemanticToken> {
    encoded(reading, TextRange::up_to(TextSize::new(u32::MAX)))
}

fn remembered(session: &Session, uri: Uri, data: Vec<SemanticToken>) -> SemanticTokens {
    let id = session.told().keep(uri, data.clone());
    SemanticTokens {
        result_id: Some(id),
        data,
    }
}

/// Tokens as the protocol counts them: each from the one before. One that reaches over lines becomes one for each line,
/// which every client can show.
fn encoded(reading: &Reading, range: TextRange) -> Vec<SemanticToken> {
    let places = reading.places();
    let mut tokens = Vec::new();
    let mut last = Position::new(0, 0);
    for (range, kind) in features::words(&reading.analysed.analysis, range) {
        for part in lines(places.range(range), |line| {
            let end = places.offset(Position::new(line, u32::MAX));
            places.position(end).character
        }) {
            let start = part.start;
            let delta_line = start.line - last.line;
            let from = if delta_line == 0 { last.character } else { 0 };
            tokens.push(SemanticToken {
                delta_line,
                delta_start: start.character - from,
                length: part.end.character - start.character,
                token_type: kind as u32,
                token_modifiers_bitset: 0,
            });
            last = start;
        }
    }
    tokens
}

/// The parts of a range on each of its lines, empty ones left out. `width` is the length of a line.
fn lines(range: Range, width: impl Fn(u32) -> u32) -> impl Iterator<Item = Range> {
    let part = move |line| {
        let from = if line == range.start.line {
            range.start.character
        } else {
            0
        };
        let until = if line == range.end.line {
            range.end.character
        } else {
            width(line)
        };
        Range::new(Position::new(line, from), Position::new(line, until))
    };
    (range.start.line..=range.end.line)
        .map(part)
        .filter(|part| part.start.character < part.end.character)
}

/// The one stretch in which two answers differ; none where they are equal.
fn difference(before: &[SemanticToken], now: &[SemanticToken]) -> Option<SemanticTokensEdit> {
    let same = |(one, other): &(&SemanticToken, &SemanticToken)| one == other;
    let head = before.iter().zip(now).take_while(same).count();
    let (gone, come) = (&before[head..], &now[head..]);
    let tail = gone.iter().rev().zip(come.iter().rev());
    let tail = tail.take_while(same).count();
    let (gone, come) = (&gone[..gone.len() - tail], &come[..come.len() - tail]);
    let count = |tokens: usize| u32::try_from(tokens * NUMBERS).unwrap_or(u32::MAX);
    (!gone.is_empty() || !come.is_empty()).then(|| SemanticTokensEdit {
        start: count(head),
        delete_count: count(gone.len()),
        data: Some(come.to_vec()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(lengths: &[u32]) -> Vec<SemanticToken> {
        let token = |length| SemanticToken {
            length,
            ..SemanticToken::default()
        };
        lengths.iter().copied().map(token).collect()
    }

    #[track_caller]
    fn check(before: &[u32], now: &[u32], expected: Option<(u32, u32, &[u32])>) {
        let expected = expected.map(|(start, delete_count, data)| SemanticTokensEdit {
            start,
            delete_count,
            data: Some(tokens(data)),
        });
        assert_eq!(difference(&tokens(before), &tokens(now)), expected);
    }

    #[test]
    fn two_answers_differ_in_one_stretch() {
        check(&[1, 2, 3], &[1, 2, 3], None);
        check(&[1, 2, 3], &[1, 4, 5, 3], Some((5, 5, &[4, 5])));
        check(&[1, 2, 3], &[1, 3], Some((5, 5, &[])));
        check(&[1, 1], &[1, 1, 1], Some((10, 0, &[1])));
        check(&[], &[7], Some((0, 0, &[7])));
    }

    #[test]
    fn a_range_is_cut_at_line_ends() {
        let range = Range::new(Position::new(1, 4), Position::new(3, 2));
        let parts: Vec<_> = lines(range, |line| if line == 2 { 0 } else { 9 }).collect();
        let part =
            |line, from, until| Range::new(Position::new(line, from), Position::new(line, until));
        assert_eq!(parts, [part(1, 4, 9), part(3, 0, 2)]);
    }
}
