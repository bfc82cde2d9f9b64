//! What a writer of claim files sees: every fault with its place, its cost and its help, and what is loaded in spite of it.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use gainsay::claim::{
    Answers, Claim, Expected, Outline, Reach, Severity, Testimony, Tolerance, load, parse,
};
use gainsay::problem::{Level, Loaded, Problem};
use gainsay::source::Source;
use miette::{GraphicalReportHandler, GraphicalTheme};
use proptest::prelude::*;

fn parsed(text: &str) -> Loaded<Claim> {
    let loaded = parse(Arc::new(Source::new("claims/a.yaml", text)));
    check_problems(&loaded.problems);
    loaded
}

/// miette shows a place outside of the text without an error, so places are checked here.
fn check_problems(problems: &[Problem]) {
    for problem in problems {
        assert!(problem.code.starts_with("claim/"), "{problem:?}");
        assert!(problem.help.is_some(), "{problem:?}");
        assert!(!problem.message.ends_with('.'), "{problem:?}");
        assert_eq!(problem.source.is_some(), !problem.labels.is_empty());
        for label in &problem.labels {
            let text = problem.source.as_ref().expect("checked above").text();
            assert!(
                text.get(label.span.start..label.span.end).is_some(),
                "{problem:?}"
            );
        }
    }
}

fn rendered(problems: &[Problem]) -> String {
    let handler = GraphicalReportHandler::new_themed(GraphicalTheme::unicode_nocolor())
        .with_width(100)
        .with_links(false);
    let mut out = String::new();
    for problem in problems {
        let level = match problem.level {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Info => "info",
        };
        writeln!(out, "[{level}]").expect("a string takes everything");
        handler
            .render_report(&mut out, problem)
            .expect("every problem can be shown");
    }
    // Trailing space is no part of what a reader sees.
    out.lines()
        .map(str::trim_end)
        .collect::<Vec<_>>()
        .join("\n")
}

/// The ids of what was loaded, and every problem as it is shown.
fn seen(text: &str) -> String {
    let loaded = parsed(text);
    let ids: Vec<_> = loaded.items.iter().map(|claim| claim.id.as_str()).collect();
    format!("loaded: {}\n{}", ids.join(", "), rendered(&loaded.problems))
}

fn codes(loaded: &[Problem]) -> Vec<&'static str> {
    loaded.iter().map(|problem| problem.code).collect()
}

/// A sound claim, to stand before and behind a broken one.
fn sound(id: &str) -> String {
    format!(
        "  - id: {id}
    question: Was the bridge opened?
    about: [bridge]
    positions:
      opened: {{says: The bridge {id} was opened.}}
      closed: {{says: The bridge {id} stays closed.}}
"
    )
}

/// The broken claim between two sound ones; both sound ones must survive whatever is wrong.
fn between(broken: &str) -> String {
    let text = format!("claims:\n{}{broken}{}", sound("before"), sound("behind"));
    let loaded = parsed(&text);
    for id in ["before", "behind"] {
        assert!(loaded.items.iter().any(|claim| claim.id == id), "{id}");
    }
    seen(&text)
}

/// A claim with sound positions and these lines besides, each indented by four spaces.
fn with(lines: &str) -> String {
    let mut text = "  - id: middle
    question: Was the ferry sold?
    about: [ferry]
    positions:
      sold:
        says: The ferry was sold.
      kept:
        says: The town keeps the ferry.
"
    .to_owned();
    for line in lines.lines() {
        writeln!(text, "    {line}").expect("a string takes everything");
    }
    between(&text)
}

/// A claim of which the answers are these lines.
fn answered(lines: &str) -> String {
    let mut text =
        "  - id: middle\n    question: Was the ferry sold?\n    about: [ferry]\n".to_owned();
    for line in lines.lines() {
        writeln!(text, "    {line}").expect("a string takes everything");
    }
    between(&text)
}

macro_rules! shows {
    ($($name:ident: $seen:expr;)*) => {$(
        #[test]
        fn $name() {
            let seen = $seen;
            assert!(seen.contains("claim/"), "no problem at all:\n{seen}");
            insta::assert_snapshot!(stringify!($name), seen);
        }
    )*};
}

shows! {
    duplicate_id: seen(&format!("claims:\n{}{}{}", sound("one"), sound("two"), sound("one")));
    duplicate_key_in_a_claim: with("about: [boat]");
    duplicate_key_in_a_position: answered("positions:\n  sold:\n    says: Sold.\n    says: Gone.\n  kept: {says: Kept.}");
    duplicate_key_at_the_top: seen(&format!("topic: Ferries\ntopic: Boats\nclaims:\n{}claims:\n{}", sound("one"), sound("two")));
    duplicate_position: answered("positions:\n  sold: {says: The ferry was sold.}\n  kept: {says: It was kept.}\n  sold: {says: It was bought.}");
    duplicate_alias_group: seen(&format!("aliases:\n  town: [city]\n  town: [council]\nclaims:\n{}", sound("one")));
    unknown_key_with_a_near_one: with("comaptible: [[sold, kept]]");
    unknown_key_without_a_near_one: with("colour: red");
    unknown_key_in_a_position: answered("positions:\n  sold:\n    says: Sold.\n    phrase: [is sold]\n  kept: {says: Kept.}");
    unknown_key_that_is_empty: seen(&format!("claims:\n{}: - id: two\n", sound("one")));
    unknown_key_at_the_top: seen(&format!("title: Ferries\nclaims:\n{}", sound("one")));
    unknown_position_in_compatible: with("compatible:\n  - [sold, keept]\n  - [sold, kept]");
    unknown_position_in_examples: with("examples:\n  - text: It went to a new owner.\n    position: slod\n  - text: It stays.\n    position: [kept, unclear]");
    unknown_position_denied: answered("positions:\n  sold: {says: Sold., denied: remained}\n  kept: {says: Kept., denied: kept}");
    position_without_wording: answered("positions:\n  sold: {says: Sold.}\n  kept: {except: [kept waiting]}");
    position_as_a_list: answered("positions:\n  sold: [is sold, was sold]\n  kept: It is kept.");
    position_empty: answered("positions:\n  sold: {says: Sold.}\n  kept:");
    positions_as_a_list: answered("positions:\n  - sold\n  - kept");
    positions_empty: answered("positions:");
    positions_without_a_position: answered("positions: {}");
    position_named_none: answered("positions:\n  sold: {says: Sold.}\n  none: {says: Nothing was sold.}");
    missing_id: between("  - question: Was it?\n    about: [it]\n    positions: {a: {says: A.}, b: {says: B.}}\n");
    missing_question_and_about: between("  - id: middle\n    positions: {a: {says: A.}, b: {says: B.}}\n");
    missing_answers: answered("");
    several_answers: answered("positions: {a: {says: A.}, b: {says: B.}}\ndate: {of: [sold]}");
    id_not_kebab: between("  - id: The Ferry_Sale\n    question: Was it?\n    about: [it]\n    positions: {a: {says: A.}, b: {says: B.}}\n");
    id_of_other_letters: between("  - id: Üß–\n    question: Was it?\n    about: [it]\n    positions: {a: {says: A.}, b: {says: B.}}\n");
    id_blank: between("  - id: ''\n    question: Was it?\n    about: [it]\n    positions: {a: {says: A.}, b: {says: B.}}\n");
    claim_as_words: between("  - some words\n");
    claim_empty: between("  -\n");
    empty_about: between("  - id: middle\n    question: Was it?\n    about: []\n    positions: {a: {says: A.}, b: {says: B.}}\n");
    about_with_nothing_behind_it: between("  - id: middle\n    question: Was it?\n    about:\n    positions: {a: {says: A.}, b: {says: B.}}\n");
    about_as_words: between("  - id: middle\n    question: Was it?\n    about: the ferry\n    positions: {a: {says: A.}, b: {says: B.}}\n");
    blank_entries: answered("positions:\n  sold:\n    says: Sold.\n    phrases:\n      - was sold\n      -\n      - \"  \"\n  kept: {says: Kept.}");
    blank_text: answered("positions:\n  sold: {says: \" \"}\n  kept: {says: Kept.}");
    null_among_words: with("except: [never, null]");
    map_among_words: with("except:\n  - He said: no");
    list_among_words: with("except:\n  - [Update] The ferry\n");
    flow_list_among_words: with("except:\n  - [Update]");
    words_as_a_map: between("  - id: middle\n    question: {a: b}\n    about: [it]\n    positions: {a: {says: A.}, b: {says: B.}}\n");
    flag_with_other_words: answered("positions:\n  sold: {says: Sold.}\n  kept: {says: Kept., silence: yes}");
    unknown_reach: with("reach: paragraf");
    unknown_severity: with("severity: fatal");
    severity_as_a_list: with("severity: [high]");
    number_split_by_a_comma: with("except: [12,500 passengers, 3, 400 cars]");
    quantity_without_of: answered("quantity: {tolerance: 5%}");
    quantity_with_empty_of: answered("quantity: {of: []}");
    bad_tolerance_of_a_quantity: answered("quantity: {of: [cars], tolerance: ten percent}");
    too_large_tolerance_of_a_quantity: answered("quantity: {of: [cars], tolerance: 150%}");
    bad_tolerance_of_a_date: answered("date: {of: [sold], tolerance: 10%}");
    tolerance_of_a_date_without_a_unit: answered("date: {of: [sold], tolerance: 31}");
    answers_without_a_figure: answered("quantity: {of: [cars]}\ncompatible: [[many, \"12\"]]\nexamples: [{text: There are lots., position: lots}]");
    one_position: answered("positions:\n  sold: {says: Sold.}");
    pair_of_three: with("compatible:\n  - [sold, kept, sold]\n  - [sold]\n  - [kept, kept]\n  - sold");
    compatible_as_words: with("compatible: sold");
    alias_in_two_groups: seen(&format!("aliases:\n  town: [council, city]\n  county: [Council]\n  US: [America]\n  we: [us]\nclaims:\n{}", sound("one")));
    alias_in_two_groups_of_a_claim: seen(&format!("aliases:\n  town: [council]\nclaims:\n{}    aliases:\n      court: [council]\n", sound("one")));
    alias_as_words: seen(&format!("aliases:\n  town: city\n  sea: [lake]\nclaims:\n{}", sound("one")));
    aliases_as_a_list: seen(&format!("aliases: [town, city]\nclaims:\n{}", sound("one")));
    topic_as_a_list: seen(&format!("topic: [a]\nclaims:\n{}", sound("one")));
    shared_wording: answered("positions:\n  sold: {says: Sold., phrases: [The town “décided”]}\n  kept: {says: Kept., phrases: [the town decided.]}");
    example_without_position: with("examples:\n  - text: Nobody bought it.\n  - text: It is gone.\n    position:\n  - text: It is here.\n    position: []");
    example_without_text: with("examples:\n  - position: sold\n  - just words");
    example_with_none_and_more: with("examples:\n  - text: It is gone.\n    position: [none, sold]");
    example_with_a_bad_flag: with("examples:\n  - text: It is gone.\n    position: sold\n    todo: later");
    empty_file: seen("");
    comments_only: seen("# nothing yet\n");
    no_claims: seen("topic: Ferries\n");
    no_claims_but_a_near_key: seen("topic: Ferries\nclaim:\n  - id: a\n");
    claims_empty: seen("topic: Ferries\nclaims: []\n");
    claims_as_a_map: seen("claims:\n  ferry:\n    question: Was it sold?\n");
    file_as_a_list: seen("- id: a\n");
    file_as_words: seen("Once upon a time\n");
    several_documents: seen(&format!("claims:\n{}---\nclaims:\n{}", sound("one"), sound("two")));
    key_as_a_list: seen(&format!("[a, b]: c\nclaims:\n{}", sound("one")));
    syntax_open_quote: between("  - id: middle\n    question: \"Was it?\n    about: [ferry]\n    positions: {a: {says: A.}, b: {says: B.}}\n");
    syntax_colon: between("  - id: middle\n    question: He said: was it?\n    about: [ferry]\n    positions: {a: {says: A.}, b: {says: B.}}\n");
    syntax_at_sign: between("  - id: middle\n    question: @home\n    about: [ferry]\n");
    syntax_tab: between("  - id: middle\n    question: Was it?\n\tabout: [ferry]\n");
    syntax_indentation: between("  - id: middle\n    question: Was it?\n   about: [ferry]\n    positions: {}\n");
    syntax_open_bracket: between("  - id: middle\n    question: Was it?\n    about: [ferry, boat\n    positions: {}\n");
    syntax_claim_further_in: between("     - id: middle\n       question: Was it?\n       about: [ferry]\n       positions: {a: {says: A.}, b: {says: B.}}\n");
    syntax_words_at_the_margin: between("  - id: middle\nquestion Was it\n    about: [ferry]\n");
    syntax_in_the_head: seen(&format!("topic: \"Ferries\naliases:\n  town: [city]\nclaims:\n{}", sound("one")));
    syntax_without_claims: seen("topic: [a\n");
    alias_without_anchor: with("except:\n  - *emphasis* matters");
    multiplying_aliases: seen(&bomb());
    deep: seen(&format!("claims: {}x{}\n", "[".repeat(50), "]".repeat(50)));
    control_characters: with("\"k\\e]8;;\\u202e\\x9b\": 1\nx\u{200b}\u{85}: \u{202e}1");
    control_characters_that_are_no_yaml: with("x: \u{1b}[31m\u{feff}");
}

/// A text that its aliases blow up to ten thousand million words.
fn bomb() -> String {
    let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..10 {
        let below = vec![format!("*a{}", level - 1); 10].join(", ");
        writeln!(text, "a{level}: &a{level} [{below}]").expect("a string takes everything");
    }
    text.push_str("claims: []\n");
    text
}

#[test]
fn nothing_that_is_shown_steers_a_terminal() {
    for lines in [
        "\"k\\e]8;;\\u202e\\x9b\": 1\nx\u{200b}: \u{202e}1",
        "x: \u{1b}[31m\u{feff}",
    ] {
        let shown = with(lines);
        assert!(shown.contains("claim/"));
        let bad = shown.chars().find(|c| gainsay::clean::is_unsafe(*c));
        assert_eq!(bad, None, "{shown}");
    }
}

#[test]
fn hostile_texts_take_no_long_time() {
    // Each is some ten to hundred kilobytes; a step that is quadratic in any of them takes half a minute.
    let many = 8_000;
    for text in [
        "[".repeat(many * 10),
        format!("claims: {}", "{a: ".repeat(many)),
        "? ".repeat(many * 5),
        "- ".repeat(many * 5),
        "&a ".repeat(many),
        format!("claims:\n{}", "  - id: *x\n".repeat(many)),
        format!("claims:\n{}", "  - id: [\n".repeat(many)),
        format!("claims:\n{}  - id: [", "  - id: a\n".repeat(many)),
        format!("aliases:\n{}claims: []\n", "  town: [x]\n".repeat(many)),
        format!("{}claims: []\n", "topic: a\n".repeat(many)),
        format!("claims:\n  - id: a\n    about: [{}]", "x, ".repeat(many)),
        format!(
            "a: &a {{{}}}\nclaims:\n  - {{<<: *a}}\n",
            (0..many).map(|n| format!("k{n}: 1, ")).collect::<String>()
        ),
        "\"".repeat(many * 5),
        "'a\n".repeat(many),
        "\t".repeat(many * 5),
        "a: b: ".repeat(many),
        "#".repeat(many * 5),
        bomb(),
    ] {
        let start = std::time::Instant::now();
        parsed(&text);
        let limit = std::time::Duration::from_secs(10);
        assert!(
            start.elapsed() < limit,
            "{:?} for {:.40}",
            start.elapsed(),
            text
        );
    }
}

/// A claim with more keys, and with more keys of its second position.
fn voiced(claim: &str, position: &str) -> String {
    format!(
        "claims:\n{}  - id: mill-sale
    question: Was the mill sold?
    about: [mill]
{claim}    positions:
      sold: {{says: The mill was sold.}}
      kept: {{says: The mill was not sold{position}}}
{}",
        sound("before"),
        sound("behind")
    )
}

#[test]
fn a_fault_in_whose_voice_counts_is_shown_and_costs_the_claim() {
    for (claim, position, code, place, cost) in [
        ("    hedged: maybe\n", "", "claim/wrong-type", "maybe", true),
        (
            "    speaker: mayor\n",
            "",
            "claim/wrong-type",
            "mayor",
            true,
        ),
        (
            "    speaker: []\n",
            "",
            "claim/empty-speaker",
            "speaker",
            true,
        ),
        (
            "",
            ", speaker: [mayor, \"--\"]",
            "claim/empty-speaker",
            "\"--\"",
            true,
        ),
        ("", ", hedged: [false]", "claim/wrong-type", "[false]", true),
        (
            "",
            ", speakers: [mayor]",
            "claim/unknown-key",
            "speakers",
            false,
        ),
    ] {
        let loaded = parsed(&voiced(claim, position));
        let [problem] = loaded.problems.as_slice() else {
            panic!("{:?}", loaded.problems);
        };
        assert_eq!(problem.code, code);
        let source = problem.source.as_ref().expect("a file");
        assert_eq!(source.slice(problem.labels[0].span), place);
        let lost = problem
            .message
            .contains("the claim `mill-sale` is left out");
        assert_eq!(lost, cost, "{}", problem.message);
        let ids: Vec<_> = loaded.items.iter().map(|claim| claim.id.as_str()).collect();
        let kept = ["before", "mill-sale", "behind"];
        let kept: Vec<_> = kept
            .into_iter()
            .filter(|id| !cost || *id != "mill-sale")
            .collect();
        assert_eq!(ids, kept);
    }
}

#[test]
fn an_unwritten_list_of_speakers_asks_for_nothing() {
    let loaded = parsed(&format!("claims:\n{}    speaker:\n", sound("a")));
    assert_eq!(codes(&loaded.problems), [""; 0]);
    assert_eq!(loaded.items[0].testimony, Testimony::default());
}

const EVERYTHING: &str = "\
topic: Ferries
aliases:
  town: [city, council]
claims:
  - id: ferry-sale
    question: Was the ferry sold?
    about: [ferry, 25, 1.50, no, true, 2021]
    reach: article
    severity: high
    hedged: false
    speaker: [mayor, article]
    except: [never mind]
    aliases:
      town: [mayor]
      boat: [ship]
    positions:
      sold:
        says: |
          The ferry was sold.
        phrases: [no, 25]
        except: [sold out]
        denied: kept
        requires: [sold, bought]
        hedged: true
        speaker: [Ada Kaya, 25]
      kept:
        phrases:
          - stays with the town
      no:
        says: Nothing was said.
        silence: true
    compatible:
      - [kept, no]
    examples:
      - {text: It went., position: sold, todo: true}
      - {text: It stays., position: [kept, no]}
      - {text: A boat., position: none}
  - id: cars
    question: How many cars?
    about: [cars]
    reach: neighbor
    quantity: {of: [cars], tolerance: 1.5%, except: [car parks]}
    except: [police cars]
    compatible: [[\"1,000\", 1100]]
    examples:
      - {text: It takes 1.50 cars., position: 1.50}
  - id: sale-date
    question: When?
    about: [ferry]
    date: {of: [sold], tolerance: 2 weeks}
";

#[test]
fn every_key_is_read() {
    let loaded = parsed(EVERYTHING);
    assert_eq!(codes(&loaded.problems), [""; 0]);
    let [ferry, cars, date] = loaded.items.as_slice() else {
        panic!("three claims, not {:?}", loaded.items);
    };
    assert_eq!(&*ferry.topic, "Ferries");
    assert_eq!(ferry.about, ["ferry", "25", "1.50", "no", "true", "2021"]);
    assert_eq!(ferry.reach, Reach::Article);
    assert_eq!(ferry.severity, Some(Severity::High));
    assert_eq!(ferry.except, ["never mind"]);
    let groups: Vec<_> = ferry
        .aliases
        .iter()
        .map(|group| (group.canonical.as_str(), group.others.join(" ")))
        .collect();
    assert_eq!(
        groups,
        [
            ("town", "city council mayor".to_owned()),
            ("boat", "ship".to_owned())
        ]
    );
    assert_eq!(cars.aliases.len(), 1);
    let Answers::Positions(positions) = &ferry.answers else {
        panic!("positions");
    };
    let names: Vec<_> = positions.iter().map(|p| p.name.as_str()).collect();
    assert_eq!(names, ["sold", "kept", "no"]);
    assert_eq!(positions[0].says, "The ferry was sold.");
    assert_eq!(positions[0].phrases, ["no", "25"]);
    assert_eq!(positions[0].except, ["sold out"]);
    assert_eq!(positions[0].denied.as_deref(), Some("kept"));
    assert_eq!(positions[0].requires, ["sold", "bought"]);
    let speakers = |names: &[&str]| Some(names.iter().map(|name| (*name).to_owned()).collect());
    assert_eq!(ferry.testimony.hedged, Some(false));
    assert_eq!(ferry.testimony.speakers, speakers(&["mayor", "article"]));
    assert_eq!(positions[0].testimony.hedged, Some(true));
    assert_eq!(
        positions[0].testimony.speakers,
        speakers(&["Ada Kaya", "25"])
    );
    assert_eq!(positions[1].testimony, Testimony::default());
    assert_eq!(cars.testimony, Testimony::default());
    assert_eq!(positions[1].says, "");
    assert!(positions[2].silence && !positions[0].silence);
    assert!(ferry.is_compatible("no", "kept"));
    let expected: Vec<_> = ferry
        .examples
        .iter()
        .map(|example| (example.expected.clone(), example.todo))
        .collect();
    assert_eq!(
        expected,
        [
            (Expected::Positions(vec!["sold".into()]), true),
            (Expected::Positions(vec!["kept".into(), "no".into()]), false),
            (Expected::Nothing, false),
        ]
    );
    let place = ferry.source.slice(ferry.examples[1].span);
    assert_eq!(place, "{text: It stays., position: [kept, no]}");
    assert_eq!(ferry.source.slice(ferry.span), "ferry-sale");
    assert_eq!(
        cars.answers,
        Answers::Quantity {
            of: vec!["cars".into()],
            tolerance: Tolerance::Relative(0.015)
        }
    );
    assert_eq!(cars.reach, Reach::Neighbour);
    assert_eq!(cars.except, ["police cars", "car parks"]);
    assert!(cars.is_compatible("1000", "1,100"));
    assert_eq!(
        cars.examples[0].expected,
        Expected::Positions(vec!["1.50".into()])
    );
    assert_eq!(
        date.answers,
        Answers::Date {
            of: vec!["sold".into()],
            tolerance_days: 14
        }
    );
}

#[test]
fn marks_line_ends_and_indentation_make_no_difference() {
    let plain = parsed(EVERYTHING);
    for text in [
        format!("\u{feff}{EVERYTHING}"),
        EVERYTHING.replace('\n', "\r\n"),
        format!("\u{feff}{}", EVERYTHING.replace('\n', "\r\n")),
        format!("--- # start\n{EVERYTHING}...\n"),
    ] {
        let loaded = parsed(&text);
        assert_eq!(codes(&loaded.problems), [""; 0]);
        assert_eq!(loaded.items.len(), plain.items.len());
        for (claim, same) in loaded.items.iter().zip(&plain.items) {
            assert_eq!(claim.source.slice(claim.span), claim.id);
            assert_eq!(claim.answers, same.answers);
            assert_eq!(claim.aliases, same.aliases);
            for example in &claim.examples {
                assert!(claim.source.slice(example.span).starts_with("{text: "));
            }
        }
    }
}

#[test]
fn anchors_and_merge_keys_are_followed() {
    let text = "\
aliases: &names
  town: [city]
claims:
  - &base
    id: one
    question: Was the ferry sold?
    about: &about [ferry]
    positions: &positions
      sold: {says: The ferry was sold.}
      kept: {says: The ferry was kept.}
  - <<: *base
    id: two
    question: Was the boat sold?
  - id: three
    question: Was the ship sold?
    about: *about
    positions:
      <<: *positions
      lost: {says: The ship was lost.}
";
    let loaded = parsed(text);
    assert_eq!(codes(&loaded.problems), [""; 0]);
    assert_eq!(loaded.items[1].id, "two");
    assert_eq!(loaded.items[1].answers, loaded.items[0].answers);
    let Answers::Positions(positions) = &loaded.items[2].answers else {
        panic!("positions");
    };
    let names: Vec<_> = positions.iter().map(|p| p.name.as_str()).collect();
    assert_eq!(names, ["lost", "sold", "kept"]);
    // With a slip elsewhere the anchors at the top of the file still hold.
    let broken = "\
topic: &topic Ferries
claims:
  - id: one
    question: *topic
    about: [ferry]
    positions: {a: {says: A.}, b: {says: B.}}
  - id: two
    question: [oh
";
    let loaded = parsed(broken);
    assert_eq!(codes(&loaded.problems), ["claim/syntax"]);
    assert_eq!(loaded.items[0].question, "Ferries");
    assert_eq!(loaded.items[0].source.slice(loaded.items[0].span), "one");
    assert_eq!(&*loaded.items[0].topic, "Ferries");
}

#[test]
fn a_file_without_a_topic_is_named_after_itself() {
    let loaded = parsed(&format!("claims:\n{}", sound("one")));
    assert_eq!(&*loaded.items[0].topic, "a");
}

#[test]
fn the_outline_finds_keys_and_values() {
    let outline = Outline::parse(EVERYTHING).expect("sound");
    let place = outline
        .find(&["claims", "0", "positions", "kept", "phrases"])
        .expect("there");
    let slice = |span: gainsay::source::Span| &EVERYTHING[span.start..span.end];
    assert_eq!(place.key.map(slice), Some("phrases"));
    assert_eq!(slice(place.value), "stays with the town");
    let place = outline
        .find(&["claims", "1", "quantity", "of"])
        .expect("there");
    assert_eq!(slice(place.value), "[cars]");
    let item = outline.find(&["claims", "2", "id"]).expect("there");
    assert_eq!(slice(item.value), "sale-date");
    assert!(outline.find(&["claims", "3"]).is_none());
    assert!(outline.find(&["claims", "x"]).is_none());
    assert!(outline.find(&["topic", "x"]).is_none());
    assert!(outline.find(&[]).is_some_and(|whole| whole.key.is_none()));
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder")
}

fn write(path: &Path, bytes: impl AsRef<[u8]>) {
    fs::create_dir_all(path.parent().expect("below the folder")).expect("a folder");
    fs::write(path, bytes).expect("a file");
}

/// What is shown, with the folder's own name taken out.
fn seen_in(folder: &Path, loaded: &Loaded<Arc<Claim>>) -> String {
    check_problems(&loaded.problems);
    let text = loaded
        .problems
        .iter()
        .map(|problem| {
            let mut problem = problem.clone();
            let root = format!("{}/", folder.display());
            problem.message = problem.message.replace(&root, "");
            problem.path = problem.path.map(|path| path.replace(&root, ""));
            problem.source = problem.source.map(|source| {
                Arc::new(Source::new(source.name().replace(&root, ""), source.text()))
            });
            problem
        })
        .collect::<Vec<_>>();
    let ids: Vec<_> = loaded.items.iter().map(|claim| claim.id.as_str()).collect();
    format!("loaded: {}\n{}", ids.join(", "), rendered(&text))
}

#[cfg(unix)]
#[test]
fn files_and_folders_are_read_in_order_with_all_their_faults() {
    let folder = folder();
    let root = folder.path();
    let file = |name: &str, ids: &[&str]| {
        let claims: String = ids.iter().map(|id| sound(id)).collect();
        write(&root.join(name), format!("topic: t\nclaims:\n{claims}"));
    };
    file("b.yaml", &["second", "twice"]);
    file("a/deep/x.yml", &["first"]);
    file("c.YAML", &["twice", "third"]);
    file("notes.txt", &["not-read"]);
    file(".hidden.yaml", &["not-read-either"]);
    file("folder.yaml/inside.yaml", &["inside"]);
    write(&root.join("latin.yaml"), b"topic: caf\xe9\n");
    write(&root.join("wide.yaml"), b"\xff\xfet\0o\0p\0");
    write(&root.join("zero.yaml"), b"topic: \0\nclaims: []\n");
    std::os::unix::fs::symlink(root, root.join("loop")).expect("a link");
    let missing = root.join("nowhere.yaml");
    let paths = [root.to_owned(), missing, root.join("./b.yaml")];
    let loaded = load(&paths);
    insta::assert_snapshot!("files_and_folders", seen_in(root, &loaded));
    let mut reversed = paths.to_vec();
    reversed.reverse();
    let again = load(&reversed);
    assert_eq!(again.items, loaded.items);
    assert_eq!(again.problems, loaded.problems);

    write(&root.join("empty/readme.md"), "nothing");
    let loaded = load(&[root.join("empty")]);
    assert_eq!(codes(&loaded.problems), ["claim/no-files"]);
    let loaded = load(&[root.join("notes.txt")]);
    assert_eq!(loaded.items[0].id, "not-read");
    assert!(load::<PathBuf>(&[]).problems.is_empty());
}

#[test]
fn several_slips_cost_only_their_own_claims() {
    let text = format!(
        "topic: Ferries\naliases:\n  town: [city]\nclaims:\n{}{}{}{}{}\n# the end\nseverity: high\n",
        sound("one"),
        "  - id: two  # with a remark\n    question: \"Was it?\n",
        sound("three"),
        "  - question: Was it?\n    id: 'four'\n    about: [x, y\n\n",
        sound("five").trim_end(),
    );
    for text in [
        text.clone(),
        text.replace('\n', "\r\n"),
        format!("\u{feff}{text}"),
    ] {
        let loaded = parsed(&text);
        let ids: Vec<_> = loaded.items.iter().map(|claim| claim.id.as_str()).collect();
        assert_eq!(ids, ["one", "three"]);
        let messages: Vec<_> = loaded
            .problems
            .iter()
            .map(|problem| problem.message.rsplit("; ").next().unwrap_or_default())
            .collect();
        // A key that is none of the file's cannot be told from a stray line of the claim above it.
        assert_eq!(
            messages,
            [
                "the claim `two` is left out",
                "the claim `four` is left out",
                "the claim `five` is left out",
            ]
        );
        for claim in &loaded.items {
            assert_eq!(claim.source.slice(claim.span), claim.id);
            assert_eq!(&*claim.topic, "Ferries");
            assert_eq!(claim.aliases[0].others, ["city"]);
        }
    }
    // Keys of the file behind the claims are found, though.
    let text = format!(
        "claims:\n  - id: [\n{}topic: Late\naliases: {{town: [city]}}\n",
        sound("one")
    );
    let loaded = parsed(&text);
    assert_eq!(codes(&loaded.problems), ["claim/syntax"]);
    assert_eq!(&*loaded.items[0].topic, "Late");
    assert_eq!(loaded.items[0].aliases[0].canonical, "town");
}

/// The claim files of the benchmark, which is no part of the repository: its folder stands in `GAINSAY_BENCH`.
#[test]
fn the_claim_files_of_the_benchmark_load_completely() {
    let Some(bench) = std::env::var_os("GAINSAY_BENCH").map(PathBuf::from) else {
        println!("skipped: GAINSAY_BENCH does not name the folder of the benchmark");
        return;
    };
    let sets: Vec<_> = fs::read_dir(&bench)
        .expect("the folder that GAINSAY_BENCH names")
        .map(|entry| entry.expect("an entry").path().join("claims"))
        .filter(|path| path.is_dir())
        .collect();
    assert!(!sets.is_empty());
    for set in sets {
        let loaded = load(&[&set]);
        check_problems(&loaded.problems);
        let (true_findings, others): (Vec<_>, Vec<_>) = loaded
            .problems
            .into_iter()
            .partition(|problem| problem.code == "claim/alias-in-two-groups");
        assert_eq!(rendered(&others), "", "{}", set.display());
        // One file really has one word in two groups of aliases (bid: deal and offer); a second one would be news.
        let words: Vec<_> = true_findings
            .iter()
            .map(|problem| problem.message.as_str())
            .collect();
        assert!(
            words.is_empty()
                || words.len() == 1 && words[0].starts_with("`bid` is an alias of both"),
            "{words:?}"
        );
        let written: usize = fs::read_dir(&set)
            .expect("a folder")
            .map(|entry| fs::read_to_string(entry.expect("an entry").path()).expect("text"))
            .map(|text| {
                text.lines()
                    .filter(|line| line.trim_start().starts_with("- id:"))
                    .count()
            })
            .sum();
        assert_eq!(loaded.items.len(), written, "{}", set.display());
        assert!(written > 0);
    }
}

/// Pieces of claim files, glued at random: far more of them reach the deeper checks than of random characters.
fn yaml_like() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "claims:\n",
        "topic: ",
        "aliases:\n",
        "  - id: a\n",
        "  - id: ",
        "    id: b-c\n",
        "    question: Ü?\n",
        "    about: [x, ß]\n",
        "    about: ",
        "    positions:\n",
        "      yes: {says: é}\n",
        "      no:\n",
        "        phrases: [a, 1,000]\n",
        "        says: |\n          α\n",
        "    quantity: {of: [x], tolerance: 5%}\n",
        "    date:\n",
        "      of: [y]\n",
        "      tolerance: 3 days\n",
        "    compatible: [[yes, no]]\n",
        "    examples:\n",
        "      - text: é\n",
        "        position: none\n",
        "      - {text: x, position: [yes]}\n",
        "&a ",
        "*a",
        "<<: *a\n",
        "[",
        "]",
        "{",
        "}",
        ", ",
        ": ",
        "- ",
        "\n",
        "\r\n",
        "\t",
        "  ",
        "\"",
        "'",
        "|\n",
        ">-\n",
        "# c\n",
        "---\n",
        "...\n",
        "%YAML 1.2\n",
        "!!str ",
        "? ",
        "\u{feff}",
        "\u{85}",
        "\u{2028}",
        "\0",
        "\u{1b}",
        "😀",
        "~",
        "null",
        "@",
        "`",
        "\\",
        "\u{7f}",
    ]);
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_order_of_paths_makes_no_difference(
        files in prop::collection::vec(prop::collection::vec(0..6_u8, 0..4), 1..5),
        order in Just((0..7_usize).collect::<Vec<_>>()).prop_shuffle(),
    ) {
        let folder = folder();
        let mut paths = vec![folder.path().to_owned(), folder.path().join("nowhere"), folder.path().join("sub/.")];
        for (at, ids) in files.iter().enumerate() {
            let claims: String = ids.iter().map(|id| sound(&format!("c{id}"))).collect();
            let path = folder.path().join(["b.yaml", "a.yml", "sub/c.yaml", "sub/a.yaml"][at]);
            write(&path, format!("claims:\n{claims}"));
            paths.push(path);
        }
        let first = load(&paths);
        check_problems(&first.problems);
        let shuffled: Vec<_> = order.iter().filter_map(|at| paths.get(*at)).collect();
        let second = load(&shuffled);
        prop_assert_eq!(&first.items, &second.items);
        prop_assert_eq!(&first.problems, &second.problems);
        let written: std::collections::BTreeSet<_> = files.iter().flatten().collect();
        prop_assert_eq!(first.items.len(), written.len());
        let places: Vec<_> = first.items.iter().map(|claim| (claim.source.name().to_owned(), claim.span)).collect();
        prop_assert!(places.is_sorted());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn no_text_makes_a_panic_or_a_place_outside(text in prop_oneof![any::<String>(), yaml_like()]) {
        let loaded = parsed(&text);
        rendered(&loaded.problems);
        for claim in &loaded.items {
            prop_assert!(text.get(claim.span.start..claim.span.end).is_some());
            prop_assert!(!claim.about.is_empty() && !claim.id.is_empty());
            for example in &claim.examples {
                prop_assert!(text.get(example.span.start..example.span.end).is_some());
            }
        }
        if loaded.items.is_empty() {
            prop_assert!(!loaded.problems.is_empty());
        }
    }

    #[test]
    fn cut_and_damaged_files_lose_nothing_in_silence(cut in 0..EVERYTHING.len(), with in "[\\[\\]{}:\"'\t\n#&*-]{0,3}") {
        let text = format!("{}{with}{}", &EVERYTHING[..cut], &EVERYTHING[(cut + 1).min(EVERYTHING.len())..]);
        let loaded = parsed(&text);
        if loaded.items.len() < 3 {
            // A claim can slip below a key that is not known; that is told with the key.
            let told = loaded.problems.iter().any(|problem| {
                problem.level == Level::Error || problem.code == "claim/unknown-key"
            });
            prop_assert!(told);
        }
    }

    #[test]
    fn places_of_scalars_hold_what_is_written(words in prop::collection::vec("[a-zé😀]{1,5}", 1..8)) {
        let mut text = String::from("é: 1\nl:\n");
        for word in &words {
            writeln!(text, "  - {word}  # ü").expect("a string takes everything");
        }
        let outline = Outline::parse(&text).expect("sound");
        for (at, word) in words.iter().enumerate() {
            let place = outline.find(&["l", &at.to_string()]).expect("there");
            prop_assert_eq!(&text[place.value.start..place.value.end], word);
        }
    }
}
