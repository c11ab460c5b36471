//! How well an analysis agrees with a marked draft.
//!
//! Mentions agree by their exact range. B-cubed asks of each mention found which part of its entity's mentions belong
//! there (precision, 0 for a mention that nobody marked), and of each one marked which part of its cluster stands
//! together (recall, 0 for a mention that was not found). Pronouns are left out, and so are the other names (events,
//! works) and the unnamed sources of an analysis where nobody marked them. Labels do not matter for it; how many are
//! right is told beside it.
//!
//! A role counts if its entity has it in the same words, but for case and a leading article. An entity found is the
//! one that most of its mentions are marked as.

use std::collections::{BTreeSet, HashMap, HashSet};

use copydesk::analysis::{Analysis, EntityMention, MentionForm};
use copydesk::extract::Label;

use super::draft::{Draft, Known};

/// What the figures are computed from; those of several drafts add up.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Counts {
    /// Mentions found, and the sum of their precisions.
    found: f64,
    precise: f64,
    /// Mentions marked, and the sum of their recalls.
    marked: f64,
    recalled: f64,
    roles_found: f64,
    roles_marked: f64,
    roles_right: f64,
    /// Mentions found and marked, of one entity each, and how many have the right label.
    labelled: f64,
    labels_right: f64,
}

impl Counts {
    pub fn add(&mut self, other: &Counts) {
        self.found += other.found;
        self.precise += other.precise;
        self.marked += other.marked;
        self.recalled += other.recalled;
        self.roles_found += other.roles_found;
        self.roles_marked += other.roles_marked;
        self.roles_right += other.roles_right;
        self.labelled += other.labelled;
        self.labels_right += other.labels_right;
    }

    /// B-cubed precision, 0 to 1.
    pub fn precision(&self) -> f64 {
        part(self.precise, self.found)
    }

    /// B-cubed recall, 0 to 1.
    pub fn recall(&self) -> f64 {
        part(self.recalled, self.marked)
    }

    /// B-cubed F1, in percent.
    pub fn linking(&self) -> f64 {
        percent(harmonic(self.precision(), self.recall()))
    }

    /// F1 of the roles, in percent.
    pub fn roles(&self) -> f64 {
        percent(harmonic(
            part(self.roles_right, self.roles_found),
            part(self.roles_right, self.roles_marked),
        ))
    }

    /// Which part of the labels is right, 0 to 1.
    pub fn labels(&self) -> f64 {
        part(self.labels_right, self.labelled)
    }
}

/// The figures of one draft, and all that is wrong with it, a line each.
pub struct Score {
    pub counts: Counts,
    pub errors: Vec<String>,
}

impl Score {
    pub fn of(draft: &Draft, analysis: &Analysis) -> Score {
        let mut scorer = Scorer::new(draft, analysis);
        scorer.mentions();
        scorer.roles();
        Score {
            counts: scorer.counts,
            errors: scorer.errors,
        }
    }
}

pub fn percent(share: f64) -> f64 {
    share * 100.0
}

fn part(of: f64, all: f64) -> f64 {
    if all == 0.0 { 1.0 } else { of / all }
}

fn harmonic(a: f64, b: f64) -> f64 {
    if a + b == 0.0 {
        0.0
    } else {
        2.0 * a * b / (a + b)
    }
}

/// A mention on either side: where it stands, and its cluster.
type Place = (usize, usize);

struct Scorer<'a> {
    draft: &'a Draft,
    analysis: &'a Analysis,
    /// The mark of each place.
    marked: HashMap<Place, &'a str>,
    /// The entity of each place.
    found: HashMap<Place, usize>,
    counts: Counts,
    errors: Vec<String>,
}

impl<'a> Scorer<'a> {
    fn new(draft: &'a Draft, analysis: &'a Analysis) -> Scorer<'a> {
        let marked: HashMap<Place, &str> = draft
            .mentions
            .iter()
            .map(|mention| ((mention.range.start, mention.range.end), &*mention.who))
            .collect();
        let counted = |mention: &&EntityMention| {
            let entity = analysis.entity(mention.entity);
            mention.form != MentionForm::Pronoun
                && (entity.label != Label::Misc && entity.named
                    || marked.contains_key(&place(mention)))
        };
        let found = analysis
            .mentions
            .iter()
            .filter(counted)
            .map(|mention| (place(mention), mention.entity.0 as usize))
            .collect();
        Scorer {
            draft,
            analysis,
            marked,
            found,
            counts: Counts::default(),
            errors: Vec::new(),
        }
    }

    fn mentions(&mut self) {
        let mut sizes_found: HashMap<usize, f64> = HashMap::new();
        let mut sizes_marked: HashMap<&str, f64> = HashMap::new();
        let mut shared: HashMap<(usize, &str), f64> = HashMap::new();
        for (place, entity) in &self.found {
            *sizes_found.entry(*entity).or_default() += 1.0;
            if let Some(who) = self.marked.get(place) {
                *shared.entry((*entity, who)).or_default() += 1.0;
            }
        }
        for who in self.marked.values() {
            *sizes_marked.entry(who).or_default() += 1.0;
        }
        self.counts.found = self.found.len() as f64;
        self.counts.marked = self.marked.len() as f64;
        let both: BTreeSet<Place> = self
            .found
            .keys()
            .chain(self.marked.keys())
            .copied()
            .collect();
        for place in both {
            let (entity, who) = match (self.found.get(&place), self.marked.get(&place)) {
                (Some(entity), Some(who)) => (*entity, *who),
                (Some(entity), None) => {
                    let text = format!("marked by nobody, taken for {}", self.called(*entity));
                    self.tell(place, &text);
                    continue;
                }
                (None, who) => {
                    let text = format!(
                        "not found, is {}",
                        self.name(who.copied().unwrap_or_default())
                    );
                    self.tell(place, &text);
                    continue;
                }
            };
            let together = shared.get(&(entity, who)).copied().unwrap_or_default();
            let precise = together / sizes_found[&entity];
            let recalled = together / sizes_marked[who];
            self.counts.precise += precise;
            self.counts.recalled += recalled;
            if precise.min(recalled) <= 0.5 {
                let text = format!("taken for {}, is {}", self.called(entity), self.name(who));
                self.tell(place, &text);
            }
            self.label(place, entity, who);
        }
    }

    fn label(&mut self, place: Place, entity: usize, who: &str) {
        let Some(known) = self.known(who) else {
            return;
        };
        let (label, right) = (self.analysis.entities[entity].label, known.label);
        self.counts.labelled += 1.0;
        if label == right {
            self.counts.labels_right += 1.0;
        } else {
            self.tell(place, &format!("taken for {label:?}, is {right:?}"));
        }
    }

    fn roles(&mut self) {
        let right: HashSet<(&str, String)> = self
            .draft
            .entities
            .iter()
            .flat_map(|known| {
                known
                    .roles
                    .iter()
                    .map(|role| (&*known.number, folded(role)))
            })
            .collect();
        let mut found: HashSet<(&str, String)> = HashSet::new();
        for (index, entity) in self.analysis.entities.iter().enumerate() {
            let who = self.majority(index);
            if who.is_empty() && (entity.label == Label::Misc || !entity.named) {
                continue;
            }
            found.extend(entity.roles.iter().map(|role| (who, folded(&role.text))));
        }
        self.counts.roles_marked = right.len() as f64;
        self.counts.roles_found = found.len() as f64;
        self.counts.roles_right = right.intersection(&found).count() as f64;
        let mut wrong: Vec<String> = right
            .difference(&found)
            .map(|(who, role)| format!("  role not found: {} = {role}", self.name(who)))
            .chain(
                found
                    .difference(&right)
                    .map(|(who, role)| format!("  role of nobody’s: {} = {role}", self.name(who))),
            )
            .collect();
        wrong.sort();
        self.errors.extend(wrong);
    }

    /// Whom most of an entity's mentions are marked as; nobody if none is marked.
    fn majority(&self, entity: usize) -> &'a str {
        let mut votes: HashMap<&str, usize> = HashMap::new();
        for (place, _) in self.found.iter().filter(|(_, found)| **found == entity) {
            if let Some(who) = self.marked.get(place) {
                *votes.entry(who).or_default() += 1;
            }
        }
        votes
            .into_iter()
            .max_by_key(|(who, votes)| (*votes, std::cmp::Reverse(*who)))
            .map_or("", |(who, _)| who)
    }

    fn known(&self, who: &str) -> Option<&'a Known> {
        self.draft.entities.iter().find(|known| known.number == who)
    }

    fn name(&self, who: &str) -> String {
        let names: Vec<&str> = who
            .split('+')
            .map(|number| self.known(number).map_or("nobody", |known| &known.name))
            .collect();
        names.join(" + ")
    }

    fn called(&self, entity: usize) -> String {
        format!("“{}”", self.analysis.entities[entity].name)
    }

    fn tell(&mut self, (start, end): Place, error: &str) {
        let text = &self.draft.text;
        let line = 1 + text[..start].matches('\n').count();
        let from = text[..start]
            .char_indices()
            .rev()
            .nth(24)
            .map_or(0, |(at, _)| at);
        let to = text[end..]
            .char_indices()
            .nth(16)
            .map_or(text.len(), |(at, _)| end + at);
        let shown = format!(
            "{}[{}]{}",
            &text[from..start],
            &text[start..end],
            &text[end..to]
        );
        let shown = shown.replace('\n', " ");
        self.errors
            .push(format!("  line {line}: …{shown}…: {error}"));
    }
}

fn place(mention: &EntityMention) -> Place {
    (mention.range.start().into(), mention.range.end().into())
}

/// Small letters, straight apostrophes, single spaces, no leading article.
fn folded(role: &str) -> String {
    let role = role.to_lowercase().replace('’', "'");
    let mut words: Vec<&str> = role.split_whitespace().collect();
    if words.len() > 1 && matches!(words[0], "a" | "an" | "the") {
        words.remove(0);
    }
    words.join(" ")
}

#[test]
fn b_cubed_counts_each_mention() {
    let draft = |marks: [&str; 3]| {
        let [a, b, c] = marks;
        Draft::parse(&format!(
            "[Ada Roe|{a}] spoke to [Jim Doe|{b}]. Later [Roe|{c}] left.\n\n== who\n1 person Ada Roe\n2 person Jim Doe\n"
        ))
        .unwrap()
    };
    let score = |marks| {
        let draft = draft(marks);
        Score::of(&draft, &super::read(&draft.text)).counts
    };
    let right = score(["1", "2", "1"]);
    assert_eq!((right.precision(), right.recall()), (1.0, 1.0));
    // Found {Ada Roe, Roe}, {Jim Doe}; marked {Ada Roe}, {Jim Doe, Roe}.
    let wrong = score(["1", "2", "2"]);
    let third = 1.0 / 3.0;
    assert!((wrong.precision() - (0.5 + 1.0 + 0.5) * third).abs() < 1e-9);
    assert!((wrong.recall() - (1.0 + 0.5 + 0.5) * third).abs() < 1e-9);
}

#[test]
fn mentions_that_only_one_side_has_count_against_it() {
    let score = |source: &str| {
        let draft = Draft::parse(source).unwrap();
        Score::of(&draft, &super::read(&draft.text)).counts
    };
    let list = "\n\n== who\n1 person Ada Roe\n";
    let missed = score(&format!("[Ada Roe|1] and a [visitor|1] left.{list}"));
    assert_eq!((missed.precision(), missed.recall()), (1.0, 0.25));
    let invented = score(&format!("[Ada Roe|1] and Jim Doe left.{list}"));
    assert_eq!((invented.precision(), invented.recall()), (0.5, 1.0));
}

#[test]
fn roles_count_by_their_words() {
    let counts = |role: &str| {
        let draft = Draft::parse(&format!(
            "[Ada Roe|1], the mayor, left.\n\n== who\n1 person Ada Roe\n  role: {role}\n"
        ))
        .unwrap();
        Score::of(&draft, &super::read(&draft.text)).counts
    };
    assert!((counts("mayor").roles() - 100.0).abs() < 1e-9);
    assert!(counts("deputy mayor").roles().abs() < 1e-9);
}
