//! `textDocument/codeAction`.

mod desk;

use std::sync::Arc;

use text_size::TextRange;
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::{
    CodeAction, CodeActionKind, CodeActionOrCommand, CodeActionParams, CodeActionResponse,
    Diagnostic, NumberOrString, TextEdit,
};

use super::convert::SOURCE;
use super::edit::workspace_edit;
use super::ledger;
use super::session::{Reading, Session};
use crate::features::{self, Action, Choice};

/// The kind of actions that change what is believed of a draft, and not the draft.
const DECISION: CodeActionKind = CodeActionKind::new("refactor.decide");

/// The kind of the action that mends at one stroke what takes no judgement, as editors ask for on save.
pub(super) const FIX_ALL: CodeActionKind = CodeActionKind::new("source.fixAll.copydesk");

/// The ways to mend what is found in a range, to add the name at its start to the desk list, and what can be decided
/// about what stands there.
pub(super) async fn code_action(
    session: &Arc<Session>,
    params: CodeActionParams,
) -> Result<Option<CodeActionResponse>> {
    let only = params.context.only;
    // A menu of what stands at the cursor has no place for what changes the whole draft: only who asks gets that.
    let asks = only.is_some();
    let wanted = move |kind: &CodeActionKind| {
        let asked = only.as_deref();
        asked.is_none_or(|asked| asked.iter().any(|asked| includes(asked, kind)))
    };
    let answer = move |reading: &Reading| {
        let range = reading.places().text_range(params.range);
        let mut actions = Vec::new();
        if wanted(&CodeActionKind::QUICKFIX) {
            actions.extend(fixes(&params.context.diagnostics, range, reading));
        }
        if wanted(&CodeActionKind::REFACTOR) {
            actions.extend(desk::addition(range.start(), reading));
        }
        if wanted(&CodeActionKind::REFACTOR_REWRITE) {
            actions.extend(names(range, reading));
            actions.extend(rewrites(range, reading));
        }
        if asks && wanted(&FIX_ALL) {
            actions.extend(fix_all(reading));
        }
        let decisions = decisions(&params.context.diagnostics, range, reading);
        actions.extend(decisions.into_iter().filter(|action| {
            let kind = action.kind.as_ref();
            kind.is_some_and(&wanted)
        }));
        let actions = actions.into_iter().map(CodeActionOrCommand::CodeAction);
        actions.collect()
    };
    session.read(params.text_document.uri, answer).await
}

/// Names in place of the pronouns and descriptions of speakers.
fn names(range: TextRange, reading: &Reading) -> impl Iterator<Item = CodeAction> {
    let names = features::acceptances(&reading.analysed.analysis, range).into_iter();
    names.map(|name| CodeAction {
        title: name.title,
        kind: Some(CodeActionKind::REFACTOR_REWRITE),
        edit: Some(workspace_edit(
            vec![reading.places().text_edit(&name.edit)],
            reading,
        )),
        ..CodeAction::default()
    })
}

/// What a copy editor may do with the passage at the cursor.
fn rewrites(range: TextRange, reading: &Reading) -> impl Iterator<Item = CodeAction> {
    let analysed = &reading.analysed;
    let found = features::rewrites(
        &analysed.analysis,
        &analysed.settings,
        &analysed.findings,
        range,
    );
    found.into_iter().map(|rewrite| {
        let places = reading.places();
        let edits = rewrite.edits.iter().map(|edit| places.text_edit(edit));
        CodeAction {
            title: rewrite.title,
            kind: Some(CodeActionKind::REFACTOR_REWRITE),
            edit: Some(workspace_edit(edits.collect(), reading)),
            ..CodeAction::default()
        }
    })
}

/// All at one stroke that takes no judgement; none where nothing does.
fn fix_all(reading: &Reading) -> Option<CodeAction> {
    let places = reading.places();
    let edits = features::fix_all(&reading.analysed.findings);
    let edits: Vec<TextEdit> = edits.iter().map(|edit| places.text_edit(edit)).collect();
    (!edits.is_empty()).then(|| CodeAction {
        title: "Mend marks, stops beside them and web leftovers".to_owned(),
        kind: Some(FIX_ALL),
        edit: Some(workspace_edit(edits, reading)),
        ..CodeAction::default()
    })
}

fn fixes(context: &[Diagnostic], range: TextRange, reading: &Reading) -> Vec<CodeAction> {
    let current = current(context, reading);
    if current.is_empty() && context.iter().any(is_ours) {
        return Vec::new();
    }
    features::actions(&reading.analysed.findings, range)
        .into_iter()
        .map(|action| code(action, &current, reading))
        .collect()
}

/// What can be decided in a range: commands, which the server carries out itself.
fn decisions(context: &[Diagnostic], range: TextRange, reading: &Reading) -> Vec<CodeAction> {
    let analysed = &reading.analysed;
    let current = current(context, reading);
    let choices = features::choices(
        &analysed.analysis,
        &analysed.notes,
        &analysed.findings,
        &analysed.stetted,
        range,
    );
    let action = |choice: Choice| {
        let finding = choice.finding.and_then(|at| analysed.findings.get(at));
        let about = finding.map(|finding| {
            let range = reading.places().range(finding.range);
            let same = |diagnostic: &&Diagnostic| {
                diagnostic.range == range && has_code(diagnostic, finding.rule.name)
            };
            current.iter().filter(same).cloned().collect()
        });
        let kind = match finding {
            Some(_) => CodeActionKind::QUICKFIX,
            None => DECISION,
        };
        let command = ledger::command(&choice.title, &reading.uri, choice.decisions)?;
        Some(CodeAction {
            kind: Some(kind),
            diagnostics: about,
            command: Some(command),
            title: choice.title,
            ..CodeAction::default()
        })
    };
    choices.into_iter().filter_map(action).collect()
}

fn code(action: Action, current: &[Diagnostic], reading: &Reading) -> CodeAction {
    let places = reading.places();
    let range = places.range(action.range);
    let mends = |diagnostic: &&Diagnostic| {
        diagnostic.range == range && has_code(diagnostic, action.rule.name)
    };
    let edits = action.edits.iter().map(|edit| places.text_edit(edit));
    CodeAction {
        title: action.title,
        kind: Some(CodeActionKind::QUICKFIX),
        diagnostics: Some(current.iter().filter(mends).cloned().collect()),
        edit: Some(workspace_edit(edits.collect(), reading)),
        is_preferred: Some(action.preferred),
        ..CodeAction::default()
    }
}

/// The diagnostics of a request's context that are still found in the draft. A client that asks about none of them
/// but only about some of an older version is refused: it would mend another place than it means.
fn current(context: &[Diagnostic], reading: &Reading) -> Vec<Diagnostic> {
    let places = reading.places();
    let is_current = |diagnostic: &&Diagnostic| {
        is_ours(diagnostic)
            && reading.analysed.findings.iter().any(|finding| {
                has_code(diagnostic, finding.rule.name)
                    && diagnostic.range == places.range(finding.range)
            })
    };
    context.iter().filter(is_current).cloned().collect()
}

fn is_ours(diagnostic: &Diagnostic) -> bool {
    diagnostic.source.as_deref() == Some(SOURCE)
}

fn has_code(diagnostic: &Diagnostic, rule: &str) -> bool {
    matches!(&diagnostic.code, Some(NumberOrString::String(code)) if code == rule)
}

/// Kinds are trees: "quickfix" includes "quickfix.name", and the empty kind everything.
fn includes(asked: &CodeActionKind, kind: &CodeActionKind) -> bool {
    match kind.as_str().strip_prefix(asked.as_str()) {
        Some(rest) => asked.as_str().is_empty() || rest.is_empty() || rest.starts_with('.'),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_include_what_stands_below_them() {
        let check =
            |asked: &'static str| includes(&CodeActionKind::new(asked), &CodeActionKind::QUICKFIX);
        assert!(check(""));
        assert!(check("quickfix"));
        assert!(!check("quick"));
        assert!(!check("quickfix.name"));
        assert!(!check("source"));
    }
}
