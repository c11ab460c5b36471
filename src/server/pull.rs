//! `textDocument/diagnostic`: findings for clients that ask for them, instead of being sent them.
//!
//! Such a client is told to ask again where findings have changed without an edit: when a draft has settled, and when
//! settings, knowledge or decisions have changed. Only clients that can be told so are offered to ask; all others are
//! sent findings, and no client gets both.

use std::sync::Arc;
use std::time::Duration;

use serde_json::json;
use tokio::time::timeout;
use tower_lsp::jsonrpc::{Error, ErrorCode, Result};
use tower_lsp::ls_types::{
    Diagnostic, DiagnosticOptions, DocumentDiagnosticParams, DocumentDiagnosticReport,
    DocumentDiagnosticReportResult, FullDocumentDiagnosticReport,
    RelatedFullDocumentDiagnosticReport, RelatedUnchangedDocumentDiagnosticReport,
    UnchangedDocumentDiagnosticReport,
};

use super::convert::SOURCE;
use super::session::Session;

/// The protocol's code for a request that is to be sent again.
const SERVER_CANCELLED: ErrorCode = ErrorCode::ServerError(-32802);

/// Changes so near to each other are told at once: one of the settings concerns every open draft.
const TOGETHER: Duration = Duration::from_millis(50);

/// How long the answer of a client is waited for.
const PATIENCE: Duration = Duration::from_secs(10);

/// The findings that a client may see in one version of a draft.
#[derive(Debug)]
pub(super) struct Visible {
    /// What was analysed, as the worker counts it.
    pub revision: u64,
    /// The edits before it: of equal ones the text is the same.
    pub edits: u64,
    /// Grows from one list to another; no two lists of a session have the same.
    pub id: u64,
    /// The findings as the protocol words them.
    pub diagnostics: Vec<Diagnostic>,
}

impl Visible {
    /// Whether a list says the same at the same places. The version that stands in the data of each does not count.
    pub(super) fn says(&self, diagnostics: &[Diagnostic]) -> bool {
        let bare = |diagnostic: &Diagnostic| Diagnostic {
            data: None,
            ..diagnostic.clone()
        };
        let (one, other) = (self.diagnostics.iter(), diagnostics.iter());
        one.map(bare).eq(other.map(bare))
    }
}

/// What is offered.
pub(super) fn options() -> DiagnosticOptions {
    DiagnosticOptions {
        identifier: Some(SOURCE.to_owned()),
        ..DiagnosticOptions::default()
    }
}

/// The findings of a draft, or that they are those which the client has. What is no draft has none.
pub(super) async fn diagnostic(
    session: &Arc<Session>,
    params: DocumentDiagnosticParams,
) -> Result<DocumentDiagnosticReportResult> {
    if !session.abilities().pulls {
        return Err(Error::method_not_found());
    }
    let visible = session.visible(&params.text_document.uri).await;
    let visible = visible.map_err(|_| again())?;
    let id = visible.as_ref().map(|visible| visible.id.to_string());
    let report = match id.clone().filter(|_| id == params.previous_result_id) {
        Some(result_id) => {
            DocumentDiagnosticReport::Unchanged(RelatedUnchangedDocumentDiagnosticReport {
                related_documents: None,
                unchanged_document_diagnostic_report: UnchangedDocumentDiagnosticReport {
                    result_id,
                },
            })
        }
        None => DocumentDiagnosticReport::Full(RelatedFullDocumentDiagnosticReport {
            related_documents: None,
            full_document_diagnostic_report: FullDocumentDiagnosticReport {
                result_id: id,
                items: visible.map_or_else(Vec::new, |visible| visible.diagnostics.clone()),
            },
        }),
    };
    Ok(report.into())
}

/// Has the client ask again whenever findings have changed without an edit.
pub(super) fn watch(session: &Arc<Session>) {
    if !session.abilities().pulls {
        return;
    }
    let session = Arc::clone(session);
    tokio::spawn(async move {
        loop {
            session.findings_changed().await;
            tokio::time::sleep(TOGETHER).await;
            let refresh = session.client().workspace_diagnostic_refresh();
            match timeout(PATIENCE, refresh).await {
                Ok(Ok(())) => {}
                Ok(Err(error)) => tracing::debug!("the client does not ask again: {error}"),
                Err(_) => tracing::debug!("the client did not say whether it asks again"),
            }
        }
    });
}

/// The error for a request whose text has been edited since, or whose analysis is late.
fn again() -> Error {
    Error {
        code: SERVER_CANCELLED,
        message: "the findings are not ready".into(),
        data: Some(json!({ "retriggerRequest": true })),
    }
}
