//! `textDocument/documentSymbol` and `workspace/symbol`.

use std::collections::HashSet;
use std::sync::Arc;

use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::{
    DocumentSymbol, DocumentSymbolParams, DocumentSymbolResponse, Location, Range,
    SymbolInformation, SymbolKind, Uri, WorkspaceSymbolParams, WorkspaceSymbolResponse,
};

use super::archive;
use super::convert::Places;
use super::library;
use super::session::{Reading, Session};
use crate::features::{self, Named, Symbol};

/// Names in one answer. Whoever looks for somebody types on.
const MOST: usize = 400;

/// The speakers with their quotes, and the paragraphs that are more than copy: as a tree where the client shows trees.
pub(super) async fn document_symbol(
    session: &Arc<Session>,
    params: DocumentSymbolParams,
) -> Result<Option<DocumentSymbolResponse>> {
    let answer = |reading: &Reading| {
        let symbols = features::symbols(&reading.analysed.analysis);
        let places = reading.places();
        if reading.abilities.nested_symbols {
            let nested = symbols.into_iter().map(|symbol| nested(symbol, places));
            return DocumentSymbolResponse::Nested(nested.collect());
        }
        let mut list = Vec::new();
        flatten(symbols, None, reading, &mut list);
        DocumentSymbolResponse::Flat(list)
    };
    session.read(params.text_document.uri, answer).await
}

/// The people of all drafts, and the bodies that speak in them, by a few letters of their names: at their first
/// references, those that fit best first.
pub(super) async fn workspace_symbol(
    session: &Arc<Session>,
    params: WorkspaceSymbolParams,
) -> Result<Option<WorkspaceSymbolResponse>> {
    archive::look(session).await;
    let mut found: Vec<(Uri, Named, Range)> = Vec::new();
    let open = session.open_drafts();
    for uri in &open {
        let people = |reading: &Reading| {
            let people = features::people(&reading.analysed.analysis).into_iter();
            let places = reading.places();
            let people = people.map(|named| (places.range(named.range), named));
            people.collect::<Vec<_>>()
        };
        // One that is being edited is left out this time: the others are worth an answer.
        let people = session.read(uri.clone(), people).await.ok().flatten();
        let people = people.into_iter().flatten();
        found.extend(people.map(|(range, named)| (uri.clone(), named, range)));
    }
    let open: HashSet<_> = open.iter().filter_map(library::path).collect();
    for saved in session.archive().drafts(&open) {
        let people = saved.people.iter().cloned();
        found.extend(people.map(|(named, range)| (saved.uri.clone(), named, range)));
    }
    let query = params.query;
    let ranked = found.into_iter().filter_map(|place| {
        let misfit = features::misfit(&query, &place.1.name)?;
        Some((misfit, place))
    });
    let mut ranked: Vec<_> = ranked.collect();
    ranked.sort_by(|(one, (uri, named, _)), (two, (other, name, _))| {
        let by = |misfit, named: &Named, uri: &Uri| (misfit, named.name.clone(), uri.to_string());
        by(*one, named, uri).cmp(&by(*two, name, other))
    });
    ranked.truncate(MOST);
    let symbols = ranked.into_iter().map(|(_, place)| person(place));
    Ok(Some(WorkspaceSymbolResponse::Flat(symbols.collect())))
}

#[expect(deprecated, reason = "the type's old field must be given a value")]
fn person((uri, named, range): (Uri, Named, Range)) -> SymbolInformation {
    let file = library::path(&uri);
    let file = file.as_ref().and_then(|path| path.file_name());
    SymbolInformation {
        name: named.name,
        kind: match named.person {
            true => SymbolKind::CLASS,
            false => SymbolKind::MODULE,
        },
        tags: None,
        deprecated: None,
        container_name: file.map(|name| name.to_string_lossy().into_owned()),
        location: Location::new(uri, range),
    }
}

#[expect(deprecated, reason = "the type's old field must be given a value")]
fn nested(symbol: Symbol, places: Places<'_>) -> DocumentSymbol {
    let children: Vec<_> = symbol
        .children
        .into_iter()
        .map(|child| nested(child, places))
        .collect();
    DocumentSymbol {
        name: symbol.name,
        detail: symbol.detail,
        kind: kind(symbol.kind),
        tags: None,
        deprecated: None,
        range: places.range(symbol.range),
        selection_range: places.range(symbol.selection),
        children: (!children.is_empty()).then_some(children),
    }
}

#[expect(deprecated, reason = "the type's old field must be given a value")]
fn flatten(
    symbols: Vec<Symbol>,
    container: Option<&str>,
    reading: &Reading,
    list: &mut Vec<SymbolInformation>,
) {
    for symbol in symbols {
        list.push(SymbolInformation {
            name: symbol.name.clone(),
            kind: kind(symbol.kind),
            tags: None,
            deprecated: None,
            location: Location::new(reading.uri.clone(), reading.places().range(symbol.range)),
            container_name: container.map(str::to_owned),
        });
        flatten(symbol.children, Some(&symbol.name), reading, list);
    }
}

/// The protocol's kinds are those of programs; these are the nearest, and editors have icons for them.
fn kind(kind: features::SymbolKind) -> SymbolKind {
    match kind {
        features::SymbolKind::Speaker => SymbolKind::CLASS,
        features::SymbolKind::Quote => SymbolKind::STRING,
        features::SymbolKind::Paragraph => SymbolKind::NAMESPACE,
    }
}
