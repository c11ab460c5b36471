//! The action that adds a name to the desk list: an edit for the client to make, since the server writes nothing.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::Path;

use text_size::TextSize;
use tower_lsp::ls_types::{
    CodeAction, CodeActionKind, CreateFile, CreateFileOptions, DocumentChangeOperation,
    DocumentChanges, OneOf, OptionalVersionedTextDocumentIdentifier, Range, ResourceOp,
    TextDocumentEdit, TextEdit, Uri, WorkspaceEdit,
};

use super::super::convert::Places;
use super::super::session::Reading;
use crate::features;
use crate::newsroom::DESK_LIST;
use crate::text::{Document, Language};

/// Adds the name at a source offset to the desk list of the draft's folder: behind what the client has typed into it,
/// where it has it open, else behind what is saved. None where it is known already or just added, there is no folder, or
/// the list would have to be made and the client makes no files.
pub(super) fn addition(offset: TextSize, reading: &Reading) -> Option<CodeAction> {
    let analysed = &reading.analysed;
    let entry = features::desk_entry(&analysed.analysis, &analysed.knowledge, offset)?;
    let folder = reading.folder.as_ref()?;
    let edit = match &reading.list {
        Some((uri, open)) => {
            let version = Some(open.version());
            appended(uri.clone(), open, version, &entry.toml, reading)?
        }
        None => {
            let uri = folder.desk_list()?;
            match text(&folder.path.join(DESK_LIST)) {
                Ok(list) => {
                    let saved = Document::new(&list, 0, Language::Plain);
                    appended(uri, &saved, None, &entry.toml, reading)?
                }
                Err(error) if error.kind() == io::ErrorKind::NotFound => {
                    made(uri, entry.toml, reading)?
                }
                Err(_) => return None,
            }
        }
    };
    Some(CodeAction {
        title: format!("Add {} to the desk list", entry.name),
        kind: Some(CodeActionKind::REFACTOR),
        edit: Some(edit),
        ..CodeAction::default()
    })
}

fn text(path: &Path) -> io::Result<String> {
    match fs::metadata(path)?.is_file() {
        true => fs::read_to_string(path),
        false => Err(io::ErrorKind::InvalidInput.into()),
    }
}

/// The edit that puts an entry at the end of a list, of which an open one has a version. None where it stands there,
/// not yet saved.
fn appended(
    uri: Uri,
    list: &Document,
    version: Option<i32>,
    entry: &str,
    reading: &Reading,
) -> Option<WorkspaceEdit> {
    let text = list.text();
    if text.contains(entry) {
        return None;
    }
    let places = Places {
        document: list,
        encoding: reading.abilities.encoding,
    };
    let end = places.position(TextSize::of(&text));
    let edit = TextEdit::new(Range::new(end, end), format!("{}{entry}", gap(&text)));
    Some(match reading.abilities.versioned_edits {
        true => WorkspaceEdit {
            document_changes: Some(DocumentChanges::Edits(vec![to_document(
                uri, version, edit,
            )])),
            ..WorkspaceEdit::default()
        },
        false => WorkspaceEdit {
            changes: Some(HashMap::from([(uri, vec![edit])])),
            ..WorkspaceEdit::default()
        },
    })
}

/// The edit that makes a list of one entry; none for a client that makes no files.
fn made(uri: Uri, entry: String, reading: &Reading) -> Option<WorkspaceEdit> {
    // Neovim makes files, and does not say that it takes the edits in which alone that can be asked for.
    if !reading.abilities.new_files {
        return None;
    }
    let options = CreateFileOptions {
        overwrite: None,
        ignore_if_exists: Some(true),
    };
    let create = CreateFile {
        uri: uri.clone(),
        options: Some(options),
        annotation_id: None,
    };
    let edit = TextEdit::new(Range::default(), entry);
    Some(WorkspaceEdit {
        document_changes: Some(DocumentChanges::Operations(vec![
            DocumentChangeOperation::Op(ResourceOp::Create(create)),
            DocumentChangeOperation::Edit(to_document(uri, None, edit)),
        ])),
        ..WorkspaceEdit::default()
    })
}

fn to_document(uri: Uri, version: Option<i32>, edit: TextEdit) -> TextDocumentEdit {
    TextDocumentEdit {
        text_document: OptionalVersionedTextDocumentIdentifier { uri, version },
        edits: vec![OneOf::Left(edit)],
    }
}

/// What stands between the end of a list and its next entry, to leave one blank line.
fn gap(list: &str) -> &'static str {
    match list {
        _ if list.trim().is_empty() => "",
        _ if list.ends_with("\n\n") || list.ends_with("\n\r\n") => "",
        _ if list.ends_with('\n') => "\n",
        _ => "\n\n",
    }
}
