//! Which settings hold for which open draft: those of the nearest file above it, and the client's own, which win.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tower_lsp::ls_types::Uri;

use super::library::{self, Folder};
use crate::settings::{InForce, KnowledgeFiles, Layer, in_force};

/// The settings that are known.
#[derive(Clone, Debug, Default)]
pub(super) struct Layers {
    /// What the client has said last that was right.
    pub client: Option<Arc<Layer>>,
    /// For each folder with an open draft that has been looked at, the nearest file of settings.
    pub found: HashMap<PathBuf, Option<Arc<Layer>>>,
}

/// Where a draft stands.
#[derive(Clone, Debug)]
pub(super) struct Place {
    /// None for what has no file yet.
    file: Option<PathBuf>,
    /// The folder above which its settings are looked for.
    pub folder: Option<PathBuf>,
    /// The folder of the workspace at which the client's patterns start.
    workspace: Option<PathBuf>,
}

impl Place {
    /// The place of a draft. One that has no file yet belongs to the first folder of the workspace.
    pub(super) fn new(uri: &Uri, folders: &[Folder]) -> Place {
        let file = library::path(uri);
        let workspace = nearest(uri, folders).map(|folder| folder.path.clone());
        let folder = match &file {
            Some(file) => file.parent().map(Path::to_owned),
            None => workspace.clone(),
        };
        Place {
            file,
            folder,
            workspace,
        }
    }
}

/// The folder of the workspace that a draft stands in, or else the first one.
pub(super) fn nearest<'a>(uri: &Uri, folders: &'a [Folder]) -> Option<&'a Folder> {
    let own = folders.iter().filter(|folder| folder.holds(uri));
    own.max_by_key(|folder| folder.uri.len())
        .or(folders.first())
}

impl Layers {
    /// What holds for a draft; none before its folder has been looked at.
    pub(super) fn of(&self, place: &Place) -> Option<InForce> {
        let found = match &place.folder {
            Some(folder) => self.found.get(folder)?.as_deref(),
            None => None,
        };
        let client = self.client.as_deref().map(|layer| {
            let mut layer = layer.clone();
            layer.folder = place.workspace.clone().unwrap_or_default();
            layer
        });
        Some(in_force(
            found.into_iter().chain(&client),
            place.file.as_deref(),
        ))
    }

    /// Does without a file of settings for a folder that has not been looked at.
    pub(super) fn assume_none(&mut self, place: &Place) {
        if let Some(folder) = &place.folder {
            self.found.entry(folder.clone()).or_default();
        }
    }

    /// The folders of the files that were found: a desk list may stand beside each.
    pub(super) fn folders(&self) -> impl Iterator<Item = &PathBuf> {
        let layers = self.found.values().flatten();
        layers.map(|layer| &layer.folder)
    }

    /// The files of knowledge of all that is open, each once.
    pub(super) fn knowledge(&self, places: &[Place]) -> KnowledgeFiles {
        let mut files = in_force(self.client.as_deref(), None).settings.knowledge;
        for in_force in places.iter().filter_map(|place| self.of(place)) {
            let more = in_force.settings.knowledge;
            add(&mut files.desk_lists, more.desk_lists);
            add(&mut files.bases, more.bases);
        }
        files
    }
}

fn add(paths: &mut Vec<PathBuf>, more: Vec<PathBuf>) {
    for path in more {
        if !paths.contains(&path) {
            paths.push(path);
        }
    }
}
