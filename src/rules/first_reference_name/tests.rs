//! Drafts and the names that they lack.

use super::RULE;
use crate::fixture::{check_fix, check_fix_titled, check_in, check_rule, fix_titles};
use crate::text::Language;

fn check(draft: &str) {
    check_rule(&RULE, draft);
}

#[test]
fn a_name_never_given() {
    check(
        "
        The council met Mayor Okafor on Monday, according to the Herald.
                        ^^^^^^^^^^^^ warning[first-reference-name]: First mention of Okafor lacks a given name.

        Okafor had no comment.
        ",
    );
}

#[test]
fn a_name_given_later() {
    check(
        "
        Mayor Okafor met the council on Monday.
        ^^^^^^^^^^^^ warning[first-reference-name]: Full name comes only in line 3.

        The pier will close, Ruth Okafor said.
        ",
    );
}

#[test]
fn a_headline_with_a_full_stop_passes() {
    check(
        "
        Okafor closes the pier.

        Mayor Ruth Okafor closed the pier on Monday after a night of storms that took
        three of its piles and the whole of the landing stage with them.
        ",
    );
}

#[test]
fn a_short_lede_introduces() {
    check(
        "
        Mayor Ruth Okafor closed the pier on Monday.

        Okafor told the council that a night of storms had taken three of its piles
        and the whole of the landing stage with them, and that it would not open again.
        ",
    );
}

#[test]
fn what_is_named_after_a_person_is_a_hint() {
    check(
        "
        The Okafor administration met on Monday.
            ^^^^^^ hint[first-reference-name]: Full name comes only in line 3.

        The pier will close, Mayor Ruth Okafor said.
        ",
    );
}

#[test]
fn an_office_or_a_possessive_before_the_name() {
    check(
        "
        Yet it was Senate Majority Leader Okafor who closed the debate on Tuesday.
                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[first-reference-name]: First mention of Okafor lacks a given name.

        He spoke to CNN’s Tapper, who said he was tired.
                          ^^^^^^ warning[first-reference-name]: First mention of Tapper lacks a given name.
        ",
    );
}

#[test]
fn made_up_and_broken_names_pass() {
    check("The former Miss Universe said she would vote. Uncle Sam did not.");
    check("The French President FranÃÂ§ois Hollande said on Friday that he would stay.");
    check("The former Vice President (then-Senator) Joseph Okafor was there.");
}

#[test]
fn full_names_pass() {
    check("Mayor Ruth Okafor met the council. Okafor said the pier would close.");
    check("Okafor, whose full name is Ruth Okafor, said the pier would close.");
    check("Ursula von der Leyen met Charles de Gaulle. “Okafor is late,” he said.");
}

#[test]
fn names_in_headlines_and_quotes_do_not_count() {
    check(
        "
        Okafor to close pier after storm

        “Okafor is late,” a guard said. Mayor Ruth Okafor met the council on Monday.
        ",
    );
}

#[test]
fn those_of_one_name_pass() {
    check("Pope Francis met King Charles and Queen Camilla. Beyoncé sang, she said.");
}

#[test]
fn families_pass() {
    check("Ruth Okafor and her sons came. Ann and her husband, Tom Reyes, said they would stay.");
}

#[test]
fn an_item_of_a_list_introduces() {
    let draft = "- The owner, Hal Brandt, was there.\n\nBrandt said he would check.";
    check_in(Language::Markdown, "", Some(&RULE), draft);
}

#[test]
fn known_people_pass() {
    let draft = "Mayor Okafor met the council on Monday. Okafor said the pier would close.";
    let rule = Some(&RULE);
    check_in(Language::Plain, "known-people = [\"Ruth Okafor\"]", rule, draft);
    check_in(Language::Plain, "known-people = [\"okafor\"]", rule, draft);
    check_in(Language::Plain, "rules.first-reference-name.exempt = [\"Okafor\"]", rule, draft);
}

#[test]
fn names_that_may_be_anything_pass() {
    check("Tesla rose. Boeing fell. The shares of Vanguard did neither.");
}

#[test]
fn words_beside_a_name_may_belong_to_it() {
    check("Torv Okafor mended his nets, said Yuvraj Okafor. Uncle Bornhold Okafor did not.");
    check("Albert “Bertie” Doyle said he would stay, and so did Margaret “Peg” Doyle.");
    check("Red Brick-trained engineers and Don Doyle said so.");
}

#[test]
fn relatives_pass() {
    check("Ruth Okafor came with her daughter, Ellie, who said she would stay.");
}

#[test]
fn a_name_hidden_by_a_missing_mark_passes() {
    check(
        "
        “The bridge is safe, Mayor Ruth Okafor told the council.

        Okafor had no other comment.
        ",
    );
}

#[test]
fn credits_and_links_pass() {
    check(
        "
        The pier will close, Mayor Ruth Okafor said.

        Reporting by Meyer and Reyes
        ",
    );
}

#[test]
fn the_fix_moves_the_full_name_up() {
    check_fix(
        &RULE,
        "
        Mayor Oka<CURSOR>for met the council on Monday.

        The pier will close, Ruth Okafor said.
        ",
        "
        Mayor Ruth Okafor met the council on Monday.

        The pier will close, Okafor said.
        ",
    );
    check_fix_titled(
        &RULE,
        "Write “Ruth Okafor” here",
        "
        Mayor Oka<CURSOR>for met the council on Monday.

        The pier will close, Ruth Okafor said.
        ",
        "
        Mayor Ruth Okafor met the council on Monday.

        The pier will close, Ruth Okafor said.
        ",
    );
}

#[test]
fn a_name_never_given_cannot_be_moved() {
    let draft = "The council met Mayor Oka<CURSOR>for on Monday. Okafor had no comment.";
    assert!(fix_titles(&RULE, draft).is_empty());
}
