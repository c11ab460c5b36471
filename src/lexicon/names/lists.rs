//! Tests that the lists of names are well formed.

#[test]
fn lists_are_sorted_and_well_formed() {
    let kinds = |allowed: &'static [&'static str]| move |kind: &str| allowed.contains(&kind);
    let one = |_: &str| false;
    check_list(include_str!("../names-given.txt"), one);
    check_list(include_str!("../names-male.txt"), one);
    check_list(include_str!("../names-female.txt"), one);
    check_list(include_str!("../names-family.txt"), one);
    check_list(include_str!("../names-family-first.txt"), one);
    check_list(include_str!("../names-events.txt"), one);
    let full = |name: &str| !name.is_empty();
    check_list(include_str!("../names-places.tsv"), full);
    check_list(include_str!("../names-countries.tsv"), full);
    check_list(include_str!("../names-regions.tsv"), full);
    check_list(include_str!("../names-cities.tsv"), full);
    check_list(include_str!("../names-demonyms.tsv"), full);
    check_list(include_str!("../names-bodies.tsv"), full);
    check_list(include_str!("../names-companies.tsv"), full);
    check_list(include_str!("../names-teams.tsv"), full);
    check_list(include_str!("../names-outlets.tsv"), full);
    check_list(include_str!("../names-capitals.tsv"), full);
    check_list(include_str!("../names-nicknames.tsv"), full);
    check_list(
        include_str!("../names-ambiguous.tsv"),
        kinds(&["team", "company", "city", "region"]),
    );
    check_list(
        include_str!("../names-titles.tsv"),
        kinds(&["honorific", "style", "rank", "modifier"]),
    );
    check_list(
        include_str!("../names-parts.tsv"),
        kinds(&[
            "organisation",
            "place",
            "event",
            "particle",
            "function",
            "number",
            "common",
        ]),
    );
}

/// Comments first; then entries of one or two columns, in order, none twice. `fits` judges the second column.
fn check_list(text: &str, fits: impl Fn(&str) -> bool) {
    let head = text
        .lines()
        .take_while(|line| line.starts_with("# "))
        .count();
    assert!(head > 0, "a list says what it is");
    let entries: Vec<&str> = text.lines().skip(head).collect();
    for pair in entries.windows(2) {
        assert!(pair[0] < pair[1], "{pair:?}");
    }
    for line in entries {
        let (name, second) = line.split_once('\t').unwrap_or((line, ""));
        let spaces = name.trim() != name || name.contains("  ") || second.trim() != second;
        assert!(
            !name.is_empty() && !name.starts_with('#') && !spaces,
            "{line:?}"
        );
        assert!(line.contains('\t') == fits(second), "{line:?}");
    }
}
