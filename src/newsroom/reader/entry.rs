//! One record in the making: fields go in as files write them, problems come out with their lines.

use super::field::{self, Field};
use crate::knowledge::{Date, Fact, FactKind, Name, NameKind, Record, RecordKind, Tenure, fold};
use crate::settings::{House, suggestion};

/// Bytes of the longest name.
const LONGEST_NAME: usize = 500;
/// Bytes of the longest text of any other kind.
const LONGEST_TEXT: usize = 10_000;

/// A value of a file, with the line it stands on (from 1; 0 if none).
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Value {
    pub(super) line: usize,
    pub(super) data: Data,
}

/// What all formats know of values.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Data {
    Text(String),
    /// A number or a date, as it is written.
    Figure(String),
    List(Vec<Value>),
    /// Keys with their lines, in the order of the file.
    Table(Vec<(String, usize, Value)>),
    /// A value of no use in a record.
    Other,
}

impl Value {
    /// A text on a line.
    pub(super) fn text(line: usize, text: impl Into<String>) -> Value {
        let data = Data::Text(text.into());
        Value { line, data }
    }
}

/// A record in the making.
#[derive(Debug)]
pub(super) struct Entry {
    /// What has been told so far. Names are sorted into their places at the end.
    record: Record,
    name: String,
    name_told: bool,
    kind_wrong: bool,
    kind: Option<RecordKind>,
    /// Dates told beside the role and not in it.
    from: Option<Date>,
    until: Option<Date>,
    problems: Vec<(usize, String)>,
}

impl Entry {
    /// An entry that has told nothing but, perhaps, its kind.
    pub(super) fn new(kind: Option<RecordKind>) -> Entry {
        Entry {
            record: Record::default(),
            name: String::new(),
            name_told: false,
            kind_wrong: false,
            kind,
            from: None,
            until: None,
            problems: Vec::new(),
        }
    }

    /// Takes in what stands under a key.
    pub(super) fn put(&mut self, key: &str, line: usize, value: Value) {
        match Field::find(key) {
            Some(field) => self.set(field, key, value),
            None => {
                let near = suggestion(key, Field::names());
                self.problem(line, format!("no field `{}`{near}", short(key)));
            }
        }
    }

    /// Takes in a field, which the file calls `label`. What is wrong becomes a problem and is left out.
    pub(super) fn set(&mut self, field: Field, label: &str, value: Value) {
        let line = value.line;
        let told = match field {
            Field::Id => bounded(&value, LONGEST_TEXT).map(|text| self.record.id = text),
            Field::Kind => self.set_kind(&value),
            Field::Name => self.set_name(&value),
            Field::Aliases => self.add_names(&value, NameKind::Alias),
            Field::Acronym => self.add_names(&value, NameKind::Acronym),
            Field::Demonyms => self.add_names(&value, NameKind::Demonym),
            Field::Variants => self.add_names(&value, NameKind::Variant),
            Field::Never => self.add_names(&value, NameKind::Never),
            Field::Preferred => self.set_preferred(value),
            Field::Description => line_of_text(&value).map(|text| self.record.description = text),
            Field::Role => self.add_roles(value),
            Field::From => date(&value).map(|date| self.from = date),
            Field::Until => date(&value).map(|date| self.until = date),
            Field::Pronunciation => {
                line_of_text(&value).map(|text| self.record.pronunciation = text)
            }
            Field::Note => line_of_text(&value).map(|text| self.record.note = text),
            Field::Source => line_of_text(&value).map(|text| self.record.source = text),
            Field::AsOf => date(&value).map(|date| self.record.as_of = date),
            Field::Fact(kind) => self.add_facts(&value, kind),
        };
        if let Err(reason) = told {
            self.problem(line, format!("`{}` {reason}", short(label)));
        }
    }

    /// Notes what is wrong on a line.
    pub(super) fn problem(&mut self, line: usize, reason: String) {
        self.problems.push((line, reason));
    }

    /// The record, if it has a name and no wrong kind, and all that was wrong, in the order of the lines. `line` is where the entry
    /// starts, `default` the kind of an entry that tells none.
    pub(super) fn finish(
        mut self,
        line: usize,
        default: RecordKind,
    ) -> (Option<Record>, Vec<(usize, String)>) {
        self.record.kind = self.kind_or(default);
        if let Some(role) = self.record.roles.last_mut() {
            role.from = role.from.or(self.from);
            role.until = role.until.or(self.until);
        }
        self.sort_names(line);
        if self.record.names.is_empty() && !self.name_told {
            self.problem(line, "no name".to_owned());
        }
        self.problems.sort_by_key(|(line, _)| *line);
        let whole = !self.record.names.is_empty() && !self.kind_wrong;
        (whole.then_some(self.record), self.problems)
    }

    /// The kind that was told, if only as a type.
    fn kind_or(&mut self, default: RecordKind) -> RecordKind {
        if let Some(kind) = self.kind {
            return kind;
        }
        let facts = &self.record.facts;
        let by_type = facts.iter().enumerate().find_map(|(at, fact)| {
            let kind = (fact.kind == FactKind::Type).then(|| field::kind(&fact.value))??;
            Some((at, kind))
        });
        let Some((at, kind)) = by_type else {
            return default;
        };
        // "Person" as a type says no more than the kind does; "city" does.
        if field::kinds().any(|own| fold(own) == fold(&self.record.facts[at].value)) {
            self.record.facts.remove(at);
        }
        kind
    }

    /// Puts the name before all others and leaves out what is said twice. No name, no names.
    fn sort_names(&mut self, line: usize) {
        let others = std::mem::take(&mut self.record.names);
        if self.name.is_empty() {
            return;
        }
        let mut names = vec![Name {
            text: std::mem::take(&mut self.name),
            kind: NameKind::Preferred,
            house: String::new(),
        }];
        for name in others {
            let same = |other: &&Name| other.text == name.text;
            let Some(other) = names.iter().find(same) else {
                names.push(name);
                continue;
            };
            if !name.house.is_empty() {
                names.push(name);
            } else if (name.kind == NameKind::Never) != (other.kind == NameKind::Never) {
                let text = &name.text;
                let reason = format!("`{text}` cannot be both a name and never to be used");
                self.problems.push((line, reason));
            }
        }
        self.record.names = names;
    }

    fn set_kind(&mut self, value: &Value) -> Result<(), String> {
        self.kind_wrong = true;
        let text = line_of_text(value)?;
        self.kind_wrong = false;
        match field::kind(&text) {
            Some(kind) => self.kind = Some(kind),
            None if text.is_empty() => {}
            None => {
                let near = suggestion(&text, field::kinds());
                self.kind_wrong = true;
                return Err(format!(
                    "must be a kind, as in person: {}{near}",
                    short(&text)
                ));
            }
        }
        Ok(())
    }

    fn set_name(&mut self, value: &Value) -> Result<(), String> {
        self.name_told |= value.data != Data::Text(String::new());
        self.name = name(value)?;
        Ok(())
    }

    fn add_names(&mut self, value: &Value, kind: NameKind) -> Result<(), String> {
        for value in each(value) {
            let text = name(value).map_err(|reason| match &reason[..] {
                "must be a text" => "must be a text or a list of texts".to_owned(),
                _ => reason,
            })?;
            if !text.is_empty() {
                let house = String::new();
                self.record.names.push(Name { text, kind, house });
            }
        }
        Ok(())
    }

    fn set_preferred(&mut self, value: Value) -> Result<(), String> {
        let Data::Table(houses) = value.data else {
            return Err("must be a table of houses, as in { ap = \"Tayyip Erdogan\" }".to_owned());
        };
        for (house, line, value) in houses {
            // What all houses prefer is the name itself.
            let mut names = House::ALL.iter().map(|house| house.name()).skip(1);
            if !names.clone().any(|name| name == house) {
                let near = suggestion(&house, names.by_ref());
                self.problem(line, format!("no house `{}`{near}", short(&house)));
                continue;
            }
            match name(&value) {
                Ok(text) if text.is_empty() => {}
                Ok(text) => self.record.names.push(Name {
                    text,
                    kind: NameKind::Preferred,
                    house,
                }),
                Err(reason) => self.problem(line, format!("`preferred.{house}` {reason}")),
            }
        }
        Ok(())
    }

    fn add_roles(&mut self, value: Value) -> Result<(), String> {
        let values = match value.data {
            Data::List(values) => values,
            _ => vec![value],
        };
        for value in values {
            let role = match value.data {
                Data::Table(fields) => self.role(fields),
                _ => Tenure {
                    title: line_of_text(&value)
                        .map_err(|_| "must be a text, or a list of texts or tables")?,
                    ..Tenure::default()
                },
            };
            if !role.title.is_empty() {
                self.record.roles.push(role);
            }
        }
        Ok(())
    }

    fn role(&mut self, fields: Vec<(String, usize, Value)>) -> Tenure {
        let mut role = Tenure::default();
        let start = fields.first().map_or(0, |(_, line, _)| *line);
        for (key, line, value) in fields {
            let told = match &key[..] {
                "title" => line_of_text(&value).map(|text| role.title = text),
                "of" => line_of_text(&value).map(|text| role.of = text),
                "from" => date(&value).map(|date| role.from = date),
                "until" => date(&value).map(|date| role.until = date),
                _ => {
                    let near = suggestion(&key, ["title", "of", "from", "until"].into_iter());
                    self.problem(line, format!("no field `{}` of a role{near}", short(&key)));
                    continue;
                }
            };
            if let Err(reason) = told {
                self.problem(line, format!("`{key}` of a role {reason}"));
            }
        }
        if role.title.is_empty() {
            self.problem(start, "a role without a `title`".to_owned());
        }
        role
    }

    fn add_facts(&mut self, value: &Value, kind: FactKind) -> Result<(), String> {
        for value in each(value) {
            let text = match kind {
                FactKind::Population => number(value)?,
                _ => line_of_text(value)?,
            };
            let fact = Fact { kind, value: text };
            if !fact.value.is_empty() && !self.record.facts.contains(&fact) {
                self.record.facts.push(fact);
            }
        }
        Ok(())
    }
}

/// An identifier made of a name: "ruth-okafor".
pub(super) fn slug(name: &str) -> String {
    let key = fold(name);
    let words = key.split(|c: char| !c.is_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    words.join("-")
}

/// A text of a file as a record keeps it: in one line, without the signs that steer a terminal.
pub(super) fn tidy(text: &str) -> String {
    let mut tidy = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_whitespace() || c.is_control() || c == '\u{feff}') {
        if !tidy.is_empty() && !word.is_empty() {
            tidy.push(' ');
        }
        tidy.push_str(word);
    }
    tidy
}

/// What a problem shows of a text.
pub(super) fn short(text: &str) -> String {
    let mut short: String = tidy(text).chars().take(40).collect();
    if text.chars().nth(40).is_some() {
        short.push('…');
    }
    short
}

fn each(value: &Value) -> &[Value] {
    match &value.data {
        Data::List(values) => values,
        _ => std::slice::from_ref(value),
    }
}

fn name(value: &Value) -> Result<String, String> {
    only_text(value, LONGEST_NAME)
}

fn line_of_text(value: &Value) -> Result<String, String> {
    only_text(value, LONGEST_TEXT)
}

/// A text, which a number is not: whoever writes `role = 3` has mistaken the field.
fn only_text(value: &Value, longest: usize) -> Result<String, String> {
    match value.data {
        Data::Figure(_) => Err("must be a text".to_owned()),
        _ => bounded(value, longest),
    }
}

/// A number that counts something, with or without signs between its thousands.
fn number(value: &Value) -> Result<String, String> {
    let text =
        bounded(value, LONGEST_TEXT).map_err(|_| "must be a number, as in 52000".to_owned())?;
    let is_number = text
        .chars()
        .all(|c| c.is_ascii_digit() || ", _.’'".contains(c))
        && text.starts_with(|c: char| c.is_ascii_digit());
    match text.is_empty() || is_number {
        true => Ok(text),
        false => Err(format!("must be a number, as in 52000: {}", short(&text))),
    }
}

fn bounded(value: &Value, longest: usize) -> Result<String, String> {
    match &value.data {
        Data::Text(text) | Data::Figure(text) if text.len() > longest => Err(format!(
            "is too long: {} bytes, and {longest} are the most",
            text.len()
        )),
        Data::Text(text) | Data::Figure(text) => Ok(tidy(text)),
        _ => Err("must be a text".to_owned()),
    }
}

fn date(value: &Value) -> Result<Option<Date>, String> {
    match &value.data {
        Data::Text(text) | Data::Figure(text) if text.trim().is_empty() => Ok(None),
        Data::Text(text) | Data::Figure(text) => match Date::parse(text.trim()) {
            Some(date) => Ok(Some(date)),
            None => Err(format!("must be a date, as in 2024-05-03: {}", short(text))),
        },
        _ => Err("must be a date, as in 2024-05-03".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_tidied() {
        for (text, expected) in [
            (" Ruth\u{a0}\n Okafor\t", "Ruth Okafor"),
            ("\u{feff}Ruth\u{1b}[31m\0", "Ruth [31m"),
            ("\u{85}", ""),
        ] {
            assert_eq!(tidy(text), expected);
        }
        assert_eq!(short(&"é".repeat(41)), format!("{}…", "é".repeat(40)));
        assert_eq!(short("Ann"), "Ann");
    }

    #[test]
    fn ids_are_made_of_names() {
        for (name, expected) in [
            ("Ruth Okafor-Lindqvist", "ruth-okafor-lindqvist"),
            ("  Şule “Su” O’Brien, Jr. ", "sule-su-o-brien-jr"),
            ("東京", "東京"),
            ("!?", ""),
        ] {
            assert_eq!(slug(name), expected);
        }
    }

    #[track_caller]
    fn check_kind(told: &[(Field, &str)], expected: Option<RecordKind>, facts: usize) {
        let mut entry = Entry::new(None);
        entry.set(Field::Name, "name", Value::text(1, "Ann Lee"));
        for (field, text) in told {
            entry.set(*field, "label", Value::text(1, *text));
        }
        let (record, _) = entry.finish(1, RecordKind::Rank);
        assert_eq!(record.as_ref().map(|record| record.kind), expected);
        assert_eq!(record.map_or(0, |record| record.facts.len()), facts);
    }

    #[test]
    fn a_kind_is_told_by_itself_or_by_the_type() {
        const TYPE: Field = Field::Fact(FactKind::Type);
        check_kind(&[], Some(RecordKind::Rank), 0);
        check_kind(&[(Field::Kind, "party")], Some(RecordKind::Party), 0);
        check_kind(&[(TYPE, "Person")], Some(RecordKind::Person), 0);
        check_kind(&[(TYPE, "city")], Some(RecordKind::Place), 1);
        check_kind(&[(TYPE, "river")], Some(RecordKind::Rank), 1);
        check_kind(
            &[(Field::Kind, "party"), (TYPE, "Person")],
            Some(RecordKind::Party),
            1,
        );
        check_kind(&[(Field::Kind, "planet")], None, 0);
        check_kind(&[(Field::Kind, "")], Some(RecordKind::Rank), 0);
    }
}
