//! The commonest classes of Wikidata ("instance of", P31) and the kinds of record that they make.

use crate::knowledge::RecordKind;

/// The kind of an item of some classes, and the type that its record shows; none where no class is known. Of several
/// classes the one that stands first in the list counts: what is a city and a state is a country.
pub(super) fn kind<'c>(
    classes: impl Iterator<Item = &'c str>,
) -> Option<(RecordKind, &'static str)> {
    let known = classes.filter_map(|class| CLASSES.iter().position(|(id, _, _)| *id == class));
    let (_, kind, name) = CLASSES.get(known.min()?)?;
    Some((*kind, name))
}

use RecordKind::{ArmedGroup, Country, Office, Organisation, Outlet, Party, Person, Place, Rank};

/// Sorted by what a reader would rather call a thing that is of several classes. An empty type says no more than the
/// kind does.
const CLASSES: &[(&str, RecordKind, &str)] = &[
    ("Q5", Person, ""),
    ("Q3624078", Country, ""),
    ("Q6256", Country, ""),
    ("Q161243", Country, "dependent territory"),
    ("Q46395", Country, "British overseas territory"),
    ("Q15634554", Country, "state with limited recognition"),
    ("Q3336843", Country, "country of the United Kingdom"),
    // The label that others give such groups is theirs.
    ("Q17127659", ArmedGroup, ""),
    ("Q17149090", ArmedGroup, ""),
    ("Q7278", Party, ""),
    ("Q192283", Outlet, "news agency"),
    ("Q1110794", Outlet, "daily newspaper"),
    ("Q11032", Outlet, "newspaper"),
    ("Q1153191", Outlet, "online newspaper"),
    ("Q17232649", Outlet, "news website"),
    ("Q41298", Outlet, "magazine"),
    ("Q1254874", Outlet, "television network"),
    ("Q2001305", Outlet, "television channel"),
    ("Q1616075", Outlet, "television station"),
    ("Q14350", Outlet, "radio station"),
    ("Q15265344", Outlet, "broadcaster"),
    ("Q1002697", Outlet, "periodical"),
    ("Q1193236", Outlet, "news media"),
    ("Q11033", Outlet, "mass media"),
    ("Q56019", Rank, "military rank"),
    ("Q4164871", Office, ""),
    ("Q294414", Office, ""),
    ("Q245065", Organisation, "intergovernmental organisation"),
    ("Q484652", Organisation, "international organisation"),
    ("Q192350", Organisation, "ministry"),
    ("Q66344", Organisation, "central bank"),
    ("Q47913", Organisation, "intelligence agency"),
    ("Q327333", Organisation, "government agency"),
    ("Q2659904", Organisation, "government organisation"),
    ("Q640506", Organisation, "cabinet"),
    ("Q35749", Organisation, "parliament"),
    ("Q11204", Organisation, "legislature"),
    ("Q190752", Organisation, "supreme court"),
    ("Q41487", Organisation, "court"),
    ("Q772547", Organisation, "armed forces"),
    ("Q37726", Organisation, "army"),
    ("Q176799", Organisation, "military unit"),
    ("Q178790", Organisation, "trade union"),
    ("Q46970", Organisation, "airline"),
    ("Q22687", Organisation, "bank"),
    ("Q18388277", Organisation, "technology company"),
    ("Q875538", Organisation, "public university"),
    ("Q902104", Organisation, "private university"),
    ("Q3918", Organisation, "university"),
    ("Q31855", Organisation, "research institute"),
    ("Q16917", Organisation, "hospital"),
    ("Q476028", Organisation, "football club"),
    ("Q847017", Organisation, "sports club"),
    ("Q12973014", Organisation, "sports team"),
    ("Q708676", Organisation, "charity"),
    ("Q157031", Organisation, "foundation"),
    ("Q79913", Organisation, "non-governmental organisation"),
    ("Q163740", Organisation, "non-profit organisation"),
    ("Q891723", Organisation, "public company"),
    ("Q783794", Organisation, "company"),
    ("Q6881511", Organisation, "company"),
    ("Q4830453", Organisation, "company"),
    ("Q178706", Organisation, "institution"),
    ("Q43229", Organisation, ""),
    ("Q35657", Place, "U.S. state"),
    ("Q47168", Place, "U.S. county"),
    ("Q5119", Place, "capital"),
    ("Q1549591", Place, "city"),
    ("Q1637706", Place, "city"),
    ("Q200250", Place, "city"),
    ("Q1093829", Place, "city"),
    ("Q515", Place, "city"),
    ("Q7930989", Place, "city or town"),
    ("Q3957", Place, "town"),
    ("Q532", Place, "village"),
    ("Q188509", Place, "suburb"),
    ("Q123705", Place, "neighbourhood"),
    ("Q747074", Place, "municipality"),
    ("Q484170", Place, "municipality"),
    ("Q42744322", Place, "municipality"),
    ("Q262166", Place, "municipality"),
    ("Q2074737", Place, "municipality"),
    ("Q3184121", Place, "municipality"),
    ("Q15284", Place, "municipality"),
    ("Q486972", Place, "settlement"),
    ("Q10864048", Place, "region"),
    ("Q1221156", Place, "state of Germany"),
    ("Q36784", Place, "region of France"),
    ("Q6465", Place, "department of France"),
    ("Q34876", Place, "province"),
    ("Q28575", Place, "county"),
    ("Q149621", Place, "district"),
    ("Q5107", Place, "continent"),
    ("Q9430", Place, "ocean"),
    ("Q165", Place, "sea"),
    ("Q23397", Place, "lake"),
    ("Q4022", Place, "river"),
    ("Q46831", Place, "mountain range"),
    ("Q8502", Place, "mountain"),
    ("Q23442", Place, "island"),
    ("Q1248784", Place, "airport"),
    ("Q483110", Place, "stadium"),
    ("Q12280", Place, "bridge"),
    ("Q22698", Place, "park"),
    ("Q82794", Place, "region"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(classes: &[&str], expected: Option<(RecordKind, &str)>) {
        assert_eq!(kind(classes.iter().copied()), expected);
    }

    #[test]
    fn the_first_known_class_of_the_list_counts() {
        check(&["Q5"], Some((Person, "")));
        check(&["Q1", "Q515", "Q6256"], Some((Country, "")));
        check(&["Q15265344", "Q192283"], Some((Outlet, "news agency")));
        check(&["Q13442814"], None);
        check(&[], None);
    }

    #[test]
    fn each_class_stands_once() {
        let mut ids: Vec<_> = CLASSES.iter().map(|(id, _, _)| id).collect();
        assert!(ids.iter().all(|id| super::super::is_item(id)));
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), CLASSES.len());
    }
}
