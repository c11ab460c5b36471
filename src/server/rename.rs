//! `textDocument/prepareRename` and `textDocument/rename`.

use std::collections::HashMap;
use std::sync::Arc;

use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::ls_types::{
    AnnotatedTextEdit, ChangeAnnotation, OneOf, PrepareRenameResponse, RenameParams,
    TextDocumentPositionParams, TextEdit, WorkspaceEdit,
};

use super::edit::{versioned, workspace_edit};
use super::session::{Reading, Session};
use crate::features::{self, Renaming};

/// What changes somebody's words are called, to be asked about one by one.
const QUOTED: &str = "quoted";

/// The name at a position.
pub(super) async fn prepare(
    session: &Arc<Session>,
    params: TextDocumentPositionParams,
) -> Result<Option<PrepareRenameResponse>> {
    let answer = move |reading: &Reading| {
        let places = reading.places();
        let offset = places.offset(params.position);
        let (range, name) = features::renamable(&reading.analysed.analysis, offset)?;
        Some(PrepareRenameResponse::RangeWithPlaceholder {
            range: places.range(range),
            placeholder: name.to_owned(),
        })
    };
    Ok(session
        .read(params.text_document.uri, answer)
        .await?
        .flatten())
}

/// The edits that give somebody another name. A quote keeps its words unless the client asks its user about each.
pub(super) async fn rename(
    session: &Arc<Session>,
    params: RenameParams,
) -> Result<Option<WorkspaceEdit>> {
    let at = params.text_document_position;
    let name = params.new_name;
    let answer = move |reading: &Reading| {
        let offset = reading.places().offset(at.position);
        features::rename(&reading.analysed.analysis, offset, &name)
            .map(|renamings| edit(renamings, reading))
            .map_err(Error::invalid_params)
    };
    session
        .read(at.text_document.uri, answer)
        .await?
        .transpose()
}

fn edit(renamings: Vec<Renaming>, reading: &Reading) -> WorkspaceEdit {
    let places = reading.places();
    if !(reading.abilities.annotated_edits && reading.abilities.versioned_edits) {
        let own = renamings.iter().filter(|renaming| !renaming.quoted);
        let edits: Vec<TextEdit> = own
            .map(|renaming| places.text_edit(&renaming.edit))
            .collect();
        return workspace_edit(edits, reading);
    }
    let asks = renamings.iter().any(|renaming| renaming.quoted);
    let edits = renamings.into_iter().map(|renaming| {
        let text_edit = places.text_edit(&renaming.edit);
        match renaming.quoted {
            false => OneOf::Left(text_edit),
            true => OneOf::Right(AnnotatedTextEdit {
                text_edit,
                annotation_id: QUOTED.to_owned(),
            }),
        }
    });
    let annotation = ChangeAnnotation {
        label: "In quotes".to_owned(),
        needs_confirmation: Some(true),
        description: Some("Changes what somebody is quoted as saying".to_owned()),
    };
    WorkspaceEdit {
        document_changes: Some(versioned(edits.collect(), reading)),
        change_annotations: asks.then(|| HashMap::from([(QUOTED.to_owned(), annotation)])),
        ..WorkspaceEdit::default()
    }
}
