//! What the client can do, as far as an answer depends on it.

use tower_lsp::ls_types::{
    ClientCapabilities, MarkupKind, PositionEncodingKind, ResourceOperationKind,
    TextDocumentClientCapabilities,
};

use crate::text::Encoding;

/// What the client can do.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Abilities {
    /// How both sides count columns.
    pub encoding: Encoding,
    /// Shows places that explain a diagnostic.
    pub related_information: bool,
    /// Asks for findings, and asks again when it is told to.
    pub pulls: bool,
    /// Takes edits that name the version they are meant for.
    pub versioned_edits: bool,
    /// Asks its user about edits that are marked so.
    pub annotated_edits: bool,
    /// Asks what can be renamed before it renames.
    pub prepares_rename: bool,
    /// Colours words by what they are.
    pub tokens: bool,
    /// Shows so many folds.
    pub fold_limit: Option<u32>,
    /// Takes code actions that are more than commands.
    pub code_actions: bool,
    /// Shows commands above lines.
    pub code_lens: bool,
    /// Shows links.
    pub links: bool,
    /// Takes symbols that hold symbols.
    pub nested_symbols: bool,
    /// Shows Markdown in hovers.
    pub markdown: bool,
    /// Tells when files change, if it is asked to.
    pub watched_files: bool,
    /// Makes files where an edit asks for it.
    pub new_files: bool,
    /// Asks for hints anew when it is told to.
    pub hint_refresh: bool,
    /// Shows how far long work is.
    pub progress: bool,
    /// Answers questions about its settings.
    pub configuration: bool,
    /// Tells when its settings change only if it is asked to.
    pub configuration_changes: bool,
}

impl Abilities {
    /// Reads what the client says of itself. UTF-8 columns are preferred, since they need no counting; a client that
    /// offers nothing counts in UTF-16.
    pub(super) fn new(client: &ClientCapabilities) -> Abilities {
        let text_document = client.text_document.as_ref();
        let workspace_edit = client
            .workspace
            .as_ref()
            .and_then(|w| w.workspace_edit.as_ref());
        Abilities {
            encoding: encoding(client),
            related_information: related_information(text_document),
            pulls: text_document.is_some_and(|t| t.diagnostic.is_some())
                && (client.workspace.as_ref())
                    .and_then(|w| w.diagnostics.as_ref()?.refresh_support)
                    .unwrap_or_default(),
            versioned_edits: workspace_edit
                .and_then(|edit| edit.document_changes)
                .unwrap_or_default(),
            annotated_edits: workspace_edit
                .is_some_and(|edit| edit.change_annotation_support.is_some()),
            prepares_rename: text_document
                .and_then(|t| t.rename.as_ref()?.prepare_support)
                .unwrap_or_default(),
            tokens: text_document.is_some_and(|t| t.semantic_tokens.is_some()),
            fold_limit: text_document.and_then(|t| t.folding_range.as_ref()?.range_limit),
            code_actions: text_document
                .and_then(|t| t.code_action.as_ref()?.code_action_literal_support.as_ref())
                .is_some(),
            code_lens: text_document.is_some_and(|t| t.code_lens.is_some()),
            links: text_document.is_some_and(|t| t.document_link.is_some()),
            nested_symbols: text_document
                .and_then(|t| {
                    t.document_symbol
                        .as_ref()?
                        .hierarchical_document_symbol_support
                })
                .unwrap_or_default(),
            markdown: text_document
                .and_then(|t| t.hover.as_ref()?.content_format.as_ref())
                .is_some_and(|formats| formats.contains(&MarkupKind::Markdown)),
            watched_files: client
                .workspace
                .as_ref()
                .and_then(|w| w.did_change_watched_files?.dynamic_registration)
                .unwrap_or_default(),
            new_files: workspace_edit
                .and_then(|edit| edit.resource_operations.as_ref())
                .is_some_and(|kinds| kinds.contains(&ResourceOperationKind::Create)),
            hint_refresh: (client.workspace.as_ref())
                .and_then(|w| w.inlay_hint.as_ref()?.refresh_support)
                .unwrap_or_default(),
            progress: (client.window.as_ref())
                .and_then(|window| window.work_done_progress)
                .unwrap_or_default(),
            configuration: (client.workspace.as_ref())
                .and_then(|w| w.configuration)
                .unwrap_or_default(),
            configuration_changes: (client.workspace.as_ref())
                .and_then(|w| w.did_change_configuration?.dynamic_registration)
                .unwrap_or_default(),
        }
    }

    /// The protocol's name of the encoding.
    pub(super) fn encoding_kind(&self) -> PositionEncodingKind {
        match self.encoding {
            Encoding::Utf8 => PositionEncodingKind::UTF8,
            Encoding::Utf16 => PositionEncodingKind::UTF16,
            Encoding::Utf32 => PositionEncodingKind::UTF32,
        }
    }
}

/// Some clients say it only of findings that they are sent, and show it with those that they ask for, too.
fn related_information(client: Option<&TextDocumentClientCapabilities>) -> bool {
    let sent = client.and_then(|t| t.publish_diagnostics.as_ref()?.related_information);
    let asked = client.and_then(|t| t.diagnostic.as_ref()?.related_information);
    sent == Some(true) || asked == Some(true)
}

fn encoding(client: &ClientCapabilities) -> Encoding {
    let offered = client
        .general
        .as_ref()
        .and_then(|general| general.position_encodings.as_deref())
        .unwrap_or_default();
    [
        (PositionEncodingKind::UTF8, Encoding::Utf8),
        (PositionEncodingKind::UTF16, Encoding::Utf16),
        (PositionEncodingKind::UTF32, Encoding::Utf32),
    ]
    .into_iter()
    .find_map(|(kind, encoding)| offered.contains(&kind).then_some(encoding))
    .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn check(capabilities: serde_json::Value) -> Abilities {
        Abilities::new(&serde_json::from_value(capabilities).unwrap())
    }

    fn check_encoding(offered: &[&str], expected: Encoding) {
        let abilities = check(json!({"general": {"positionEncodings": offered}}));
        assert_eq!(abilities.encoding, expected);
    }

    #[test]
    fn prefers_bytes_and_falls_back_to_utf16() {
        check_encoding(&["utf-16", "utf-8"], Encoding::Utf8);
        check_encoding(&["utf-32", "utf-16"], Encoding::Utf16);
        check_encoding(&["utf-32"], Encoding::Utf32);
        check_encoding(&["utf-7"], Encoding::Utf16);
        check_encoding(&[], Encoding::Utf16);
    }

    #[test]
    fn only_who_can_be_told_to_ask_again_is_offered_to_ask() {
        let asks = json!({"diagnostic": {"relatedInformation": true}});
        let refresh = json!({"diagnostics": {"refreshSupport": true}});
        let both = check(json!({"textDocument": asks, "workspace": refresh}));
        assert!(both.pulls && both.related_information);
        assert!(!check(json!({ "textDocument": asks })).pulls);
        assert!(!check(json!({ "workspace": refresh })).pulls);
    }

    #[test]
    fn assumes_nothing_that_is_not_said() {
        let abilities = check(json!({}));
        assert_eq!(abilities.encoding, Encoding::Utf16);
        assert!(!abilities.related_information);
        assert!(!abilities.pulls);
        assert!(!abilities.versioned_edits);
        assert!(!abilities.annotated_edits);
        assert!(!abilities.prepares_rename);
        assert!(!abilities.tokens);
        assert_eq!(abilities.fold_limit, None);
        assert!(!abilities.code_actions);
        assert!(!abilities.links);
        assert!(!abilities.nested_symbols);
        assert!(!abilities.markdown);
        assert!(!abilities.watched_files);
        assert!(!abilities.new_files);
        assert!(!abilities.hint_refresh);
        assert!(!abilities.progress);
        assert!(!abilities.configuration);
        assert!(!abilities.configuration_changes);
    }
}
