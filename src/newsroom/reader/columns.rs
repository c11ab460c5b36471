//! Header maps: which column of a table tells what.

use super::field::Field;
use crate::settings::suggestion;

/// Columns whose headers are not the usual ones.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Columns(Vec<(Field, String)>);

impl Columns {
    /// Reads "name=Full Name,aliases=Also Known As".
    ///
    /// # Errors
    ///
    /// A part that is not of this form or names no field, in one line.
    pub fn parse(text: &str) -> Result<Columns, String> {
        let mut columns = Vec::new();
        for part in text.split(',').filter(|part| !part.trim().is_empty()) {
            let Some((name, header)) = part.split_once('=') else {
                return Err(format!(
                    "`{part}`: write a field and a header, as in name=Full Name"
                ));
            };
            let (name, header) = (name.trim(), header.trim());
            match Field::find(name) {
                Some(field) if field != Field::Preferred => {
                    columns.push((field, header.to_owned()))
                }
                _ => {
                    let near = suggestion(name, Field::names());
                    return Err(format!("no field `{name}`{near}"));
                }
            }
        }
        Ok(Columns(columns))
    }

    /// What each column of a header row tells: by this map, else by what is usual. A field that the map gives to one
    /// column is told by no other.
    pub(super) fn of(
        &self,
        headers: &[String],
        usual: impl Fn(&str) -> Option<Field>,
    ) -> Result<Vec<Option<Field>>, String> {
        let all = || format!("columns are {}", listed(headers));
        let mut fields = vec![None; headers.len()];
        for (field, header) in &self.0 {
            let at = headers.iter().position(|other| same(other, header));
            let Some(at) = at else {
                return Err(format!("no column `{header}`; {}", all()));
            };
            fields[at] = Some(*field);
        }
        for (at, header) in headers.iter().enumerate() {
            let usual = usual(header).filter(|field| !fields.contains(&Some(*field)));
            fields[at] = fields[at].or(usual);
        }
        match fields.contains(&Some(Field::Name)) {
            true => Ok(fields),
            false => Err(format!("no column for the name; {}", all())),
        }
    }
}

fn same(left: &str, right: &str) -> bool {
    left.trim().to_lowercase() == right.trim().to_lowercase()
}

/// The headers, unless they are beyond measure: a file that is no table may have anything in its first line.
fn listed(headers: &[String]) -> String {
    let text = super::entry::tidy(&headers.join(", "));
    match text.char_indices().nth(200) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(columns: &str, headers: &str, expected: Result<&str, &str>) {
        let headers: Vec<_> = headers.split(',').map(str::to_owned).collect();
        let found = Columns::parse(columns).and_then(|columns| columns.of(&headers, Field::find));
        let found = found.map(|fields| {
            let fields = fields.iter().map(|field| match field {
                Some(field) => format!("{field:?}"),
                None => "-".to_owned(),
            });
            fields.collect::<Vec<_>>().join(" ")
        });
        assert_eq!(found.as_deref().map_err(|error| &error[..]), expected);
    }

    #[test]
    fn columns_are_found_by_the_map_and_by_what_is_usual() {
        check("", "Name,Alias,Born,As of", Ok("Name Aliases - AsOf"));
        check(
            "name=Full Name, role = Position",
            "ID,full name,Name,position",
            Ok("Id Name - Role"),
        );
        check("", "Name,name", Ok("Name -"));
    }

    #[test]
    fn a_map_that_does_not_fit_is_refused() {
        check(
            "",
            "Person,Born",
            Err("no column for the name; columns are Person, Born"),
        );
        check(
            "name=Full Name",
            "Name",
            Err("no column `Full Name`; columns are Name"),
        );
        check(
            "nmae=Name",
            "Name",
            Err("no field `nmae` (did you mean `name`?)"),
        );
        check(
            "preferred=Name",
            "Name",
            Err("no field `preferred` (did you mean `preferred`?)"),
        );
        check(
            "Full Name",
            "Name",
            Err("`Full Name`: write a field and a header, as in name=Full Name"),
        );
    }
}
