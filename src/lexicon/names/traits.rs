//! What the lists of names may know about a word, as a set of bits.

/// What the lists know about a word or a phrase: a set of the constants below.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Traits(u64);

impl Traits {
    /// Nothing.
    pub const NONE: Traits = Traits(0);
    /// A given name.
    pub const GIVEN: Traits = Traits(1);
    /// A family name.
    pub const FAMILY: Traits = Traits(1 << 1);
    /// A family name that stands before the given name.
    pub const FAMILY_FIRST: Traits = Traits(1 << 2);
    /// A country, city, region, sea …
    pub const PLACE: Traits = Traits(1 << 3);
    /// A people, faith or party, as adjective or noun.
    pub const DEMONYM: Traits = Traits(1 << 4);
    /// A known organisation.
    pub const BODY: Traits = Traits(1 << 5);
    /// A news outlet or agency.
    pub const OUTLET: Traits = Traits(1 << 6);
    /// An event, feast, prize, law or product.
    pub const EVENT: Traits = Traits(1 << 7);
    /// "Mr", "Sir"
    pub const HONORIFIC: Traits = Traits(1 << 8);
    /// "Ayatollah", "Pope": kept in a name that has no given name.
    pub const STYLE: Traits = Traits(1 << 9);
    /// "Gen", "Detective"
    pub const RANK: Traits = Traits(1 << 10);
    /// "former", "deputy", "foreign": stands before an office.
    pub const MODIFIER: Traits = Traits(1 << 11);
    /// One person by office or function: "president".
    pub const ROLE: Traits = Traits(1 << 12);
    /// Several people by office or function: "officials".
    pub const ROLES: Traits = Traits(1 << 13);
    /// A body by function: "ministry".
    pub const GROUP: Traits = Traits(1 << 14);
    /// Ends the name of an organisation: "Council".
    pub const BODY_HEAD: Traits = Traits(1 << 15);
    /// Ends the name of a place: "River".
    pub const PLACE_HEAD: Traits = Traits(1 << 16);
    /// Ends the name of an event, prize or law: "Cup".
    pub const EVENT_HEAD: Traits = Traits(1 << 17);
    /// Stands inside a family name: "van", "al".
    pub const PARTICLE: Traits = Traits(1 << 18);
    /// Never a name by itself: "the", "of", "said".
    pub const FUNCTION: Traits = Traits(1 << 19);
    /// "two", "several"
    pub const NUMBER: Traits = Traits(1 << 20);
    /// Capitalised and yet nobody's name: "Monday", "GDP".
    pub const COMMON: Traits = Traits(1 << 21);
    /// An ordinary word.
    pub const WORD: Traits = Traits(1 << 22);
    /// A given name of people called "he" more often than not.
    pub const MALE: Traits = Traits(1 << 23);
    /// A given name of people called "she" more often than not.
    pub const FEMALE: Traits = Traits(1 << 24);
    /// A sports club, team or league.
    pub const TEAM: Traits = Traits(1 << 25);
    /// A company.
    pub const COMPANY: Traits = Traits(1 << 26);
    /// A country.
    pub const COUNTRY: Traits = Traits(1 << 27);
    /// A city, town or quarter of one.
    pub const CITY: Traits = Traits(1 << 28);
    /// A state, province, county, continent or other stretch of land.
    pub const REGION: Traits = Traits(1 << 29);
    /// Where the copies of the bits stand that count only in capitals.
    const CAPITALS: u32 = 32;
    /// Anything that may stand as a title.
    pub const TITLE: Traits = Traits::HONORIFIC
        .or(Traits::STYLE)
        .or(Traits::RANK)
        .or(Traits::ROLE);
    /// Ends a name that is not a person's.
    pub const HEAD: Traits = Traits::BODY_HEAD
        .or(Traits::PLACE_HEAD)
        .or(Traits::EVENT_HEAD);
    /// A name of something that is known whole.
    pub const KNOWN: Traits = Traits::PLACE
        .or(Traits::BODY)
        .or(Traits::OUTLET)
        .or(Traits::DEMONYM)
        .or(Traits::EVENT);
    /// A sort of body or place, set beside `BODY` or `PLACE`. By itself it says that the word may be one and is an
    /// ordinary word or a person's name more often ("Giants", "Lincoln").
    pub const SORT: Traits = Traits::TEAM
        .or(Traits::COMPANY)
        .or(Traits::COUNTRY)
        .or(Traits::CITY)
        .or(Traits::REGION);
    /// Part of a person's name.
    pub const PERSON: Traits = Traits::GIVEN.or(Traits::FAMILY).or(Traits::FAMILY_FIRST);

    /// Both sets together.
    pub const fn or(self, other: Traits) -> Traits {
        Traits(self.0 | other.0)
    }

    /// The two sets share something.
    pub fn any(self, other: Traits) -> bool {
        self.0 & other.0 != 0
    }

    /// The set without another.
    pub fn without(self, other: Traits) -> Traits {
        Traits(self.0 & !other.0)
    }

    /// The set as a number: each constant above is one of its lowest 31 bits.
    pub const fn bits(self) -> u32 {
        (self.0 & 0x7fff_ffff) as u32
    }

    /// What is known whole, as it counts only where the word stands in capitals.
    pub(super) fn in_capitals(self) -> Traits {
        Traits((self.0 & Traits::KNOWN.or(Traits::SORT).0) << Traits::CAPITALS)
    }

    pub(super) fn seen_as(self, capitals: bool) -> Traits {
        let plain = Traits(self.0 & ((1 << Traits::CAPITALS) - 1));
        let acronym = Traits(self.0 >> Traits::CAPITALS);
        match capitals && acronym != Traits::NONE {
            // "US" is no "us".
            true => acronym,
            false => plain,
        }
    }
}
