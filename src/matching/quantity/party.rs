//! Numbers that are another party's, another time's, or a known group's.

use crate::matching::bystander::is_of_bystander;
use crate::matching::plan::ClaimPlan;
use crate::matching::quantity::token_at;
use crate::matching::reading::Reading;
use crate::text::amount::{Amount, Kind, amounts};
use crate::text::calendar::is_day_or_month;
use crate::text::dateline::dateline;
use crate::text::fold::fold;
use crate::text::lexicon::Classes;
use crate::text::token::Vocabulary;
use crate::text::word_list::is_listed;

/// Tokens before and after a name among which a verb of saying makes it the speaker's.
const SAYS_BEFORE: usize = 3;
const SAYS_AFTER: usize = 7;
/// Tokens before a name among which the preposition stands that it hangs on: "in the western Swiss canton of Jura".
const HANGS: usize = 3;
/// Words between "dated" or "since" and the year: "dated Tuesday, 3 May 1998".
const AGE_REACH: usize = 4;

/// Whether the plural that was counted, which starts at this byte, hangs on a name of two words or more of which the question speaks by no
/// word and no alias: "Norvik Drive customers" are not just any.
pub fn another_brand(
    claim: &ClaimPlan,
    reading: &Reading,
    vocabulary: &Vocabulary,
    noun: usize,
) -> bool {
    let tokens = &reading.tokens;
    let Some(at) = tokens.iter().position(|token| token.span.start == noun) else {
        return false;
    };
    let is_capital = |&i: &usize| tokens[i].is_word() && tokens[i].capital;
    let name: Vec<usize> = (0..at).rev().take_while(is_capital).collect();
    let question = fold(&claim.claim.question);
    let asked = |name: &str| question.contains(&*fold(name));
    let is_own = |i: usize| {
        let mut concepts = claim.concepts.clone().filter(|&concept| {
            let mut places = reading.of_concept(concept).iter();
            places.any(|place| (place.first..=place.last).contains(&i))
        });
        asked(&vocabulary.word(tokens[i].word).folded)
            || concepts.any(|concept| {
                let group = claim.group(concept);
                asked(&group.canonical) || group.others.iter().any(|other| asked(other))
            })
    };
    // What counts without a noun, such as "stolen", follows who does it.
    let is_plural = vocabulary.word(tokens[at].word).folded.ends_with('s');
    is_plural && !tokens[at].capital && name.len() > 1 && !name.into_iter().any(is_own)
}

/// Whether a number is another party's: the sentence gives a strange name before it that can be who acts, and none that the claim
/// knows. Names beside a verb of saying are those of who says it, names behind a preposition tell where, and a pronoun behind
/// a name begins anew. `number` is the first byte of the number.
pub fn another_party(
    claim: &ClaimPlan,
    sentence: &str,
    reading: &Reading,
    vocabulary: &Vocabulary,
    number: usize,
) -> bool {
    if is_of_bystander(claim, reading, vocabulary, token_at(reading, number)) {
        return true;
    }
    let mut hits = Vec::new();
    let own = claim.names.iter().any(|unit| {
        reading.hits(unit, &mut hits);
        !hits.is_empty()
    });
    let own = own
        || claim.concepts.clone().any(|concept| {
            let mut places = reading.of_concept(concept).iter();
            places.any(|place| reading.tokens[place.first].capital)
        });
    let tokens = &reading.tokens;
    let capital = |i: usize| tokens.get(i).is_some_and(|token| token.capital);
    let own = own
        || claim
            .about
            .iter()
            .flat_map(|entry| &entry.units)
            .any(|unit| {
                reading.hits(unit, &mut hits);
                let name = |i: usize| capital(i) && (tokens[i].index > 0 || capital(i + 1));
                hits.iter().any(|hit| name(hit.first))
            });
    if own {
        return false;
    }
    let word = |i: usize| &*vocabulary.word(tokens[i].word).folded;
    let number = token_at(reading, number);
    let dateline = dateline(sentence);
    let is_name = |i: usize| {
        let token = &tokens[i];
        token.capital
            && token.index > 0
            && token.value().is_none()
            && !token.is(Classes::STOP)
            && !is_time(word(i))
            && !(is_nationality(word(i)) && tokens.get(i + 1).is_some_and(|next| !next.capital))
            && token.span.start >= dateline
    };
    let said = |i: usize| {
        let mut around = i.saturating_sub(SAYS_BEFORE)..(i + SAYS_AFTER).min(tokens.len());
        around.any(|t| {
            tokens[t].is(Classes::SAID.or(Classes::REPORTING)) || is_listed(GIVES, word(t))
        })
    };
    // "Leaker Lotte, who was right about the V9, claims that it will come in March": what is said is said anew.
    let told =
        |t: usize| tokens[t].is(Classes::SAID.or(Classes::REPORTING)) && word(t + 1) == "that";
    let begins_anew = |i: usize| (i + 1..number).any(|t| is_anew(word(t)) || told(t));
    let hangs = |i: usize| {
        let first = (0..=i)
            .rev()
            .take_while(|&t| tokens[t].capital)
            .last()
            .unwrap_or(i);
        (first.saturating_sub(HANGS)..first)
            .rev()
            .take_while(|&t| tokens[t].is_word())
            // "Smith of Oxford" is one name.
            .any(|t| {
                is_preposition(word(t)) && !(t > 0 && word(t) == "of" && tokens[t - 1].capital)
            })
    };
    (0..number).any(|i| is_name(i) && !said(i) && !hangs(i) && !begins_anew(i))
}

/// Verbs of giving a figure that is not one's own, beside those of saying: "the Ledger had *written* of 75,000".
const GIVES: &[&str] = &[
    "calculated",
    "calculates",
    "estimated",
    "estimates",
    "reckoned",
    "reckons",
    "writes",
    "written",
    "wrote",
];

/// Whether a word says what country somebody is of: "an Italian collector" names nobody.
fn is_nationality(word: &str) -> bool {
    const OTHERS: &[&str] = &[
        "american", "czech", "dutch", "french", "german", "greek", "iraqi", "israeli", "mexican",
        "swiss", "thai",
    ];
    const PEOPLE: &[&str] = &["adrian", "brian", "christian", "ian", "julian", "vivian"];
    is_listed(OTHERS, word)
        || !is_listed(PEOPLE, word)
            && ["ean", "ese", "ian", "ish"]
                .iter()
                .any(|ending| word.ends_with(ending))
}

/// Pronouns that speak of somebody told of before, so that a name before them is not who the number belongs to.
fn is_anew(word: &str) -> bool {
    matches!(
        word,
        "he" | "she" | "her" | "him" | "they" | "them" | "it" | "we" | "us"
    )
}

fn is_preposition(word: &str) -> bool {
    const WORDS: &[&str] = &[
        "across", "around", "at", "from", "in", "inside", "into", "near", "of", "off", "on",
        "outside", "through", "to", "toward", "towards", "with", "within",
    ];
    is_listed(WORDS, word)
}

/// Whether a word names a day, a month or a time of day.
fn is_time(word: &str) -> bool {
    is_day_or_month(word) || matches!(word, "am" | "easter" | "pm")
}

/// Whether a sentence speaks of another time than its article, or of another event: a year, "last year", a record, "in a separate
/// attack". Its numbers are doubtful beside others of the article.
pub fn another_time(sentence: &str) -> bool {
    let folded = sentence.to_lowercase();
    let said = [
        "last year",
        "years ago",
        "a year earlier",
        "previous",
        "record",
        "earlier this month",
        "earlier this year",
        "last month",
        "a week ago",
        "weeks ago",
        "a month ago",
        "months ago",
        "in another",
    ];
    said.iter().any(|words| folded.contains(words))
        || amounts(sentence)
            .iter()
            .any(|a| matches!(a.kind, Kind::Year | Kind::Decade))
}

/// What a sentence tells of a number, the byte `number`, and its time: without what it holds against it ("90 million users, compared with *72
/// million a year earlier*") and what it tells aside ("the firm, *which had sales of 210 million last year*, will pay 15").
pub fn clause_of(sentence: &str, number: usize) -> String {
    let amounts = amounts(sentence);
    let compared = amounts.iter().find(|amount| amount.compared);
    let sentence = compared.map_or(sentence, |amount| &sentence[..amount.span.start]);
    let mut kept = String::with_capacity(sentence.len());
    let mut at = 0;
    while let Some(open) = sentence[at..].find(", wh").map(|open| at + open) {
        let close = sentence[open + 1..].find(',');
        let close = close.map_or(sentence.len(), |close| open + 1 + close);
        if (open..close).contains(&number) {
            break;
        }
        kept.push_str(&sentence[at..open]);
        at = close;
    }
    kept.push_str(&sentence[at..]);
    kept
}

/// Whether a sentence says that it tells of another event: its numbers are that one's.
pub fn another_event(sentence: &str) -> bool {
    let folded = sentence.to_lowercase();
    [
        "in a separate",
        "in an earlier",
        "in an unrelated",
        "in a similar",
        "in one of the other",
        "in other cases",
    ]
    .iter()
    .any(|words| folded.contains(words))
}

/// Whether a sentence speaks of a year before its article's, or of "last year" and the like. Without a year, only the latter tell.
pub fn another_year(sentence: &str, year: Option<i32>) -> bool {
    let folded = sentence.to_lowercase();
    let said = [
        "last year",
        "years ago",
        "years earlier",
        "a year earlier",
        "in recent years",
    ];
    let earlier = |amount: &Amount| match amount.kind {
        Kind::Year if tells_age(sentence, amount) => false,
        Kind::Year => year.is_some_and(|year| amount.value < f64::from(year)),
        Kind::Decade => true,
        _ => false,
    };
    said.iter().any(|words| folded.contains(words)) || amounts(sentence).iter().any(earlier)
}

/// Whether a year says how old somebody or something is, and not when the rest was: "the plan, dated 3 May 1998", "founded in 1998",
/// "the worst since 1998".
fn tells_age(sentence: &str, year: &Amount) -> bool {
    let before = sentence[..year.span.start].split_whitespace().rev();
    before.take(AGE_REACH).any(|word| {
        matches!(
            &*word.to_lowercase(),
            "born" | "built" | "dated" | "established" | "founded" | "since"
        )
    })
}

/// Whether a number stands after a definite determiner, or is that of people to whom others belong: "the three soldiers" and "the
/// families of three victims" take up a group that was told of before, and need not tell how many there are of what the claim
/// counts.
pub fn is_taken_up(sentence: &str, number: usize) -> bool {
    const KIN: &[&str] = &[
        "children",
        "families",
        "family",
        "friends",
        "lawyers",
        "mothers",
        "parents",
        "relatives",
        "widows",
    ];
    let before = sentence.get(..number).unwrap_or_default();
    let mut words = before.split_whitespace().rev().map(str::to_lowercase);
    match words.next().as_deref() {
        Some("the" | "these" | "those") => true,
        Some("of") => words.next().is_some_and(|word| is_listed(KIN, &word)),
        _ => false,
    }
}
