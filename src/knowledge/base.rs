//! One base: records, found by the folded forms of their names.

use std::collections::HashMap;

use super::fold::fold;
use super::record::Record;

/// Records that came from one place.
#[derive(Debug)]
pub struct Base {
    title: String,
    records: Vec<Record>,
    /// The records of each folded name, and which of their names it is.
    names: HashMap<String, Vec<(usize, usize)>>,
}

impl Base {
    /// A base of a few records. `title` tells a user where they come from.
    pub fn of(title: &str, records: Vec<Record>) -> Base {
        let mut names: HashMap<String, Vec<(usize, usize)>> = HashMap::new();
        for (at, record) in records.iter().enumerate() {
            for (which, name) in record.names.iter().enumerate() {
                names.entry(fold(&name.text)).or_default().push((at, which));
            }
        }
        Base {
            title: title.to_owned(),
            records,
            names,
        }
    }

    /// Where its records come from, for a user.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// The records that bear a folded name, each with the index of that name.
    pub fn find(&self, key: &str) -> Vec<(Record, usize)> {
        let found = self.names.get(key).map(Vec::as_slice).unwrap_or_default();
        found
            .iter()
            .map(|(at, which)| (self.records[*at].clone(), *which))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::{Name, NameKind};

    #[test]
    fn a_record_is_found_by_any_of_its_names() {
        let names = ["Wexmouth Harbour Trust", "WHT"].map(|text| Name {
            text: text.to_owned(),
            kind: NameKind::Preferred,
            house: String::new(),
        });
        let base = Base::of(
            "desk",
            vec![Record {
                id: "desk:wht".to_owned(),
                names: names.into(),
                ..Record::default()
            }],
        );
        let found = |name: &str| base.find(&fold(name)).first().map(|(_, which)| *which);
        assert_eq!(found("wexmouth  harbour trust"), Some(0));
        assert_eq!(found("W.H.T."), Some(1));
        assert_eq!(found("Wexmouth"), None);
    }
}
