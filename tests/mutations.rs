//! Guards that no threshold can replace: a sentence that carries a position, changed so that it no longer does, must lose it.
//!
//! The changes are made by rule: a negation at the main verb, "It is not true that", two names swapped, another number, and a
//! prefix of negation at the deciding adjective or participle. Each sentence that is matched as labelled is changed in every way that
//! fits it.

mod one_sentence;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use gainsay::claim::{Answers, Claim, Expected};
use gainsay::text::fold::fold;
use gainsay::text::stem::stem;
use one_sentence::{Desk, in_project, sentences};
use siphasher::sip::SipHasher13;

/// Sets whose sentences are not shown.
const HIDDEN: &[&str] = &["tests/newsroom/d"];

/// The parts of the contrast set.
const EARLY: &str = "early.jsonl";
const SECOND: &str = "second.jsonl";
const LATE: &str = "late.jsonl";

/// Verbs after which a bare "not" can stand.
const AUXILIARIES: &str =
    "is are was were has have had will would can could may might must shall should do does did";

/// Past forms which do not end in -ed, with their bare forms, for "did not".
const PASTS: &str = "took take, said say, told tell, found find, fell fall, ran run, led lead, shot shoot, gave give, left leave, \
held hold, kept keep, began begin, went go, came come, brought bring, bought buy, thought think, fought fight, caught catch, \
saw see, knew know, grew grow, threw throw, flew fly, showed show, wrote write, drove drive, rose rise, spoke speak, \
broke break, stole steal, chose choose, won win, struck strike, sank sink, built build, sent send, spent spend, lost lose, \
meant mean, met meet, felt feel, slept sleep, fled flee, paid pay, sold sell, made make, heard hear, stood stand, \
withstood withstand, got get, forgot forget, hid hide, became become, woke wake, put put, quit quit, cut cut, burst burst, \
shut shut, hit hit, died die";

/// Verbs of saying in the present, with what denies them.
const PRESENTS: &str = "says does, say do, denies does, deny do, thinks does, think do, believes does, believe do, insists does, \
insist do, faces does, closes does, opens does, reports does";

/// After these words comes a clause beside the main one; a negation there says nothing of the main one.
const SUBORDINATORS: &str = "who which whose whom when while as if where because after before since although though until unless \
whether once nobody what time";

/// Negative words: a second negation would not take the first meaning away but turn it round, which is another test.
const NEGATIVE: &str = "not no never nobody none nothing neither nor without cannot hardly";

/// Names of days.
const DAYS: &str =
    "monday tuesday wednesday thursday friday saturday sunday christmas easter thanksgiving";

/// Words of being, before a predicate.
const COPULAS: &str = "is are was were be been being remains remain remained declared found";

/// Adjectives that decide, beside participles in -ed.
const ADJECTIVES: &str = "genuine authentic real original intact awake alert asleep guilty responsible official legal safe alive \
dead missing available effective open";

fn is_one_of(list: &str, word: &str) -> bool {
    list.split_whitespace().any(|one| one == word)
}

/// A word without the marks around it, in small letters.
fn bare(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric())
        .to_lowercase()
}

fn is_negative(text: &str) -> bool {
    text.split_whitespace().any(|word| {
        let word = bare(word);
        is_one_of(NEGATIVE, &word) || word.ends_with("n't") || word.ends_with("n’t")
    })
}

/// The sentence with a negation at its first verb that is not in a clause beside; `None` where it is negative or no such verb is sure.
fn negated(text: &str) -> Option<String> {
    if is_negative(text) || text.ends_with('?') {
        return None;
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    if coordinated(&words) {
        return None;
    }
    for (at, word) in words.iter().enumerate().skip(1) {
        let before = bare(words[at - 1]);
        let after = words.get(at + 1).map_or(String::new(), |next| bare(next));
        if is_one_of(SUBORDINATORS, &bare(word)) || is_one_of(SUBORDINATORS, &before) {
            return None;
        }
        // "Tarrow, who", "On Monday, the" and ", he said" make it unsure where the main clause is.
        let marked = words[at.saturating_sub(2)..at]
            .iter()
            .any(|word| word.ends_with(','));
        if marked && at > 2 || word.ends_with(',') && at < 3 {
            return None;
        }
        let mut changed: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        let has_object = is_one_of("a an the no his her its their my our", &after);
        let have = is_one_of("has have had do does did", word);
        // "Only did not want" and "the most did not want man" are no English.
        if before == "only" || before == "most" {
            return None;
        }
        if is_one_of(AUXILIARIES, word) {
            // "has yet to decide" is negative, "had his first talks" has no auxiliary.
            if after == "yet" || have && has_object {
                return None;
            }
            changed.insert(at + 1, "not".to_owned());
            return Some(changed.join(" "));
        }
        if let Some((support, bare_form)) = support(word) {
            let verb_here = !is_one_of(
                "a an the of by and or in at to its their his her having be been being",
                &before,
            );
            if !verb_here || after == "by" {
                return None;
            }
            changed[at] = format!("{support} not {bare_form}");
            return Some(changed.join(" "));
        }
    }
    None
}

/// Whether the sentence has two clauses side by side, or two verbs with one subject: a negation of the first says nothing of the second.
fn coordinated(words: &[&str]) -> bool {
    words.windows(2).any(|pair| {
        if pair[0].ends_with([';', ':'])
            || pair[0].ends_with(',') && is_one_of("but and until", pair[1])
        {
            return true;
        }

        pair[0] == "and" && (support(pair[1]).is_some() || ["lives", "says"].contains(&pair[1]))
    })
}

/// The form of "do" and the bare form for a finite verb, where they are known for sure.
fn support(word: &str) -> Option<(&'static str, String)> {
    for pair in PRESENTS.split(", ") {
        let (present, support) = pair.trim().split_once(' ')?;
        if present == word {
            let bare = match support {
                "do" => present.to_owned(),
                _ => present
                    .strip_suffix("ies")
                    .map_or(present[..present.len() - 1].to_owned(), |stem| {
                        format!("{stem}y")
                    }),
            };
            let support = if support == "do" { "do" } else { "does" };
            return Some((support, bare));
        }
    }
    bare_form(word).map(|bare| ("did", bare))
}

/// The bare form of a past form, where it is known for sure.
fn bare_form(word: &str) -> Option<String> {
    for pair in PASTS.split(", ") {
        let (past, base) = pair.trim().split_once(' ')?;
        if past == word {
            return Some(base.to_owned());
        }
    }
    // "rejected" is "reject", "denied" "deny", "saved" "save"; what the ending hides is told by its last letters.
    let stripped = word.strip_suffix("ed")?;
    if stripped.len() < 3 || !word.chars().all(|c| c.is_ascii_lowercase()) {
        return None;
    }
    if let Some(y) = stripped.strip_suffix('i') {
        return Some(format!("{y}y"));
    }
    let letters: Vec<char> = stripped.chars().rev().take(2).collect();
    if letters[0] == letters[1] && !"slf".contains(letters[0]) {
        return Some(stripped[..stripped.len() - 1].to_owned());
    }
    let needs_e = [
        "at", "v", "c", "as", "is", "us", "ur", "ag", "in", "ir", "ak", "am", "os", "ib", "bl",
        "rs",
    ];
    let keeps = ["ain", "eat", "oin", "ear", "eak"];
    if needs_e.iter().any(|end| stripped.ends_with(end))
        && !keeps.iter().any(|end| stripped.ends_with(end))
    {
        return Some(format!("{stripped}e"));
    }
    Some(stripped.to_owned())
}

/// "It is not true that" before the sentence.
fn denied(claim: &Claim, text: &str) -> Option<String> {
    let mut words = text.split_whitespace();
    let first = words.next()?;
    let small = bare(first);
    let all: Vec<&str> = text.split_whitespace().collect();
    if text.ends_with('?')
        || is_negative(text)
        || is_one_of(SUBORDINATORS, &small)
        || coordinated(&all)
    {
        return None;
    }
    // A name keeps its capital: it is known to the claim, or another name follows.
    let name = first.trim_end_matches("'s");
    let says = match &claim.answers {
        Answers::Positions(positions) => positions.iter().map(|one| one.says.as_str()).collect(),
        _ => Vec::new(),
    };
    let aliases = claim
        .aliases
        .iter()
        .flat_map(|group| std::iter::once(&group.canonical).chain(&group.others));
    let mut sources = aliases
        .map(String::as_str)
        .chain([&*claim.topic, claim.question.as_str()])
        .chain(says);
    // At the start of a sentence every word has a capital.
    let known = sources.any(|source| match place(source, name) {
        Some((0, _)) => !source.contains(' '),
        Some(_) => true,
        None => false,
    });
    let followed = words
        .next()
        .is_some_and(|next| next.starts_with(char::is_uppercase));
    let article = ["the", "a", "an", "for", "in", "at", "of", "by"].contains(&small.as_str());
    let rest = if article || !(known || followed) {
        let mut letters = text.chars();
        let head = letters.next()?.to_lowercase().to_string();
        format!("{head}{}", letters.as_str())
    } else {
        text.to_owned()
    };
    Some(format!("It is not true that {rest}"))
}

/// The sentence with the names of two alias groups swapped, once for each pair of groups that it names. Numbers and dates belong to
/// a thing and not to who does something to whom, so that a swap there makes another sentence and not its opposite.
fn swapped(claim: &Claim, text: &str) -> Vec<String> {
    if !matches!(claim.answers, Answers::Positions(_)) {
        return Vec::new();
    }
    let named: Vec<(String, (usize, usize))> = claim
        .aliases
        .iter()
        .filter(|group| group.canonical.starts_with(char::is_uppercase))
        // What has a number in its name is a thing, and a day is a time: swapped with a party they give no sentence ("a news
        // conference with Thursday on Tesla").
        .filter(|group| !group.canonical.contains(|c: char| c.is_ascii_digit()))
        .filter(|group| {
            let mut words = group.canonical.split_whitespace();
            !words.any(|word| is_one_of(DAYS, &bare(word)))
        })
        .filter_map(|group| {
            let mut names: Vec<&String> = std::iter::once(&group.canonical)
                .chain(&group.others)
                .collect();
            names.retain(|name| name.starts_with(char::is_uppercase));
            names.sort_by_key(|name| std::cmp::Reverse(name.len()));
            let place = names.iter().find_map(|name| place(text, name))?;
            Some((group.canonical.clone(), place))
        })
        .collect();
    let mut out = Vec::new();
    for (at, (a, first)) in named.iter().enumerate() {
        for (b, second) in &named[at + 1..] {
            let ((left, right), (from_left, from_right)) = if first.0 < second.0 {
                ((first, second), (b, a))
            } else {
                ((second, first), (a, b))
            };
            // "Russia and Turkey signed" says the same of both.
            let between = text.get(left.1..right.0).unwrap_or_default().trim();
            if left.1 > right.0 || ["and", "or", "nor"].contains(&between) {
                continue;
            }
            out.push(format!(
                "{}{from_left}{}{from_right}{}",
                &text[..left.0],
                &text[left.1..right.0],
                &text[right.1..]
            ));
        }
    }
    out
}

/// Where a name stands as whole words, in its own case.
fn place(text: &str, name: &str) -> Option<(usize, usize)> {
    text.match_indices(name)
        .map(|(at, name)| (at, at + name.len()))
        .find(|&(start, end)| {
            let before = text[..start].chars().next_back();
            let after = text[end..].chars().next();
            !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
        })
}

/// The sentence with the number of a claim of numbers, or every number of one of dates, changed where it stands in digits.
fn renumbered(claim: &Claim, position: &str, text: &str) -> Option<String> {
    let every = match claim.answers {
        Answers::Positions(_) => return None,
        Answers::Quantity { .. } => false,
        Answers::Date { .. } => true,
    };
    let mut out = String::new();
    let mut changed = false;
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, from) = rest.split_at(start);
        let end = from
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(from.len());
        let (digits, after) = from.split_at(end);
        out.push_str(before);
        // "26" of "£26 million" is the beginning of 26000000, "41" of "41,200" that of 41200.
        if !every && !position.starts_with(digits) {
            out.push_str(digits);
            rest = after;
            continue;
        }
        // Two becomes three and nine becomes one: never a zero in front, and a day of a month stays one.
        let first = digits.as_bytes()[0];
        let other = match first {
            b'0' => '0',
            b'1' if digits.len() == 2 => '2',
            b'2' | b'3' if digits.len() == 2 => '1',
            b'9' => '1',
            _ => char::from(first + 1),
        };
        changed |= other != char::from(first);
        out.push(other);
        out.push_str(&digits[1..]);
        rest = after;
    }
    out.push_str(rest);
    changed.then_some(out)
}

/// The sentence with un- or non- at each predicate that a wording of the position holds.
fn prefixed(claim: &Claim, position: &str, text: &str) -> Vec<String> {
    let Some(position) = claim.position(position) else {
        return Vec::new();
    };
    let wordings = std::iter::once(&position.says).chain(&position.phrases);
    let decides: BTreeSet<String> = wordings
        .flat_map(|wording| wording.split_whitespace().map(bare).collect::<Vec<_>>())
        .map(|word| stem(&fold(&word)))
        .collect();
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut out = Vec::new();
    for at in 1..words.len() {
        let small = bare(words[at]);
        let participle = small.ends_with("ed") && small.len() > 4;
        let adjective = is_one_of(ADJECTIVES, &small);
        let predicate = is_one_of(COPULAS, &bare(words[at - 1]));
        let prefixed_already = ["un", "non", "dis", "in"]
            .iter()
            .any(|prefix| small.starts_with(prefix));
        if !(participle || adjective)
            || !predicate
            || prefixed_already
            || !decides.contains(&stem(&fold(&small)))
            || is_negative(text)
        {
            continue;
        }
        let prefix = if participle { "un" } else { "non-" };
        let replaced = format!("{prefix}{}", words[at]);
        let mut words = words.clone();
        words[at] = &replaced;
        out.push(words.join(" "));
    }
    out
}

/// A sentence that carries a position.
struct Carrier {
    claim: usize,
    context: Option<String>,
    text: String,
    position: String,
}

/// The examples of the claim files that carry exactly one position.
fn examples(desk: &Desk) -> Vec<Carrier> {
    let mut carriers = Vec::new();
    for (claim, of) in desk.claims.iter().enumerate() {
        for example in &of.examples {
            if let Expected::Positions(positions) = &example.expected
                && let [position] = positions.as_slice()
            {
                carriers.push(Carrier {
                    claim,
                    context: None,
                    text: example.text.clone(),
                    position: position.clone(),
                });
            }
        }
    }
    carriers
}

/// The contrast sentences that carry exactly one position.
fn contrast(desk: &Desk, file: &str) -> Vec<Carrier> {
    let all = sentences(file).into_iter();
    all.filter(|sentence| sentence.positions.len() == 1)
        .map(|sentence| Carrier {
            claim: desk.index(&sentence.claim),
            context: sentence.context,
            text: sentence.text,
            position: sentence.positions[0].clone(),
        })
        .collect()
}

/// How many changed sentences of each kind there were, and those which kept their position.
#[derive(Default)]
struct Outcome {
    tried: BTreeMap<&'static str, usize>,
    survivors: BTreeMap<&'static str, Vec<String>>,
}

fn mutate(desk: &Desk, carriers: &[Carrier]) -> Outcome {
    let mut outcome = Outcome::default();
    for carrier in carriers {
        let claim = &desk.claims[carrier.claim];
        let answers = |text: &str| desk.answers(carrier.claim, carrier.context.as_deref(), text);
        if !answers(&carrier.text).contains(&carrier.position) {
            continue;
        }
        let mut mutants: Vec<(&'static str, String)> = Vec::new();
        mutants.extend(negated(&carrier.text).map(|text| ("negation", text)));
        mutants.extend(denied(claim, &carrier.text).map(|text| ("not-true", text)));
        mutants.extend(
            swapped(claim, &carrier.text)
                .into_iter()
                .map(|text| ("swap", text)),
        );
        mutants.extend(
            renumbered(claim, &carrier.position, &carrier.text).map(|text| ("number", text)),
        );
        let prefixed = prefixed(claim, &carrier.position, &carrier.text);
        mutants.extend(prefixed.into_iter().map(|text| ("prefix", text)));
        for (kind, text) in mutants {
            if STILL_TRUE.contains(&text.as_str()) || STILL_TRUE_LABELLED.contains(&key(&text)) {
                continue;
            }
            *outcome.tried.entry(kind).or_default() += 1;
            let survivors = outcome.survivors.entry(kind).or_default();
            if answers(&text).contains(&carrier.position) {
                let (claim, position, key) = (&claim.id, &carrier.position, key(&text));
                survivors.push(format!("{claim} = {position}: {text} ({key:#x})"));
            }
        }
    }
    outcome
}

/// Prints what survived, and fails where anything did.
///
/// The sentences of the late set and of one set of invented news are not shown: no rule is to be made by looking at them.
fn judge(name: &str, outcome: &Outcome) {
    let hidden = name == LATE || HIDDEN.contains(&name);
    let mut surviving = Vec::new();
    assert!(!outcome.tried.is_empty(), "{name}: nothing was changed");
    for (kind, tried) in &outcome.tried {
        let survivors = &outcome.survivors[kind];
        println!("{name}, {kind}: {} of {tried} survive", survivors.len());
        for survivor in survivors.iter().filter(|_| !hidden) {
            println!("  {survivor}");
        }
        if !survivors.is_empty() {
            surviving.push(format!("{kind}: {}", survivors.len()));
        }
    }
    assert!(surviving.is_empty(), "{name}: {surviving:?}");
}

/// Changed sentences that carry their position all the same: the change did not reach it.
const STILL_TRUE: &[&str] = &[
    // The subject of the negated verb carries it.
    "The resignation of Pete Marsden did not come as a shock to the dressing room.",
    "The collapse of the Orrin Dam did not flood 300 farms.",
    "Castell's rejection of the bid did not send its shares down.",
    "Okonjo's rejection of Dorset Park did not stun the league.",
    // What was not told may be true.
    "Marsden did not tell the chairman on Thursday night that he was stepping down.",
    // Both parties do the same to each other.
    "Dorset Park has signed a four-year contract with Okonjo.",
    "Halden never lost contact with ESRO.",
    "Halden lost touch with ESRO on Monday.",
    "Turkey intends to develop its military ties with Russia.",
    "Okonjo would neither confirm nor deny that Dorset Park had signed.",
    "Okonjo would not confirm that Dorset Park had signed.",
    "There was no word from Okonjo on whether Dorset Park would join.",
];

/// The same of the labelled sets, whose texts are not ours, by their keys.
const STILL_TRUE_LABELLED: &[u64] = &[
    // The rest of the sentence carries it.
    0xa7f9_fc63_065c_d422,
    0x609a_0b3e_98d8_75e9,
    0x74fa_a812_958a_ed74,
    0x7fbb_42e0_8c2f_037f,
    0x491d_7e04_630a_98c0,
    // The position has it from either.
    0xd46b_bbe9_f4e6_e15b,
    // Who meets whom says nothing of the day, which is what the position tells.
    0x6e6e_98cb_7387_3757,
    // Both parties do the same to each other.
    0x4a60_826b_ea37_0521,
    // Whoever does not do a thing has an age all the same.
    0x1896_11e2_23fe_2ffb,
    0x4afd_b058_c3a5_9f9d,
    0xab21_0dac_51a7_419f,
];

/// The key of a sentence: SipHash-1-3 with a zero key.
fn key(text: &str) -> u64 {
    SipHasher13::new().hash(text.as_bytes())
}

#[test]
fn examples_of_the_claim_files() {
    let desk = Desk::new(&in_project("claims"));
    judge("claims", &mutate(&desk, &examples(&desk)));
}

#[test]
fn examples_of_invented_claims() {
    let desk = Desk::new(&in_project("tests/contrast/claims"));
    judge("contrast examples", &mutate(&desk, &examples(&desk)));
}

#[test]
fn contrast_sentences() {
    let desk = Desk::new(&in_project("tests/contrast/claims"));
    for name in [EARLY, SECOND, LATE] {
        let carriers = contrast(&desk, name);
        judge(name, &mutate(&desk, &carriers));
    }
}

#[test]
fn examples_of_invented_news() {
    for set in ["a", "b", "c", "d"] {
        let name = format!("tests/newsroom/{set}");
        let desk = Desk::new(&in_project(&format!("{name}/claims")));
        judge(&name, &mutate(&desk, &examples(&desk)));
    }
}

#[test]
fn examples_of_the_labelled_sets() {
    for name in ["dev", "dev2"] {
        let folder: &Path = &in_project(&format!("../shared/bench/{name}/claims"));
        if !folder.is_dir() {
            println!("skipped: there is no labelled set {}", folder.display());
            continue;
        }
        let desk = Desk::new(folder);
        judge(name, &mutate(&desk, &examples(&desk)));
    }
}

#[test]
fn the_changes_are_english() {
    for (text, expected) in [
        ("The club fired him.", Some("The club did not fire him.")),
        (
            "The union will strike on Monday.",
            Some("The union will not strike on Monday."),
        ),
        ("Okonjo denied it.", Some("Okonjo did not deny it.")),
        ("The plan was dropped.", Some("The plan was not dropped.")),
        ("She denies it.", Some("She does not deny it.")),
        ("He had his first talks.", None),
        ("They came and called for help.", None),
        ("It will come, he said.", Some("It will not come, he said.")),
        ("The dam did not burst.", None),
        ("The man who left was there.", None),
    ] {
        assert_eq!(negated(text).as_deref(), expected, "{text}");
    }
    let desk = Desk::new(&in_project("tests/contrast/claims"));
    let claim = &desk.claims[desk.index("orrin-dam")];
    for (text, expected) in [
        ("The dam burst.", "It is not true that the dam burst."),
        ("Orrin burst.", "It is not true that Orrin burst."),
        ("Engineers erred.", "It is not true that engineers erred."),
    ] {
        assert_eq!(denied(claim, text).as_deref(), Some(expected));
    }
}
