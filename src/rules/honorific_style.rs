//! honorific-style: "Mr" and "Mrs" where the house has none.

use text_size::{TextRange, TextSize};

use super::{Context, Edit, Finding, Fix};
use crate::analysis::{EntityMention, MentionForm};
use crate::extract::Label;
use crate::settings::House;

declare_rule! {
    /// Courtesy title that the house does not use, or leaves out
    ///
    /// ## Why
    ///
    /// Whether a story says “Okafor” or “Mrs Okafor” is a matter of the house. Both in one story look like a slight to
    /// one of them.
    ///
    /// One finding for the whole draft, at its first place.
    ///
    /// ## Flags
    ///
    /// ```text
    /// Ruth Okafor said the pier would close. Mrs Okafor gave no date. Tom Meyer was late. Meyer gave no reason.
    /// ```
    ///
    /// ## Passes
    ///
    /// ```text
    /// Ruth Okafor said the pier would close. Okafor gave no date. “Mrs Okafor is late,” Tom Meyer said.
    /// ```
    ///
    /// ```text
    /// Ruth Okafor said the pier would close. Mrs Okafor gave no date.
    /// ```
    ///
    /// ## Fix
    ///
    /// Takes the titles away where the house has none. Whether it is Mrs or Ms only the writer knows.
    ///
    /// ## Settings
    ///
    /// - `use` (`consistent`, BBC `keep`, others `drop`): whether later mentions have courtesy titles.
    name: "honorific-style",
    group: Names,
    levels: [Off, Warning, Warning, Warning, Information],
    settle: true,
    since: "0.1.0",
    options: [("use", Choice("consistent", "drop", "keep"))],
}

fn check(context: &Context<'_>) -> Vec<Finding> {
    let house = match context.settings.house {
        House::Neutral => "consistent",
        House::Bbc => "keep",
        House::Ap | House::Reuters | House::Guardian => "drop",
    };
    let (titled, bare) = mentions(context);
    let finding = match context.choice("use").unwrap_or(house) {
        "drop" => titled.first().map(|first| dropped(context, first, &titled)),
        "keep" => bare.first().map(|first| kept(context, first, titled.is_empty())),
        _ if titled.is_empty() || bare.is_empty() => None,
        _ => titled.first().map(|first| {
            let line = context.analysis.line(bare[0].range);
            let message = format!("Courtesy title here, none in line {line}.");
            context.finding(first.full_range(), message)
        }),
    };
    finding.into_iter().collect()
}

/// Later mentions in own copy by the family name, with a courtesy title and without any title.
fn mentions<'a>(context: &Context<'a>) -> (Vec<&'a EntityMention>, Vec<&'a EntityMention>) {
    let mut titled = Vec::new();
    let mut bare = Vec::new();
    for (index, _) in context.body() {
        for mention in context.mentions(index) {
            let person = context.analysis.entity(mention.entity).label == Label::Person;
            if !person || mention.quoted || mention.form != MentionForm::Surname {
                continue;
            }
            match mention.title {
                Some(title) if courtesy(context, title).is_some() => titled.push(mention),
                None => bare.push(mention),
                Some(_) => {}
            }
        }
    }
    (titled, bare)
}

/// The courtesy title at the end of the titles before a name.
fn courtesy(context: &Context<'_>, title: TextRange) -> Option<TextRange> {
    let text = context.analysis.text(title);
    let last = text.split_whitespace().next_back()?;
    let known = ["Mr", "Mrs", "Ms", "Miss", "Messrs"].contains(&last.trim_end_matches('.'));
    known.then(|| TextRange::new(title.end() - TextSize::of(last), title.end()))
}

fn dropped(context: &Context<'_>, first: &EntityMention, all: &[&EntityMention]) -> Finding {
    let title = first.title.map_or("", |title| context.analysis.text(title));
    let mut finding = context.finding(first.full_range(), format!("House style drops “{title}”."));
    let edits = all.iter().filter_map(|mention| {
        let courtesy = courtesy(context, mention.title?)?;
        Some(Edit {
            range: TextRange::new(courtesy.start(), mention.range.start()),
            text: String::new(),
        })
    });
    finding.fixes.push(Fix {
        title: "Drop the courtesy titles".to_owned(),
        edits: edits.collect(),
        preferred: true,
    });
    finding
}

fn kept(context: &Context<'_>, first: &EntityMention, none: bool) -> Finding {
    let message = match none {
        true => "House keeps Mr/Ms: none in this draft.",
        false => "House keeps Mr/Ms: none here.",
    };
    context.finding(first.range, message)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::fixture::check_in;
    use crate::text::Language;

    fn check(settings: &str, draft: &str) {
        check_in(Language::Plain, settings, Some(&RULE), draft);
    }

    #[test]
    fn a_house_without_titles() {
        check(
            "house = \"ap\"",
            "
            Mayor Ruth Okafor said the pier would close. Mrs. Okafor gave no date. Mrs. Okafor left.
                                                         ^^^^^^^^^^^ warning[honorific-style]: House style drops “Mrs.”.
            ",
        );
        check("house = \"ap\"", "Mayor Ruth Okafor said the pier would close. Okafor gave no date.");
        check("house = \"ap\"", "Mayor Ruth Okafor said the pier would close. Mayor Okafor gave no date.");
        check("house = \"ap\"", "Mayor Ruth Okafor spoke. “Mrs. Okafor is late,” she said.");
    }

    #[test]
    fn a_house_with_titles() {
        check(
            "house = \"bbc\"",
            "
            Mayor Ruth Okafor said the pier would close. Okafor gave no date. Okafor left.
                                                         ^^^^^^ information[honorific-style]: House keeps Mr/Ms: none in this draft.
            ",
        );
        check("house = \"bbc\"", "Mayor Ruth Okafor said the pier would close. Mrs Okafor gave no date.");
    }

    #[test]
    fn titles_for_some() {
        let draft = "
            Ruth Okafor spoke. Mrs Okafor gave no date. Tom Meyer was late. Meyer gave no reason.
                               ^^^^^^^^^^ hint[honorific-style]: Courtesy title here, none in line 1.
            ";
        check("rules.honorific-style.level = \"hint\"", draft);
        check("", "Ruth Okafor spoke. Mrs Okafor gave no date. Tom Meyer was late. Meyer left.");
    }

    #[test]
    fn the_use_is_an_option() {
        check(
            "house = \"ap\"\nrules.honorific-style.use = \"keep\"",
            "Mayor Ruth Okafor said the pier would close. Mrs. Okafor gave no date.",
        );
        check("house = \"ap\"", "");
    }
}
