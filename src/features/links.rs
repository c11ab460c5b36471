//! Links from names to the pages that the newsroom knows them from.

use text_size::TextRange;

use super::hover::{forms, records};
use super::reason::plain;
use crate::analysis::{Analysis, EntityId, MentionForm};
use crate::knowledge::{FactKind, Knowledge, Record};

/// Names that are looked up: those that a draft gives first.
const MANY: usize = 256;

/// A name that leads to a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The first reference, in source bytes.
    pub range: TextRange,
    /// The address of the page.
    pub url: String,
    /// Whose page it is, in a few words.
    pub tooltip: String,
}

/// The pages of those whom the newsroom knows from a page, at their first references. Of two who share a name neither
/// is taken for the other.
pub fn links(analysis: &Analysis, knowledge: &Knowledge) -> Vec<Link> {
    let ids = (0u32..).map(EntityId).zip(&analysis.entities).take(MANY);
    let mut links: Vec<Link> = ids
        .filter_map(|(id, entity)| {
            let is_name = |form| !matches!(form, MentionForm::Pronoun | MentionForm::Role);
            let first = analysis
                .mentions_of(id)
                .find(|mention| is_name(mention.form))?;
            let found = records(analysis, knowledge, entity, &forms(analysis, id));
            let [known] = &found.fitting[..] else {
                return None;
            };
            Some(Link {
                range: analysis.prose.to_source(first.range),
                url: page(&known.record)?,
                tooltip: format!("What is known of {}", plain(&entity.name)),
            })
        })
        .collect();
    links.sort_by_key(|link| link.range.start());
    links
}

/// The page that a record comes from, or else the one to which it leads.
fn page(record: &Record) -> Option<String> {
    let facts = record.facts.iter();
    let links = facts.filter(|fact| fact.kind == FactKind::Link);
    let links = links.map(|fact| &fact.value);
    let mut pages = std::iter::once(&record.source).chain(links);
    pages.find(|page| is_page(page)).cloned()
}

fn is_page(text: &str) -> bool {
    let rest = text
        .strip_prefix("https://")
        .or(text.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty() && rest.chars().all(|c| c.is_ascii_graphic()))
}

#[cfg(test)]
mod tests {
    use super::links;
    use crate::fixture::{Given, desk};
    use crate::knowledge::Knowledge;

    fn check(knowledge: Knowledge, draft: &str, expected: &[(&str, &str)]) {
        let analysis = Given {
            knowledge: knowledge.clone(),
            ..Given::default()
        }
        .analysis(draft);
        let found = links(&analysis, &knowledge);
        let found: Vec<(&str, &str)> = found
            .iter()
            .map(|link| (&draft[link.range], link.url.as_str()))
            .collect();
        assert_eq!(found, expected);
    }

    const DRAFT: &str = "Ruth Okafor left Wexmouth.\n\n“No,” Okafor said.\n";

    #[test]
    fn a_first_reference_leads_to_its_page() {
        let list =
            "[[person]]\nname = \"Ruth Okafor\"\nsource = \"https://okafor.example/a?b=c\"\n";
        check(
            desk(list),
            DRAFT,
            &[("Ruth Okafor", "https://okafor.example/a?b=c")],
        );
        let list = "[[place]]\nname = \"Wexmouth\"\nlink = \"http://wexmouth.example\"\n";
        check(
            desk(list),
            DRAFT,
            &[("Wexmouth", "http://wexmouth.example")],
        );
    }

    #[test]
    fn nothing_else_is_a_page() {
        for source in [
            "Harbour desk",
            "https://",
            "file:///etc/passwd",
            "https://a b",
        ] {
            let list = format!("[[person]]\nname = \"Ruth Okafor\"\nsource = \"{source}\"\n");
            check(desk(&list), DRAFT, &[]);
        }
        check(Knowledge::shipped().clone(), DRAFT, &[]);
    }

    #[test]
    fn two_of_one_name_have_no_page() {
        let one = "[[person]]\nname = \"Ruth Okafor\"\nsource = \"https://one.example\"\n\n";
        let two = "[[person]]\nname = \"Ruth Okafor\"\ndescription = \"judge\"\n";
        check(desk(&format!("{one}{two}")), DRAFT, &[]);
    }
}
