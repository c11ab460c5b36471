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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_are_told_from_texts() {
        assert_eq!(entity("http://www.wikidata.org/entity/Q42"), "Q42");
        assert_eq!(entity("Wexmouth"), "Wexmouth");
        assert!(is_item("Q42"));
        for text in ["Q", "", "P31", "Q4x", "Quay", "q42"] {
            assert!(!is_item(text), "{text}");
        }
    }

    #[test]
    fn initials_are_told_from_short_names() {
        for name in ["WHT", "W.H.T.", "R&D", "WH20"] {
            assert!(is_acronym(name), "{name}");
        }
        for name in ["Wht", "W", "G20", "2024", "THE WEXMOUTH", "Tide", ""] {
            assert!(!is_acronym(name), "{name}");
        }
    }
}
