//! Rows of the features that have few values each, by template and value: nothing to hash, and memory that stays warm.

use super::rows::{Rows, Wide};
use super::{NO_CLUSTER, mix};

/// What stands for a neighbour where the paragraph has none.
const NO_WORD: u32 = 1 << 20;

/// Templates that have their rows here, with how many values each has from 0 on: is it a headline, the shape of the
/// token, fine and coarse clusters of five tokens, the rules' state.
const TEMPLATES: [(u32, u32); 13] = [
    (0, 2),
    (11, SHAPES),
    (16, FINE),
    (17, FINE),
    (18, FINE),
    (19, FINE),
    (20, FINE),
    (21, COARSE),
    (22, COARSE),
    (23, COARSE),
    (24, COARSE),
    (25, COARSE),
    (50, STATES),
];
const SHAPES: u32 = 1 << 11;
const FINE: u32 = 1025;
const COARSE: u32 = 65;
const STATES: u32 = 1 << 11;

/// Values behind those of each template: no word, no cluster of either kind.
const OTHERS: [u32; 3] = [NO_WORD, NO_CLUSTER.0 as u32, NO_CLUSTER.1 as u32];

/// Above all templates.
const END: usize = 51;

/// Where the rows of each template start, and how many values it has; none for a template that has no rows here.
const PLACES: [(u32, u32); END] = {
    let mut places = [(0, 0); END];
    let (mut next, mut at) = (0, 0);
    while at < TEMPLATES.len() {
        let (template, count) = TEMPLATES[at];
        places[template as usize] = (next, count);
        next += count + OTHERS.len() as u32;
        at += 1;
    }
    places
};

/// The features of a template have few values.
pub const fn is_small(template: u32) -> bool {
    (template as usize) < END && PLACES[template as usize].1 > 0
}

/// The rows of all these features.
#[derive(Debug, Default)]
pub(super) struct Small {
    rows: Vec<Wide>,
}

impl Small {
    /// Takes the rows out of all rows of a model.
    pub fn new(all: &Rows) -> Small {
        let row = |template, value| all.row(mix(template, value));
        let rows = TEMPLATES.into_iter().flat_map(|(template, count)| {
            let values = (0..count).chain(OTHERS);
            values.map(move |value| row(template, value))
        });
        Small {
            rows: rows.collect(),
        }
    }

    /// The row of a feature; none for a value that has none here.
    pub fn row(&self, template: u32, value: u32) -> Option<&Wide> {
        let (start, count) = *PLACES.get(template as usize)?;
        let at = match value {
            _ if value < count => value,
            _ => {
                let other = OTHERS.iter().position(|other| *other == value)?;
                count + other as u32
            }
        };
        self.rows.get((start + at) as usize)
    }

    /// Bytes of memory.
    #[cfg(feature = "dev")]
    pub fn bytes(&self) -> usize {
        size_of_val(&self.rows[..])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_value_has_a_row_of_its_own() {
        let mut starts: Vec<_> = TEMPLATES
            .map(|(template, _)| PLACES[template as usize])
            .into();
        starts.sort_unstable();
        for pair in starts.windows(2) {
            assert_eq!(pair[0].0 + pair[0].1 + OTHERS.len() as u32, pair[1].0);
        }
        assert!(is_small(0) && is_small(25) && is_small(50));
        assert!(!is_small(1) && !is_small(26) && !is_small(1000));
    }

    #[test]
    fn rows_are_those_of_the_hashed_features() {
        let model = super::super::NameModel::read(super::super::EMBEDDED).expect("the model");
        for (template, value) in [(0, 1), (11, 77), (16, 3), (25, 255), (18, 65_535), (50, 5)] {
            let expected = model.rows.row(mix(template, value));
            let found = model.small.row(template, value).expect("a row");
            assert_eq!(found.0, expected.0, "{template} {value}");
        }
        assert!(model.small.row(16, FINE).is_none());
    }
}
