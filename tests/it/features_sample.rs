//! What a real draft shows at its places: hints, hovers and the outline.

use copydesk::analysis::{Analysis, Memo, analyze};
use copydesk::features::{Beside, Symbol, diagnostics, hints, hover, symbols};
use copydesk::knowledge::Knowledge;
use copydesk::settings::Settings;
use copydesk::text::{Language, TextRange, TextSize};
use expect_test::{Expect, expect};

const DRAFT: &str = include_str!("../drafts/tehran-summit.txt");

fn analysis() -> Analysis {
    analyze(
        DRAFT,
        Language::Plain,
        &Settings::default(),
        Knowledge::shipped(),
        &mut Memo::default(),
    )
}

/// Lines with a hint: the ten characters before it, and the hint.
fn check_hints(settings: &Settings, expected: Expect) {
    let whole = TextRange::up_to(TextSize::of(DRAFT));
    let mut actual = String::new();
    for hint in hints(&analysis(), settings, whole) {
        let before = &DRAFT[..usize::from(hint.offset)];
        let line = before.split('\n').count();
        let tail: Vec<char> = before.chars().rev().take(10).collect();
        let tail: String = tail.into_iter().rev().collect();
        actual += &format!("{line}: …{tail}{}\n    {}\n", hint.label, hint.tooltip);
    }
    expected.assert_eq(&actual);
}

/// The hover inside the first match of some words on a line.
fn check_hover(line: usize, words: &str, expected: Expect) {
    let start: usize = DRAFT
        .split_inclusive('\n')
        .take(line - 1)
        .map(str::len)
        .sum();
    let at = start + DRAFT[start..].find(words).expect("the words on the line");
    let at = TextSize::try_from(at).unwrap();
    let middle = at + TextSize::try_from(words.len() / 2).unwrap();
    let (analysis, settings) = (analysis(), Settings::default());
    let beside = Beside {
        findings: &diagnostics(&analysis, &settings),
        knowledge: &Knowledge::default(),
        house: settings.house,
    };
    let hover = hover(&analysis, beside, middle).expect("a hover");
    expected.assert_eq(&format!("[{}]\n{}\n", &DRAFT[hover.range], hover.markdown));
}

#[test]
fn hints_stand_where_the_name_is_elsewhere() {
    check_hints(
        &Settings::default(),
        expect![[r#"
        7: …conflict.”‹Putin? from line 5›
            No speaker stands here. Putin is the last to speak before, line 5.
        11: …egion,” he‹Raisi›
            “he” is Raisi: subject of the sentence before, line 9.
        15: …“hundreds”‹unnamed: White House officials›
            The source of this quote stands 33 words behind it and has no name.
        29: …rward,” he‹Putin›
            “he” is Putin: subject of the sentence before, line 29.
        55: …issue,” he‹Khamenei›
            “he” is Khamenei: subject of the sentence before, line 53.
        61: …tries,” he‹Raisi›
            “he” is Raisi: subject of the sentence before, line 59.
    "#]],
    );
}

#[test]
fn hints_for_paraphrase_are_an_option() {
    let mut settings = Settings::default();
    settings.hints.paraphrase = true;
    check_hints(
        &settings,
        expect![[r#"
        7: …conflict.”‹Putin? from line 5›
            No speaker stands here. Putin is the last to speak before, line 5.
        11: …egion,” he‹Raisi›
            “he” is Raisi: subject of the sentence before, line 9.
        15: …“hundreds”‹unnamed: White House officials›
            The source of this quote stands 33 words behind it and has no name.
        29: …rward,” he‹Putin›
            “he” is Putin: subject of the sentence before, line 29.
        55: …issue,” he‹Khamenei›
            “he” is Khamenei: subject of the sentence before, line 53.
        61: …tries,” he‹Raisi›
            “he” is Raisi: subject of the sentence before, line 59.
        63: …itical, he‹Raisi›
            “he” is Raisi: last named in line 59.
    "#]],
    );
}

#[test]
fn names_are_explained() {
    check_hover(
        39,
        "Erdogan",
        expect![[r#"
            [Erdogan]
            **Recep Tayyip Erdogan**, person

            - Role: Turkish President (line 3); leader of NATO member Turkey (line 37)
            - First reference: line 3
            - 16 mentions: Erdogan 11, he 2, his 2, Recep Tayyip Erdogan 1
            - Findings: hearsay-quote (line 47)
            - Paraphrased in line 33
            - 3 quotes, 42 words:
              - line 35, 11 words: “The fact that we can do this is…”
              - line 35, 6 words: “confident that Russia’s approach remains positive.”
              - line 39, 25 words: “I would like to remind you again that…”
            - Not in the knowledge base
        "#]],
    );
    check_hover(
        9,
        "Raisi",
        expect![[r#"
            [Raisi]
            **Ebrahim Raisi**, person

            - Role: Iranian President (line 3)
            - First reference: line 3
            - 7 mentions: Raisi 3, he 3, Ebrahim Raisi 1
            - Paraphrased in line 63
            - 4 quotes, 40 words:
              - line 9, 1 word: “significant”
              - line 11, 18 words: “The two countries have good experience in fighting…”
              - line 59, 3 words: “US occupying forces”
              - line 61, 18 words: “We believe that only the Syrian people should…”
            - Not in the knowledge base
        "#]],
    );
    check_hover(
        61,
        "he",
        expect![[r#"
            [“We believe that only the Syrian people should decide on their internal affairs without interference from other countries,”]
            Speaker: **Ebrahim Raisi**

            - How known: “he” beside “said”, line 61; subject of the sentence before, line 59
            - Confidence: high
            - 18 words
        "#]],
    );
    check_hover(
        17,
        "Kirby",
        expect![[r#"
            [John Kirby]
            **John Kirby**, person

            - Role: National Security Council strategic communications coordinator (line 17)
            - First reference: line 17
            - 1 quote, 32 words:
              - line 17, 32 words: “Russia’s appeal to Iran for help speaks volumes…”
            - Not in the knowledge base
        "#]],
    );
    check_hover(
        3,
        "IRNA",
        expect![[r#"
            [IRNA]
            **IRNA**, news outlet

            - Role: Iranian state news agency (line 3); state news agency (line 45)
            - First reference: line 3
            - 2 mentions: IRNA 2
            - Source for: Ayatollah Khamenei (line 45)
            - Paraphrased in line 3
            - Not in the knowledge base
        "#]],
    );
    check_hover(
        65,
        "Zia Dikbas",
        expect![[r#"
            [Zia Dikbas]
            **Zia Dikbas**, person

            - Credit line, not a source
            - First reference: line 65
        "#]],
    );
    check_hover(
        15,
        "White House officials",
        expect![[r#"
            [White House]
            **White House**, organisation

            - First reference: line 15
            - Findings: anonymous-source (line 15)
            - Not in the knowledge base
        "#]],
    );
}

#[test]
fn quotes_are_explained() {
    check_hover(
        5,
        "hospitable",
        expect![[r#"
            [“I am very pleased to be on the hospitable Iranian soil … We can boast of record figures for the growth of trade,”]
            Speaker: **Vladimir Putin**

            - How known: named beside “said”, line 5
            - Confidence: high
            - 22 words
        "#]],
    );
    check_hover(
        7,
        "cooperation",
        expect![[r#"
            [“We are strengthening our cooperation on international security issues, making a significant contribution to the settlement of the Syrian conflict.”]
            Speaker: **Vladimir Putin**

            - How known: a guess: the last to speak before it, line 5
            - Confidence: medium
            - 20 words
        "#]],
    );
    check_hover(
        11,
        "good experience",
        expect![[r#"
            [“The two countries have good experience in fighting terrorism, which I think has brought security to the region,”]
            Speaker: **Ebrahim Raisi**

            - How known: “he” beside “said”, line 11; subject of the sentence before, line 9
            - Confidence: high
            - 18 words
        "#]],
    );
    check_hover(
        15,
        "hundreds",
        expect![[r#"
            [“hundreds”]
            Speaker: **White House officials**, an unnamed source

            - How known: “White House officials” beside “according to”, line 15
            - Confidence: high
            - 1 word
        "#]],
    );
    check_hover(
        17,
        "speaks volumes",
        expect![[r#"
            [“Russia’s appeal to Iran for help speaks volumes to the extent to which both countries are increasingly marginalized by the international community due to their actions in different parts of the world,”]
            Speaker: **John Kirby**

            - How known: named beside “told”, line 17
            - Confidence: high
            - Second-hand: reported by CNN
            - 32 words
        "#]],
    );
    check_hover(
        29,
        "not all issues",
        expect![[r#"
            [“However, not all issues have been resolved. But what happened is good.”]
            Speaker: **Vladimir Putin**

            - How known: speaks another quote of this paragraph, line 29
            - Confidence: high
            - 12 words
        "#]],
    );
    check_hover(
        47,
        "hurt",
        expect![[r#"
            [“A military attack in northern Syria will hurt Turkey and benefit the terrorists,”]
            Speaker: **Ayatollah Khamenei**

            - How known: named beside “told”, line 47
            - Confidence: high
            - Hearsay: “reportedly”
            - 13 words
        "#]],
    );
}

#[test]
fn verbs_are_explained() {
    check_hover(
        5,
        "said",
        expect![[r#"
        [said]
        **say**: neutral

        - The default in every house; never a finding
    "#]],
    );
    check_hover(
        53,
        "warned",
        expect![[r#"
        [warned]
        **warn**: explanatory: it adds a fact to “said”

        - Only where a danger or threat follows; otherwise steers the reader
        - Instead: said
    "#]],
    );
    check_hover(
        49,
        "according",
        expect![[r#"
        [according to]
        **according to**: neutral

        - Fine for documents and figures; some US desks keep it for documents; repeated use reads as doubt
    "#]],
    );
}

#[test]
fn the_outline_holds_the_story_and_the_speakers() {
    fn draw(symbols: &[Symbol], depth: usize, out: &mut String) {
        for symbol in symbols {
            let line = |at: TextSize| DRAFT[..usize::from(at)].split('\n').count();
            let detail = symbol.detail.as_deref().unwrap_or_default();
            let lines = (line(symbol.range.start()), line(symbol.range.end()));
            *out += &"  ".repeat(depth);
            *out += &format!("{} [{detail}] {}-{}\n", symbol.name, lines.0, lines.1);
            draw(&symbol.children, depth + 1, out);
        }
    }
    let mut actual = String::new();
    draw(&symbols(&analysis()), 0, &mut actual);
    expect![[r#"
        Story [701 words] 1-69
          Why Russia is accused of using food as… [link to another story] 23-23
          Putin thanked Erdogan for the role of mediator [subhead] 25-41
            Ukraine's crop becomes new battlefield as wildfires tarnish… [link to another story] 31-31
          Khamenei warns Erdogan against military campaign in Syria [subhead] 43-63
            ISIS leader in Syria killed in drone strike… [link to another story] 57-57
          CNN’s Mostafa Salem, Abdul Nasir, Ramin Mostahim, Claire… [credit] 65-65
          Leave a Reply [web leftover] 67-67
          Your email address will not be published. Required… [web leftover] 69-69
        Vladimir Putin [4 quotes · 61 words] 1-29
          “I am very pleased to be on the…” [22 words] 5-5
          “We are strengthening our cooperation on international security…” [20 words, speaker guessed] 7-7
          “With your mediation, we have moved forward,” [7 words] 29-29
          “However, not all issues have been resolved. But…” [12 words] 29-29
        Ebrahim Raisi [Iranian President · 4 quotes · 40 words] 3-61
          “significant” [1 word] 9-9
          “The two countries have good experience in fighting…” [18 words] 11-11
          “US occupying forces” [3 words] 59-59
          “We believe that only the Syrian people should…” [18 words] 61-61
        White House officials [unnamed · 1 quote · 1 word] 15-15
          “hundreds” [1 word] 15-15
        John Kirby [National Security Council strategic communications coordinator · 1 quote · 32 words] 17-17
          “Russia’s appeal to Iran for help speaks volumes…” [32 words] 17-17
        Robert Malley [the US special envoy for Iran · 1 quote · 3 words] 21-21
          “decreasing every day.” [3 words] 21-21
        Recep Tayyip Erdogan [Turkish President · 3 quotes · 42 words] 3-39
          “The fact that we can do this is…” [11 words] 35-35
          “confident that Russia’s approach remains positive.” [6 words] 35-35
          “I would like to remind you again that…” [25 words] 39-39
        Ayatollah Khamenei [Iran’s Supreme Leader · 3 quotes · 54 words] 3-55
          “A military attack in northern Syria will hurt…” [13 words] 47-47
          “This move will definitely harm Syria, Turkey and…” [21 words] 53-53
          “The Syrian issue should be resolved through negotiations…” [20 words] 55-55
    "#]].assert_eq(&actual);
}
