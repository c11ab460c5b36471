//! What each draft is read with: its settings, and the knowledge that they bring.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;

use super::kb::{Bases, complain_of};
use super::{Outcome, complain, input};
use crate::knowledge::{Base, Knowledge};
use crate::newsroom::{DESK_LIST, SETTINGS, Shelf, lexical, nearest_above, read_settings};
use crate::rules;
use crate::settings::{InForce, KnowledgeFiles, Layer, in_force};

/// Where settings and knowledge are taken from.
#[derive(Debug, Args)]
pub(super) struct Sources {
    /// Settings to use instead of the copydesk.toml in the folder of each draft or above it; the desk list beside them
    /// is read too.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(flatten)]
    bases: Bases,
}

impl Sources {
    /// Opens what is the same for all drafts. `own` are the settings of the command line itself, which win.
    pub fn open(&self, own: Option<Layer>) -> Desks<'_> {
        let (bases, outcome) = self.bases.opened();
        Desks {
            sources: self,
            own,
            bases,
            files: HashMap::new(),
            shelf: Shelf::default(),
            opened: Vec::new(),
            outcome,
        }
    }
}

/// What a draft is read with.
#[derive(Debug)]
pub(super) struct Desk {
    /// The settings, and where each comes from.
    pub in_force: InForce,
    /// What the newsroom knows.
    pub knowledge: Arc<Knowledge>,
}

/// Finds out what drafts are read with.
pub(super) struct Desks<'a> {
    sources: &'a Sources,
    own: Option<Layer>,
    bases: Vec<Arc<Base>>,
    /// Files of settings that were read; none for one in which something is wrong.
    files: HashMap<PathBuf, Option<Arc<Layer>>>,
    shelf: Shelf,
    opened: Vec<(Vec<PathBuf>, KnowledgeFiles, Arc<Knowledge>)>,
    outcome: Outcome,
}

impl Desks<'_> {
    /// What each draft is read with; none where any settings are wrong.
    pub fn of_all(&mut self, drafts: &[PathBuf]) -> Option<Vec<Desk>> {
        let desks: Vec<Option<Desk>> = drafts.iter().map(|draft| self.of(draft)).collect();
        desks.into_iter().collect()
    }

    /// What a draft is read with. Standard input has the settings of the working directory. None where the settings
    /// are wrong, which is told once for each file.
    pub fn of(&mut self, draft: &Path) -> Option<Desk> {
        let file = (!input::is_stdin(draft)).then(|| lexical(draft));
        let folder = match &file {
            Some(file) => file.parent().unwrap_or(Path::new("")).to_owned(),
            None => lexical(Path::new(".")),
        };
        let path = match &self.sources.config {
            Some(config) => Some(lexical(config)),
            None => nearest_above(&folder, SETTINGS),
        };
        let layer = match &path {
            Some(path) => Some(self.layer(path)?),
            None => None,
        };
        let in_force = in_force(
            layer.as_deref().into_iter().chain(&self.own),
            file.as_deref(),
        );
        let beside = path.as_deref().and_then(Path::parent);
        let above = match self.sources.config {
            Some(_) => None,
            None => nearest_above(&folder, DESK_LIST),
        };
        let above = above.as_deref().and_then(Path::parent);
        let mut folders: Vec<PathBuf> = beside.into_iter().chain(above).map(shown).collect();
        folders.dedup();
        let knowledge = self.knowledge(folders, &in_force.settings.knowledge);
        Some(Desk {
            in_force,
            knowledge,
        })
    }

    /// What the drafts have come to: trouble where a file of knowledge could not be read, or is damaged.
    pub fn outcome(&self) -> Outcome {
        let knowledge = self.opened.iter().map(|(_, _, knowledge)| knowledge);
        let damage = knowledge.map(|knowledge| complain_of(knowledge));
        damage.fold(self.outcome, Outcome::max)
    }

    fn layer(&mut self, path: &Path) -> Option<Arc<Layer>> {
        if let Some(layer) = self.files.get(path) {
            return layer.clone();
        }
        let name = match &self.sources.config {
            Some(config) => config.display().to_string(),
            None => shown(path).display().to_string(),
        };
        let layer = match read_settings(path, name.clone(), rules::problems) {
            Ok((layer, problems)) => {
                for problem in &problems {
                    complain(&format!("{name}: {problem}"));
                }
                problems.is_empty().then(|| Arc::new(layer))
            }
            Err(error) => {
                complain(&format!("{name}: {error}"));
                None
            }
        };
        self.files.insert(path.to_owned(), layer.clone());
        layer
    }

    fn knowledge(&mut self, folders: Vec<PathBuf>, files: &KnowledgeFiles) -> Arc<Knowledge> {
        let same = |(of, names, _): &&(Vec<PathBuf>, KnowledgeFiles, Arc<Knowledge>)| {
            *of == folders && names == files
        };
        if let Some((_, _, knowledge)) = self.opened.iter().find(same) {
            return Arc::clone(knowledge);
        }
        let mut wanted = files.clone();
        wanted
            .bases
            .retain(|base| !self.sources.bases.include(base));
        let news = self.shelf.refresh(&folders, &wanted);
        for trouble in &news.troubles {
            complain(trouble);
            self.outcome = Outcome::Trouble;
        }
        let bases = self.bases.iter().cloned().chain(self.shelf.bases());
        let knowledge = Arc::new(Knowledge::new(bases.collect()));
        self.opened
            .push((folders, files.clone(), Arc::clone(&knowledge)));
        knowledge
    }
}

/// A path as a user is told of it: within the working directory where it stands there.
fn shown(path: &Path) -> PathBuf {
    let inside = path.strip_prefix(lexical(Path::new("."))).ok();
    inside.unwrap_or(path).to_owned()
}
