//! Reads a list that ships inside the binary: rows of fields parted by tabs, below comment lines that start with `#`.

use super::super::record::Date;

/// A list of rows with `N` fields each.
#[derive(Clone, Copy, Debug)]
pub struct Table<const N: usize>(&'static str);

impl<const N: usize> Table<N> {
    /// A list from its text.
    pub const fn new(text: &'static str) -> Table<N> {
        Table(text)
    }

    /// The comment lines at the head, without their marks.
    pub fn head(self) -> impl Iterator<Item = &'static str> {
        self.0
            .lines()
            .filter_map(|line| line.strip_prefix('#'))
            .map(str::trim)
    }

    /// What the head says behind a label: "As of 2025-07." gives "2025-07" for "As of".
    pub fn said(self, label: &str) -> Option<&'static str> {
        self.head()
            .find_map(|line| line.strip_prefix(label))
            .map(|said| said.trim_matches([' ', ':', '.']))
    }

    /// The month up to which the list speaks.
    pub fn as_of(self) -> Option<Date> {
        Date::parse(self.said("As of")?)
    }

    /// The lines that hold a row each.
    pub fn lines(self) -> impl Iterator<Item = &'static str> {
        self.0.lines().filter(|line| !line.starts_with('#'))
    }

    /// The rows that have all their fields.
    pub fn rows(self) -> impl Iterator<Item = [&'static str; N]> {
        self.lines().filter_map(fields)
    }
}

/// The parts of a field that is a list.
pub fn parts(field: &str) -> impl Iterator<Item = &str> {
    field.split(';').filter(|part| !part.is_empty())
}

fn fields<const N: usize>(line: &'static str) -> Option<[&'static str; N]> {
    let mut row = [""; N];
    let mut fields = line.split('\t');
    for field in &mut row {
        *field = fields.next()?;
    }
    fields.next().is_none().then_some(row)
}
