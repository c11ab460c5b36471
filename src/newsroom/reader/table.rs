//! Tables with a header row: CSV and TSV.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::io::{self, BufRead, Read};
use std::rc::Rc;

use csv::{ByteRecord, ReaderBuilder};

use super::Sink;
use super::columns::Columns;
use super::compressed::reason;
use super::entry::{Data, Entry, Value, short};
use super::field::{Field, plain};
use crate::settings::suggestion;

/// Bytes of the longest row. A quotation mark that is never closed makes one row of all that follows.
const LONGEST_ROW: u64 = 4 << 20;

/// Columns without a field that are named.
const UNKNOWN: usize = 50;

/// Reads a table; `separator` stands between its columns.
pub(super) fn read(
    source: impl BufRead,
    separator: u8,
    columns: &Columns,
    sink: &mut Sink<'_>,
) -> Result<(), String> {
    let mut table = Table::open(source, separator)?;
    let fields = columns.of(table.headers(), Field::find)?;
    // A field that another column tells is passed over on purpose.
    let unknown = |header: &&String| !header.is_empty() && Field::find(header).is_none();
    let headers = table.headers().iter().zip(&fields);
    let untold = headers.filter_map(|(header, field)| field.is_none().then_some(header));
    for header in untold.filter(unknown).take(UNKNOWN) {
        let near = suggestion(&plain(header), Field::names());
        let header = short(header);
        sink.problem(1, format!("no field for the column `{header}`{near}"));
    }
    // Spreadsheets leave out the empty cells at the end of a row.
    let name = fields.iter().position(|field| *field == Some(Field::Name));
    table.needed = name.map_or(0, |name| name + 1);
    while let Some((line, row)) = table.next()? {
        match row {
            Ok(row) => sink.entry(line, entry(line, &fields, table.headers(), &row)),
            Err(reason) => sink.problem(line, reason),
        }
    }
    Ok(())
}

/// What stands between the columns of a CSV file: spreadsheets of some countries write semicolons.
pub(super) fn separator(start: &[u8]) -> u8 {
    let first = start
        .split(|byte| *byte == b'\n')
        .next()
        .unwrap_or_default();
    let count = |sign: u8| first.iter().filter(|byte| **byte == sign).count();
    match count(b',') == 0 && count(b';') > 0 {
        true => b';',
        false => b',',
    }
}

/// The line on which a row starts, and its cells.
type Row = (usize, Result<Vec<String>, String>);

/// A table as it is being read.
pub(super) struct Table<R> {
    reader: csv::Reader<Bounded<R>>,
    tally: Rc<RefCell<Tally>>,
    record: ByteRecord,
    headers: Vec<String>,
    /// Columns that a row must have; it may leave out the others at its end.
    needed: usize,
}

impl<R: BufRead> Table<R> {
    /// Reads the header row.
    pub(super) fn open(source: R, separator: u8) -> Result<Table<R>, String> {
        let tally = Rc::new(RefCell::new(Tally::default()));
        let bounded = Bounded {
            inner: source,
            separator,
            tally: Rc::clone(&tally),
        };
        let mut builder = ReaderBuilder::new();
        builder
            .has_headers(false)
            .flexible(true)
            .delimiter(separator);
        let mut table = Table {
            reader: builder.from_reader(bounded),
            tally,
            record: ByteRecord::new(),
            headers: Vec::new(),
            needed: 0,
        };
        match table.next()? {
            Some((_, Ok(row))) => {
                table.needed = row.len();
                table.headers = row;
            }
            Some((_, Err(reason))) => return Err(format!("line 1: {reason}")),
            None => return Err("empty".to_owned()),
        }
        Ok(table)
    }

    /// The header row.
    pub(super) fn headers(&self) -> &[String] {
        &self.headers
    }

    /// The next row with the line it starts on; rows without any text are passed over.
    pub(super) fn next(&mut self) -> Result<Option<Row>, String> {
        loop {
            self.tally.borrow_mut().budget = LONGEST_ROW;
            let more = self.reader.read_byte_record(&mut self.record);
            let more = more.map_err(|error| {
                let tally = self.tally.borrow();
                let line = tally.line;
                match (error.into_kind(), tally.open_quote()) {
                    (csv::ErrorKind::Io(_), Some(line)) if tally.budget == 0 => not_closed(line),
                    (csv::ErrorKind::Io(error), _) => format!("line {line}: {}", reason(&error)),
                    _ => format!("line {line}: cannot be read"),
                }
            })?;
            if !more {
                return Ok(None);
            }
            // The last row holds all that follows the mark, which must not pass for a cell.
            let open = self.tally.borrow().open_quote();
            if let Some(line) = open.filter(|_| self.tally.borrow().ended) {
                return Err(not_closed(line));
            }
            let breaks = |field: &[u8]| field.iter().filter(|byte| **byte == b'\n').count();
            let inside = self.record.iter().map(breaks).sum();
            let end = self.reader.position().byte();
            let line = self.tally.borrow_mut().row(end, inside);
            if self.record.iter().all(<[u8]>::is_empty) {
                continue;
            }
            return Ok(Some((line, self.row())));
        }
    }

    fn row(&self) -> Result<Vec<String>, String> {
        let (count, expected) = (self.record.len(), self.headers.len());
        if expected > 0 && (count > expected || count < self.needed) {
            return Err(format!("{count} columns, where the header has {expected}"));
        }
        let cells = self.record.iter().map(std::str::from_utf8);
        let cells = cells.map(|cell| Ok(cell?.trim().trim_start_matches('\u{feff}').to_owned()));
        let cells: Result<Vec<_>, std::str::Utf8Error> = cells.collect();
        cells.map_err(|_| "not UTF-8".to_owned())
    }
}

fn not_closed(line: usize) -> String {
    format!("line {line}: a quotation mark that is not closed")
}

/// The entry of a row.
fn entry(line: usize, fields: &[Option<Field>], headers: &[String], row: &[String]) -> Entry {
    let mut entry = Entry::new(None);
    let cells = fields.iter().zip(headers).zip(row);
    for ((field, header), cell) in cells {
        let Some(field) = field.filter(|_| !cell.is_empty()) else {
            continue;
        };
        let value = match is_list(field) {
            true => {
                let parts = cell.split([';', '|']).map(str::trim);
                let parts = parts.filter(|part| !part.is_empty());
                Value {
                    line,
                    data: Data::List(parts.map(|part| Value::text(line, part)).collect()),
                }
            }
            false => Value::text(line, &cell[..]),
        };
        entry.set(field, header, value);
    }
    entry
}

/// Whether a cell may hold several values.
fn is_list(field: Field) -> bool {
    matches!(
        field,
        Field::Aliases
            | Field::Acronym
            | Field::Demonyms
            | Field::Variants
            | Field::Never
            | Field::Role
    )
}

/// What is known of the bytes that went to the parser. It reads ahead, and its own lines do not count what stands
/// between two rows.
struct Tally {
    /// Bytes that may still be read for this row: a row is held in memory.
    budget: u64,
    /// Bytes read.
    read: u64,
    /// Where the line breaks are that no row has passed.
    breaks: VecDeque<u64>,
    /// The line behind the last row.
    line: usize,
    /// There are no more bytes.
    ended: bool,
    marks: Marks,
}

impl Default for Tally {
    fn default() -> Tally {
        Tally {
            budget: LONGEST_ROW,
            read: 0,
            breaks: VecDeque::new(),
            line: 1,
            ended: false,
            marks: Marks::default(),
        }
    }
}

impl Tally {
    /// The line of the quotation mark that is open behind all that was read.
    fn open_quote(&self) -> Option<usize> {
        (self.marks.place == Place::Quoted).then_some(self.marks.opened)
    }

    /// The first line of the row that ends at an offset and has some line breaks inside.
    fn row(&mut self, end: u64, inside: usize) -> usize {
        let mut own = 0;
        while let Some(at) = self.breaks.front().filter(|at| **at < end) {
            own = usize::from(at + 1 == end);
            self.line += 1;
            self.breaks.pop_front();
        }
        self.line.saturating_sub(own + inside)
    }
}

/// Which quotation mark is open behind the bytes that were read: the parser does not tell.
#[derive(Default)]
struct Marks {
    place: Place,
    /// Line breaks so far.
    breaks: usize,
    /// The line on which the last mark opened.
    opened: usize,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Place {
    /// Where a cell begins.
    #[default]
    Start,
    /// In a cell without marks.
    Plain,
    /// In a cell between marks.
    Quoted,
    /// Behind a mark in such a cell, which ends it or is the first of two.
    Behind,
}

impl Marks {
    fn pass(&mut self, byte: u8, separator: u8) {
        let ends = byte == separator || matches!(byte, b'\n' | b'\r');
        self.place = match self.place {
            Place::Quoted if byte == b'"' => Place::Behind,
            Place::Quoted => Place::Quoted,
            _ if ends => Place::Start,
            Place::Behind if byte == b'"' => Place::Quoted,
            Place::Start if byte == b'"' => {
                self.opened = self.breaks + 1;
                Place::Quoted
            }
            _ => Place::Plain,
        };
        self.breaks += usize::from(byte == b'\n');
    }
}

/// The bytes of a table on their way to the parser.
struct Bounded<R> {
    inner: R,
    separator: u8,
    tally: Rc<RefCell<Tally>>,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut tally = self.tally.borrow_mut();
        if tally.budget == 0 {
            return Err(io::Error::other("a row without an end"));
        }
        let count = self.inner.read(buffer)?;
        tally.budget = tally.budget.saturating_sub(count as u64);
        let start = tally.read;
        let breaks = buffer[..count]
            .iter()
            .zip(start..)
            .filter(|(byte, _)| **byte == b'\n');
        tally.breaks.extend(breaks.map(|(_, at)| at));
        // A byte order mark is no cell.
        let text = match start {
            0 => buffer[..count].strip_prefix(b"\xef\xbb\xbf"),
            _ => None,
        };
        for byte in text.unwrap_or(&buffer[..count]) {
            tally.marks.pass(*byte, self.separator);
        }
        tally.ended |= count == 0 && !buffer.is_empty();
        tally.read += count as u64;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{check, read};
    use super::super::{Columns, Format};

    #[test]
    fn rows_are_records() {
        check(
            Format::Csv,
            "Name,Kind,Alias,Role,As of,Shoe size\n\
             Ruth Okafor,person,Okafor;R. Okafor,\"mayor, Wexmouth|chair\",2026-11-20,38\n\
             Wexmouth Harbour Trust,organisation,,,,\n",
            &[
                "1! no field for the column `Shoe size`",
                "2: person test:ruth-okafor [Ruth Okafor, Okafor, R. Okafor] mayor, Wexmouth; chair @2026-11-20",
                "3: organisation test:wexmouth-harbour-trust [Wexmouth Harbour Trust]",
            ],
        );
        check(
            Format::Tsv,
            "\u{feff}\"id\"\tname\ttype\r\n\r\nx:1\tWexmouth\tplace\r\n\t\t\r\nx:2\tAnn Lee\tpainter\r\n",
            &[
                "3: place x:1 [Wexmouth]",
                "5: person x:2 [Ann Lee] Type=painter",
            ],
        );
        check(
            Format::Csv,
            "name;note\nAnn Lee;\"paints; writes\"\n",
            &["2: person test:ann-lee [Ann Lee] note=paints; writes"],
        );
    }

    #[test]
    fn lines_are_right_behind_fields_of_several_lines() {
        check(
            Format::Csv,
            "name,note\n\"Ann\nLee\",\"a\n\nb\"\nBo Berg,\n\"Cy\n Dahl\"\n,x\n",
            &[
                "2: person test:ann-lee [Ann Lee] note=a b",
                "6: person test:bo-berg [Bo Berg]",
                "7: person test:cy-dahl [Cy Dahl]",
                "9! no name",
            ],
        );
    }

    #[test]
    fn bad_rows_do_not_stop_the_reading() {
        check(
            Format::Csv,
            "name,kind,as-of\nAnn Lee,planet,\nBo Berg,person,May\n,,\nCy Dahl,person\n",
            &[
                "2! `kind` must be a kind, as in person: planet (did you mean `place`?)",
                "3: person test:bo-berg [Bo Berg]",
                "3! `as-of` must be a date, as in 2024-05-03: May",
                "5: person test:cy-dahl [Cy Dahl]",
            ],
        );
        check(
            Format::Csv,
            b"name\nA\xff\nBo Berg\n",
            &["2! not UTF-8", "3: person test:bo-berg [Bo Berg]"],
        );
    }

    #[test]
    fn what_is_no_table_is_refused() {
        check(Format::Csv, "", &["test.csv: empty"]);
        check(
            Format::Csv,
            "Person,Born\nAnn Lee,1970\n",
            &["test.csv: no column for the name; columns are Person, Born"],
        );
        check(Format::Csv, b"\xff\xf0\n", &["test.csv: line 1: not UTF-8"]);
        let open = format!(
            "name\nAnn Lee\n\"Bo Berg\n{}",
            "Cy Dahl\n".repeat(1_000_000)
        );
        check(
            Format::Csv,
            open,
            &[
                "2: person test:ann-lee [Ann Lee]",
                "test.csv: line 3: a quotation mark that is not closed",
            ],
        );
    }

    #[test]
    fn a_mark_that_is_not_closed_is_named_where_it_opens() {
        check(
            Format::Csv,
            "\u{feff}name,note\nAnn Lee,\"says \"\"no\"\"\"\n\"Bo\nBerg\",\"a\n\nb\nCy Dahl,x\n",
            &[
                "2: person test:ann-lee [Ann Lee] note=says \"no\"",
                "test.csv: line 4: a quotation mark that is not closed",
            ],
        );
        check(
            Format::Csv,
            "name,note\nAnn \"Red\" Lee,6\"\n",
            &["2: person test:ann-red-lee [Ann \"Red\" Lee] note=6\""],
        );
        let long = format!("name\n{}", "x".repeat(5 << 20));
        check(
            Format::Csv,
            long,
            &["test.csv: line 2: a row without an end"],
        );
    }

    #[test]
    fn columns_without_a_field_are_named_once() {
        check(
            Format::Csv,
            "Name,Aliass,Born,,name\nAnn Lee,Lee,1970,x,y\nBo Berg,,1971,,\n",
            &[
                "1! no field for the column `Aliass` (did you mean `aliases`?)",
                "1! no field for the column `Born`",
                "2: person test:ann-lee [Ann Lee]",
                "3: person test:bo-berg [Bo Berg]",
            ],
        );
    }

    #[test]
    fn a_short_row_needs_its_name() {
        check(
            Format::Csv,
            "kind,name,note,role\nperson,Ann Lee\nperson\nperson,Bo Berg,x\nperson,Cy,x,y,z\n",
            &[
                "2: person test:ann-lee [Ann Lee]",
                "3! 1 columns, where the header has 4",
                "4: person test:bo-berg [Bo Berg] note=x",
                "5! 5 columns, where the header has 4",
            ],
        );
    }

    #[test]
    fn a_header_map_names_the_columns() {
        let columns = Columns::parse("name=Full Name,aliases=Also Known As,role=Post").unwrap();
        let found = read(
            Format::Csv,
            "Full Name,Also Known As,Post,Name\nAnn Lee,Lee,mayor,x\n",
            |input| input.columns = columns,
        );
        assert_eq!(found, ["2: person test:ann-lee [Ann Lee, Lee] mayor"]);
    }
}
