//! The trained model of names: word clusters, and what each feature says for each state of a token.
//!
//! The file is made by `copydesk-dev names train` and embedded. Numbers are little-endian:
//!
//! | bytes | what |
//! | --- | --- |
//! | 4 | `CDNM` |
//! | 2 + 2 | version of this layout, version of the features ([`FEATURES`]) |
//! | 4 | count of clustered words |
//! | 4 | checksum (CRC-32) of all that follows |
//! | 17 × 17 × 2 | weight of each step from state to state |
//! | 4, 2, 1 a word | hashes in rising order, then fine clusters, then coarse clusters |
//! | rows | see [`rows`] |

mod rows;
mod small;

use rows::{Row, Rows};
use small::Small;
pub use small::is_small;

/// The version of the features that a model must have been trained with.
pub const FEATURES: u16 = 1;

/// States of a token: outside, then beginning, inside, last and only token for each of four labels.
pub const STATES: usize = 17;

/// Weights are whole numbers of this part of one.
pub const SCALE: f32 = 128.0;

/// The cluster of words that no cluster holds.
pub const NO_CLUSTER: (u16, u8) = (u16::MAX, u8::MAX);

/// The embedded model's bytes.
pub(super) const EMBEDDED: &[u8] = include_bytes!("names.model");

const MAGIC: &[u8; 4] = b"CDNM";
const LAYOUT: u16 = 2;
const HEAD: usize = 16;
const LARGEST: i32 = 1023;

/// A model that can be asked.
#[derive(Debug)]
pub struct NameModel {
    steps: [[i32; STATES]; STATES],
    clusters: Clusters,
    rows: Rows,
    small: Small,
    /// Bytes of the file.
    #[cfg(feature = "dev")]
    file: usize,
}

/// What a model is written from.
#[derive(Clone, Debug)]
pub struct ModelParts {
    /// The weight of each step from state to state.
    pub steps: [[f32; STATES]; STATES],
    /// Hashes of words with their fine and coarse cluster.
    pub words: Vec<(u32, u16, u8)>,
    /// Hashes of features with their weights by state.
    pub rows: Vec<(u32, Vec<(u8, f32)>)>,
}

impl NameModel {
    /// The embedded model. Where it does not fit, as while the features are being changed, the rules stand alone.
    pub(super) fn load() -> NameModel {
        NameModel::read(EMBEDDED).unwrap_or_else(|| NameModel::of_clusters(Vec::new()))
    }

    /// Reads a model; `None` where the bytes are not a model of this layout and these features, or are damaged.
    pub fn read(bytes: &'static [u8]) -> Option<NameModel> {
        let mut reader = Reader { bytes };
        let sound = reader.take(4)? == MAGIC
            && reader.number::<2>()? == u32::from(LAYOUT)
            && reader.number::<2>()? == u32::from(FEATURES);
        let count = reader.number::<4>()? as usize;
        let expected = reader.number::<4>()?;
        if !sound || expected != crc32fast::hash(reader.bytes) {
            return None;
        }
        let mut steps = [[0; STATES]; STATES];
        for step in steps.iter_mut().flatten() {
            *step = i32::from(reader.number::<2>()? as u16 as i16);
        }
        let words = reader.numbers::<4>(count)?;
        let fine = reader.numbers::<2>(count)?;
        let coarse = reader.take(count)?;
        let words = words.into_iter().zip(fine).zip(coarse);
        let clusters = Clusters::new(
            words.map(|((hash, fine), coarse)| (hash, fine as u16, *coarse)),
            count,
        );
        let rows = Rows::read(reader)?;
        Some(NameModel {
            steps,
            clusters,
            small: Small::new(&rows),
            rows,
            #[cfg(feature = "dev")]
            file: bytes.len(),
        })
    }

    /// The bytes of a model; the same parts give the same bytes.
    pub fn write(parts: &ModelParts) -> Vec<u8> {
        let mut words = parts.words.clone();
        words.sort_unstable();
        words.dedup_by_key(|word| word.0);
        let mut body = Vec::new();
        for step in parts.steps.iter().flatten() {
            let step = (step * SCALE).clamp(-30_000.0, 30_000.0) as i16;
            body.extend(step.to_le_bytes());
        }
        words
            .iter()
            .for_each(|word| body.extend(word.0.to_le_bytes()));
        words
            .iter()
            .for_each(|word| body.extend(word.1.to_le_bytes()));
        words.iter().for_each(|word| body.push(word.2));
        let rows = parts.rows.iter();
        let mut rows: Vec<(u32, Row)> = rows
            .map(|(hash, row)| (*hash, row.iter().filter_map(|pair| whole(*pair)).collect()))
            .filter(|(_, row): &(u32, Row)| !row.is_empty())
            .collect();
        rows.sort_by_key(|row| row.0);
        rows.dedup_by_key(|row| row.0);
        body.extend(Rows::write(&rows));
        let mut bytes = Vec::with_capacity(HEAD + body.len());
        bytes.extend(MAGIC);
        bytes.extend(LAYOUT.to_le_bytes());
        bytes.extend(FEATURES.to_le_bytes());
        bytes.extend((words.len() as u32).to_le_bytes());
        bytes.extend(crc32fast::hash(&body).to_le_bytes());
        bytes.extend(body);
        bytes
    }

    /// A model that knows clusters only, as the trainer needs one.
    pub fn of_clusters(words: Vec<(u32, u16, u8)>) -> NameModel {
        let mut words = words;
        words.sort_unstable();
        words.dedup_by_key(|word| word.0);
        NameModel {
            steps: [[0; STATES]; STATES],
            clusters: Clusters::new(words.iter().copied(), words.len()),
            rows: Rows::default(),
            small: Small::default(),
            #[cfg(feature = "dev")]
            file: 0,
        }
    }

    /// Bytes of memory that the model takes, those of its embedded file included.
    #[cfg(feature = "dev")]
    pub fn bytes(&self) -> usize {
        size_of_val(&self.clusters.words[..]) + self.rows.bytes() + self.small.bytes() + self.file
    }

    /// The model has no weights: only the rules find names.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The fine and the coarse cluster of a word, by its [`word_hash`].
    pub fn cluster(&self, hash: u32) -> (u16, u8) {
        self.clusters.get(hash)
    }

    /// The weight of a step from state to state.
    pub fn step(&self, from: usize, to: usize) -> i32 {
        self.steps[from][to]
    }

    /// Adds what features say to the sums of the states, up to a number that is the same for all states.
    pub fn add(&self, hashes: &[u32], sums: &mut [i32; 32]) {
        self.rows.add(hashes, sums);
    }

    /// The same for features of few values ([`is_small`]), by template and value.
    pub fn add_small(&self, features: &[(u32, u32)], sums: &mut [i32; 32]) {
        let mut more = [0; 16];
        for (template, value) in features {
            match self.small.row(*template, *value) {
                Some(row) => {
                    for (sum, weight) in more.iter_mut().zip(row.0) {
                        *sum += i32::from(weight);
                    }
                }
                None => self.rows.add(&[mix(*template, *value)], sums),
            }
        }
        for (sum, more) in sums.iter_mut().skip(1).zip(more) {
            *sum += more;
        }
    }
}

/// One number out of two, well mixed; of a template and a value it is the hash of a feature.
pub fn mix(a: u32, b: u32) -> u32 {
    let x = (u64::from(a) << 32 | u64::from(b)).wrapping_add(0x9e37_79b9_7f4a_7c15);
    let x = (x ^ x >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let x = (x ^ x >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    (x >> 32) as u32
}

/// The hash of a word in any case.
pub fn word_hash(word: &str) -> u32 {
    let mut hash = BASIS;
    if word.is_ascii() {
        for byte in word.bytes() {
            hash = (hash ^ u32::from(byte.to_ascii_lowercase())).wrapping_mul(PRIME);
        }
    } else {
        let mut bytes = [0; 4];
        for c in word.chars().flat_map(char::to_lowercase) {
            for byte in c.encode_utf8(&mut bytes).bytes() {
                hash = (hash ^ u32::from(byte)).wrapping_mul(PRIME);
            }
        }
    }
    hash
}

const BASIS: u32 = 0x811c_9dc5;
const PRIME: u32 = 0x0100_0193;

/// Hashes of words with their fine and coarse clusters, in rising order. Room between them keeps each near the place
/// that its hash tells, so that a look-up reads one stretch of memory and no index.
#[derive(Debug)]
struct Clusters {
    words: Vec<(u32, u16, u8)>,
    /// How many places the hashes are spread over.
    places: u64,
}

/// Fills the room between words: the hash is behind all that are asked for.
const ROOM: (u32, u16, u8) = (u32::MAX, NO_CLUSTER.0, NO_CLUSTER.1);

impl Clusters {
    /// Spreads so many words, which come by rising hash.
    fn new(sorted: impl Iterator<Item = (u32, u16, u8)>, count: usize) -> Clusters {
        let places = count as u64 * 5 / 4 + 1;
        let mut words = Vec::with_capacity(places as usize);
        for word in sorted {
            let place = place(word.0, places).max(words.len());
            words.resize(place, ROOM);
            words.push(word);
        }
        Clusters { words, places }
    }

    fn get(&self, hash: u32) -> (u16, u8) {
        let words = self.words.get(place(hash, self.places)..);
        words
            .unwrap_or_default()
            .iter()
            .find(|word| word.0 >= hash)
            .filter(|word| word.0 == hash)
            .map_or(NO_CLUSTER, |word| (word.1, word.2))
    }
}

fn place(hash: u32, places: u64) -> usize {
    ((u64::from(hash) * places) >> 32) as usize
}

/// A state and its weight as a whole number; none where the weight rounds to nothing.
fn whole((state, weight): (u8, f32)) -> Option<(u8, i32)> {
    let weight = (weight * SCALE).round() as i32;
    let weight = weight.clamp(-LARGEST, LARGEST);
    (weight != 0).then_some((state, weight))
}

struct Reader {
    bytes: &'static [u8],
}

impl Reader {
    fn take(&mut self, count: usize) -> Option<&'static [u8]> {
        let (taken, rest) = self.bytes.split_at_checked(count)?;
        self.bytes = rest;
        Some(taken)
    }

    fn number<const N: usize>(&mut self) -> Option<u32> {
        Some(little(self.take(N)?))
    }

    fn numbers<const N: usize>(&mut self, count: usize) -> Option<Vec<u32>> {
        let bytes = self.take(count.checked_mul(N)?)?;
        Some(bytes.chunks_exact(N).map(little).collect())
    }
}

fn little(bytes: &[u8]) -> u32 {
    bytes
        .iter()
        .rev()
        .fold(0, |number, byte| number << 8 | u32::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts() -> ModelParts {
        let mut steps = [[0.0; STATES]; STATES];
        steps[1][2] = -1.5;
        ModelParts {
            steps,
            words: vec![(word_hash("pier"), 7, 3), (word_hash("Émile"), 9, 4)],
            rows: vec![
                (0x8000_0001, vec![(0, 1.0), (16, -2.0)]),
                (0x8000_0002, vec![(3, 100.0)]),
                (5, vec![(1, 0.000_1)]),
            ],
        }
    }

    fn read(bytes: Vec<u8>) -> Option<NameModel> {
        NameModel::read(bytes.leak())
    }

    #[test]
    fn what_is_written_is_read() {
        let bytes = NameModel::write(&parts());
        assert_eq!(bytes, NameModel::write(&parts()));
        let model = read(bytes).unwrap();
        assert_eq!(model.step(1, 2), -192);
        assert_eq!(model.cluster(word_hash("PIER")), (7, 3));
        assert_eq!(model.cluster(word_hash("émile")), (9, 4));
        assert_eq!(model.cluster(word_hash("harbour")), NO_CLUSTER);
        let sums = |hash| {
            let mut sums = [0; 32];
            model.add(&[hash], &mut sums);
            sums.map(|sum| sum - sums[0])
        };
        assert_eq!(sums(0x8000_0001)[16], -384);
        assert_eq!(sums(0x8000_0002)[3], LARGEST);
        assert_eq!(sums(0x8000_0003)[..STATES], [0; STATES]);
        assert_eq!(sums(5)[..STATES], [0; STATES]);
    }

    #[test]
    fn the_embedded_model_fits() {
        assert!(EMBEDDED.len() < 6_000_000, "{}", EMBEDDED.len());
        let model = NameModel::read(EMBEDDED).expect("a model of this version");
        assert!(!model.is_empty());
        assert_ne!(model.cluster(word_hash("harbour")), NO_CLUSTER);
    }

    #[test]
    fn damaged_bytes_are_no_model() {
        let bytes = NameModel::write(&parts());
        for at in [0, 4, 6, 8, 12, 30, bytes.len() - 1] {
            let mut bytes = bytes.clone();
            bytes[at] ^= 0x40;
            assert!(read(bytes).is_none(), "{at}");
        }
        for length in [0, 3, HEAD, bytes.len() - 1] {
            assert!(read(bytes[..length].to_vec()).is_none(), "{length}");
        }
        let mut longer = bytes;
        longer.push(0);
        assert!(read(longer).is_none());
    }
}
