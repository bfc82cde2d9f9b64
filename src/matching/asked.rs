//! Whether a question asks for what is, for what has come about, or for what may come, and what of a statement is no answer to it.
//!
//! "Forecasters said the storm could flatten 10,000 homes" gives no number of homes that it flattened; where the question is how many it may
//! flatten, it does. What is told as certain to come (*will*) may be an answer to either, as the news tells of one event before and after.

use crate::matching::reading::Reading;
use crate::text::assertion::Mood;
use crate::text::lexicon::Classes;
use crate::text::stem::may_be_past;
use crate::text::token::Vocabulary;
use crate::text::word_list::is_listed;

/// Tokens between a number or a date and the verb that makes it one of what may come. A third more change no labelled set.
const REACH: usize = 8;

/// Words of a question that ask for what may come, or what is wanted.
const OPEN: &[&str] = &[
    "ask", "asked", "asks", "can", "could", "demand", "demanded", "demands", "if", "may", "might",
    "offer", "offered", "offers", "plan", "plans", "seek", "seeks", "should", "sought", "want",
    "wanted", "wants", "will", "would",
];

/// Nouns that look like a verb in the past: their plural is irregular, too.
const PLURALS: &[&str] = &[
    "children", "feet", "halves", "knives", "lives", "men", "people", "wives", "women",
];

/// Words behind a "to" that no verb follows.
const DETERMINERS: &[&str] = &[
    "a", "an", "each", "her", "his", "its", "one", "other", "the", "their", "this", "those",
];

/// Verbs behind which stands what may come.
const MODALS: &[&str] = &["could", "may", "might"];

/// Verbs that tell what is expected or lacking.
const FORESEEN: &[&str] = &[
    "anticipate",
    "anticipated",
    "anticipates",
    "expect",
    "expected",
    "expects",
    "forecast",
    "needs",
    "predict",
    "predicted",
    "predicts",
    "projected",
    "requires",
];

/// Verbs of what did not come about by them.
const REFUSED: &[&str] = &["declined", "refused", "rejected", "spurned"];

/// Moods in which nothing is told as so. What was believed once (*had guessed its weight at 45 kilos*) is a figure that somebody gave, and
/// what is left open may be one: either cost a labelled set an answer.
const MOODS: &[Mood] = &[Mood::Condition, Mood::Mention, Mood::Sought, Mood::Wished];

/// Whether a question asks which of several it was: "who called for help?", "which body did the threat come from?"
pub(super) fn asks_who(question: &str) -> bool {
    let first = question.split_whitespace().next().unwrap_or_default();
    matches!(
        first.to_lowercase().as_str(),
        "which" | "who" | "whom" | "whose"
    )
}

/// What a question asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asks {
    /// What may come or might have been: "how many jobs would be lost?"
    MayBe,
    /// What is: "how many users does it have?"
    Is,
    /// What has come about: "how many people died?"
    Was,
}

impl Asks {
    /// What a question asks for.
    pub fn of(question: &str) -> Self {
        // "In May" asks for nothing that may be, and "did it pay to the town" for nothing that is to be.
        let words: Vec<&str> = question.split(|c: char| !c.is_alphanumeric()).collect();
        let any = |listed: &[&str]| words.iter().any(|word| listed.contains(word));
        let mut pairs = words.windows(2);
        let to_do = pairs.any(|pair| {
            let verb = pair[1].starts_with(char::is_lowercase) && !is_listed(DETERMINERS, pair[1]);
            pair[0] == "to" && verb
        });
        let opens = is_listed(
            OPEN,
            &words
                .first()
                .map_or(String::new(), |word| word.to_lowercase()),
        );
        if any(OPEN) || opens || to_do {
            Asks::MayBe
        } else if any(&["did", "had", "was", "were"])
            || !any(&["are", "is"])
                && words
                    .iter()
                    .any(|word| may_be_past(word) && !is_listed(PLURALS, word))
        {
            Asks::Was
        } else {
            Asks::Is
        }
    }

    /// Whether what stands between the tokens `first` and `next` is no answer: the sentence asks for it, or does not tell it as so.
    pub fn keeps_out(
        self,
        reading: &Reading,
        vocabulary: &Vocabulary,
        first: usize,
        next: usize,
    ) -> bool {
        let word = |i: usize| &*vocabulary.word(reading.tokens[i].word).folded;
        let unasserted = || {
            let open = reading.unasserted(vocabulary).iter();
            let mut open = open.filter(|span| MOODS.contains(&span.mood));
            // "Reports that it wants to buy others after it was expelled": it was.
            let factual = |from: usize| {
                let mut words = (from..first).map(word);
                words.any(|word| matches!(word, "after" | "since" | "when"))
            };
            open.any(|span| (span.from..span.to).contains(&first) && !factual(span.from))
        };
        // "Bridge shut since June 2: who will pay?" asks something else.
        let parted = || {
            let mut behind = reading.tokens[next.min(reading.tokens.len())..].iter();
            behind.any(|token| token.is_mark(':') || token.is_mark(';'))
        };
        reading.asks() && !parted()
            || self != Asks::MayBe && unasserted()
            || self == Asks::Was && is_foreseen(reading, vocabulary, first, next)
    }
}

/// "Could flatten 10,000 homes", "is expected to bring 2 million", "40 jobs could go".
fn is_foreseen(reading: &Reading, vocabulary: &Vocabulary, first: usize, next: usize) -> bool {
    let tokens = &reading.tokens;
    let word = |i: usize| &*vocabulary.word(tokens[i].word).folded;
    let goes_on = |i: &usize| {
        (tokens[*i].is_word() || tokens[*i].is_mark('"'))
            && !tokens[*i].is(Classes::BOUND)
            && !matches!(word(*i), "and" | "but" | "that" | "which" | "who")
    };
    // "May have died" is told of what has come about, and May is a month.
    let may = |i: usize| {
        let mut behind = (i + 1..tokens.len())
            .filter(|&i| !tokens[i].is(Classes::NEGDIR) && !word(i).ends_with("ly"));
        !tokens[i].capital
            && is_listed(MODALS, word(i))
            && behind.next().is_some_and(|i| word(i) != "have")
    };
    let mut before = (first.saturating_sub(REACH)..first)
        .rev()
        .take_while(goes_on);
    let refused = |i: usize| {
        is_listed(REFUSED, word(i))
            || word(i) == "turned" && i + 1 < tokens.len() && word(i + 1) == "down"
    };
    let told = before.any(|i| may(i) || is_listed(FORESEEN, word(i)) || refused(i));
    let mut behind = (next..(next + REACH).min(tokens.len())).take_while(goes_on);
    let verb = behind.find(|&i| tokens[i].is(Classes::AUXILIARY) || may_be_past(word(i)));
    told || verb.is_some_and(may)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_tells_what_it_asks_for() {
        for (question, asks) in [
            ("How many people died in the fire?", Asks::Was),
            ("How many homes did the storm destroy?", Asks::Was),
            ("When was the bridge opened?", Asks::Was),
            ("How many users does the service have?", Asks::Is),
            ("How many people are injured?", Asks::Is),
            ("How many people work at the mill?", Asks::Is),
            ("How many jobs will be lost?", Asks::MayBe),
            ("What is Norvik to pay for the yard?", Asks::MayBe),
            ("How many people fled to the valley in May 2021?", Asks::Was),
            ("What price was paid or asked for?", Asks::MayBe),
        ] {
            assert_eq!(Asks::of(question), asks, "{question}");
        }
    }

    #[test]
    fn lists_are_sorted_as_their_search_needs() {
        for list in [DETERMINERS, MODALS, FORESEEN, OPEN, PLURALS, REFUSED] {
            assert!(list.is_sorted(), "{list:?}");
        }
    }
}
