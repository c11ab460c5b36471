//! What Wikidata offers: results of its query service and dumps of its entities.

mod class;
pub(super) mod dump;
pub(super) mod results;

/// Where its records are known from.
const SOURCE: &str = "Wikidata";

/// "Q42" of "http://www.wikidata.org/entity/Q42"; other texts as they are.
fn entity(text: &str) -> &str {
    match text.rsplit_once("/entity/") {
        Some((_, id)) => id,
        None => text,
    }
}

/// Whether a text is the id of an item: "Q42".
fn is_item(text: &str) -> bool {
    let digits = text.strip_prefix('Q').unwrap_or_default();
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a name is made of initials: "NATO", "A.P.". Wikidata does not tell them from other short names.
fn is_acronym(name: &str) -> bool {
    let capitals = name.chars().filter(|c| c.is_uppercase()).count();
    let fits = |c: char| c.is_uppercase() || c.is_ascii_digit() || matches!(c, '.' | '&' | '-');
    capitals >= 2 && name.chars().count() <= 10 && name.chars().all(fits)
}
