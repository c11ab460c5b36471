//! acronym-undefined: an acronym that the story does not spell out.

use text_size::{TextRange, TextSize};

use super::acronyms::{Acronym, Use, acronyms, known, long_form, long_forms};
use super::copy::Copy;
use super::{Context, Edit, Finding, Fix};
use crate::extract::{Case, Label, TokenKind};
use crate::lexicon::{Class, Lexicon, Traits};
use crate::settings::House;
use crate::text::FastMap;

declare_rule! {
    /// Acronym that the story does not spell out
    ///
    /// ## Why
    ///
    /// A reader who does not know the letters stops there. The long form, or a word on what it is, belongs to the
    /// first place.
    ///
    /// Only bodies and groups are asked for, not what is known better by its letters than in full, nor companies,
    /// clubs and news outlets. One that carries its description passes: “the conservation charity RSPB”.
    ///
    /// ## Flags
    ///
    /// ```text
    /// The fighters belong to the YPG, he said.
    /// ```
    ///
    /// ```text
    /// The plan was made by the WHTB in May. Repairs go on.
    ///
    /// Nobody was hurt in the storm.
    ///
    /// The Wexmouth Harbour Trust Board had asked for money.
    /// ```
    ///
    /// ## Passes
    ///
    /// ```text
    /// The fighters belong to the People’s Protection Units (YPG). The YPG holds the town.
    /// ```
    ///
    /// ```text
    /// The FBI and NASA asked the militia group YPG and the news agency IRNA.
    /// ```
    ///
    /// ## Fix
    ///
    /// Writes the long form that the newsroom’s knowledge has, with the letters in brackets where the story uses them
    /// again. Where it knows none, or more than one, there is nothing to write.
    ///
    /// ## Settings
    ///
    /// - `known` (none): acronyms that every reader of yours knows.
    /// - `shape` (`brackets`, AP `long`): the long form with the letters in brackets, or alone.
    name: "acronym-undefined",
    group: Copy,
    levels: [Information, Information, Information, Information, Information],
    settle: true,
    since: "0.1.0",
    options: [("known", Texts), ("shape", Choice("brackets", "long"))],
}

fn check(context: &Context<'_>) -> Vec<Finding> {
    let acronyms: Vec<Acronym<'_>> = acronyms(context)
        .into_iter()
        .filter(|acronym| !is_exempt(context, acronym.text))
        .collect();
    if acronyms.is_empty() {
        return Vec::new();
    }
    let forms = long_forms(context);
    let findings = acronyms.iter().filter_map(|acronym| finding(context, acronym, &forms));
    findings.collect()
}

fn finding(
    context: &Context<'_>,
    acronym: &Acronym<'_>,
    forms: &FastMap<String, Vec<TextRange>>,
) -> Option<Finding> {
    let first = *acronym.uses.first()?;
    let copy = Copy::new(context, &context.analysis.paragraphs[first.paragraph]);
    if first.bracketed || is_shouted(&copy, first) || is_described(&copy, first) {
        return None;
    }
    if !is_body(context, &copy, acronym, first) {
        return None;
    }
    let spelled = forms
        .get(acronym.text)
        .into_iter()
        .flatten()
        .copied()
        .chain(named(context, first))
        .chain(known_forms(context, acronym.text))
        .chain(acronym.uses.iter().find(|other| other.bracketed).map(|other| other.range))
        .min_by_key(|range| range.start());
    let message = match spelled {
        Some(range) if range.start() < first.range.start() || is_near(context, first, range) => return None,
        Some(range) => {
            format!("{} is spelled out only in line {}.", acronym.text, context.analysis.line(range))
        }
        None => format!("{} is never spelled out.", acronym.text),
    };
    let mut finding = context.finding(first.range, message);
    finding.fixes.extend(fix(context, &copy, acronym, first));
    Some(finding)
}

/// In the same paragraph.
fn is_near(context: &Context<'_>, first: Use, range: TextRange) -> bool {
    context.analysis.paragraphs[first.paragraph].range.contains_range(range)
}

/// Where the draft has a name of several words for the same body.
fn named(context: &Context<'_>, first: Use) -> Option<TextRange> {
    let analysis = context.analysis;
    let mentions = context.mentions(first.paragraph).iter();
    let own = mentions.into_iter().find(|mention| mention.range == first.range)?;
    let mut all = analysis.mentions_of(own.entity);
    let several = all.find(|mention| {
        let text = analysis.text(mention.range);
        text.contains(' ') && !text.contains(analysis.text(first.range))
    })?;
    Some(several.range)
}

/// Where the draft has a name that the newsroom knows for these letters.
fn known_forms(context: &Context<'_>, acronym: &str) -> Option<TextRange> {
    let text = context.analysis.prose.text();
    let known = known(context, acronym);
    let names = known.iter().flat_map(|known| &known.record.names);
    let found = names.filter(|name| name.text.contains(' ')).filter_map(|name| {
        let curly = name.text.replace('\'', "’");
        let at = text.find(&name.text).or_else(|| text.find(&curly))?;
        Some(TextRange::at(TextSize::try_from(at).ok()?, TextSize::of(name.text.as_str())))
    });
    found.min_by_key(|range| range.start())
}

/// Known to be a body, or used like the name of one.
fn is_body(context: &Context<'_>, copy: &Copy<'_>, acronym: &Acronym<'_>, first: Use) -> bool {
    if !known(context, acronym.text).is_empty() {
        return true;
    }
    if acronym.text.len() < 3 {
        return false;
    }
    let mut mentions = context.mentions(first.paragraph).iter();
    let organisation = mentions.any(|mention| {
        mention.range == first.range && context.analysis.entity(mention.entity).label == Label::Organisation
    });
    let the = first.token.checked_sub(1).is_some_and(|before| copy.word(before).eq_ignore_ascii_case("the"));
    // "the CARB said", but "the PPP model"
    let behind = first.token + 1;
    let noun = copy.facts.words.get(behind).is_some_and(|word| word.class == Class::Other)
        && copy.kind(behind) == Some(TokenKind::Word)
        && !copy.facts.cues.iter().any(|cue| cue.tokens.contains(&behind));
    the && (organisation || !noun) || organisation && acronym.uses.len() > 1
}

/// Beside other words in capitals, as in a line of capitals.
fn is_shouted(copy: &Copy<'_>, first: Use) -> bool {
    let upper = |index: Option<usize>| {
        let token = index.and_then(|index| copy.token(index));
        token.is_some_and(|token| token.kind == TokenKind::Word && token.case == Case::Upper)
    };
    upper(first.token.checked_sub(1)) || upper(Some(first.token + 1))
}

/// A word on what it is stands beside it: "news agency IRNA", "the RSPB, a charity", "the PKK militant group".
fn is_described(copy: &Copy<'_>, first: Use) -> bool {
    let word = |index: usize| copy.facts.words.get(index);
    let mut before = first.token.checked_sub(1);
    if before.is_some_and(|at| word(at).is_some_and(|word| word.is_the())) {
        before = before.and_then(|at| at.checked_sub(1));
    }
    let noun = before.is_some_and(|at| {
        copy.kind(at) == Some(TokenKind::Word)
            && word(at).is_some_and(|word| !word.is_capital() && word.class == Class::Other)
    });
    let behind = first.token + 1;
    let phrase = match copy.word(behind) {
        "(" => true,
        "," | "–" | "—" => {
            let class = word(behind + 1).map(|word| word.class);
            matches!(class, Some(Class::Determiner | Class::Possessive))
        }
        _ => false,
    };
    // "NHL player", "SEC filing": the noun behind it tells.
    let group = word(behind).is_some_and(|word| !word.is_capital() && word.traits.any(Traits::GROUP))
        || word(behind + 1).is_some_and(|word| !word.is_capital() && word.traits.any(Traits::GROUP))
            && word(behind).is_some_and(|word| !word.is_capital() && word.class == Class::Other)
            && copy.kind(behind) == Some(TokenKind::Word);
    noun || phrase || group
}

fn is_exempt(context: &Context<'_>, acronym: &str) -> bool {
    is_familiar(acronym) || context.texts("known").any(|known| known == acronym)
}

/// Better known by its letters than in full, or no body at all.
pub(crate) fn is_familiar(acronym: &str) -> bool {
    let lexicon = Lexicon::get();
    let traits = lexicon.names.word(acronym).traits(true);
    let other = Traits::PLACE
        .or(Traits::TEAM)
        .or(Traits::COMPANY)
        .or(Traits::OUTLET)
        .or(Traits::DEMONYM)
        .or(Traits::EVENT)
        .or(Traits::COMMON)
        .or(Traits::FUNCTION)
        .or(Traits::TITLE);
    KNOWN.contains(&acronym)
        || traits.any(other)
        || lexicon.grammar.class(&acronym.to_lowercase()) != Class::Other
        || acronym.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X' | b'L' | b'C' | b'D' | b'M'))
}

fn fix(context: &Context<'_>, copy: &Copy<'_>, acronym: &Acronym<'_>, first: Use) -> Option<Fix> {
    let before = first.token.checked_sub(1).map_or("", |at| copy.word(at));
    // "an IRA bomb" would want another article.
    if before.eq_ignore_ascii_case("a") || before.eq_ignore_ascii_case("an") {
        return None;
    }
    let long = long_form(context, acronym.text)?;
    let alone = match context.choice("shape") {
        Some(shape) => shape == "long",
        None => context.settings.house == House::Ap,
    };
    let text = match alone || acronym.uses.len() == 1 {
        true => long,
        false => format!("{long} ({})", acronym.text),
    };
    Some(Fix {
        title: format!("Write “{text}”"),
        edits: vec![Edit {
            range: first.range,
            text,
        }],
        preferred: true,
    })
}

/// Better known by their letters than in full.
const KNOWN: [&str; 104] = [
    "AAA", "AARP", "ACLU", "AFL", "AIDS", "AK", "ANC", "ATM", "BBC", "BP", "BJP", "BMW", "CBS", "CCTV", "CDC", "CEO",
    "CFO", "CIA", "CNN", "COVID", "DEA", "DHS", "DIY", "DMV", "DNA", "DNC", "DUI", "DVD", "EPA", "ESPN", "EU", "FAA",
    "FBI", "FDA", "FEMA", "FIFA", "GDP", "GOP", "GPS", "HIV", "HBO", "HIPAA", "HSBC", "IBM", "ICE", "ID", "IMF",
    "INTERPOL", "IOC", "IQ", "IRA", "IRS", "ISIL", "ISIS", "IT", "KGB", "KKK", "LGBT", "LGBTQ", "MIT", "MLB", "MP",
    "MTV", "NAACP", "NAFTA", "NASA", "NATO", "NBA", "NBC", "NCAA", "NFL", "NHL", "NHS", "NPR", "NRA", "NSA", "NYPD",
    "OPEC", "PAC", "PBS", "PC", "PLO", "PTSD", "RAF", "RNC", "SAT", "SNP", "SWAT", "SUV", "TV", "UAE", "UEFA", "UFO",
    "UK", "UKIP", "UN", "UNESCO", "UNICEF", "US", "USA", "USDA", "WHO", "WTO", "YMCA",
];

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::fixture::{check_fix, check_in, check_known, check_rule};
    use crate::text::Language;

    fn check(draft: &str) {
        check_rule(&RULE, draft);
    }

    #[test]
    fn letters_that_are_never_spelled_out() {
        check(
            "
            The fighters belong to the YPG, which Turkey fears.
                                       ^^^ information[acronym-undefined]: YPG is never spelled out.
            ",
        );
        check(
            "
            He was met by the OPCW on Monday. The OPCW gave no date.
                              ^^^^ information[acronym-undefined]: OPCW is never spelled out.
            ",
        );
    }

    #[test]
    fn a_long_form_that_comes_late() {
        check(
            "
            The fighters belong to the YPG, which Turkey fears.
                                       ^^^ information[acronym-undefined]: YPG is spelled out only in line 3.

            The People’s Protection Units hold the town.
            ",
        );
    }

    #[test]
    fn long_forms_and_descriptions_pass() {
        check("The People’s Protection Units (YPG) hold the town. The YPG will stay.");
        check("The People’s Protection Units hold the town. The YPG will stay.");
        check("The YPG (People’s Protection Units) holds the town.");
        check("The militia group YPG holds the town. The OPCW, a watchdog, has left.");
        check("The YPG militia holds the town.");
        check("The FBI, NATO and the BBC asked the UK. IBM and UPS did not.");
        check("He has a TV, a PC and World War II books. It is NOT SAFE, HE WROTE.");
        check("“The YPG will stay,” Ann Meyer said.");
        check("");
    }

    #[test]
    fn options() {
        let draft = "The fighters belong to the YPG, which Turkey fears.";
        check_in(Language::Plain, "rules.acronym-undefined.known = [\"YPG\"]", Some(&RULE), draft);
        let twice = "
            The town belongs to the YPG. The YPG will stay.
                                    ^^^ information[acronym-undefined]: YPG is never spelled out.
            ";
        check_in(Language::Plain, "rules.acronym-undefined.shape = \"long\"", Some(&RULE), twice);
        check_in(Language::Plain, "house = \"ap\"", Some(&RULE), twice);
    }

    #[test]
    fn the_desk_knows_more() {
        check_known(
            &RULE,
            "
            [[organisation]]
            name = \"Wexmouth Harbour Trust\"
            acronym = \"WHT\"
            ",
            "",
            "
            It belongs to WHT, he said.
                          ^^^ information[acronym-undefined]: WHT is never spelled out.
            ",
        );
    }

    #[test]
    fn the_fix_writes_the_long_form() {
        check_fix(
            &RULE,
            "The town belongs to the Y<CURSOR>PG. The YPG will stay.",
            "The town belongs to the People's Protection Units (YPG). The YPG will stay.",
        );
        check_fix(
            &RULE,
            "The fighters’ town belongs to the Y<CURSOR>PG.",
            "The fighters’ town belongs to the People’s Protection Units.",
        );
    }
}
