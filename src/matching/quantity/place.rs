//! Where an `of` entry stands in a statement, and how far a number stands from there.

use std::ops::Range;

use crate::matching::quantity::unfit::AROUND;
use crate::matching::quantity::{Quantity, Scene, Wanted};
use crate::matching::score::{Scratch, places};
use crate::matching::unit::Entry;
use crate::text::amount::{Amount, Kind};
use crate::text::lexicon::Classes;
use crate::text::stem::may_be_past;
use crate::text::word_list::is_listed;

/// Distance from which a number no longer belongs to what it might count, in words and penalties.
pub(in crate::matching) const REACH: f64 = 6.0;
/// What each mark or conjunction between costs.
const BARRIER: f64 = 2.0;
/// What "compared with" between costs: the number is another time's or place's.
const COMPARISON: f64 = 6.0;
/// A number that counts another noun than the one asked for.
const OTHER_NOUN: f64 = 3.0;
/// Words in which all words of an `of` entry must lie, beyond an entry's window.
const SPREAD: u32 = 4;
/// Tokens between "of" and the number of the whole: "of the small company's 400 workers".
const WHOLE: usize = 5;
/// Tokens that a noun may bring with it before its verb. Two fewer: quantities of the invented set c .810 instead of .817; two more: no change.
const COMPLEMENT: usize = 9;
/// Tokens between a number and the verb of its own clause: "58 of them later fell ill".
const CLAUSE: usize = 4;

/// A place where an `of` entry is met.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::matching) struct Place {
    /// First token.
    pub first: usize,
    /// Last token.
    pub last: usize,
    /// First token of the clause in which a number must stand.
    from: usize,
    /// Token after its last.
    to: usize,
}

/// What the noun of a number is to the claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Noun {
    /// It has none.
    Missing,
    /// It says nothing of what is counted: "people", "others".
    General,
    /// An `of` entry names it.
    Met,
    /// It counts something else.
    Other,
}

impl Quantity {
    /// Every place where an entry is met.
    pub(in crate::matching) fn places(
        &self,
        entry: &Entry,
        scene: &Scene,
        scratch: &mut Scratch,
    ) -> Vec<Place> {
        places(entry, scene.reading, SPREAD, scratch)
            .into_iter()
            .map(|(first, last)| self.in_its_clause(first, last, scene))
            .collect()
    }

    /// "Six people died and 58 fell ill": "people ill" spans two clauses, of which the second has a number of its own. What says
    /// more than "people" stays, with the numbers of its clause.
    fn in_its_clause(&self, first: usize, last: usize, scene: &Scene) -> Place {
        let whole = Place {
            first,
            last,
            from: 0,
            to: scene.reading.tokens.len(),
        };
        let mut inner = first + 1..last;
        let clause = match (is_general(scene.word(first)), is_general(scene.word(last))) {
            (true, false) => inner.rfind(|&t| scene.parts(t)).map(|parted| Place {
                first: last,
                from: parted + 1,
                ..whole
            }),
            (false, true) => inner.find(|&t| scene.parts(t)).map(|parted| Place {
                last: first,
                to: parted,
                ..whole
            }),
            // "Killed 25 rebels and wounded five others": "rebels wounded" has the number of its verb.
            (false, false) => inner.rfind(|&t| scene.parts(t)).map(|parted| Place {
                first: last,
                from: parted + 1,
                ..whole
            }),
            _ => None,
        };
        let has_own = |place: &Place| {
            scene.amounts.iter().any(|amount| {
                let at = scene.token_at(amount.number_span.start);
                (place.from..place.to).contains(&at)
                    && at.abs_diff(place.first) <= CLAUSE
                    && self.is_wanted(amount, scene)
                    && self.unfit(amount, scene).is_none()
                    && self.noun(amount, scene) != Noun::Other
            })
        };
        clause.filter(has_own).unwrap_or(whole)
    }

    /// How far a number stands from a place of an entry; `None` where it is no candidate.
    pub(in crate::matching) fn cost(
        &self,
        amount: &Amount,
        place: &Place,
        scene: &Scene,
    ) -> Option<f64> {
        // A vague amount takes its noun: "injuring several others" must not take the 25 before it.
        let vague_count = amount.vague && self.wanted.contains(&Wanted::Count);
        if !vague_count && !self.is_wanted(amount, scene) {
            return None;
        }
        let stands = scene
            .stands_for(amount)
            .or_else(|| scene.says_again(amount, place));
        let stands = stands.unwrap_or(amount);
        let (first, last) = (
            scene.token_at(stands.span.start),
            scene.token_at(stands.span.end.saturating_sub(1)),
        );
        if first < place.from || last >= place.to {
            return None;
        }
        // "Twelve of the new species glow" tells of a part of them.
        let of_those = scene.word_at(last + 1) == "of"
            && is_listed(THOSE, scene.word_at(last + 2))
            && (last + 3..last + 3 + PART).contains(&place.first)
            && !(0..scene.counted.len()).any(|i| scene.counted[i] && may_be_past(scene.word(i)));
        if of_those && !scene.amounts.iter().any(|other| other.whole) {
            return None;
        }
        // The entry may lie around the number: "killed 25 people".
        let (from, to, number_first) = if last < place.first {
            let behind = self.behind(amount, last, place, scene);
            (behind.min(place.first), place.first, true)
        } else if first > place.last {
            (place.last + 1, first, false)
        } else {
            (place.first, place.first, false)
        };
        let to = if number_first {
            to
        } else {
            scene.before_change(to, amount)
        };
        let asides = if number_first {
            [scene.aside(from, to), scene.of_noun(amount, from, to)]
        } else {
            [scene.complement(from, to), 0..0]
        };
        let aside = |i: &usize| asides.iter().any(|aside| aside.contains(i));
        let mut cost = 0.0;
        for i in (from..to).filter(|i| !aside(i)) {
            let token = &scene.reading.tokens[i];
            if !token.is_word() {
                if !token.is_mark('"') {
                    cost += BARRIER;
                }
                continue;
            }
            cost += 1.0;
            if number_first && matches!(scene.word(i), "and" | "but" | "while" | "than" | "between")
            {
                cost += BARRIER;
            }
            if token.is(Classes::COMPARE) {
                cost += COMPARISON;
            } else if !number_first && is_listed(CLAUSES, scene.word(i)) {
                cost += BARRIER;
            }
        }
        let between = |other: &&Amount| {
            let at = scene.token_at(other.number_span.start);
            (from..to).contains(&at)
                && !aside(&at)
                && other.span != amount.span
                && matches!(other.kind, Kind::Plain | Kind::Currency(_) | Kind::Percent)
        };
        cost += BARRIER * scene.amounts.iter().filter(between).count() as f64;
        if self.noun(amount, scene) == Noun::Other {
            // "In a forum with 2,000 members, people argue": `people` are counted by no number that has a noun.
            if (place.first..=place.last).all(|t| is_general(scene.word(t))) {
                return None;
            }
            cost += OTHER_NOUN;
        }
        Some(cost)
    }

    /// The token from which on the way from a number to an entry behind it counts. "23 of the school's 400 pupils fell ill" and "23 pupils
    /// and four teachers fell ill" are no farther from it than the last of these nouns, where the number has the noun asked for.
    fn behind(&self, amount: &Amount, last: usize, place: &Place, scene: &Scene) -> usize {
        let end_of = |other: &Amount| {
            let noun = other.noun_span.map_or(other.span.end, |noun| noun.end);
            scene.token_at(noun.saturating_sub(1)) + 1
        };
        let begins = |other: &&Amount, from: usize, within: usize| {
            (from..from + within).contains(&scene.token_at(other.span.start))
        };
        let amounts = || scene.amounts.iter();
        if scene.word_at(last + 1) == "of" {
            let whole = amounts().find(|other| other.whole && begins(other, last + 2, WHOLE));
            if let Some(whole) = whole {
                // "Freed 12 of the 73 pupils": of those who were taken, it is the whole that counts.
                let end = end_of(whole);
                return if end <= place.first { end } else { last + 1 };
            }
        }
        let end = end_of(amount);
        if self.noun(amount, scene) == Noun::Met && scene.word_at(end) == "and" {
            let second = amounts().find(|other| begins(other, end + 1, 1));
            // "25 rebels dead and five more wounded": what five of them are is not what the 25 are.
            if let Some(second) = second.filter(|second| end_of(second) <= place.first) {
                return end_of(second);
            }
        }
        last + 1
    }

    /// What the noun that a number counts is to the claim.
    pub(super) fn noun(&self, amount: &Amount, scene: &Scene) -> Noun {
        let (Some(noun), true) = (amount.noun_span, self.wanted.contains(&Wanted::Count)) else {
            return Noun::Missing;
        };
        let first = scene.token_at(noun.start);
        let last = scene.token_at(noun.end.saturating_sub(1));
        if (first..=last).any(|t| scene.counted[t]) {
            Noun::Met
        } else if is_general(&scene.sentence[noun.start..noun.end]) {
            Noun::General
        } else {
            Noun::Other
        }
    }
}

impl Scene<'_> {
    /// The whole of which it is told right there what became of it: "Of the 214 people *infected*, 31 were treated", "five of the 40 people
    /// *injured* are in hospital".
    pub(super) fn told_whole(&self, place: &Place) -> Option<&Amount> {
        let tokens = &self.reading.tokens;
        let plain = |i: usize| {
            tokens[i].is_word() && !matches!(self.word(i), "that" | "which" | "who" | "whom")
        };
        let whole = self.amounts.iter().find(|whole| {
            let end = self.token_at(whole.span.end.saturating_sub(1)) + 1;
            whole.whole && end <= place.first && (end..place.first).all(plain)
        })?;
        let noun = whole
            .noun_span
            .map_or(0, |noun| self.token_at(noun.end.saturating_sub(1)) + 1);
        let opens = self.word(0) == "of" && self.amounts.first() == Some(whole);
        // What is told of a part has a verb of its own.
        let goes_on = || {
            let mut behind = (place.last + 1..tokens.len()).take_while(|&i| tokens[i].is_word());
            noun == place.first && behind.any(|i| tokens[i].is(Classes::AUXILIARY))
        };
        (may_be_past(self.word(place.first)) && (opens || goes_on())).then_some(whole)
    }

    /// The number in whose place one stands that has taken over its unit: "cut from 22 years to *18*".
    fn stands_for(&self, amount: &Amount) -> Option<&Amount> {
        let mut before = self.amounts.iter().filter(|other| {
            other.span.end <= amount.span.start && other.kind == amount.kind && !other.elliptic
        });
        amount.elliptic.then(|| before.next_back())?
    }

    /// The share that a number says once more, where it stands nearer to an entry: "*lay off* 26 % of its workforce, or *111,800* people".
    fn says_again(&self, amount: &Amount, place: &Place) -> Option<&Amount> {
        let at = self.token_at(amount.span.start);
        let again = at > 1 && self.word(at - 1) == "or" && self.reading.tokens[at - 2].is_mark(',');
        let mut shares = self
            .amounts
            .iter()
            .filter(|other| other.span.end <= amount.span.start && other.kind == Kind::Percent);
        let share = shares.next_back().filter(|_| again)?;
        let nearer = self.token_at(share.span.start).abs_diff(place.last) < at.abs_diff(place.last);
        nearer.then_some(share)
    }

    /// "Fallen from 40 to 28": the 28 stands where the 40 does.
    fn before_change(&self, at: usize, amount: &Amount) -> usize {
        let old = self.amounts.iter().rfind(|old| {
            old.compared
                && old.span.end <= amount.span.start
                && self.token_at(old.span.end.saturating_sub(1)) + 2 == at
        });
        let from = old.map(|old| self.token_at(old.span.start));
        match from {
            Some(from)
                if self.word_before(at, 1) == "to" && self.word_before(from, 1) == "from" =>
            {
                from - 1
            }
            _ => at,
        }
    }

    /// What a noun brings with it before the verb that tells its number: "the death toll *of the fire in the mill* has risen to 14".
    fn complement(&self, from: usize, to: usize) -> Range<usize> {
        let word = |i: &usize| self.reading.tokens[*i].is_word();
        if from >= to {
            return 0..0;
        }
        // "The number of protesters was put by the city at 50,000"
        let mut at = to;
        while at > from && self.word(at - 1) != "at" && is_listed(AROUND, self.word(at - 1)) {
            at -= 1;
        }
        if self.word_before(at, 1) == "at" {
            let put = (from..at)
                .take_while(word)
                .find(|&i| is_listed(PUT, self.word(i)));
            if let Some(put) = put {
                let brings = is_listed(COMPLEMENTS, self.word(from));
                return if brings { from } else { put }..at;
            }
        }
        // "The death *toll* from the fire has risen to 14"
        let from = (from + usize::from(is_listed(TOTALS, self.word(from)))).min(to);
        // "The number of cows culled, which stood at 2,900 last week, has climbed to 3,700"
        let related = |i: usize| matches!(self.word_at(i), "which" | "who");
        if let Some(open) =
            (from..to).find(|&i| self.reading.tokens[i].is_mark(',') && related(i + 1))
            && open - from <= COMPLEMENT
            && let Some(close) = (open + 1..to).find(|&i| self.reading.tokens[i].is_mark(','))
            && is_listed(LEVELS, self.word_at(close + 1))
        {
            return from..close + 1;
        }
        let brings =
            |at: usize| is_listed(COMPLEMENTS, self.word(at)) || may_be_past(self.word(at));
        if from >= to || !brings(from) {
            return 0..0;
        }
        let verb = (from..to)
            .take_while(word)
            .take(COMPLEMENT)
            .find(|&i| is_listed(LEVELS, self.word(i)));
        verb.map_or(0..0, |verb| from..verb)
    }

    /// What the noun of a number brings with it before its verb: "187 members *of the parliament* voted".
    fn of_noun(&self, amount: &Amount, from: usize, to: usize) -> Range<usize> {
        let tokens = &self.reading.tokens;
        let Some(noun) = amount.noun_span else {
            return 0..0;
        };
        let start = self.token_at(noun.end.saturating_sub(1)) + 1;
        let plain = |i: usize| {
            tokens[i].is_word()
                && tokens[i].value().is_none()
                && !tokens[i].is(Classes::BOUND)
                && !may_be_past(self.word(i))
        };
        let verb = to < tokens.len() && may_be_past(self.word(to));
        let brings = start >= from && start < to && is_listed(COMPLEMENTS, self.word(start));
        // "214 children and adults were infected"
        let joined = self.word_at(start) == "and" && start + 1 < to && plain(start + 1);
        if verb && start >= from && joined {
            return start..start + 2;
        }
        let whole = verb && brings && to - start <= COMPLEMENT && (start..to).all(plain);
        if whole { start..to } else { 0..0 }
    }

    /// What is said aside of a number: ", among them two children,".
    fn aside(&self, from: usize, to: usize) -> Range<usize> {
        let tokens = &self.reading.tokens;
        let comma = |i: &usize| tokens[*i].is_mark(',');
        // ", 31 of them under the age of five,"
        let some = |i: usize| {
            tokens.get(i).is_some_and(|token| token.value().is_some())
                && self.word_at(i + 1) == "of"
                && matches!(self.word_at(i + 2), "them" | "these" | "those" | "whom")
        };
        let opens = |i: &usize| comma(i) && (is_listed(ASIDES, self.word_at(i + 1)) || some(i + 1));
        let Some(first) = (from..to).find(opens) else {
            return 0..0;
        };
        (first + 1..to)
            .find(comma)
            .map_or(0..0, |last| first..last + 1)
    }

    /// Whether a token parts two clauses.
    fn parts(&self, token: usize) -> bool {
        let t = &self.reading.tokens[token];
        if !t.is_word() {
            return !t.is_mark('"');
        }
        matches!(
            self.word(token),
            "and" | "but" | "while" | "whereas" | "although" | "though"
        )
    }
}

/// Words by which a noun brings with it what it is of.
const COMPLEMENTS: &[&str] = &[
    "among", "at", "by", "for", "from", "in", "of", "on", "over", "with",
];

/// Tokens behind "of the" among which stands what a number is a part of. Half as many again change no labelled set.
const PART: usize = 3;

/// Words behind "of" that take up what was told of.
const THOSE: &[&str] = &["the", "these", "those"];

/// Conjunctions that open another clause.
const CLAUSES: &[&str] = &[
    "although", "because", "if", "since", "though", "unless", "when", "whereas",
];

/// Nouns of how many there are, behind what they are of.
pub(super) const TOTALS: &[&str] = &["count", "figure", "tally", "toll", "total"];

/// Verbs by which somebody gives a number, before "at".
const PUT: &[&str] = &["estimated", "given", "placed", "put", "puts", "set"];

/// Verbs that tell at what level something stands, and those that begin their forms.
const LEVELS: &[&str] = &[
    "amounted", "amounts", "came", "climbed", "comes", "could", "fell", "grew", "had", "has",
    "have", "hit", "is", "jumped", "may", "might", "now", "ran", "reached", "reaches", "rises",
    "rose", "runs", "should", "stands", "stood", "totaled", "totalled", "totals", "was", "were",
    "will", "would",
];

/// Words that begin what is said aside of a number.
const ASIDES: &[&str] = &[
    "all",
    "among",
    "half",
    "including",
    "many",
    "most",
    "mostly",
    "some",
];

/// Nouns that say nothing of what is counted.
fn is_general(noun: &str) -> bool {
    let noun = noun.to_lowercase();
    noun.split_whitespace().all(|word| {
        matches!(
            word,
            "people"
                | "others"
                | "other"
                | "persons"
                | "more"
                | "of"
                | "them"
                | "men"
                | "women"
                | "those"
                | "individuals"
        )
    })
}
