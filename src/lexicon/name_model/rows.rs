//! Rows of weights by the hash of their feature, asked for without a search.
//!
//! A token has dozens of features, and every second is in no model, so that a search for each would stall the processor
//! on choices that it cannot foresee. Here a hash has one slot in which its row can be: the upper bits of the hash give
//! a displacement, which was chosen so that no two rows share a slot (Belazzougui, Botelho and Dietzfelbinger: “Hash,
//! displace, and compress”, 2009). Each slot has eight bytes and is read whether or not it is the right one:
//!
//! | bits | what |
//! | --- | --- |
//! | 22 | the lowest bits of the hash |
//! | 3 × 14 | up to three weights: 5 bits state, 9 bits weight |
//!
//! A row that does not fit has [`WIDE`] for its first state, and behind it its number among the wide rows. In the file,
//! numbers little-endian:
//!
//! | bytes | what |
//! | --- | --- |
//! | 4 + 4 | counts of slots and of wide rows |
//! | 2^17 | displacements |
//! | 8 a slot | slots, which are read where they lie |
//! | wide rows | 1 byte of count, then 2 for each weight (5 bits state, 11 bits weight) |

use super::Reader;

/// Upper bits of a hash that choose its displacement.
const BUCKET_BITS: u32 = 17;
/// How many displacements there are.
const BUCKETS: usize = 1 << BUCKET_BITS;
/// Bytes of a slot.
const SLOT: usize = 8;

const CHECK_BITS: u32 = 22;
/// The lowest bits of a hash, which its slot holds.
const CHECK: u32 = (1 << CHECK_BITS) - 1;
const FIELD_BITS: u32 = 14;
const FIELD: u64 = (1 << FIELD_BITS) - 1;
/// Weights in a slot.
const FIELDS: usize = 3;
/// The largest weight in a slot.
const LARGEST: i32 = 255;
/// A state that no token has.
const WIDE: u64 = 31;

/// Features that are asked for together.
const PART: usize = 64;

/// Weights by feature.
#[derive(Debug, Default)]
pub(super) struct Rows {
    displacements: &'static [u8],
    slots: &'static [u8],
    wide: Vec<Wide>,
}

/// The weights of all states but the first, less the first's: only differences between states count. The alignment
/// keeps a row in one line of the processor's cache.
#[derive(Clone, Copy, Debug, Default)]
#[repr(align(32))]
pub(super) struct Wide(pub [i16; 16]);

/// The weights of a feature: states, each with its weight.
pub(super) type Row = Vec<(u8, i32)>;

impl Rows {
    /// Reads rows up to the end.
    pub fn read(mut reader: Reader) -> Option<Rows> {
        let slots = reader.number::<4>()? as usize;
        let count = reader.number::<4>()? as usize;
        let displacements = reader.take(BUCKETS)?;
        let slots = reader.take(slots.checked_mul(SLOT)?)?;
        let mut wide = Vec::with_capacity(count.min(reader.bytes.len()));
        while let Some((count, _)) = reader.bytes.split_first() {
            let row = reader.take(1 + 2 * usize::from(*count))?;
            wide.push(Wide::new(row[1..].chunks_exact(2).map(unpacked)));
        }
        (wide.len() == count).then_some(Rows {
            displacements,
            slots,
            wide,
        })
    }

    /// The bytes of rows by their hashes, none of which comes twice.
    pub fn write(rows: &[(u32, Row)]) -> Vec<u8> {
        let hashes: Vec<u32> = rows.iter().map(|row| row.0).collect();
        let (displacements, numbers) = arranged(&hashes);
        let mut slots = Vec::with_capacity(SLOT * numbers.len());
        let mut wide = Vec::new();
        let mut count = 0_u32;
        for number in &numbers {
            let fields = match number.map(|number| &rows[number].1) {
                None => 0,
                Some(row) if is_narrow(row) => {
                    let fields = row.iter().rev();
                    fields.fold(0, |fields, pair| fields << FIELD_BITS | field(*pair))
                }
                Some(row) => {
                    count += 1;
                    wide.push(row.len() as u8);
                    row.iter()
                        .for_each(|pair| wide.extend(packed(*pair).to_le_bytes()));
                    u64::from(count - 1) << FIELD_BITS | WIDE
                }
            };
            let check = number.map_or(0, |number| rows[number].0 & CHECK);
            slots.extend((fields << CHECK_BITS | u64::from(check)).to_le_bytes());
        }
        let mut bytes = Vec::new();
        bytes.extend((numbers.len() as u32).to_le_bytes());
        bytes.extend(count.to_le_bytes());
        bytes.extend(displacements);
        bytes.extend(slots);
        bytes.extend(wide);
        bytes
    }

    pub fn is_empty(&self) -> bool {
        self.slots.is_empty()
    }

    /// Adds the rows of features to the sums of the states, up to a number that is the same for all states.
    pub fn add(&self, hashes: &[u32], sums: &mut [i32; 32]) {
        let mut wide_sums = [0; 16];
        for part in hashes.chunks(PART) {
            // Each slot is written to both lists, and the lists grow by those that belong there: so the way of the
            // program does not hang on what slots hold, and many come from memory at the same time.
            let (mut narrow, mut narrows) = ([0; PART], 0);
            let (mut wide, mut wides) = ([0; PART], 0);
            for hash in part {
                let slot = self.slot(*hash);
                let known = slot as u32 & CHECK == hash & CHECK;
                let is_wide = slot >> CHECK_BITS & 31 == WIDE;
                narrow[narrows % PART] = slot;
                narrows += usize::from(known & !is_wide);
                wide[wides % PART] = slot >> (CHECK_BITS + FIELD_BITS);
                wides += usize::from(known & is_wide);
            }
            for row in wide[..wides].iter().map(|at| self.wide.get(*at as usize)) {
                let weights = row.copied().unwrap_or_default().0;
                for (sum, weight) in wide_sums.iter_mut().zip(weights) {
                    *sum += i32::from(weight);
                }
            }
            for slot in &narrow[..narrows] {
                for field in 0..FIELDS as u32 {
                    let above = FIELD_BITS * (FIELDS as u32 - 1 - field);
                    let field = (slot << above) as i64 >> (64 - FIELD_BITS);
                    sums[(field & 31) as usize] += (field >> 5) as i32;
                }
            }
        }
        for (sum, more) in sums.iter_mut().skip(1).zip(wide_sums) {
            *sum += more;
        }
    }

    /// The row of one feature; one of zeros where the model has none.
    pub fn row(&self, hash: u32) -> Wide {
        let mut sums = [0; 32];
        self.add(&[hash], &mut sums);
        Wide(std::array::from_fn(|at| (sums[at + 1] - sums[0]) as i16))
    }

    fn slot(&self, hash: u32) -> u64 {
        let displacement = self.displacements.get(bucket(hash)).copied();
        let displacement = displacement.unwrap_or_default();
        let at = SLOT * slot(hash, displacement, self.slots.len() / SLOT);
        let bytes = self.slots.get(at..).and_then(<[u8]>::first_chunk);
        bytes.map_or(0, |bytes| u64::from_le_bytes(*bytes))
    }

    /// Bytes of memory without those of the file.
    #[cfg(feature = "dev")]
    pub fn bytes(&self) -> usize {
        size_of_val(&self.wide[..])
    }
}

impl Wide {
    fn new(row: impl Iterator<Item = (u8, i32)>) -> Wide {
        let mut weights = [0; 32];
        for (state, weight) in row {
            weights[usize::from(state & 31)] = weight;
        }
        Wide(std::array::from_fn(|at| {
            (weights[at + 1] - weights[0]) as i16
        }))
    }
}

fn is_narrow(row: &Row) -> bool {
    row.len() <= FIELDS && row.iter().all(|(_, weight)| weight.abs() <= LARGEST)
}

/// A state and its weight, as a slot has them.
fn field(pair: (u8, i32)) -> u64 {
    u64::from(packed(pair)) & FIELD
}

fn packed((state, weight): (u8, i32)) -> u16 {
    (weight << 5) as u16 | u16::from(state)
}

fn unpacked(weight: &[u8]) -> (u8, i32) {
    let weight = i16::from_le_bytes([weight[0], weight[1]]);
    ((weight & 31) as u8, i32::from(weight >> 5))
}

/// Chooses the displacements for the rows of some hashes, and gives them with the number of the hash in each slot.
pub(super) fn arranged(hashes: &[u32]) -> (Vec<u8>, Vec<Option<usize>>) {
    let mut buckets = vec![Vec::new(); BUCKETS];
    for (number, hash) in hashes.iter().enumerate() {
        buckets[bucket(*hash)].push((number, *hash));
    }
    let mut slots = hashes.len() + hashes.len() / 8 + 1;
    loop {
        if let Some(arranged) = fitting(&buckets, slots) {
            return arranged;
        }
        slots += slots / 16 + 1;
    }
}

/// Displacements by which all rows have slots of their own. Full buckets choose first, while most slots are free.
fn fitting(buckets: &[Vec<(usize, u32)>], slots: usize) -> Option<(Vec<u8>, Vec<Option<usize>>)> {
    let mut order: Vec<usize> = (0..buckets.len()).collect();
    order.sort_by_key(|bucket| std::cmp::Reverse(buckets[*bucket].len()));
    let mut displacements = vec![0; buckets.len()];
    let mut taken = vec![None; slots];
    let mut places = Vec::new();
    for bucket in order {
        let rows = &buckets[bucket];
        displacements[bucket] = (0..=u8::MAX).find(|displacement| {
            places.clear();
            for (_, hash) in rows {
                let place = slot(*hash, *displacement, slots);
                if taken[place].is_some() || places.contains(&place) {
                    return false;
                }
                places.push(place);
            }
            true
        })?;
        for (place, (number, _)) in places.iter().zip(rows) {
            taken[*place] = Some(*number);
        }
    }
    Some((displacements, taken))
}

fn bucket(hash: u32) -> usize {
    (hash >> (32 - BUCKET_BITS)) as usize
}

fn slot(hash: u32, displacement: u8, slots: usize) -> usize {
    let shift = u32::from(displacement).wrapping_mul(0x9e37_79b1);
    let mixed = (hash ^ shift).wrapping_mul(0x85eb_ca6b);
    ((u64::from(mixed) * slots as u64) >> 32) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(hashes: &[u32], row: impl Fn(usize) -> Row) -> Rows {
        let rows: Vec<_> = hashes.iter().copied().zip((0..).map(row)).collect();
        let bytes = Rows::write(&rows).leak();
        Rows::read(Reader { bytes }).expect("what was written")
    }

    fn sums(rows: &Rows, hashes: &[u32]) -> [i32; 17] {
        let mut sums = [0; 32];
        rows.add(hashes, &mut sums);
        std::array::from_fn(|state| sums[state] - sums[0])
    }

    #[test]
    fn each_row_is_found_and_no_other() {
        // More rows than are asked for together, of each width, many of them in one bucket.
        let hashes: Vec<u32> = (0..500)
            .map(|at| at * 1_117 + (at % 7) * 0x1000_0000)
            .collect();
        let row = |at: usize| -> Row {
            let states = (1..=16).rev().take(1 + at % 6);
            states.map(|state| (state, at as i32 - 300)).collect()
        };
        let rows = rows(&hashes, row);
        let mut total = [0; 17];
        for (at, hash) in hashes.iter().enumerate() {
            let mut expected = [0; 17];
            for (state, weight) in row(at) {
                expected[usize::from(state)] = weight;
                total[usize::from(state)] += weight;
            }
            assert_eq!(sums(&rows, &[*hash]), expected, "{hash}");
            assert_eq!(sums(&rows, &[*hash + 1]), [0; 17]);
        }
        assert_eq!(sums(&rows, &hashes), total);
    }

    #[test]
    fn only_differences_to_the_first_state_count() {
        let narrow = rows(&[7], |_| vec![(0, 100), (3, 50)]);
        let wide = rows(&[7], |_| vec![(0, 100), (1, 0), (2, 0), (3, 50)]);
        assert_eq!(sums(&narrow, &[7]), sums(&wide, &[7]));
        assert_eq!(sums(&narrow, &[7])[2..4], [-100, -50]);
        assert_eq!(sums(&Rows::default(), &[7]), [0; 17]);
    }
}
