//! A contrast as a claim: names, wordings and examples out of the clauses that it rests on.

use std::collections::{BTreeMap, BTreeSet};

use super::clause::{Clause, Clauses, Said};
use super::contrast::{Contrast, ContrastKind, Stand};
use crate::article::Article;
use crate::claim::draft::{DraftAnswers, DraftClaim, DraftExample, DraftPosition};
use crate::source::Span;
use crate::text::calendar::is_day_or_month;
use crate::text::lexicon::{Classes, classes};
use crate::text::token::WordId;

/// Longest sentence of a position, in words.
const LONGEST_SAYS: usize = 16;
/// Longest further wording, in words.
const LONGEST_PHRASE: usize = 9;
/// Shortest further wording, in words.
const SHORTEST_PHRASE: usize = 3;
/// Most positions of a claim; more would be a list of verbs.
const MOST_POSITIONS: usize = 4;
/// Most further wordings of a position.
const MOST_PHRASES: usize = 5;
/// Longest id, in bytes.
const LONGEST_ID: usize = 60;

/// The claim that a contrast makes. Nothing where its words give no name.
pub fn claim(read: &Clauses, articles: &[Article], contrast: &Contrast) -> Option<DraftClaim> {
    let about = about(read, contrast)?;
    let subject = about.join(" and ");
    let from = |clause: usize| {
        let said = &read.said[read.clauses[clause].said];
        format!("{}:{}", articles[said.article].path, said.line)
    };
    let example = |clause: usize, position: &str| DraftExample {
        text: said(read, clause).text.clone(),
        position: position.to_owned(),
        todo: false,
        from: Some(from(clause)),
    };
    match &contrast.kind {
        ContrastKind::Stands(stands) => {
            let mut stands: Vec<&(Stand, Vec<usize>)> = stands.iter().collect();
            // Those that somebody contradicts come first, and stay where there are too many.
            stands.sort_by_key(|(stand, _)| !stands_against(*stand, &contrast.kind));
            stands.truncate(MOST_POSITIONS);
            let names = names(read, &stands)?;
            let mut positions = Vec::new();
            let mut examples = Vec::new();
            for ((_, clauses), name) in stands.iter().zip(&names) {
                positions.push(position(read, contrast, clauses, name)?);
                let mut told: BTreeSet<&str> = BTreeSet::new();
                for &clause in clauses {
                    if told.insert(&said(read, clause).text) {
                        examples.push(example(clause, name));
                    }
                }
            }
            let mut compatible = Vec::new();
            for (at, (stand, _)) in stands.iter().enumerate() {
                for (other_at, (other, _)) in stands.iter().enumerate().skip(at + 1) {
                    if !stand.contradicts(*other) {
                        compatible.push((names[at].clone(), names[other_at].clone()));
                    }
                }
            }
            let question = format!(
                "What is told of the {subject}: {}?",
                listed(
                    &names
                        .iter()
                        .map(|n| n.replace('-', " "))
                        .collect::<Vec<_>>()
                )
            );
            Some(DraftClaim {
                id: kebab(&about.join(" "))?,
                question,
                about,
                answers: DraftAnswers::Positions(positions),
                compatible,
                examples,
            })
        }
        ContrastKind::Numbers { of, clauses } => {
            let mut numbers: Vec<&str> = Vec::new();
            let mut examples = Vec::new();
            for &clause in clauses {
                let text = &said(read, clause).text;
                let counted = read.clauses[clause].numbers.first()?;
                let number =
                    &text[counted.amount.number_span.start..counted.amount.number_span.end];
                if !numbers.contains(&number) {
                    numbers.push(number);
                }
                examples.push(example(clause, &plain(counted.amount.value)));
            }
            let numbers: Vec<String> = numbers.into_iter().map(str::to_owned).collect();
            Some(DraftClaim {
                id: kebab(&format!("{} {of}", about.join(" ")))?,
                question: format!("How many {of} ({subject}): {}?", listed(&numbers)),
                about,
                answers: DraftAnswers::Quantity(vec![of.clone()]),
                compatible: Vec::new(),
                examples,
            })
        }
    }
}

fn stands_against(stand: Stand, kind: &ContrastKind) -> bool {
    match kind {
        ContrastKind::Stands(all) => all.iter().any(|(other, _)| stand.contradicts(*other)),
        ContrastKind::Numbers { .. } => false,
    }
}

fn said(read: &Clauses, clause: usize) -> &Said {
    &read.said[read.clauses[clause].said]
}

fn words(read: &Clauses, clause: usize) -> impl Iterator<Item = &str> {
    let text = &said(read, clause).text;
    let words = read.clauses[clause].words.iter();
    words.map(move |word| &text[word.span.start..word.span.end])
}

/// The subject as it is written in the first clause.
fn about(read: &Clauses, contrast: &Contrast) -> Option<Vec<String>> {
    let first = match &contrast.kind {
        ContrastKind::Stands(stands) => *stands.first()?.1.first()?,
        ContrastKind::Numbers { clauses, .. } => *clauses.first()?,
    };
    let clause = &read.clauses[first];
    let text = &said(read, first).text;
    let place = |stem: &WordId| clause.words.iter().position(|word| word.stem == *stem);
    if contrast.together {
        let stems = contrast.subject.as_slice();
        let at = clause
            .words
            .windows(stems.len())
            .position(|run| run.iter().map(|word| &word.stem).eq(stems))?;
        let (a, b) = (&clause.words[at], &clause.words[at + stems.len() - 1]);
        let phrase = &text[a.span.start..b.span.end];
        return Some(vec![small(phrase, read.names.contains(&a.stem))]);
    }
    let mut places: Vec<usize> = contrast.subject.iter().filter_map(place).collect();
    places.sort_unstable();
    let entry = |at: usize| {
        let word = &clause.words[at];
        small(
            &text[word.span.start..word.span.end],
            read.names.contains(&word.stem),
        )
    };
    (places.len() == contrast.subject.len()).then(|| places.into_iter().map(entry).collect())
}

/// A word at the start of a sentence is written small, a name is not.
fn small(phrase: &str, name: bool) -> String {
    if name {
        phrase.to_owned()
    } else {
        phrase.to_lowercase()
    }
}

/// One name for each stand: its word as the articles write it.
fn names(read: &Clauses, stands: &[&(Stand, Vec<usize>)]) -> Option<Vec<String>> {
    let mut names: Vec<String> = Vec::new();
    for (stand, clauses) in stands {
        // A headline tells in the present what the text below it tells in the past.
        let body = clauses.iter().find(|&&at| !said(read, at).heading);
        let &clause = body.or(clauses.first())?;
        let (word, negated) = match stand {
            Stand::Sense(_, negated) => {
                let predicate = read.clauses[clause].predicate.as_ref()?;
                let words: Vec<&str> = words(read, clause).collect();
                (words[predicate.words.clone()].join(" "), *negated)
            }
            Stand::Word(stem, negated) => {
                let mut both = read.clauses[clause].words.iter().zip(words(read, clause));
                (
                    both.find(|(word, _)| word.stem == *stem)?.1.to_owned(),
                    *negated,
                )
            }
        };
        let base = kebab(&word)?;
        let name = if negated { format!("not-{base}") } else { base };
        let mut unique = name.clone();
        let mut nth = 2;
        while names.contains(&unique) || unique == "none" {
            unique = format!("{name}-{nth}");
            nth += 1;
        }
        names.push(unique);
    }
    Some(names)
}

fn position(
    read: &Clauses,
    contrast: &Contrast,
    clauses: &[usize],
    name: &str,
) -> Option<DraftPosition> {
    let body = clauses.iter().find(|&&at| !said(read, at).heading);
    let &first = body.or(clauses.first())?;
    let says = sentence(&run(read, contrast, first, LONGEST_SAYS));
    let mut phrases: Vec<String> = Vec::new();
    let same = |a: &str, b: &str| {
        a.trim_end_matches('.')
            .eq_ignore_ascii_case(b.trim_end_matches('.'))
    };
    for &clause in clauses {
        let phrase = run(read, contrast, clause, LONGEST_PHRASE);
        let long_enough = phrase.split_whitespace().count() >= SHORTEST_PHRASE;
        let known = same(&phrase, &says) || phrases.iter().any(|p| same(p, &phrase));
        if long_enough && !known && phrases.len() < MOST_PHRASES {
            phrases.push(phrase);
        }
    }
    Some(DraftPosition {
        name: name.to_owned(),
        says,
        phrases,
    })
}

/// The words of a clause around its predicate and its subject, at most so many where these allow it. Small words at the end, and a
/// conjunction at the start, are left away.
fn run(read: &Clauses, contrast: &Contrast, at: usize, most: usize) -> String {
    let clause: &Clause = &read.clauses[at];
    let text = &said(read, at).text;
    let written: Vec<&str> = words(read, at).collect();
    let mut needed: Vec<usize> = Vec::new();
    for stem in &contrast.subject {
        needed.extend(clause.words.iter().position(|word| word.stem == *stem));
    }
    if let ContrastKind::Stands(stands) = &contrast.kind {
        for (stand, clauses) in stands {
            match stand {
                Stand::Sense(..) => {
                    needed.extend(clause.predicate.iter().flat_map(|p| p.words.clone()));
                }
                Stand::Word(stem, _) if clauses.contains(&at) => {
                    needed.extend(clause.words.iter().position(|word| word.stem == *stem));
                }
                Stand::Word(..) => {}
            }
        }
        // What negates it belongs to it.
        needed.extend((0..written.len()).filter(|&at| {
            let class = classes(&written[at].to_lowercase());
            class.any(Classes::NEGDIR)
        }));
    }
    let mut start = needed.iter().copied().min().unwrap_or(0);
    let mut end = needed
        .iter()
        .copied()
        .max()
        .map_or(written.len(), |at| at + 1);
    let is_small = |at: usize| {
        let class = classes(&written[at].to_lowercase());
        class.any(Classes::STOP) && !class.any(Classes::NEGDIR)
    };
    // Who does it, then what it is done to, as far as there is room.
    while start > 0 && end - start < most {
        start -= 1;
    }
    while end < written.len() && end - start < most {
        end += 1;
    }
    while start + 1 < end && !needed.contains(&start) && {
        let class = classes(&written[start].to_lowercase());
        class.any(Classes::BOUND)
            || matches!(
                &*written[start].to_lowercase(),
                "and" | "but" | "or" | "that"
            )
    } {
        start += 1;
    }
    // Where it had to be cut off, it ends before the phrase that was cut.
    if end < written.len() {
        let last = needed.iter().copied().max().unwrap_or(start);
        if let Some(at) = (last + 1..end)
            .rev()
            .find(|&at| is_small(at) && !is_article(written[at]))
        {
            end = at;
        }
    }
    while end > start + 1 && !needed.contains(&(end - 1)) && is_small(end - 1) {
        end -= 1;
    }
    let span = Span::new(
        clause.words[start].span.start,
        clause.words[end - 1].span.end,
    );
    text[span.start..span.end].to_owned()
}

fn is_article(word: &str) -> bool {
    matches!(&*word.to_lowercase(), "the" | "a" | "an")
}

/// With a capital and a full stop.
fn sentence(words: &str) -> String {
    let mut chars = words.chars();
    match chars.next() {
        Some(first) => format!("{}{}.", first.to_uppercase(), chars.as_str()),
        None => String::new(),
    }
}

fn listed(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} or {last}", most.join(", ")),
    }
}

fn plain(value: f64) -> String {
    if value.fract() == 0.0 && value.abs() < 1e15 {
        format!("{value:.0}")
    } else {
        format!("{value}")
    }
}

/// Small letters, digits and single hyphens; nothing where no letter is left.
fn kebab(text: &str) -> Option<String> {
    let folded = crate::text::fold::fold(text);
    let parts: Vec<String> = folded
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|part| !part.is_empty())
        .map(str::to_ascii_lowercase)
        .collect();
    let mut id = parts.join("-");
    id.truncate(LONGEST_ID);
    let id = id.trim_end_matches('-');
    id.contains(|c: char| c.is_ascii_lowercase())
        .then(|| id.to_owned())
}

/// Names of one thing in two forms, of those that these texts use: a full name and its last part, initials and what they stand for.
pub fn aliases(articles: &[Article], texts: &[&str]) -> Vec<(String, Vec<String>)> {
    let names = names_of(articles);
    let used = |name: &str| texts.iter().any(|text| holds(text, name));
    let mut groups: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut taken: BTreeSet<String> = BTreeSet::new();
    for long in names.keys().filter(|name| name.contains(' ')) {
        let parts: Vec<&str> = long.split(' ').collect();
        let initials: String = parts
            .iter()
            .filter_map(|part| part.chars().next())
            .collect();
        let dotted: String = initials.chars().flat_map(|c| [c, '.']).collect();
        let last = parts[parts.len() - 1];
        // Two people of one name are not one.
        let shared = names
            .keys()
            .filter(|name| name.split(' ').next_back() == Some(last) && name.contains(' '))
            .count();
        let mut others = Vec::new();
        for short in [initials.as_str(), dotted.as_str(), last] {
            let bare = short.trim_end_matches('.');
            let fits = short.chars().count() >= 2
                && names.contains_key(bare)
                && (short != last || (shared == 1 && parts.len() == 2));
            if fits && !taken.contains(short) && (used(short) || used(long)) {
                others.push(short.to_owned());
            }
        }
        if !others.is_empty() {
            taken.extend(others.iter().cloned());
            groups.insert(long.clone(), others);
        }
    }
    groups.into_iter().collect()
}

fn holds(text: &str, name: &str) -> bool {
    text.match_indices(name).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + name.len()..].chars().next();
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}

/// Names inside sentences, with the articles that give them.
pub fn names_of(articles: &[Article]) -> BTreeMap<String, BTreeSet<usize>> {
    let mut names: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for (index, article) in articles.iter().enumerate() {
        for line in article.prose.lines() {
            let mut run: Vec<String> = Vec::new();
            let mut open = false;
            let mut close = |run: &mut Vec<String>| {
                if !run.is_empty() && run.len() <= 3 {
                    names.entry(run.join(" ")).or_default().insert(index);
                }
                run.clear();
            };
            for word in line.split_whitespace() {
                let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
                let bare = bare
                    .strip_suffix("'s")
                    .or_else(|| bare.strip_suffix("’s"))
                    .unwrap_or(bare);
                // What begins a sentence is written with a capital whatever it is; initials are not.
                let acronym = bare.chars().filter(|c| c.is_uppercase()).count() >= 2;
                let name = bare.starts_with(char::is_uppercase)
                    && bare.chars().count() >= 2
                    && bare
                        .chars()
                        .all(|c| c.is_alphanumeric() || matches!(c, '-' | '.' | '\'' | '’'))
                    && (acronym
                        || !classes(&bare.to_lowercase()).any(Classes::STOP.or(Classes::PRONOUN)))
                    && !is_day_or_month(&bare.to_lowercase());
                if name && (open || acronym || !run.is_empty()) {
                    run.push(bare.to_owned());
                } else {
                    close(&mut run);
                }
                let ends = word.ends_with(|c: char| !c.is_alphanumeric());
                if ends || word.ends_with("'s") || word.ends_with("’s") {
                    close(&mut run);
                }
                open = !word.ends_with(['.', '?', '!', ':', '"', '”']);
            }
            close(&mut run);
        }
    }
    names
}
