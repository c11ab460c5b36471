//! The beginning: what the client can do, and what the server offers it.

use std::sync::Arc;

use tower_lsp::ls_types::{
    CodeActionKind, CodeActionOptions, CodeActionProviderCapability, CodeLensOptions,
    CompletionOptions, DiagnosticServerCapabilities, DocumentLinkOptions, ExecuteCommandOptions,
    FoldingRangeProviderCapability, HoverProviderCapability, InitializeParams, InitializeResult,
    OneOf, RenameOptions, SaveOptions, SelectionRangeProviderCapability,
    SemanticTokensServerCapabilities, ServerCapabilities, ServerInfo, TextDocumentSyncCapability,
    TextDocumentSyncKind, TextDocumentSyncOptions, TextDocumentSyncSaveOptions,
    WorkDoneProgressOptions, WorkspaceFoldersServerCapabilities, WorkspaceServerCapabilities,
};

use super::abilities::Abilities;
use super::session::Session;
use super::{actions, config, ledger, library, pull, sources, tokens, watchdog};

/// `initialize`.
pub(super) fn initialize(session: &Arc<Session>, params: InitializeParams) -> InitializeResult {
    let abilities = Abilities::new(&params.capabilities);
    session.set_abilities(abilities);
    session.change_folders(library::folders(&params), &[]);
    if let Some(options) = params.initialization_options {
        config::take(session, options);
    }
    library::open(session);
    if let Some(process) = params.process_id {
        stop_with(process, Arc::clone(session));
    }
    InitializeResult {
        capabilities: capabilities(&abilities),
        server_info: Some(ServerInfo {
            name: "copydesk".to_owned(),
            version: Some(env!("CARGO_PKG_VERSION").to_owned()),
        }),
        ..InitializeResult::default()
    }
}

fn stop_with(process: u32, session: Arc<Session>) {
    tokio::spawn(async move {
        watchdog::ended(process).await;
        tracing::warn!("the editor's process has ended");
        session.stop();
    });
}

/// Only what works is offered: a client shows an error for each request that it was promised and is refused.
fn capabilities(abilities: &Abilities) -> ServerCapabilities {
    let sync = TextDocumentSyncOptions {
        open_close: Some(true),
        change: Some(TextDocumentSyncKind::INCREMENTAL),
        save: Some(TextDocumentSyncSaveOptions::SaveOptions(SaveOptions {
            include_text: Some(false),
        })),
        ..TextDocumentSyncOptions::default()
    };
    let actions = CodeActionOptions {
        code_action_kinds: Some(vec![
            CodeActionKind::QUICKFIX,
            CodeActionKind::REFACTOR,
            actions::FIX_ALL,
        ]),
        ..CodeActionOptions::default()
    };
    let workspace = WorkspaceServerCapabilities {
        workspace_folders: Some(WorkspaceFoldersServerCapabilities {
            supported: Some(true),
            change_notifications: Some(OneOf::Left(true)),
        }),
        ..WorkspaceServerCapabilities::default()
    };
    ServerCapabilities {
        workspace: Some(workspace),
        position_encoding: Some(abilities.encoding_kind()),
        text_document_sync: Some(TextDocumentSyncCapability::Options(sync)),
        hover_provider: Some(HoverProviderCapability::Simple(true)),
        definition_provider: Some(OneOf::Left(true)),
        references_provider: Some(OneOf::Left(true)),
        document_highlight_provider: Some(OneOf::Left(true)),
        inlay_hint_provider: Some(OneOf::Left(true)),
        document_symbol_provider: Some(OneOf::Left(true)),
        workspace_symbol_provider: Some(OneOf::Left(true)),
        folding_range_provider: Some(FoldingRangeProviderCapability::Simple(true)),
        selection_range_provider: Some(SelectionRangeProviderCapability::Simple(true)),
        semantic_tokens_provider: abilities
            .tokens
            .then(|| SemanticTokensServerCapabilities::from(tokens::options())),
        // No letter by itself asks for a list: that would stand in the way of prose.
        completion_provider: Some(CompletionOptions::default()),
        rename_provider: Some(match abilities.prepares_rename {
            true => OneOf::Right(RenameOptions {
                prepare_provider: Some(true),
                work_done_progress_options: WorkDoneProgressOptions::default(),
            }),
            false => OneOf::Left(true),
        }),
        code_action_provider: abilities
            .code_actions
            .then_some(CodeActionProviderCapability::Options(actions)),
        code_lens_provider: abilities.code_lens.then_some(CodeLensOptions {
            resolve_provider: Some(false),
        }),
        document_link_provider: abilities.links.then(|| DocumentLinkOptions {
            resolve_provider: Some(false),
            work_done_progress_options: WorkDoneProgressOptions::default(),
        }),
        diagnostic_provider: abilities
            .pulls
            .then(|| DiagnosticServerCapabilities::Options(pull::options())),
        execute_command_provider: Some(ExecuteCommandOptions {
            commands: vec![ledger::NOTE.to_owned(), sources::SHEET.to_owned()],
            ..ExecuteCommandOptions::default()
        }),
        ..ServerCapabilities::default()
    }
}
