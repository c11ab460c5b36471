//! The language server: `copydesk lsp` over standard input and output.
//!
//! A message goes through these files in this order: `frame` finds it in the stream, `message` reads it,
//! `transport` hands it to the framework, which calls the handler of its family (`lifecycle`, `sync`, `config`,
//! `pull`, `hover`, `places`, `ranges`, `tokens`, `links`, `hints`, `symbols`, `sources`, `actions`, `completion`, `rename`, `ledger`). A handler changes
//! the `session` or reads from it. Each open draft
//! has a `worker`, which analyses its latest version and publishes the findings; `settle` says which ones wait. `library` looks at the
//! files of settings and of the newsroom's knowledge, `archive` at saved drafts, `layers` says which settings hold for a draft. `convert` is the only file in which
//! the protocol's positions meet our ranges, and `edit` is how edits are sent.
//!
//! Absent on purpose: analysis of any kind, writing of files but ledgers, and anything on standard output but frames.

mod abilities;
mod actions;
mod archive;
mod completion;
mod config;
mod convert;
mod edit;
mod frame;
mod hints;
mod hover;
mod layers;
mod ledger;
mod library;
mod lifecycle;
mod links;
mod log;
mod message;
mod places;
mod pull;
mod ranges;
mod rename;
mod session;
mod settle;
mod sources;
mod symbols;
mod sync;
mod tokens;
mod transport;
mod watchdog;
mod worker;

use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use tokio::runtime::{Builder, Runtime};
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::ls_types::{
    CodeActionParams, CodeActionResponse, CodeLens, CodeLensParams, CompletionParams,
    CompletionResponse, DidChangeConfigurationParams, DidChangeTextDocumentParams,
    DidChangeWatchedFilesParams, DidChangeWorkspaceFoldersParams, DidCloseTextDocumentParams,
    DidOpenTextDocumentParams, DidSaveTextDocumentParams, DocumentDiagnosticParams,
    DocumentDiagnosticReportResult, DocumentHighlight, DocumentHighlightParams, DocumentLink,
    DocumentLinkParams, DocumentSymbolParams, DocumentSymbolResponse, ExecuteCommandParams,
    FoldingRange, FoldingRangeParams, GotoDefinitionParams, GotoDefinitionResponse, Hover,
    HoverParams, InitializeParams, InitializeResult, InitializedParams, InlayHint, InlayHintParams,
    LSPAny, Location, PrepareRenameResponse, ReferenceParams, RenameParams, SelectionRange,
    SelectionRangeParams, SemanticTokensDeltaParams, SemanticTokensFullDeltaResult,
    SemanticTokensParams, SemanticTokensRangeParams, SemanticTokensRangeResult,
    SemanticTokensResult, TextDocumentPositionParams, WorkspaceEdit, WorkspaceSymbolParams,
    WorkspaceSymbolResponse,
};
use tower_lsp::{LanguageServer, LspService};

pub use frame::frame_bodies;
use library::Reason;
use session::Session;

use crate::lexicon::Lexicon;

/// How long the end waits for handlers that have begun, and then for answers that are not yet written.
const FAREWELL: Duration = Duration::from_millis(500);

/// Serves one client until it says `exit`, closes the stream or dies. The exit code is 0 if it asked for `shutdown`
/// before, else 1.
pub fn run() -> ExitCode {
    log::init();
    let runtime = match runtime() {
        Ok(runtime) => runtime,
        Err(error) => {
            tracing::error!("the server cannot start: {error}");
            return ExitCode::FAILURE;
        }
    };
    // The word lists take longer to load than a client to say hello.
    std::thread::spawn(Lexicon::get);
    let (outgoing, writer) = transport::write();
    let messages = transport::read();
    let session = runtime.block_on(async {
        let (service, socket) = LspService::build(Backend::new)
            .custom_method("$/setTrace", Backend::ignore)
            .custom_method("window/workDoneProgress/cancel", Backend::ignore)
            .finish();
        let session = Arc::clone(&service.inner().session);
        tokio::select! {
            () = transport::serve(service, socket, messages, &outgoing) => {}
            () = session.stopped() => {}
            () = outgoing.closed() => {}
        }
        session
    });
    let shut_down = session.is_shut_down();
    drop((session, outgoing));
    runtime.shutdown_timeout(FAREWELL);
    writer.wait(FAREWELL);
    if shut_down {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// Two threads serve messages; analyses and answers run on a few more, which come and go.
fn runtime() -> std::io::Result<Runtime> {
    Builder::new_multi_thread()
        .worker_threads(2)
        .max_blocking_threads(8)
        .enable_time()
        .build()
}

/// The handlers, as the framework wants them. What follows a handler's call is in the file of its family.
#[derive(Debug)]
struct Backend {
    session: Arc<Session>,
}

impl Backend {
    fn new(client: tower_lsp::Client) -> Backend {
        Backend {
            session: Arc::new(Session::new(client)),
        }
    }

    async fn ignore(&self, _: LSPAny) {}
}

impl LanguageServer for Backend {
    async fn initialize(&self, params: InitializeParams) -> Result<InitializeResult> {
        Ok(lifecycle::initialize(&self.session, params))
    }

    async fn initialized(&self, _: InitializedParams) {
        library::watch(&self.session);
        config::watch(&self.session);
        config::ask(&self.session);
        pull::watch(&self.session);
    }

    async fn shutdown(&self) -> Result<()> {
        self.session.shut_down();
        Ok(())
    }

    async fn did_change_configuration(&self, params: DidChangeConfigurationParams) {
        config::did_change(&self.session, params);
    }

    async fn did_change_watched_files(&self, _: DidChangeWatchedFilesParams) {
        library::look_soon(&self.session, Reason::Changed);
    }

    async fn did_change_workspace_folders(&self, params: DidChangeWorkspaceFoldersParams) {
        library::did_change_folders(&self.session, params);
    }

    async fn did_open(&self, params: DidOpenTextDocumentParams) {
        sync::did_open(&self.session, params);
    }

    async fn did_change(&self, params: DidChangeTextDocumentParams) {
        sync::did_change(&self.session, params);
    }

    async fn did_save(&self, params: DidSaveTextDocumentParams) {
        sync::did_save(&self.session, &params);
    }

    async fn did_close(&self, params: DidCloseTextDocumentParams) {
        sync::did_close(&self.session, params);
    }

    async fn hover(&self, params: HoverParams) -> Result<Option<Hover>> {
        hover::hover(&self.session, params).await
    }

    async fn goto_definition(
        &self,
        params: GotoDefinitionParams,
    ) -> Result<Option<GotoDefinitionResponse>> {
        places::definition(&self.session, params).await
    }

    async fn references(&self, params: ReferenceParams) -> Result<Option<Vec<Location>>> {
        places::references(&self.session, params).await
    }

    async fn document_highlight(
        &self,
        params: DocumentHighlightParams,
    ) -> Result<Option<Vec<DocumentHighlight>>> {
        places::document_highlight(&self.session, params).await
    }

    async fn diagnostic(
        &self,
        params: DocumentDiagnosticParams,
    ) -> Result<DocumentDiagnosticReportResult> {
        pull::diagnostic(&self.session, params).await
    }

    async fn document_link(&self, params: DocumentLinkParams) -> Result<Option<Vec<DocumentLink>>> {
        links::document_link(&self.session, params).await
    }

    async fn inlay_hint(&self, params: InlayHintParams) -> Result<Option<Vec<InlayHint>>> {
        hints::inlay_hint(&self.session, params).await
    }

    async fn folding_range(&self, params: FoldingRangeParams) -> Result<Option<Vec<FoldingRange>>> {
        ranges::folding_range(&self.session, params).await
    }

    async fn selection_range(
        &self,
        params: SelectionRangeParams,
    ) -> Result<Option<Vec<SelectionRange>>> {
        ranges::selection_range(&self.session, params).await
    }

    async fn semantic_tokens_full(
        &self,
        params: SemanticTokensParams,
    ) -> Result<Option<SemanticTokensResult>> {
        tokens::full(&self.session, params).await
    }

    async fn semantic_tokens_full_delta(
        &self,
        params: SemanticTokensDeltaParams,
    ) -> Result<Option<SemanticTokensFullDeltaResult>> {
        tokens::delta(&self.session, params).await
    }

    async fn semantic_tokens_range(
        &self,
        params: SemanticTokensRangeParams,
    ) -> Result<Option<SemanticTokensRangeResult>> {
        tokens::range(&self.session, params).await
    }

    async fn completion(&self, params: CompletionParams) -> Result<Option<CompletionResponse>> {
        completion::completion(&self.session, params).await
    }

    async fn prepare_rename(
        &self,
        params: TextDocumentPositionParams,
    ) -> Result<Option<PrepareRenameResponse>> {
        rename::prepare(&self.session, params).await
    }

    async fn rename(&self, params: RenameParams) -> Result<Option<WorkspaceEdit>> {
        rename::rename(&self.session, params).await
    }

    async fn document_symbol(
        &self,
        params: DocumentSymbolParams,
    ) -> Result<Option<DocumentSymbolResponse>> {
        symbols::document_symbol(&self.session, params).await
    }

    async fn symbol(
        &self,
        params: WorkspaceSymbolParams,
    ) -> Result<Option<WorkspaceSymbolResponse>> {
        symbols::workspace_symbol(&self.session, params).await
    }

    async fn execute_command(&self, params: ExecuteCommandParams) -> Result<Option<LSPAny>> {
        match params.command.as_str() {
            ledger::NOTE => ledger::execute(&self.session, params).await,
            sources::SHEET => sources::sheet(&self.session, params).await,
            _ => Err(Error::invalid_params("no such command")),
        }
    }

    async fn code_lens(&self, params: CodeLensParams) -> Result<Option<Vec<CodeLens>>> {
        sources::code_lens(&self.session, params).await
    }

    async fn code_action(&self, params: CodeActionParams) -> Result<Option<CodeActionResponse>> {
        actions::code_action(&self.session, params).await
    }
}
