//! Who speaks, over whole drafts.

use crate::analysis::{Memo, analyze};
use crate::knowledge::Knowledge;
use crate::settings::Settings;
use crate::text::Language;

/// Each piece of speech of a draft as "first words > speaker (link)".
fn speakers(draft: &str) -> Vec<String> {
    let analysis = analyze(
        draft,
        Language::Plain,
        &Settings::default(),
        Knowledge::shipped(),
        &mut Memo::default(),
    );
    let line = |attribution: &super::Attribution| {
        let words: Vec<&str> = analysis
            .text(attribution.range)
            .split_whitespace()
            .take(2)
            .collect();
        let name = analysis.speaker_name(attribution).unwrap_or("nobody");
        format!(
            "{} > {name} ({:?})",
            words.join(" "),
            attribution.evidence.link
        )
    };
    analysis.attributions.iter().map(line).collect()
}

#[track_caller]
fn check(draft: &str, expected: &[&str]) {
    assert_eq!(speakers(draft), expected, "{draft}");
}

#[test]
fn surnames_and_pronouns_reach_the_full_name() {
    check(
        "Mayor Ruth Okafor opened the pier. “We are ready,” Okafor said.\n\n“It took a year,” she added.",
        &[
            "“We are > Ruth Okafor (Named)",
            "“It took > Ruth Okafor (Pronoun)",
        ],
    );
}

#[test]
fn a_pronoun_takes_the_subject_not_the_object() {
    check(
        "Ruth Okafor thanked Dan Meyer for his help. “You did well,” she said.",
        &["“You did > Ruth Okafor (Pronoun)"],
    );
}

#[test]
fn the_draft_tells_who_is_she() {
    check(
        "Ruth Okafor met Dan Meyer on Monday. Mr Meyer was late.\n\n“It was fine,” she said.",
        &["“It was > Ruth Okafor (Pronoun)"],
    );
}

#[test]
fn a_role_means_whom_it_introduced() {
    check(
        "Police chief Lena Brandt closed the gate. Dan Meyer watched.\n\n“It is not safe,” the police chief said.",
        &["“It is > Lena Brandt (Role)"],
    );
}

#[test]
fn a_later_quote_of_the_paragraph_has_the_same_speaker() {
    check(
        "“We won,” Ruth Okafor said. “Now we build.”",
        &[
            "“We won,” > Ruth Okafor (Named)",
            "“Now we > Ruth Okafor (SameParagraph)",
        ],
    );
}

#[test]
fn an_untagged_paragraph_is_carried_on_as_a_guess() {
    check(
        "“We won,” Ruth Okafor said.\n\n“Now we build the new pier.”",
        &[
            "“We won,” > Ruth Okafor (Named)",
            "“Now we > Ruth Okafor (Continued)",
        ],
    );
}

#[test]
fn a_running_quote_keeps_its_speaker() {
    check(
        "Ruth Okafor said: “The pier is old. It will fall.\n\n“So we build a new one.”",
        &[
            "“The pier > Ruth Okafor (Named)",
            "“So we > Ruth Okafor (Continued)",
        ],
    );
}

#[test]
fn a_running_quote_may_name_its_speaker_at_its_end() {
    check(
        "Dan Meyer left early.\n\n“The pier is old. It will fall.\n\n“So we build a new one,” Ruth Okafor said.",
        &[
            "“The pier > Ruth Okafor (Continued)",
            "“So we > Ruth Okafor (Named)",
        ],
    );
}

#[test]
fn the_head_of_a_phrase_speaks() {
    check(
        "“It will rain,” said Maria Gomez of the University of Leeds.",
        &["“It will > Maria Gomez (Named)"],
    );
    check(
        "A former aide to Premier Walter Haines said that she had been ordered to leave.",
        &["that she > former aide to Premier Walter Haines (Role)"],
    );
    check(
        "“Safety comes first,” said the operator’s managing director, Fiona Grant.",
        &["“Safety comes > Fiona Grant (Named)"],
    );
    check(
        "Tom Ridley, whose sister Ann Low runs the club, said: “We are fine.”",
        &["“We are > Tom Ridley (Named)"],
    );
}

#[test]
fn relatives_are_told_apart() {
    check(
        "Ben Ridley opened the bakery with his wife, Anna Ridley.\n\n“We start at four,” she said.\n\nMr Ridley \
         laughed. “I do,” he said.",
        &[
            "“We start > Anna Ridley (Pronoun)",
            "“I do,” > Ben Ridley (Pronoun)",
        ],
    );
}

#[test]
fn kinship_tells_he_from_she() {
    check(
        "Ingrid Halvorsen keeps the light.\n\nHer father-in-law, Olav Halvorsen, rowed home. “He was cold,” she said.",
        &["“He was > Ingrid Halvorsen (Pronoun)"],
    );
}

#[test]
fn nobody_tells_himself() {
    check(
        "Tom Ridley said that Ann Low had told him: “Go home.”\n\n“I went,” he said.",
        &[
            "that Ann > Tom Ridley (Named)",
            "“Go home.” > Ann Low (Named)",
            "“I went,” > Tom Ridley (Pronoun)",
        ],
    );
}

#[test]
fn an_owner_is_no_subject() {
    check(
        "Olga Petrova runs the port.\n\nHer deputy, Hans Müller, disagreed. “We did not even try,” he said.",
        &["“We did > Hans Müller (Pronoun)"],
    );
    check(
        "Petrova’s deputy, Hans Müller, disagreed with Olga Petrova. “We did not even try,” he said.",
        &["“We did > Hans Müller (Pronoun)"],
    );
}

#[test]
fn nobody_is_both_she_and_he() {
    check(
        "Olga Petrova met Hans Müller.\n\n“I am late,” she said.\n\nPetrova then left. “So am I,” he said.",
        &[
            "“I am > Olga Petrova (Pronoun)",
            "“So am > Hans Müller (Pronoun)",
        ],
    );
}

#[test]
fn the_spokeswoman_is_the_one_before() {
    check(
        "A spokeswoman for the ministry said it could not comment. “We are busy,” the spokeswoman said.",
        &[
            "it could > spokeswoman for the ministry (Role)",
            "“We are > spokeswoman for the ministry (Role)",
        ],
    );
}

#[test]
fn a_dateline_is_no_part_of_what_is_said() {
    let draft = "PORT HALE, Nov. 3 — Talks collapsed, Olga Petrova said.";
    check(draft, &["Talks collapsed > Olga Petrova (Named)"]);
}

#[test]
fn a_lead_in_with_a_colon_names_the_speaker_of_the_next_paragraph() {
    check(
        "Dan Meyer left early. Then Ruth Okafor continued:\n\n“The pier is old and it will fall.”",
        &["“The pier > Ruth Okafor (Continued)"],
    );
}

#[test]
fn nobody_speaks_before_anyone_is_named() {
    check(
        "“The pier is old and it will fall.”",
        &["“The pier > nobody (None)"],
    );
}

#[test]
fn unnamed_sources_keep_their_description() {
    check(
        "The pier will close, according to two council officials.",
        &["The pier > two council officials (Role)"],
    );
}

#[test]
fn titles_and_words_as_words_are_nobodys() {
    check("The film “Night Train” opens on Friday.", &[]);
    check("The word “pier” is French.", &[]);
    check("The old pier, known as the “Finger”, is closed.", &[]);
}

#[test]
fn states_of_mind_and_plain_verbs_are_no_speech() {
    check("Ruth Okafor believes that the pier is old.", &[]);
    check("Ruth Okafor never said that the pier was old.", &[]);
    check("Ruth Okafor opened the pier, and the crowd left.", &[]);
}

#[test]
fn labels_that_come_back_are_turns() {
    check(
        "The record of the hearing, with Anna Keller, the chair, and Dan Meyer.\n\nKeller: Who closed the port?\n\nMeyer: I did. It was late.\n\nKeller: Thank you.\n\nMeyer: (Laughs.) Not at all.",
        &[
            "Who closed > Anna Keller (Named)",
            "I did. > Dan Meyer (Named)",
            "Thank you. > Anna Keller (Named)",
            "Not at > Dan Meyer (Named)",
        ],
    );
}

#[test]
fn an_interview_has_one_who_asks_and_one_who_answers() {
    check(
        "Anna Keller has run the port for years. She spoke to Dan Meyer about tides.\n\nQ: Are you tired?\n\nA: Very much so.\n\nQ: Will you go?\n\nA: One day I will.",
        &[
            "Are you > Dan Meyer (Named)",
            "Very much > Anna Keller (Named)",
            "Will you > Dan Meyer (Named)",
            "One day > Anna Keller (Named)",
        ],
    );
}

#[test]
fn a_label_that_stands_alone_is_no_turn() {
    check(
        "Anna Keller runs the port.\n\nKeller: port will close.\n\nNote: the tide is low today.",
        &[],
    );
}

#[test]
fn what_a_sign_reads_is_nobodys() {
    check("A sign at the gate read “Keep out of the water.”", &[]);
    check("The label on the case will read “On Loan”.", &[]);
}

#[test]
fn a_name_that_the_rest_of_the_draft_shows_speaks() {
    check(
        "The company, Tern Lines, runs the ferry.\n\nTern said the hull was sound.",
        &["the hull > Tern Lines (Named)"],
    );
}

#[test]
fn two_speak_together_with_words_before_the_second() {
    check(
        "Ruth Okafor and Dan Meyer row.\n\n“We began at ten,” said Okafor and Norlift coach Dan Meyer.",
        &["“We began > Ruth Okafor and Dan Meyer (Named)"],
    );
}

#[test]
fn it_is_the_body_that_opens_the_sentence() {
    check(
        "The Harbour Board put out a letter in which it thanked “all staff, wet or dry”.",
        &["“all staff, > Harbour Board (Pronoun)"],
    );
}

#[test]
fn a_note_of_the_desk_ends_a_block_quote() {
    let text = "Ruth Okafor wrote:\n\n> The pier is old.\n\n> Correction: the pier is new.\n";
    let analysis = analyze(
        text,
        Language::Markdown,
        &Settings::default(),
        Knowledge::shipped(),
        &mut Memo::default(),
    );
    assert_eq!(analysis.attributions.len(), 1);
}

#[test]
fn names_of_things_are_nobodys() {
    check("A boat called “Old Rope” came down the river.", &[]);
    check("Swimmers knew her as “Aunt Tide”, which she liked.", &[]);
    check(
        "She hung a notice in her window: “Shut. Gone fishing.”",
        &[],
    );
    check("The choir sang “Down by the Weir” and left.", &[]);
    check(
        "What one angler called “a bathtub” is closed.",
        &["“a bathtub” > one angler (Role)"],
    );
}

#[test]
fn labels_in_capitals_need_no_name() {
    check(
        "“CHAIR: Are we ready?\n\n“MEMBER: We are.\n\n“It took a year.\n\n“CHAIR: Then go.\n\n“MEMBER: I will.”",
        &[
            "Are we > CHAIR (None)",
            "We are. > MEMBER (None)",
            "“It took > nobody (Continued)",
            "Then go. > CHAIR (None)",
            "I will.” > MEMBER (None)",
        ],
    );
}

#[test]
fn a_lead_in_needs_no_reporting_verb() {
    check(
        "On Monday Ruth Okafor made the following remark:\n\n“We are ready to go back to the pier.”",
        &["“We are > Ruth Okafor (Continued)"],
    );
}

#[test]
fn what_a_person_takes_another_for_is_their_word() {
    check(
        "Ruth Okafor has hounded Dan Meyer as a “con artist” for a year.",
        &["“con artist” > Ruth Okafor (Named)"],
    );
    check("The crew knew the pier as “the plank” for years.", &[]);
}

#[test]
fn few_speak_of_themselves_by_name() {
    check(
        "Ruth Okafor left late. Her coach, Anna Fell, waited.\n\n“Okafor can have my watch,” she said.",
        &["“Okafor can > Anna Fell (Pronoun)"],
    );
}

#[test]
fn an_owner_who_opens_the_sentence_before_is_in_focus() {
    check(
        "Ruth Okafor took the bus to the pier. Anna Fell’s advice was shorter. “Bring coats,” she said.",
        &["“Bring coats,” > Anna Fell (Pronoun)"],
    );
}

#[test]
fn a_paragraph_of_quoted_capitals_is_a_heading() {
    check(
        "“We won,” Ruth Okafor said.\n\n‘Legend in the Coal Fields.’\n\nThe pier opened.",
        &["“We won,” > Ruth Okafor (Named)"],
    );
}

#[test]
fn the_listener_of_an_inverted_tag_is_no_part_of_it() {
    check(
        "Mayor Ruth Okafor met the crew.\n\n“We are done,” said Okafor to the crowd that had waited.",
        &["“We are > Ruth Okafor (Named)"],
    );
}

#[test]
fn whoever_speaks_for_an_office_is_not_its_holder() {
    check(
        "Mayor Ruth Okafor left.\n\n“We will look at it,” a spokesman for the mayor wrote.",
        &["“We will > spokesman for the mayor (Role)"],
    );
}

#[test]
fn letters_and_statements_are_those_of_whoever_issued_them() {
    check(
        "In a statement, the union said it would wait.\n\n“Our members are tired,” the statement continued.",
        &["it would > union (Named)", "“Our members > union (Role)"],
    );
}

#[test]
fn an_epithet_means_the_one_person_spoken_of() {
    check(
        "Keeper Dan Meyer saved twice. “It felt good,” the 26-year-old said.",
        &["“It felt > Dan Meyer (Role)"],
    );
    check(
        "Dan Meyer met Ruth Okafor. “It felt good,” the 26-year-old said.",
        &["“It felt > 26-year-old (Role)"],
    );
}

#[test]
fn a_few_words_between_two_quotes_bring_somebody_in() {
    check(
        "“It is a great day,” Dan Meyer said. His wife, Joan, agreed. “It is lovely.”",
        &["“It is > Dan Meyer (Named)", "“It is > Joan (Continued)"],
    );
}

#[test]
fn a_sentence_looks_from_the_side_of_a_person() {
    check(
        "Ruth Okafor and Dan Meyer spoke. For Meyer, it was “a matter of principle”.",
        &["“a matter > Dan Meyer (Named)"],
    );
}

#[test]
fn a_participle_behind_a_subject_does_not_take_its_place() {
    check(
        "Workers blocking the road said they would stay.",
        &["they would > Workers blocking the road (Role)"],
    );
    check(
        "The firm behind the bridge, says it is safe.",
        &["it is > firm behind the bridge (Named)"],
    );
}
