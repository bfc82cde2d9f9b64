//! The report as a reader sees it. Sentences, people and outlets are invented.

use std::sync::Arc;

use proptest::prelude::*;
use unicode_width::UnicodeWidthStr;

use super::{Options, render};
use crate::claim::{Answers, Claim, Position, Reach, Severity, Testimony, Tolerance};
use crate::divergence::{Divergence, Kind, Side, Status};
use crate::independence::Copies;
use crate::matching::{Answer, Match};
use crate::problem::Problem;
use crate::report::{ArticleEntry, Report};
use crate::source::{Source, Span};
use crate::stance::{Held, Stance};
use crate::statement::{Place, Voice};

/// Puts a report together as the stages would.
struct Story(Report);

impl Story {
    fn new() -> Self {
        Self(Report {
            articles: Vec::new(),
            claims: Vec::new(),
            matches: Vec::new(),
            stances: Vec::new(),
            divergences: Vec::new(),
            problems: Vec::new(),
            copies: Copies::default(),
        })
    }

    fn article(&mut self, id: &str, source: &str, date: &str, title: &str) -> usize {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        self.0.articles.push(ArticleEntry {
            id: id.to_owned(),
            path: format!("articles/{id}.md"),
            source: some(source),
            date: date.parse().ok(),
            title: some(title),
            url: None,
            sha256: String::new(),
        });
        self.0.articles.len() - 1
    }

    fn add_claim(&mut self, id: &str, question: &str, answers: Answers) -> usize {
        self.0.claims.push(Arc::new(Claim {
            id: id.to_owned(),
            topic: "The bridge".into(),
            question: question.to_owned(),
            about: vec!["bridge".to_owned()],
            reach: Reach::default(),
            testimony: Testimony::default(),
            answers,
            compatible: Vec::new(),
            except: Vec::new(),
            examples: Vec::new(),
            aliases: Vec::new().into(),
            severity: None,
            source: Arc::new(Source::new("claims/bridge.yaml", "")),
            span: Span::default(),
        }));
        self.0.claims.len() - 1
    }

    fn claim(&mut self, id: &str, question: &str, positions: &[&str]) -> usize {
        let position = |name: &&str| Position {
            name: (*name).to_owned(),
            says: String::new(),
            phrases: Vec::new(),
            except: Vec::new(),
            silence: false,
            denied: None,
            requires: Vec::new(),
            testimony: Testimony::default(),
        };
        let positions = positions.iter().map(position).collect();
        self.add_claim(id, question, Answers::Positions(positions))
    }

    fn quantity(&mut self, id: &str, question: &str) -> usize {
        let answers = Answers::Quantity {
            of: vec!["people".to_owned()],
            tolerance: Tolerance::Relative(0.1),
        };
        self.add_claim(id, question, answers)
    }

    /// Adds a match and the stance that it makes; words between asterisks decided.
    fn says(&mut self, claim: usize, article: usize, position: &str, marked: &str) -> usize {
        let mut text = String::new();
        let mut words = Vec::new();
        for (at, part) in marked.split('*').enumerate() {
            let start = text.len();
            text.push_str(part);
            if at % 2 == 1 {
                words.push(Span::new(start, text.len()));
            }
        }
        let index = self.0.matches.len();
        self.0.matches.push(Match {
            id: format!("m{index}"),
            claim,
            article,
            answer: Answer::Position(0),
            position: position.into(),
            span: Span::new(0, text.len()),
            text: text.into(),
            line: 7 + 2 * index,
            column: 1 + index,
            words,
            score: 0.99 - index as f64 / 100.0,
            wording: "".into(),
            voice: Voice::Own,
            hedged: false,
            place: Place::Body,
            context: Arc::default(),
        });
        let answer = Held {
            position: position.into(),
            answer: Answer::Position(0),
            matches: vec![index],
        };
        let mut stances = self.0.stances.iter_mut();
        match stances.find(|stance| stance.claim == claim && stance.article == article) {
            Some(stance) => stance.held.push(answer),
            None => self.0.stances.push(Stance {
                claim,
                article,
                held: vec![answer],
            }),
        }
        index
    }

    fn said_by(&mut self, found: usize, speaker: Option<&str>) {
        self.0.matches[found].voice = Voice::Attributed {
            speaker: speaker.map(str::to_owned),
        };
    }

    /// Sides are given by their matches.
    fn diverges(&mut self, kind: Kind, severity: Severity, sides: &[&[usize]]) -> &mut Divergence {
        let first = &self.0.matches[sides[0][0]];
        let claim = first.claim;
        let sides = sides.iter().map(|matches| {
            let mut articles: Vec<usize> = matches
                .iter()
                .map(|&found| self.0.matches[found].article)
                .collect();
            articles.sort();
            articles.dedup();
            Side {
                position: Some(Arc::clone(&self.0.matches[matches[0]].position)),
                articles,
                matches: matches.to_vec(),
            }
        });
        let sides = sides.collect();
        let number = self.0.divergences.len();
        self.0.divergences.push(Divergence {
            id: format!("{:08x}c0ffee", 0x3f2a_91c0 + number * 0x0101_0101),
            claim,
            kind,
            severity,
            status: Status::Open,
            sides,
        });
        self.0
            .divergences
            .last_mut()
            .expect("internal: just pushed")
    }

    fn silent(&mut self, answers: &[usize], articles: &[usize]) {
        let omission = self.diverges(Kind::Omission, Severity::Low, &[answers]);
        omission.sides.push(Side {
            position: None,
            articles: articles.to_vec(),
            matches: Vec::new(),
        });
    }
}

/// Five articles on a bridge, with one divergence of most kinds.
fn bridge() -> Report {
    let mut story = Story::new();
    let a = story.article(
        "courier-0312",
        "Harbour Courier",
        "2024-03-12",
        "Old bridge shut for good, council says",
    );
    let b = story.article(
        "daily-0312",
        "The Daily Ledger",
        "2024-03-12",
        "Mayor denies bridge closure",
    );
    let c = story.article(
        "ledger-0315",
        "The Daily Ledger",
        "2024-03-15",
        "Bridge to stay closed",
    );
    let d = story.article("notes", "", "", "");
    let e = story.article(
        "valley-radio-online",
        "Valley Radio Online",
        "2024-03-14",
        "",
    );

    let closed = story.claim(
        "bridge-closed",
        "Is the old bridge closed for good?",
        &["closed-for-good", "open", "closed-for-repairs"],
    );
    let deaths = story.quantity("collapse-deaths", "How many people died in the collapse?");
    let warned = story.claim(
        "mayor-warned",
        "Was the mayor warned of the cracks before the collapse?",
        &["warned", "not-warned"],
    );
    let date = story.claim(
        "inspection-date",
        "When was the bridge last inspected?",
        &[],
    );
    let money = story.claim(
        "repair-money-approved",
        "Has the council approved money for repairs?",
        &["approved", "refused"],
    );
    story.claim(
        "ferry-starts",
        "Will a ferry replace the bridge?",
        &["yes", "no"],
    );
    let owner = story.claim("bridge-owner", "Who owns the bridge?", &["county", "town"]);

    let m0 = story.says(closed, a, "closed-for-good", "After a week of talks behind closed doors, the council said late on Tuesday that the old bridge *has been closed for good* and that a new crossing would be built two miles upstream.");
    let m1 = story.says(
        closed,
        b,
        "open",
        "“The bridge *is not closed*,” Mayor Edda Lind told reporters.",
    );
    story.said_by(m1, Some("Mayor Edda Lind"));
    let m2 = story.says(
        closed,
        c,
        "closed-for-good",
        "The bridge *will not open again*.",
    );
    story.0.matches[m2].place = Place::Headline;
    let m3 = story.says(
        closed,
        e,
        "closed-for-repairs",
        "The crossing *may be shut* for a few weeks *for repairs*, according to engineers.",
    );
    story.said_by(m3, None);
    story.0.matches[m3].hedged = true;
    let d0 = story.says(
        deaths,
        a,
        "12",
        "*Twelve people* died when the pier gave way.",
    );
    let d1 = story.says(
        deaths,
        b,
        "21000",
        "The collapse killed *21,000 people*, a figure that nobody could explain.",
    );
    let d2 = story.says(deaths, e, "12", "The number of *dead rose to 12*.");
    let w0 = story.says(
        warned,
        b,
        "warned",
        "Engineers *had warned the mayor* twice.",
    );
    let w1 = story.says(
        warned,
        b,
        "not-warned",
        "The mayor *was never told* of any cracks.",
    );
    let w2 = story.says(warned, c, "warned", "He *had been warned*.");
    let i0 = story.says(date, a, "2023-11", "The last inspection was *in November*.");
    let i1 = story.says(
        date,
        d,
        "2021",
        "Nobody had looked at the bridge *since 2021*.",
    );
    let r0 = story.says(money, b, "refused", "The council *refused to pay*.");
    let r1 = story.says(
        money,
        c,
        "approved",
        "On Thursday the council *approved 3 million* for repairs.",
    );
    let o0 = story.says(owner, a, "county", "The *county owns* the bridge.");
    let o1 = story.says(
        owner,
        c,
        "county",
        "The bridge *belongs to the county*, Lind said.",
    );
    story.said_by(o1, Some("Lind"));

    story.diverges(
        Kind::Contradiction,
        Severity::High,
        &[&[m0, m2], &[m1], &[m3]],
    );
    story.diverges(Kind::Numeric, Severity::High, &[&[d0, d2], &[d1]]);
    story.diverges(Kind::SelfContradiction, Severity::Medium, &[&[w0], &[w1]]);
    story.diverges(Kind::Temporal, Severity::Medium, &[&[i0], &[i1]]);
    let update = story.diverges(Kind::Update, Severity::Low, &[&[r1], &[r0]]);
    update.status = Status::Confirmed;
    story.diverges(Kind::Attribution, Severity::Low, &[&[o0], &[o1]]);
    story.silent(&[m0, m1, m2, m3], &[d]);
    story.silent(&[w0, w2], &[a, d, e]);
    let gone = story.diverges(Kind::Hedging, Severity::Low, &[&[w0], &[w2]]);
    gone.status = Status::Dismissed;

    let file = Arc::new(Source::new(
        "claims/bridge.yaml",
        "topic: The bridge\nclaims:\n  - id: bridge-closed\n    question: Is it?\n  - id: bridge-closed\n    question: Is it now?\n",
    ));
    let at = |text: &str, nth: usize| {
        let (start, _) = file
            .text()
            .match_indices(text)
            .nth(nth)
            .expect("internal: it is there");
        Span::new(start, start + text.len())
    };
    let problems = [
        Problem::warning("article/no-date", "the article has no date").at_path("articles/notes.md").help("add `date:` to its front matter; without it an update cannot be told from a contradiction"),
        Problem::error("claim/duplicate-id", "two claims are called `bridge-closed`, the second was left out")
            .at(&file, at("bridge-closed", 1), "used again here")
            .at(&file, at("bridge-closed", 0), "first used here")
            .help("give one of them another id"),
    ];
    story.0.problems.extend(problems);
    story.0
}

/// More than a matrix can hold: 40 articles on one claim.
fn crowd() -> Report {
    let mut story = Story::new();
    let claim = story.claim(
        "crowd-size-disputed-by-the-organisers",
        "Did the march take place?",
        &["took-place", "was-called-off", "postponed"],
    );
    let quiet = story.claim("march-leader", "Who led the march?", &["lind", "moor"]);
    for number in 0..40 {
        story.article(&format!("agency-{number:02}"), "Agency", "2024-05-01", "");
    }
    let mut sides: [Vec<usize>; 3] = [vec![], vec![], vec![]];
    for article in 0..12 {
        let side = article % 3;
        let position = ["took-place", "was-called-off", "postponed"][side];
        sides[side].push(story.says(
            claim,
            article,
            position,
            "The march *did what it did* on Sunday.",
        ));
    }
    let leader = story.says(quiet, 3, "lind", "*Lind led* the march.");
    story.diverges(
        Kind::Contradiction,
        Severity::High,
        &[&sides[0], &sides[1], &sides[2]],
    );
    let rest: Vec<usize> = (12..40).collect();
    story.silent(&sides[0], &rest);
    story.silent(&[leader], &rest);
    story.0
}

fn options(width: usize, unicode: bool) -> Options {
    Options {
        width,
        unicode,
        ..Options::default()
    }
}

/// Renders, and checks what holds for every report.
fn shown(report: &Report, options: &Options) -> String {
    let text = render(report, options);
    check(&text, options);
    text
}

fn check(text: &str, options: &Options) {
    for line in text.lines() {
        let bare = without_colour(line);
        assert!(
            bare.width() <= options.columns(),
            "{} columns of {}: {bare:?}",
            bare.width(),
            options.columns()
        );
        let clean = crate::clean::clean(&bare);
        assert_eq!(clean.replace('\t', "?"), bare, "control character");
        assert_eq!(line.trim_end(), line, "white space at the end");
    }
}

/// Removes the colours that the report sets itself; anything else that begins with ESC stays and fails.
fn without_colour(line: &str) -> String {
    let mut bare = String::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once("\u{1b}[") {
        bare.push_str(before);
        let end = after.find(|c: char| c != ';' && !c.is_ascii_digit());
        match end.filter(|&end| after[end..].starts_with('m')) {
            Some(end) => rest = &after[end + 1..],
            None => {
                bare.push('\u{1b}');
                rest = after;
            }
        }
    }
    bare + rest
}

#[test]
fn bridge_100_unicode() {
    insta::assert_snapshot!(shown(&bridge(), &options(100, true)));
}

#[test]
fn bridge_140_unicode() {
    insta::assert_snapshot!(shown(&bridge(), &options(140, true)));
}

#[test]
fn bridge_80_ascii() {
    insta::assert_snapshot!(shown(&bridge(), &options(80, false)));
}

#[test]
fn bridge_60_unicode() {
    insta::assert_snapshot!(shown(&bridge(), &options(60, true)));
}

#[test]
fn bridge_40_ascii() {
    insta::assert_snapshot!(shown(&bridge(), &options(40, false)));
}

#[test]
fn crowd_100_unicode() {
    insta::assert_snapshot!(shown(&crowd(), &options(100, true)));
}

#[test]
fn crowd_50_ascii() {
    insta::assert_snapshot!(shown(&crowd(), &options(50, false)));
}

#[test]
fn the_first_screen_shows_what_to_settle() {
    let text = shown(&bridge(), &options(100, true));
    let screen: Vec<&str> = text.lines().take(40).collect();
    let screen = screen.join("\n");
    assert!(screen.starts_with("5 articles, 7 claims: 4 divergences to settle (2 high), 3 minor"));
    for claim in [
        "bridge-closed",
        "collapse-deaths",
        "mayor-warned",
        "inspection-date",
    ] {
        assert!(screen.contains(claim), "{claim}");
    }
    assert!(screen.contains("Is the old bridge closed for good?"));
}

#[test]
fn two_sides_of_one_article_each_take_at_most_sixteen_lines() {
    for width in [80, 100, 140] {
        let text = shown(&bridge(), &options(width, true));
        let start = text
            .find("self-contradiction 41")
            .expect("internal: it is shown");
        let end = text.find("temporal 42").expect("internal: it is shown");
        let lines = text[start..end].lines().count();
        assert!(lines <= 16, "{lines} lines at {width}");
    }
}

#[test]
fn quiet_shows_problems_and_the_summary_only() {
    let options = Options {
        quiet: true,
        ..options(120, true)
    };
    let text = shown(&bridge(), &options);
    assert!(text.starts_with("claim/duplicate-id\n"));
    assert!(!text.contains("bridge-closed  "));
    assert!(!text.contains("contradiction 3f2a91c0"));
    insta::assert_snapshot!(text.lines().last().unwrap_or_default(), @"4 divergences (2 high, 2 medium), 3 minor, 1 confirmed, 1 dismissed · 5 articles · 7 claims · 2 problems");
}

#[test]
fn nothing_found_is_said() {
    let text = shown(&Story::new().0, &options(100, true));
    insta::assert_snapshot!(text, @r"
    0 articles, 0 claims: nothing to settle

    0 divergences, 0 minor · 0 articles · 0 claims · 0 problems
    ");
}

#[test]
fn a_dismissed_divergence_is_not_counted_and_shown_with_all_only() {
    let mut report = bridge();
    for divergence in &mut report.divergences {
        divergence.status = Status::Dismissed;
    }
    let text = shown(&report, &options(100, true));
    assert!(text.starts_with("5 articles, 7 claims: nothing to settle"));
    assert!(!text.contains("3f2a91c0"));
    assert!(!text.contains("!!! contradiction"));
    let all = Options {
        all: true,
        ..options(100, true)
    };
    let text = shown(&report, &all);
    assert!(text.contains("9 dismissed"));
    assert!(
        text.contains("!!! contradiction 3f2a91c0 bridge-closed: closed-for-good (courier-0312,")
    );
}

#[test]
fn colour_supports_and_changes_no_word() {
    for unicode in [true, false] {
        for width in [40, 100] {
            let plain = options(width, unicode);
            let colour = Options {
                color: true,
                ..plain
            };
            let coloured = shown(&bridge(), &colour);
            assert!(coloured.contains("\u{1b}[1;31m!!!"));
            assert!(coloured.contains('\u{1b}'));
            let bare: Vec<String> = coloured
                .lines()
                .map(|line| without_colour(line).trim_end().to_owned())
                .collect();
            let text = shown(&bridge(), &plain);
            let lines: Vec<&str> = text.lines().collect();
            assert_eq!(bare, lines);
            assert!(!text.contains('\u{1b}'));
        }
    }
}

#[test]
fn ascii_draws_in_ascii_only() {
    let mut report = bridge();
    for found in &mut report.matches {
        found.text = "a\u{1b}[31m b".into();
        found.words = vec![Span::new(0, 1)];
    }
    for width in [40, 100] {
        let text = shown(&report, &options(width, false));
        let other = text.chars().find(|c| !c.is_ascii());
        assert_eq!(other, None);
        assert!(text.contains("a?[31m b"));
    }
}

#[test]
fn twelve_are_shown_in_full_and_every_high_one() {
    let mut story = Story::new();
    let a = story.article("one", "", "", "");
    let b = story.article("two", "", "", "");
    let mut pairs = Vec::new();
    for number in 0..30 {
        let claim = story.claim(&format!("claim-{number:02}"), "Which?", &["yes", "no"]);
        let yes = story.says(claim, a, "yes", "It *is so*.");
        pairs.push((yes, story.says(claim, b, "no", "It *is not so*.")));
    }
    for (number, (yes, no)) in pairs.into_iter().enumerate() {
        let severity = if number == 20 {
            Severity::High
        } else {
            Severity::Low
        };
        story.diverges(Kind::Contradiction, severity, &[&[yes], &[no]]);
    }
    let text = shown(&story.0, &options(100, true));
    assert_eq!(text.matches("Which?").count(), 13);
    assert!(text.contains("17 more in short (--all shows them in full)"));
    assert!(text.contains("!   contradiction 4b369dcc claim-12: yes (one) vs no (two)"));
    assert!(text.contains("5 claims more with divergences (--all shows them)"));
    let all = Options {
        all: true,
        ..options(100, true)
    };
    let text = shown(&story.0, &all);
    assert_eq!(text.matches("Which?").count(), 30);
    assert!(!text.contains("more"));
}

#[test]
fn a_thousand_claims_show_those_that_diverge() {
    let mut story = Story::new();
    let a = story.article("one", "", "", "");
    let b = story.article("two", "", "", "");
    for number in 0..1000 {
        story.claim(&format!("claim-{number:03}"), "Which?", &["yes", "no"]);
    }
    for claim in 0..500 {
        story.says(claim, a, "yes", "It *is so*.");
    }
    let no = story.says(321, b, "no", "It *is not so*.");
    story.diverges(Kind::Contradiction, Severity::Medium, &[&[321], &[no]]);
    let text = shown(&story.0, &options(100, true));
    let head: Vec<&str> = text.lines().take(15).collect();
    insta::assert_snapshot!(head.join("\n"), @r"
    2 articles, 1000 claims: 1 divergence to settle

    A  one
    B  two

               A    B
    claim-321  yes  no  !!  contradiction

    !!! high, !! medium, ! low; · silent
    499 claims without divergence left out (--all shows them)
    no article answers 500 claims: claim-500, claim-501, claim-502, claim-503, claim-504 and 495 more

    To settle, what matters most first; one quotation a side

    contradiction 3f2a91c0 · medium · claim-321
    ");
}

#[test]
fn many_minor_ones_are_folded_to_ten_lines() {
    let mut story = Story::new();
    let a = story.article("one", "", "", "");
    let b = story.article("two", "", "", "");
    for number in 0..14 {
        let claim = story.claim(&format!("claim-{number:02}"), "Which?", &["yes", "no"]);
        let yes = story.says(claim, a, "yes", "It *is so*.");
        story.silent(&[yes], &[b]);
    }
    // Beside a table with letters one paragraph tells who is silent.
    let text = shown(&story.0, &options(100, true));
    assert!(
        text.contains("14 minor\n  silent: claim-00 (B), claim-01 (B), "),
        "{text}"
    );
    assert!(!text.contains("--all"));
    for number in 0..11 {
        story.article(&format!("more-{number}"), "", "", "");
    }
    let text = shown(&story.0, &options(100, true));
    assert_eq!(text.matches("silent on claim-").count(), 10);
    assert!(text.contains("  … and 4 more (--all shows them)"));
}

#[test]
fn a_narrow_page_with_many_claims_shows_those_that_diverge() {
    let mut story = Story::new();
    for id in ["one", "two", "three", "four", "five"] {
        story.article(id, "", "", "");
    }
    for number in 0..16 {
        let id = format!("a-claim-with-a-long-name-{number:02}");
        let claim = story.claim(&id, "Which?", &["approved", "refused"]);
        let yes = story.says(claim, 0, "approved", "It *is so*.");
        if number < 3 {
            let no = story.says(claim, 1, "refused", "It *is not so*.");
            story.diverges(Kind::Contradiction, Severity::High, &[&[yes], &[no]]);
        }
    }
    let text = shown(&story.0, &options(40, true));
    assert!(
        text.contains(
            "!!! a-claim-with-a-long-na…02  a b · · ·\n    contradiction: a approved, b refused\n"
        ),
        "{text}"
    );
    assert!(!text.contains("a-claim-with-a-long-name-03"));
    assert!(text.contains("13 claims without divergence left out"));
    let text = shown(&story.0, &options(100, true));
    assert!(text.contains("a-claim-with-a-long-name-15  approved"));
}

#[test]
fn a_minor_one_tells_what_sets_the_sides_apart() {
    let mut story = Story::new();
    let claim = story.claim("fate", "Is he dead?", &["dead", "alive"]);
    let a = story.article("one", "", "", "");
    let b = story.article("two", "", "", "");
    let fact = story.says(claim, a, "dead", "He *is dead*.");
    let quoted = story.says(claim, a, "dead", "“He *is dead*,” his brother said.");
    story.said_by(quoted, Some("his\u{1b} brother"));
    let hedged = story.says(claim, b, "dead", "He *may be dead*.");
    story.0.matches[hedged].hedged = true;
    let told = story.says(claim, b, "dead", "The police said he *is dead*.");
    story.said_by(told, Some("The police"));
    let headline = story.says(claim, b, "dead", "He *is dead*");
    story.0.matches[headline].place = Place::Headline;
    story.diverges(Kind::Hedging, Severity::Medium, &[&[headline], &[hedged]]);
    story.diverges(Kind::Hedging, Severity::Low, &[&[quoted, fact], &[told]]);
    story.diverges(Kind::Attribution, Severity::Low, &[&[quoted], &[told]]);
    let text = shown(&story.0, &options(100, true));
    let minor: Vec<&str> = text.lines().skip_while(|line| *line != "3 minor").collect();
    insta::assert_snapshot!(minor.join("\n"), @r"
    3 minor
      fact or report on fate (dead): headline as a fact: B vs hedged: B
      fact or report on fate (dead): as a fact: A vs The police: B
      different speakers on fate (dead): his� brother: A vs The police: B

    0 divergences, 3 minor · 2 articles · 1 claim · 0 problems
    ");
}

#[test]
fn articles_that_differ_in_many_numbers_are_not_all_quoted() {
    let mut story = Story::new();
    let claim = story.quantity("deaths", "How many died?");
    let mut found = Vec::new();
    for number in 0..9 {
        let article = story.article(&format!("paper-{number}"), "", "", "");
        let dead = (10 * (number + 1)).to_string();
        found.push(story.says(claim, article, &dead, &format!("*{dead} people* died.")));
    }
    let sides: Vec<&[usize]> = found.chunks(1).collect();
    story.diverges(Kind::Numeric, Severity::High, &sides);
    let text = shown(&story.0, &options(100, true));
    assert_eq!(text.matches("people died.").count(), 6);
    assert!(text.contains("    and also 70 (paper-6), 80 (paper-7), 90 (paper-8)"));
}

#[test]
fn problems_of_every_shape_fit() {
    let long = format!("{}: [unclosed, {}", "key".repeat(60), "x ".repeat(200));
    let text = format!("first\r\n{long}\nlast  \n\n");
    let file = Arc::new(Source::new(
        "claims/a-very-long-folder-name/with/more/folders/bridge.yaml",
        text.as_str(),
    ));
    let bracket = text.find('[').expect("internal: it is there");
    let mut report = Story::new().0;
    report.problems = vec![
        Problem::error("claim/yaml", "an \u{1b}]0;evil\u{7} message")
            .at(
                &file,
                Span::new(bracket, bracket + 1),
                "this bracket is never closed, and the list runs on to the end of the file",
            )
            .help("close it with `]`"),
        Problem::error("claim/end", "the file ends too early").at(
            &file,
            Span::new(text.len(), text.len()),
            "here",
        ),
        Problem::error("claim/range", "a place beyond the end").at(
            &file,
            Span::new(9000, 9001),
            "",
        ),
        Problem::warning("claim/lines", "a place of several lines").at(
            &file,
            Span::new(0, text.len()),
            "all of it",
        ),
        Problem::warning("claim/two", "two places on one line")
            .at(&file, Span::new(0, 2), "one")
            .at(&file, Span::new(2, 5), "two"),
        Problem::warning("article/empty", "the article is empty").at_path("articles/\u{202e}dm.x"),
    ];
    insta::assert_snapshot!(shown(&report, &options(60, true)));
    shown(&report, &options(30, false));
    shown(&report, &options(100, true));
}

/// Text as a hostile or broken article may hold it.
fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "\\PC{0,12}",
        "[a-zA-Z ,.'-]{0,40}",
        "[ \t\n\r]{1,3}",
        "[東京新聞가각]{1,9}",
        "[\u{300}-\u{36f}]{1,4}",
        "[\u{1b}\u{7}\u{0}\u{9b}\u{202e}\u{2066}\u{200b}\u{200d}\u{feff}\u{ad}\u{2028}\u{85}]{1,3}",
        Just("\u{1b}[31mred\u{1b}]8;;http://x\u{7}".to_owned()),
        Just("👩\u{200d}👩\u{200d}👧 ❤\u{fe0f} 🇹🇷 1\u{fe0f}\u{20e3} 👍🏽".to_owned()),
        Just("لا السلام שלום हिन्दी".to_owned()),
        any::<String>(),
    ];
    proptest::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever an article or a claim file holds, no line is too wide and nothing acts on the terminal.
    #[test]
    fn any_text_is_clean_and_fits(
        texts in proptest::collection::vec(any_text(), 8),
        spans in proptest::collection::vec((0usize..90, 0usize..30), 0..5),
        width in 30usize..150,
        (unicode, color, all) in any::<(bool, bool, bool)>(),
        line in prop_oneof![1usize..2000, Just(9_999_999)],
    ) {
        let mut report = bridge();
        let words: Vec<Span> = spans
            .iter()
            .map(|&(start, length)| Span::new(start, start + length))
            .collect();
        for (at, found) in report.matches.iter_mut().enumerate() {
            found.text = texts[at % 3].as_str().into();
            found.words.clone_from(&words);
            found.line = line;
            if at % 2 == 0 {
                found.position = texts[3].as_str().into();
                found.voice = Voice::Attributed { speaker: Some(texts[4].clone()) };
            }
        }
        for (at, stance) in report.stances.iter_mut().enumerate() {
            if at % 2 == 0 {
                stance.held[0].position = texts[3].as_str().into();
            }
        }
        for side in report.divergences.iter_mut().flat_map(|divergence| &mut divergence.sides) {
            side.position = side.position.as_ref().map(|_| texts[3].as_str().into());
        }
        let article = &mut report.articles[0];
        article.id.clone_from(&texts[5]);
        article.path.clone_from(&texts[6]);
        article.source = Some(texts[7].clone());
        article.title = Some(texts[0].clone());
        let mut claim = (*report.claims[0]).clone();
        claim.id.clone_from(&texts[6]);
        claim.question.clone_from(&texts[5]);
        report.claims[0] = Arc::new(claim);
        let file = Arc::new(Source::new(texts[7].clone(), texts.concat()));
        let end = file.text().len();
        let inside = |at: usize| (0..=at.min(end)).rev().find(|&at| file.text().is_char_boundary(at)).unwrap_or(0);
        let mut problem = Problem::error("claim/any", texts[1].clone()).help(texts[2].clone());
        for (at, &(start, length)) in spans.iter().enumerate() {
            let span = Span::new(inside(start), inside(start + length));
            problem = problem.at(&file, span, texts[at % 8].clone());
        }
        report.problems.push(problem);
        shown(&report, &Options { width, color, unicode, quiet: false, all });
    }

    /// No index of a report that was put together by hand can make it panic.
    #[test]
    fn indexes_out_of_range_do_no_harm(
        indexes in proptest::collection::vec(0usize..30, 40),
    ) {
        let mut report = bridge();
        let mut next = indexes.into_iter().cycle();
        let mut next = || next.next().unwrap_or_default();
        for found in &mut report.matches {
            found.article = next();
            found.line = usize::MAX - next();
        }
        for stance in &mut report.stances {
            (stance.claim, stance.article) = (next(), next());
        }
        for divergence in &mut report.divergences {
            divergence.claim = next();
            for side in &mut divergence.sides {
                side.articles.push(next());
                side.matches.insert(0, next());
            }
        }
        shown(&report, &options(100, true));
    }
}
