//! Requests that read a draft: each is answered from the analysis of the very text that it asks about.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::AbortHandle;
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::ls_types::Uri;

use super::Session;
use crate::server::abilities::Abilities;
use crate::server::convert::Places;
use crate::server::layers::nearest;
use crate::server::library::{self, Folder};
use crate::server::pull::Visible;
use crate::server::worker::Analysed;
use crate::text::Document;

/// How long a request waits for the analysis of the version that it asks about.
const PATIENCE: Duration = Duration::from_secs(2);

/// What a request reads: the analysis of the very version that the client saw when it asked.
#[derive(Debug)]
pub(in crate::server) struct Reading {
    /// The draft's URI.
    pub uri: Uri,
    /// What the client can do.
    pub abilities: Abilities,
    /// The folder of the workspace that the draft stands in, or else the first one.
    pub folder: Option<Folder>,
    /// The desk list of that folder as the client has it open.
    pub list: Option<(Uri, Document)>,
    /// The draft, its analysis and its findings.
    pub analysed: Arc<Analysed>,
}

impl Reading {
    /// Positions in the draft.
    pub(in crate::server) fn places(&self) -> Places<'_> {
        Places {
            document: &self.analysed.document,
            encoding: self.abilities.encoding,
        }
    }
}

impl Session {
    /// Answers a request from the analysis of the text that it asks about, off the threads that serve messages.
    /// None for a draft that is not open. Cancelling the request cancels the work, unless it has begun.
    ///
    /// # Errors
    /// `ContentModified` where the draft has been edited since, or the analysis is late.
    pub(in crate::server) async fn read<T: Send + 'static>(
        self: &Arc<Session>,
        uri: Uri,
        answer: impl FnOnce(&Reading) -> T + Send + 'static,
    ) -> Result<Option<T>> {
        // Before the first wait: the text is the one that the client had when it asked.
        let Some(asked) = self.asked(&uri) else {
            tracing::debug!("a request for a draft that is not open was answered with nothing");
            return Ok(None);
        };
        library::look_now(self).await;
        let Some(mut now) = self.asked(&uri).filter(|now| now.edits == asked.edits) else {
            return Err(Error::content_modified());
        };
        let is_ready = |analysed: &Option<Arc<Analysed>>| {
            analysed
                .as_ref()
                .is_some_and(|analysed| analysed.revision >= now.revision)
        };
        let analysed = tokio::time::timeout(PATIENCE, now.analyses.wait_for(is_ready))
            .await
            .ok()
            .and_then(|ready| ready.ok()?.clone())
            .filter(|analysed| analysed.edits == asked.edits)
            .ok_or_else(Error::content_modified)?;
        let list = now.folder.as_ref().and_then(|folder| self.list(folder));
        let reading = Reading {
            uri,
            abilities: now.abilities,
            folder: now.folder,
            list,
            analysed,
        };
        let work = tokio::task::spawn_blocking(move || answer(&reading));
        let _cancelled_with_the_request = AbortOnDrop(work.abort_handle());
        work.await.map(Some).map_err(|_| Error::internal_error())
    }

    /// The findings that the client may see in the text that it asks about; none for what is no open draft.
    ///
    /// # Errors
    /// `ContentModified` where the draft has been edited since, or the analysis is late.
    pub(in crate::server) async fn visible(
        self: &Arc<Session>,
        uri: &Uri,
    ) -> Result<Option<Arc<Visible>>> {
        let Some(asked) = self.asked(uri) else {
            return Ok(None);
        };
        library::look_now(self).await;
        let Some(mut now) = self.asked(uri).filter(|now| now.edits == asked.edits) else {
            return Err(Error::content_modified());
        };
        let is_ready = |visible: &Option<Arc<Visible>>| {
            let visible = visible.as_ref();
            visible.is_some_and(|visible| visible.revision >= now.revision)
        };
        let ready = tokio::time::timeout(PATIENCE, now.visible.wait_for(is_ready)).await;
        ready
            .ok()
            .and_then(|ready| ready.ok()?.clone())
            .filter(|visible| visible.edits == asked.edits)
            .map(Some)
            .ok_or_else(Error::content_modified)
    }

    /// The desk list of a folder, if the client has it open. Clients escape the same path in different ways.
    fn list(&self, folder: &Folder) -> Option<(Uri, Document)> {
        let state = self.state();
        let list = state.lists.iter().find(|(uri, _)| folder.is_list(uri))?;
        Some((list.0.clone(), list.1.clone()))
    }

    fn asked(&self, uri: &Uri) -> Option<Asked> {
        let state = self.state();
        let draft = state.drafts.get(uri)?;
        let (revision, edits) = {
            let snapshot = draft.snapshots.borrow();
            snapshot
                .is_draft
                .then_some((snapshot.revision, snapshot.edits))?
        };
        Some(Asked {
            abilities: state.abilities,
            folder: nearest(uri, &state.folders).cloned(),
            revision,
            edits,
            analyses: draft.analyses.clone(),
            visible: draft.visible.clone(),
        })
    }
}

/// What a request finds.
struct Asked {
    abilities: Abilities,
    folder: Option<Folder>,
    revision: u64,
    edits: u64,
    analyses: watch::Receiver<Option<Arc<Analysed>>>,
    visible: watch::Receiver<Option<Arc<Visible>>>,
}

struct AbortOnDrop(AbortHandle);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}
