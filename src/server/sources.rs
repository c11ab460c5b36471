//! The source sheet: a line above the story (`textDocument/codeLens`), and the command that it runs.

use std::path::Path;
use std::sync::Arc;

use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::ls_types::{
    CodeLens, CodeLensParams, Command, ExecuteCommandParams, LSPAny, Range, Uri,
};

use super::library;
use super::session::{Reading, Session};
use crate::features;

/// The command that answers with the source sheet of a draft, as Markdown. Its argument is the draft's URI.
pub(super) const SHEET: &str = "copydesk.sources";

/// Who is quoted, above the first paragraph; nothing above a draft without quotes.
pub(super) async fn code_lens(
    session: &Arc<Session>,
    params: CodeLensParams,
) -> Result<Option<Vec<CodeLens>>> {
    let answer = |reading: &Reading| {
        let analysis = &reading.analysed.analysis;
        let sheet = features::sources(analysis);
        let first = analysis.paragraphs.first().filter(|_| sheet.quoted > 0)?;
        let start = analysis.prose.to_source(first.range).start();
        let place = reading.places().position(start);
        let command = Command {
            title: sheet.summary(),
            command: SHEET.to_owned(),
            arguments: Some(vec![reading.uri.as_str().into()]),
        };
        Some(vec![CodeLens {
            range: Range::new(place, place),
            command: Some(command),
            data: None,
        }])
    };
    Ok(session
        .read(params.text_document.uri, answer)
        .await?
        .flatten())
}

/// Answers the command with the sheet; with nothing for a draft that is not open.
pub(super) async fn sheet(
    session: &Arc<Session>,
    params: ExecuteCommandParams,
) -> Result<Option<LSPAny>> {
    let argument = params.arguments.into_iter().next().unwrap_or_default();
    let Ok(uri) = serde_json::from_value::<Uri>(argument) else {
        return Err(Error::invalid_params("not the arguments of this command"));
    };
    let answer = |reading: &Reading| {
        let analysis = &reading.analysed.analysis;
        let name = name(&reading.uri);
        features::sources(analysis).markdown(analysis, &name).into()
    };
    session.read(uri, answer).await
}

/// A draft as its author knows it: the name of its file, or what the client calls it.
fn name(uri: &Uri) -> String {
    let path = library::path(uri);
    let file = path.as_deref().and_then(Path::file_name);
    file.map_or_else(
        || uri.path().to_string(),
        |file| file.to_string_lossy().into_owned(),
    )
}
