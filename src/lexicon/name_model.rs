//! The trained model of names: word clusters, and what each feature says for each state of a token.
//!
//! The file is made by `copydesk-dev names train` and embedded. Numbers are little-endian:
//!
//! | bytes | what |
//! | --- | --- |
//! | 4 | `CDNM` |
//! | 2 + 2 | version of this layout, version of the features ([`FEATURES`]) |
//! | 4 + 4 | count of clustered words, bytes of rows |
//! | 4 | checksum of all that follows |
//! | 17 × 17 × 2 | weight of each step from state to state |
//! | 4, 2, 1 a word | hashes in rising order, then fine clusters, then coarse clusters |
//! | 2 × 2^17 | bytes of each bucket of rows |
//! | rows | by bucket: 2 bytes of hash, 1 of count, then 2 for each weight (5 bits state, 11 bits weight) |

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
const LAYOUT: u16 = 1;
const HEAD: usize = 20;
const BUCKET_BITS: u32 = 17;
const BUCKETS: usize = 1 << BUCKET_BITS;
const LARGEST: i16 = 1023;

/// A model that can be asked.
#[derive(Debug)]
pub struct NameModel {
    steps: [[i32; STATES]; STATES],
    words: Vec<u32>,
    clusters: Vec<(u16, u8)>,
    /// Where in `words` each value of the upper 16 bits starts.
    word_index: Vec<u32>,
    rows: &'static [u8],
    /// Where in `rows` each bucket starts.
    row_index: Vec<u32>,
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
        let length = reader.number::<4>()? as usize;
        let expected = reader.number::<4>()?;
        if !sound || expected != checksum(reader.bytes) {
            return None;
        }
        let mut steps = [[0; STATES]; STATES];
        for step in steps.iter_mut().flatten() {
            *step = i32::from(reader.number::<2>()? as u16 as i16);
        }
        let words = reader.numbers::<4>(count)?;
        let fine = reader.numbers::<2>(count)?;
        let clusters = fine
            .into_iter()
            .zip(reader.take(count)?)
            .map(|(fine, coarse)| (fine as u16, *coarse))
            .collect();
        let mut end = 0;
        let mut row_index = vec![0];
        for bytes in reader.numbers::<2>(BUCKETS)? {
            end += bytes;
            row_index.push(end);
        }
        let rows = reader.take(length)?;
        (end as usize == length && reader.bytes.is_empty()).then(|| NameModel {
            steps,
            word_index: index(&words),
            words,
            clusters,
            rows,
            row_index,
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
        let mut sizes = vec![0_u16; BUCKETS];
        let mut data = Vec::new();
        let mut rows: Vec<_> = parts.rows.iter().collect();
        rows.sort_by_key(|row| row.0);
        rows.dedup_by_key(|row| row.0);
        for (hash, weights) in rows {
            let start = data.len();
            let weights: Vec<u16> = weights.iter().filter_map(|pair| packed(*pair)).collect();
            if weights.is_empty() {
                continue;
            }
            data.extend((*hash as u16).to_le_bytes());
            data.push(weights.len() as u8);
            weights
                .iter()
                .for_each(|weight| data.extend(weight.to_le_bytes()));
            sizes[(hash >> (32 - BUCKET_BITS)) as usize] += (data.len() - start) as u16;
        }
        sizes
            .iter()
            .for_each(|size| body.extend(size.to_le_bytes()));
        body.extend(&data);
        let mut bytes = Vec::with_capacity(HEAD + body.len());
        bytes.extend(MAGIC);
        bytes.extend(LAYOUT.to_le_bytes());
        bytes.extend(FEATURES.to_le_bytes());
        bytes.extend((words.len() as u32).to_le_bytes());
        bytes.extend((data.len() as u32).to_le_bytes());
        bytes.extend(checksum(&body).to_le_bytes());
        bytes.extend(body);
        bytes
    }

    /// A model that knows clusters only, as the trainer needs one.
    pub fn of_clusters(words: Vec<(u32, u16, u8)>) -> NameModel {
        let mut words = words;
        words.sort_unstable();
        words.dedup_by_key(|word| word.0);
        let hashes: Vec<u32> = words.iter().map(|word| word.0).collect();
        NameModel {
            steps: [[0; STATES]; STATES],
            word_index: index(&hashes),
            words: hashes,
            clusters: words.iter().map(|word| (word.1, word.2)).collect(),
            rows: &[],
            row_index: vec![0; BUCKETS + 1],
        }
    }

    /// Bytes of memory that the model takes, those of its embedded rows included.
    #[cfg(feature = "dev")]
    pub fn bytes(&self) -> usize {
        self.words.len() * 8 + (self.word_index.len() + self.row_index.len()) * 4 + self.rows.len()
    }

    /// The model has no weights: only the rules find names.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The fine and the coarse cluster of a word, by its [`word_hash`].
    pub fn cluster(&self, hash: u32) -> (u16, u8) {
        let bucket = (hash >> 16) as usize;
        let start = self.word_index[bucket] as usize;
        let end = self.word_index[bucket + 1] as usize;
        self.words[start..end]
            .iter()
            .position(|word| *word == hash)
            .map_or(NO_CLUSTER, |at| self.clusters[start + at])
    }

    /// The weight of a step from state to state.
    pub fn step(&self, from: usize, to: usize) -> i32 {
        self.steps[from][to]
    }

    /// Adds what features say to the sums of the states.
    pub fn add(&self, hashes: &[u32], sums: &mut [i32; 32]) {
        // Rows lie all over memory: asked for one after another without a choice between, they come at the same time.
        let mut touched = 0;
        for hash in hashes.iter() {
            let start = self.row_index[(hash >> (32 - BUCKET_BITS)) as usize] as usize;
            touched ^= self.rows.get(start).copied().unwrap_or_default();
        }
        std::hint::black_box(touched);
        for hash in hashes {
            self.add_one(*hash, sums);
        }
    }

    fn add_one(&self, hash: u32, sums: &mut [i32; 32]) {
        let bucket = (hash >> (32 - BUCKET_BITS)) as usize;
        let (start, end) = (self.row_index[bucket], self.row_index[bucket + 1]);
        let mut rest = self
            .rows
            .get(start as usize..end as usize)
            .unwrap_or_default();
        let check = (hash as u16).to_le_bytes();
        while let [low, high, count, tail @ ..] = rest {
            let (row, next) = tail.split_at(tail.len().min(usize::from(*count) * 2));
            if [*low, *high] == check {
                for weight in row.chunks_exact(2) {
                    let weight = i16::from_le_bytes([weight[0], weight[1]]);
                    sums[(weight & 31) as usize] += i32::from(weight >> 5);
                }
                return;
            }
            rest = next;
        }
    }
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

fn checksum(bytes: &[u8]) -> u32 {
    bytes.iter().fold(BASIS, |hash, byte| {
        (hash ^ u32::from(*byte)).wrapping_mul(PRIME)
    })
}

/// Where each value of the upper 16 bits starts in rising hashes.
fn index(hashes: &[u32]) -> Vec<u32> {
    let mut index = vec![0; (1 << 16) + 1];
    for hash in hashes {
        index[(hash >> 16) as usize + 1] += 1;
    }
    for at in 1..index.len() {
        index[at] += index[at - 1];
    }
    index
}

/// A state and its weight in two bytes; none where the weight rounds to nothing.
fn packed((state, weight): (u8, f32)) -> Option<u16> {
    let weight = (weight * SCALE).round() as i16;
    let weight = weight.clamp(-LARGEST, LARGEST);
    (weight != 0).then_some((weight << 5) as u16 | u16::from(state))
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
            sums
        };
        assert_eq!((sums(0x8000_0001)[0], sums(0x8000_0001)[16]), (128, -256));
        assert_eq!(sums(0x8000_0002)[3], i32::from(LARGEST));
        assert_eq!(sums(0x8000_0003), [0; 32]);
        assert_eq!(sums(5), [0; 32]);
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
        for at in [0, 4, 6, 8, 12, 16, 30, bytes.len() - 1] {
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
