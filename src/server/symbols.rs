//! `textDocument/documentSymbol`.

use std::sync::Arc;

use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::{
    DocumentSymbol, DocumentSymbolParams, DocumentSymbolResponse, Location, SymbolInformation,
    SymbolKind,
};

use super::convert::Places;
use super::session::{Reading, Session};
use crate::features::{self, Symbol};

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
