//! Organisations, places and other names to entities: acronyms, short forms, demonyms and variants join their full
//! name.

use super::evidence::Evidence;
use super::form::{Form, Forms};
use super::labels::without_form;
use super::person::fold;
use super::spelling::Spellings;
use super::{Label, MentionForm, Named};
use crate::knowledge::{Knowledge, NameKind, RecordKind};
use crate::lexicon::{Names, Traits};
use crate::text::FastMap;

/// What a part of an organisation's name is by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// The organisation: "Acme" of "Acme Tool Corp."
    Firm,
    /// Its kind: "Council" of "Leeds City Council".
    Head,
    /// The place where it is: "Leeds".
    Home,
}

/// A vote that counts only where there is no other, and one that outweighs all others.
const LEAST: f32 = 0.01;
const SURE: f32 = 1000.0;

/// A distinct name of the draft.
#[derive(Debug)]
struct Node {
    /// The name that it belongs to; itself for the first of a group.
    parent: usize,
    /// How often it stands in the draft; 0 for a name that only the lists know.
    count: usize,
    /// The sum of scores by label.
    votes: [f32; 4],
    /// As the draft writes it; the name of a country that the draft knows by its demonym only.
    shown: String,
    /// A demonym, or a capital for its government: no name for the whole.
    aside: bool,
}

/// The organisations, places and other named things of a draft.
pub(super) struct Bodies<'n> {
    names: &'n Names,
    nodes: Vec<Node>,
    known: FastMap<String, usize>,
    /// The group of each node, once all are joined.
    groups: FastMap<usize, usize>,
    order: Vec<usize>,
    /// What may be short for one organisation of the draft: its first or its last words.
    short: FastMap<String, Option<usize>>,
}

impl<'n> Bodies<'n> {
    /// Learns the names of a draft and which of them are one's.
    pub fn new<'t>(
        named: &[Named<'t>],
        names: &'n Names,
        forms: &Forms<'t>,
        knowledge: &Knowledge,
        evidence: &Evidence,
    ) -> Bodies<'n> {
        let mut bodies = Bodies {
            names,
            nodes: Vec::new(),
            known: FastMap::default(),
            groups: FastMap::default(),
            order: Vec::new(),
            short: FastMap::default(),
        };
        let counted = |mention: &&Named| mention.score > 0.0 && mention.label != Label::Person;
        for mention in named.iter().filter(counted) {
            let node = bodies.node_of(mention.text, &forms.of(mention.text));
            bodies.nodes[node].count += 1;
            bodies.nodes[node].votes[mention.label as usize] += mention.score;
        }
        for node in 0..bodies.nodes.len() {
            bodies.join_listed(node);
        }
        bodies.join_neighbours(named, evidence);
        bodies.join_known(knowledge);
        bodies.join_short();
        bodies.join_misspelled();
        bodies
    }

    /// The node of a name as the draft writes it, its article left out; new if need be.
    fn node_of(&mut self, text: &str, form: &Form) -> usize {
        match self.known.get(&form.body) {
            Some(node) => *node,
            None => self.add(form.body.clone(), without_article(text)),
        }
    }

    /// The node of a name, new if need be.
    fn node(&mut self, text: &str) -> usize {
        let key = turned(&fold(text));
        match self.known.get(&key) {
            Some(node) => *node,
            None => self.add(key, text),
        }
    }

    fn add(&mut self, key: String, shown: &str) -> usize {
        let node = self.nodes.len();
        self.nodes.push(Node {
            parent: node,
            count: 0,
            votes: [0.0; 4],
            shown: shown.to_owned(),
            aside: false,
        });
        self.known.insert(key, node);
        node
    }

    /// The first of the group of a node.
    fn root(&self, mut node: usize) -> usize {
        while self.nodes[node].parent != node {
            node = self.nodes[node].parent;
        }
        node
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        self.nodes[one.max(other)].parent = one.min(other);
    }

    /// "US", "American" and "United States", by the lists.
    fn join_listed(&mut self, node: usize) {
        let shown = self.nodes[node].shown.clone();
        let Some(full) = self.names.full(&shown) else {
            return;
        };
        self.nodes[node].aside = self.names.traits(&shown).any(Traits::DEMONYM);
        let country = self.names.traits(full).any(Traits::COUNTRY);
        let full = self.node(full);
        // What the lists know for a country is none of the other things it may be read as.
        if country {
            self.nodes[full].votes[Label::Place as usize] = SURE;
        } else if self.nodes[node].aside {
            self.nodes[full].votes[Label::Place as usize] += LEAST;
        }
        self.join(node, full);
    }

    /// Names that stand side by side: "People's Protection Units (YPG)", "WHT (Wexmouth Harbour Trust)".
    fn join_neighbours(&mut self, named: &[Named<'_>], evidence: &Evidence) {
        let mut before: Option<&Named<'_>> = None;
        for mention in named.iter().filter(|mention| mention.score > 0.0) {
            if let Some(owner) =
                before.filter(|_| mention.bracketed && mention.label != Label::Person)
            {
                let between =
                    u32::from(mention.range.start()).saturating_sub(owner.range.end().into());
                let (short, long) = match is_acronym(mention.text) {
                    true => (mention, owner),
                    false => (owner, mention),
                };
                if between <= 2 && is_acronym(short.text) && long.text.contains(' ') {
                    let (short, long) =
                        (self.node(short.text), self.node(without_article(long.text)));
                    self.join(short, long);
                }
            }
            before = Some(mention);
        }
        for (one, other) in &evidence.same {
            let pair = named.get(*one).zip(named.get(*other));
            if let Some((one, other)) =
                pair.filter(|(a, b)| a.label != Label::Person && b.label != Label::Person)
            {
                let (one, other) = (
                    self.node(without_article(one.text)),
                    self.node(without_article(other.text)),
                );
                self.join(one, other);
            }
        }
    }

    /// Names of one record of the knowledge base, where it knows no other of that name.
    fn join_known(&mut self, knowledge: &Knowledge) {
        for node in 0..self.nodes.len() {
            if self.nodes[node].count == 0 || self.root(node) != node {
                continue;
            }
            let found = knowledge.find(&self.nodes[node].shown);
            let body = |kind: RecordKind| {
                !matches!(
                    kind,
                    RecordKind::Person
                        | RecordKind::Office
                        | RecordKind::Rank
                        | RecordKind::Honorific
                )
            };
            let mut bodies = found.iter().filter(|known| body(known.record.kind));
            let (Some(known), None) = (bodies.next(), bodies.next()) else {
                continue;
            };
            let demonym = known
                .name()
                .is_some_and(|name| name.kind == NameKind::Demonym);
            self.nodes[node].aside |= demonym;
            let names: Vec<(String, bool)> = known
                .record
                .names
                .iter()
                .enumerate()
                .map(|(at, name)| (turned(&fold(&name.text)), at == 0))
                .collect();
            for (key, first) in names {
                let other = match self.known.get(&key) {
                    Some(other) => *other,
                    None if first && demonym => self.node(&known.record.names[0].text),
                    None => continue,
                };
                if demonym && first {
                    self.nodes[other].votes[Label::Place as usize] += LEAST;
                }
                self.join(node, other);
            }
        }
    }

    /// Acronyms without brackets, companies without their form, the first and the last words of one organisation.
    fn join_short(&mut self) {
        let long: Vec<(usize, String)> = self
            .nodes
            .iter()
            .enumerate()
            .filter(|(_, node)| node.count > 0 && label(&node.votes) == Label::Organisation)
            .map(|(node, known)| (node, known.shown.clone()))
            .collect();
        let mut acronyms: FastMap<String, Option<usize>> = FastMap::default();
        let mut companies: FastMap<String, Option<usize>> = FastMap::default();
        for (node, shown) in &long {
            let root = self.root(*node);
            if let Some(acronym) = initials(shown) {
                self.claim(&mut acronyms, acronym, root);
            }
            if let Some(short) = without_form(shown) {
                self.claim(&mut companies, fold(&short), root);
            }
        }
        let mut short = FastMap::default();
        for (node, shown) in &long {
            let root = self.root(*node);
            for form in parts(shown) {
                self.claim(&mut short, form, root);
            }
        }
        self.short = short;
        for node in 0..self.nodes.len() {
            let known = &self.nodes[node];
            if known.count == 0 {
                continue;
            }
            let key = fold(&known.shown);
            let body = label(&known.votes) == Label::Organisation;
            let acronym = acronyms.get(&key).filter(|_| is_acronym(&known.shown));
            let listed = self
                .names
                .traits(&known.shown)
                .any(Traits::PLACE.or(Traits::DEMONYM));
            let part = self.short.get(&key).filter(|_| body && !listed);
            let owner = companies.get(&key).or(acronym).or(part).copied().flatten();
            if let Some(owner) = owner {
                self.join(node, owner);
            }
        }
    }

    fn claim(&self, claims: &mut FastMap<String, Option<usize>>, form: String, root: usize) {
        claims
            .entry(form)
            .and_modify(|known| *known = known.filter(|known| self.root(*known) == self.root(root)))
            .or_insert(Some(root));
    }

    /// A long name that stands once, a letter away from another.
    fn join_misspelled(&mut self) {
        let mut spellings = Spellings::default();
        for node in self.nodes.iter().filter(|node| node.count > 0) {
            spellings.insert(&fold(&node.shown));
        }
        for node in 0..self.nodes.len() {
            let key = fold(&self.nodes[node].shown);
            let listed = self
                .names
                .traits(&self.nodes[node].shown)
                .any(Traits::KNOWN);
            if self.nodes[node].count != 1 || listed {
                continue;
            }
            let near: Vec<usize> = spellings
                .near(&key)
                .into_iter()
                .filter_map(|near| self.known.get(&turned(near)).copied())
                .filter(|near| self.nodes[*near].count > 1 || key.contains(' '))
                .collect();
            if let [near] = near.as_slice() {
                self.join(node, *near);
            }
        }
    }

    /// What a name, folded, is as a part of the name of one organisation of the draft.
    pub fn part(&self, key: &str) -> Option<Part> {
        let owner = self.short.get(key).copied().flatten()?;
        let shown = &self.nodes[owner].shown;
        let last = shown.rsplit(' ').next().unwrap_or_default();
        Some(match fold(shown).starts_with(key) {
            true if is_civic(last) && !shown.contains(" of ") => Part::Home,
            true => Part::Firm,
            false if is_civic(key) => Part::Head,
            false => Part::Firm,
        })
    }

    /// The name of one organisation of the draft opens with this, folded: "Tern" of "Tern Lines".
    pub fn opens_with(&self, key: &str) -> bool {
        let owner = self.short.get(key).copied().flatten();
        owner.is_some_and(|owner| fold(&self.nodes[owner].shown).starts_with(key))
    }

    /// The name, folded, may stand for one organisation of the draft.
    pub fn is_short(&self, key: &str) -> bool {
        self.short.get(key).is_some_and(Option::is_some)
    }

    /// All that may be short for an organisation of the draft, folded.
    pub fn short_keys(&self) -> impl Iterator<Item = &str> {
        let known = self.short.iter().filter(|(_, owner)| owner.is_some());
        known.map(|(key, _)| key.as_str())
    }

    /// The lists know the name, folded, for something else than a city.
    pub fn is_listed(&self, key: &str) -> bool {
        self.names
            .traits(key)
            .any(Traits::BODY.or(Traits::DEMONYM).or(Traits::EVENT))
    }

    /// A club of the draft bears the name, folded, of a city: "Norwich" of "Norwich Athletic".
    pub fn is_team(&self, key: &str) -> bool {
        let owner = self.short.get(key).copied().flatten();
        owner.is_some_and(|owner| {
            let shown = &self.nodes[owner].shown;
            let last = shown.rsplit(' ').next().unwrap_or_default();
            let civic = self
                .names
                .word(last)
                .traits(false)
                .any(Traits::BODY_HEAD.or(Traits::GROUP));
            let club = matches!(
                last,
                "United" | "City" | "Town" | "Club" | "FC" | "Union" | "Athletic"
            );
            fold(shown).starts_with(key) && (!civic || club)
        })
    }

    /// The draft has this name, folded, for something that is no person.
    pub fn knows(&self, key: &str) -> bool {
        self.known
            .get(key)
            .is_some_and(|node| self.nodes[*node].count > 0)
    }

    /// The entity of the organisation that a part of its name stands for.
    pub fn link_short(&mut self, key: &str) -> Option<(usize, MentionForm)> {
        let node = self.short.get(key).copied().flatten()?;
        Some((self.group(node), MentionForm::Short))
    }

    /// The entity of a name, in reading order of the draft.
    pub fn link(&mut self, mention: &Named<'_>, form: &Form, label: Label) -> (usize, MentionForm) {
        let node = self.node_of(mention.text, form);
        if self.nodes[node].count == 0 {
            self.nodes[node].count = 1;
            self.nodes[node].votes[label as usize] += mention.score;
            self.join_listed(node);
        }
        let group = self.group(node);
        let short = is_acronym(without_article(mention.text)) || self.is_short(&form.plain);
        match short && mention.label != Label::Misc {
            true => (group, MentionForm::Short),
            false => (group, MentionForm::Full),
        }
    }

    /// The entity of a country, by its usual name.
    pub fn link_country(&mut self, country: &str) -> (usize, MentionForm) {
        let node = self.node(country);
        self.nodes[node].votes[Label::Place as usize] += LEAST;
        (self.group(node), MentionForm::Short)
    }

    fn group(&mut self, node: usize) -> usize {
        let root = self.root(node);
        let order = &mut self.order;
        *self.groups.entry(root).or_insert_with(|| {
            order.push(root);
            order.len() - 1
        })
    }

    /// What each is called, and what it is.
    pub fn names(self) -> Vec<(String, Label)> {
        let mut found: Vec<(Option<&Node>, [f32; 4])> = vec![(None, [0.0; 4]); self.order.len()];
        for (index, node) in self.nodes.iter().enumerate() {
            let Some(group) = self.groups.get(&self.root(index)) else {
                continue;
            };
            let (best, votes) = &mut found[*group];
            for (sum, vote) in votes.iter_mut().zip(node.votes) {
                *sum += vote;
            }
            let rank = |node: &Node| {
                (
                    node.count > 0 && !node.aside,
                    !node.aside,
                    node.shown.chars().count(),
                )
            };
            if best.is_none_or(|best| rank(best) < rank(node)) {
                *best = Some(node);
            }
        }
        found
            .into_iter()
            .map(|(best, votes)| {
                let shown = best.map_or("", |best| best.shown.as_str());
                (
                    shown.split_whitespace().collect::<Vec<_>>().join(" "),
                    label(&votes),
                )
            })
            .collect()
    }
}

/// The label with most votes; "other" only where nothing else was ever said.
fn label(votes: &[f32; 4]) -> Label {
    let organisation = votes[Label::Organisation as usize];
    let place = votes[Label::Place as usize];
    match () {
        () if organisation == 0.0 && place == 0.0 => Label::Misc,
        () if organisation >= place => Label::Organisation,
        () => Label::Place,
    }
}

pub(super) fn without_article(name: &str) -> &str {
    name.strip_prefix("The ")
        .or_else(|| name.strip_prefix("the "))
        .unwrap_or(name)
}

/// Bodies that are called by their place and kind, and never by the place alone.
fn is_civic(head: &str) -> bool {
    matches!(
        fold(head).as_str(),
        "council"
            | "police"
            | "hospital"
            | "court"
            | "school"
            | "department"
            | "ministry"
            | "trust"
            | "society"
            | "association"
            | "authority"
            | "board"
            | "club"
            | "station"
            | "church"
            | "museum"
            | "library"
            | "fire"
            | "service"
            | "airport"
            | "port"
            | "festival"
            | "committee"
            | "commission"
            | "parliament"
            | "assembly"
            | "hall"
            | "office"
            | "clinic"
            | "cathedral"
            | "borough"
            | "county"
            | "district"
            | "government"
            | "union"
            | "congress"
            | "senate"
            | "embassy"
            | "theatre"
            | "theater"
            | "zoo"
            | "prison"
            | "jail"
            | "academy"
            | "federation"
            | "alliance"
            | "agency"
            | "institute"
            | "centre"
            | "center"
    )
}

fn is_acronym(text: &str) -> bool {
    text.chars().filter(|c| c.is_alphabetic()).count() >= 2
        && !text.contains(char::is_whitespace)
        && !text.contains(char::is_lowercase)
}

/// "nsc" of "National Security Council": capitals of three words or more.
fn initials(name: &str) -> Option<String> {
    let capitals: String = name
        .split([' ', '-'])
        .filter_map(|word| word.chars().next())
        .filter(|c| c.is_uppercase())
        .collect();
    (capitals.chars().count() >= 3).then(|| fold(&capitals))
}

/// The first words of a name, and the last, folded; what a name may be short for.
fn parts(name: &str) -> Vec<String> {
    let words: Vec<String> = name.split_whitespace().map(fold).collect();
    let small = |word: &String| matches!(word.as_str(), "of" | "for" | "and" | "the" | "&");
    let mut parts = Vec::new();
    for at in 1..words.len().min(8) {
        if !small(&words[at - 1]) {
            parts.push(words[..at].join(" "));
        }
        if !small(&words[at]) {
            parts.push(words[at..].join(" "));
        }
    }
    parts
}

/// "ministry of health" as "health ministry": two ways to call one office.
pub(super) fn turned(key: &str) -> String {
    let office = |head: &str| {
        matches!(
            head,
            "ministry"
                | "department"
                | "university"
                | "office"
                | "college"
                | "port"
                | "museum"
                | "parliament"
        )
    };
    match key.split_once(" of ") {
        Some((head, rest)) if office(head) => {
            format!("{} {head}", rest.strip_prefix("the ").unwrap_or(rest))
        }
        _ => key.to_owned(),
    }
}
