//! `textDocument/documentLink`.

use std::str::FromStr;
use std::sync::Arc;

use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::{DocumentLink, DocumentLinkParams, Uri};

use super::session::{Reading, Session};
use crate::features::{self, Link};

/// The pages from which the newsroom knows those whom a draft names. Addresses in the copy are the editor's business.
pub(super) async fn document_link(
    session: &Arc<Session>,
    params: DocumentLinkParams,
) -> Result<Option<Vec<DocumentLink>>> {
    let answer = |reading: &Reading| {
        let analysed = &reading.analysed;
        let links = features::links(&analysed.analysis, &analysed.knowledge).into_iter();
        let link = |link: Link| {
            Some(DocumentLink {
                range: reading.places().range(link.range),
                target: Some(Uri::from_str(&link.url).ok()?),
                tooltip: Some(link.tooltip),
                data: None,
            })
        };
        links.filter_map(link).collect()
    };
    session.read(params.text_document.uri, answer).await
}
