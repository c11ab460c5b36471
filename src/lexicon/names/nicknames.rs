//! Given names and their short forms.

use super::fold::{Fold, FoldMap};

/// Which short forms a given name has, and the other way round.
#[derive(Debug, Default)]
pub(super) struct Nicknames {
    /// Full name to short forms.
    short: FoldMap<Vec<&'static str>>,
    /// Short form to full names.
    full: FoldMap<Vec<&'static str>>,
}

impl Nicknames {
    /// A full name, a tab and its short forms, parted by commas, a line.
    pub fn load(text: &'static str) -> Nicknames {
        let mut nicknames = Nicknames::default();
        for (full, forms) in super::entries(text).filter_map(|line| line.split_once('\t')) {
            for form in forms.split(',') {
                nicknames.full.entry(Fold(form)).or_default().push(full);
            }
            nicknames
                .short
                .insert(Fold(full), forms.split(',').collect());
        }
        nicknames
    }

    /// The other forms of a name.
    pub fn of<'n>(&'n self, given: &'n str) -> impl Iterator<Item = &'static str> {
        self.short(given).iter().chain(self.full(given)).copied()
    }

    /// The two may be one person's.
    pub fn same(&self, a: &str, b: &str) -> bool {
        let holds = |forms: &[&str], name: &str| forms.iter().any(|form| Fold(form) == Fold(name));
        Fold(a) == Fold(b)
            || holds(self.short(a), b)
            || holds(self.short(b), a)
            || is_pet_form(a, b) && self.full(a).iter().any(|full| holds(self.full(b), full))
    }

    fn short<'n>(&'n self, given: &'n str) -> &'n [&'static str] {
        self.short.get(&Fold(given)).map_or(&[], Vec::as_slice)
    }

    fn full<'n>(&'n self, given: &'n str) -> &'n [&'static str] {
        self.full.get(&Fold(given)).map_or(&[], Vec::as_slice)
    }
}

/// "Dan" and "Danny", "Rob" and "Robbie": one starts with the other. "Beth" and "Lisa" are two Elizabeths.
fn is_pet_form(a: &str, b: &str) -> bool {
    let starts = |long: &str, short: &str| {
        short.len() >= 3
            && long
                .get(..short.len())
                .is_some_and(|start| Fold(start) == Fold(short))
    };
    starts(a, b) || starts(b, a)
}
