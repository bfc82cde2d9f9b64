//! The work of matching, counted in steps: what a change of the matcher must not make much more of.

use std::fmt::Write;
use std::sync::Arc;

use gainsay::article::Article;
use gainsay::claim::{self, Claim};
use gainsay::matching::{Counters, Matcher};
use gainsay::source::Source;

const ARTICLES: usize = 40;
const SENTENCES: usize = 12;

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }
}

/// A made-up word; the lower the number, the more often it is used.
fn word(dice: &mut Dice) -> String {
    const SYLLABLES: [&str; 16] = [
        "ka", "ro", "mi", "ten", "do", "sha", "lin", "ber", "go", "va", "ri", "son", "el", "ma",
        "tu", "zek",
    ];
    let most = [30, 300, 3_000][dice.roll(3)];
    let number = dice.roll(most);
    let mut word = String::from(SYLLABLES[number % 16]);
    word.push_str(SYLLABLES[number / 16 % 16]);
    word.push_str(SYLLABLES[(number / 256 + number) % 16]);
    word
}

/// Texts, each of some sentences of a dozen words.
fn texts() -> Vec<Vec<String>> {
    let mut dice = Dice(7);
    let sentence = |dice: &mut Dice| {
        let words: Vec<String> = (0..12).map(|_| word(dice)).collect();
        words.join(" ")
    };
    (0..ARTICLES)
        .map(|_| (0..SENTENCES).map(|_| sentence(&mut dice)).collect())
        .collect()
}

/// Claims whose wordings are parts of the texts' sentences.
fn claims(texts: &[Vec<String>], number: usize) -> Vec<Arc<Claim>> {
    let mut dice = Dice(11);
    let mut yaml = String::from("topic: load\nclaims:\n");
    for nth in 0..number {
        let text = &texts[dice.roll(texts.len())];
        let mut part = || {
            let words: Vec<&str> = text[dice.roll(text.len())].split(' ').collect();
            let from = dice.roll(5);
            words[from..from + 7].to_vec()
        };
        let (one, other) = (part(), part());
        let longest = one.iter().max_by_key(|word| word.len());
        let _ = write!(
            yaml,
            "  - id: load-{nth}\n    question: which?\n    about: [{}]\n    positions:\n      one: {{says: {}}}\n      \
             other: {{says: {}}}\n",
            longest.expect("seven words"),
            one.join(" "),
            other.join(" "),
        );
    }
    let loaded = claim::parse(Arc::new(Source::new("load.yaml", yaml)));
    assert_eq!(loaded.items.len(), number);
    loaded.items.into_iter().map(Arc::new).collect()
}

/// The work, and the number of matches.
fn work(number: usize) -> (Counters, usize) {
    let texts = texts();
    let claims = claims(&texts, number);
    let matcher = Matcher::new(&claims);
    let mut worker = matcher.worker();
    let mut matches = 0;
    for (index, text) in texts.iter().enumerate() {
        let article = Article::of_text(&format!("a{index}"), &text.join(".\n"));
        matches += worker.article(index, &article).len();
    }
    (worker.counters(), matches)
}

#[test]
fn few_claims_are_read_in_full() {
    let (work, matches) = work(200);
    println!("{work:?}, {matches} matches");
    assert_eq!(work.articles, ARTICLES as u64);
    assert_eq!(work.statements, (ARTICLES * SENTENCES) as u64);
    assert!(matches > 150, "{matches}");
    // Of all pairs of a wording and a statement, 192,000, one in six is near a subject, and few of those share two keys.
    assert!(work.asked < 4_000, "{work:?}");
    assert!(work.candidates < 3 * matches as u64, "{work:?}");
    // Two wordings each, and nothing but wordings.
    assert!(work.scored <= 2 * work.candidates, "{work:?}");
    assert!(work.compared < 6_000, "{work:?}");
}

#[test]
fn words_are_compared_once_however_many_claims_and_articles_use_them() {
    let (few, _) = work(40);
    let (many, _) = work(400);
    assert_eq!(few.statements, many.statements);
    // More claims use more distinct words, but no word is compared again for the next claim.
    assert!(many.compared < 8 * few.compared, "{few:?} {many:?}");

    let texts = texts();
    let claims = claims(&texts, 40);
    let matcher = Matcher::new(&claims);
    let article = Article::of_text("a", &texts[0].join(".\n"));
    let mut worker = matcher.worker();
    let first = worker.article(0, &article);
    let learnt = worker.counters().compared;
    assert!(learnt > 0);
    assert_eq!(worker.article(0, &article), first);
    assert_eq!(worker.counters().compared, learnt);
    // The next worker goes on with what this one has learnt.
    drop(worker);
    let mut next = matcher.worker();
    assert_eq!(next.article(0, &article), first);
    assert_eq!(next.counters().compared, 0);
}

#[test]
fn matches_of_one_sentence_share_what_they_tell_of_it() {
    let texts = texts();
    let claims = claims(&texts, 400);
    let matcher = Matcher::new(&claims);
    let mut worker = matcher.worker();
    let mut pairs = 0;
    for (index, text) in texts.iter().enumerate() {
        let article = Article::of_text(&format!("a{index}"), &text.join(".\n"));
        let mut matches = worker.article(index, &article);
        matches.sort_by_key(|found| found.span);
        for pair in matches
            .windows(2)
            .filter(|pair| pair[0].span == pair[1].span)
        {
            assert!(Arc::ptr_eq(&pair[0].text, &pair[1].text));
            assert!(Arc::ptr_eq(&pair[0].context, &pair[1].context));
            pairs += 1;
        }
    }
    assert!(pairs > 50, "{pairs}");
}
