//! Two parties heard in one sentence: *the club says he resigned, **but he says he was sacked***.
//!
//! Each part is read by itself. It may leave out what the parts before it have named: a pronoun stands for the subject that they speak of
//! (the backward-looking centre of Grosz, Joshi and Weinstein 1995), and *she denies it* or *which he did not* denies what they say.

use std::borrow::Cow;
use std::ops::Range;

use crate::matching::echo;
use crate::matching::plan::{ClaimPlan, PositionPlan};
use crate::matching::pronoun;
use crate::matching::reading::{Hit, Reading};
use crate::matching::roles::{is_adverb, is_name, is_verb};
use crate::matching::unit::{Key, Unit};
use crate::text::lexicon::Classes;
use crate::text::token::{Token, Vocabulary};
use crate::text::word_list::is_listed;

/// Words of whom a part gives the word to: "the public health office says". One fewer costs the invented set c
/// .001 of evidence F1, two more change no labelled set.
const PARTY: usize = 5;

/// And where the verb is left out: "the Mail that".
const GAPPED: usize = 2;

/// Words that end the name of a party, or are none.
const BARRED: &[&str] = &["and", "of", "or", "that", "to", "which", "whom", "whose"];

/// Where a sentence speaks of a name, or of what the claim is about.
#[derive(Clone, Copy)]
struct Mention<'a> {
    unit: &'a Unit,
    hit: Hit,
}

/// A sentence, part by part.
pub struct Parties<'a> {
    claim: &'a ClaimPlan,
    plans: &'a [PositionPlan],
    reading: &'a Reading,
    vocabulary: &'a Vocabulary,
}

impl<'a> Parties<'a> {
    /// Those of a sentence that is asked for a claim's positions.
    pub fn new(
        claim: &'a ClaimPlan,
        plans: &'a [PositionPlan],
        reading: &'a Reading,
        vocabulary: &'a Vocabulary,
    ) -> Self {
        Parties {
            claim,
            plans,
            reading,
            vocabulary,
        }
    }

    fn tokens(&self) -> &'a [Token] {
        &self.reading.tokens
    }

    fn folded(&self, at: usize) -> &'a str {
        &self.vocabulary.word(self.reading.tokens[at].word).folded
    }

    fn is_pronoun(&self, at: usize) -> bool {
        pronoun::is_third_person(self.vocabulary, &self.tokens()[at])
    }

    fn reports(&self, at: usize) -> bool {
        let reports = Classes::SAID.or(Classes::REPORTING).or(Classes::DENY);
        self.tokens()[at].is_word() && self.tokens()[at].is(reports)
    }

    /// The parts in which two parties may be heard: parted by a semicolon, by a conjunction that contrasts, or by the word that is
    /// given to somebody else ("the hospital says ..., the cook says ..."). One part where nothing parts it.
    pub fn parts(&self) -> &'a [Range<usize>] {
        self.reading.parts.get_or_init(|| self.parted())
    }

    fn parted(&self) -> Vec<Range<usize>> {
        let tokens = self.tokens();
        let mut parts = Vec::new();
        let mut from = 0;
        // "While the club says ..., he says ...".
        let first = tokens.iter().position(Token::is_word);
        let fronted = first
            .filter(|&i| matches!(self.folded(i), "although" | "though" | "whereas" | "while"));
        let turn = fronted.and_then(|_| tokens.iter().position(|token| token.is_mark(',')));
        for i in 0..tokens.len() {
            let word = self.folded(i);
            let joined = i > 0 && tokens[i - 1].is_mark(',');
            let parts_here = turn == Some(i)
                || tokens[i].is_mark(';')
                || tokens[i].is_mark('—')
                || matches!(word, "but" | "while" | "whereas")
                || joined && matches!(word, "and" | "although" | "though" | "until" | "yet")
                || (tokens[i].is_mark(',') || word == "and") && self.gives_the_word(from, i)
                || tokens[i].is_mark(',') && self.denial(i + 1..self.end(i + 1)).is_some();
            if parts_here && i > from {
                parts.push(from..i);
                from = i + 1;
            }
        }
        parts.push(from..tokens.len());
        parts
    }

    /// Where the clause that begins at `from` ends: at a mark.
    fn end(&self, from: usize) -> usize {
        let mut rest = from..self.tokens().len();
        rest.find(|&i| !self.tokens()[i].is_word())
            .unwrap_or(self.tokens().len())
    }

    /// Whether what follows `at` gives the word to somebody else than the part from `from` on did: "the cook says", "the Mail that".
    fn gives_the_word(&self, from: usize, at: usize) -> bool {
        if !(from..at).any(|i| self.reports(i)) {
            return false;
        }
        let party = (at + 1..self.tokens().len()).take_while(|&i| {
            self.tokens()[i].is_word()
                && !self.reports(i)
                && !self.tokens()[i].is(Classes::AUXILIARY.or(Classes::BOUND))
                && !is_listed(BARRED, self.folded(i))
        });
        let party = party.take(PARTY + 1).count();
        let verb = at + 1 + party;
        // "He told reporters" gives nothing anew.
        let named = party > 1 || party == 1 && !self.is_pronoun(at + 1);
        let follows = |i: usize| self.tokens().get(i + 1).is_some_and(Token::is_word);
        let says = verb < self.tokens().len()
            && follows(verb)
            && (self.reports(verb)
                || self.folded(verb) == "that"
                    && party <= GAPPED
                    && !self.tokens()[verb - 1].is(Classes::SPEECH));
        named && party <= PARTY && says
    }

    /// A part as it stands.
    pub fn alone(&self, part: &Range<usize>) -> Cow<'a, Reading> {
        self.reading.alone(self.vocabulary, part)
    }

    /// A part as it may be meant: its pronouns stand for who speaks in it, or for what the parts before it speak of first.
    pub fn hear(&self, part: &Range<usize>) -> Vec<Cow<'a, Reading>> {
        let pronouns: Vec<usize> = part.clone().filter(|&at| self.is_pronoun(at)).collect();
        let named = if part.start > 0 && !pronouns.is_empty() {
            self.named()
        } else {
            Vec::new()
        };
        let mut readings: Vec<Cow<Reading>> = Vec::new();
        let mut last: Vec<(usize, &Key)> = Vec::new();
        for own in [true, false] {
            let mut meant: Vec<(usize, Mention)> = Vec::new();
            for &at in &pronouns {
                let speaker = self.speaker(&named, part, at).filter(|_| own);
                let referent = speaker.or_else(|| self.spoken_of(&named, part, at));
                // "It admits that it is a forgery" may speak of one thing twice, "he fired him" does not.
                let new = |it: &Mention| {
                    let mut others = meant.iter();
                    others.all(|(other, mention)| {
                        mention.unit.key != it.unit.key || self.folded(*other) == self.folded(at)
                    })
                };
                if let Some(referent) = referent.filter(new) {
                    meant.push((at, referent));
                }
            }
            let keys: Vec<(usize, &Key)> =
                meant.iter().map(|(at, it)| (*at, &it.unit.key)).collect();
            if readings.is_empty() || keys != last {
                readings.push(self.as_meant(part, &meant));
                last = keys;
            }
        }
        readings
    }

    fn as_meant(&self, part: &Range<usize>, meant: &[(usize, Mention)]) -> Cow<'a, Reading> {
        if meant.is_empty() {
            return self.alone(part);
        }
        let names: Vec<Vec<&Unit>> = meant
            .iter()
            .map(|(_, mention)| pronoun::forms(self.plans, mention.unit))
            .collect();
        let mut reading = self.reading.within(self.vocabulary, part, &names.concat());
        for (name, (at, mention)) in names.iter().zip(meant) {
            reading = reading.with_name(name, *at, mention.hit.similarity);
        }
        Cow::Owned(reading)
    }

    /// Who says of himself what the pronoun at `at` begins: "Castell says it has refused".
    fn speaker(
        &self,
        named: &[Mention<'a>],
        part: &Range<usize>,
        at: usize,
    ) -> Option<Mention<'a>> {
        let before = named
            .iter()
            .filter(|it| part.contains(&it.hit.first) && it.hit.last < at);
        let nearest = before.max_by_key(|it| it.hit.last)?;
        let told = (nearest.hit.last + 1..at).any(|i| self.reports(i));
        (told && self.is_subject(at)).then_some(*nearest)
    }

    /// What the parts before this one speak of first, who speaks in them last of all, and which this one does not name. Who speaks in
    /// it may speak of himself.
    fn spoken_of(
        &self,
        named: &[Mention<'a>],
        part: &Range<usize>,
        at: usize,
    ) -> Option<Mention<'a>> {
        let may_speak = self.folded(at) != "it";
        let names_again = |unit: &Unit| {
            named.iter().any(|it| {
                let again = it.unit.key == unit.key && part.contains(&it.hit.first);
                again && !(may_speak && self.speaks(&it.hit))
            })
        };
        let before = named.iter().filter(|it| {
            let acts = is_verb(self.vocabulary, self.tokens(), it.hit.first);
            it.hit.last < part.start && !acts && !names_again(it.unit)
        });
        before
            .min_by_key(|it| (self.speaks(&it.hit), it.hit.first))
            .copied()
    }

    /// The names of the wordings, and what the claim is about, where the sentence gives them.
    fn named(&self) -> Vec<Mention<'a>> {
        let about = |unit: &&Unit| {
            let mut entries = self.claim.about.iter().flat_map(|entry| &entry.units);
            is_name(unit) || entries.any(|entry| entry.key == unit.key)
        };
        let mut found: Vec<Mention> = Vec::new();
        let mut hits = Vec::new();
        let mut seen: Vec<&Unit> = Vec::new();
        for unit in pronoun::units(self.plans).filter(|unit| !unit.soft) {
            if seen.iter().any(|other| other.seek == unit.seek) || !about(&unit) {
                continue;
            }
            seen.push(unit);
            self.reading.hits(unit, &mut hits);
            let sure = hits.iter().filter(|hit| hit.similarity >= pronoun::SURE);
            found.extend(sure.map(|hit| Mention { unit, hit: *hit }));
        }
        found
    }

    /// Whether it is named as who says what follows, or what stands before.
    fn speaks(&self, hit: &Hit) -> bool {
        let next = (hit.last + 1..self.tokens().len())
            .find(|&i| !self.tokens()[i].is(Classes::AUXILIARY) && !is_adverb(self.folded(i)));
        let closes = self
            .tokens()
            .get(hit.last + 1)
            .is_none_or(|next| !next.is_word());
        next.is_some_and(|i| self.reports(i))
            || closes && hit.first.checked_sub(1).is_some_and(|i| self.reports(i))
    }

    /// Whether a verb follows the pronoun at `at`.
    fn is_subject(&self, at: usize) -> bool {
        let light = Classes::AUXILIARY.or(Classes::NEGDIR);
        let next = (at + 1..self.tokens().len()).find(|&i| !is_adverb(self.folded(i)));
        next.is_some_and(|i| {
            self.tokens()[i].is_word()
                && (self.tokens()[i].is(light)
                    || self.reports(i)
                    || is_verb(self.vocabulary, self.tokens(), i))
        })
    }

    /// The tokens by which a part denies what was said before it: "she denies it", "which he disputes", "she says she did not".
    pub fn denial(&self, part: Range<usize>) -> Option<Range<usize>> {
        let words = part.clone().filter(|&i| self.tokens()[i].is_word());
        let last = words.clone().next_back()?;
        if words.count() > 2 * PARTY {
            return None;
        }
        let denies = self.tokens()[last].is(Classes::DENY) && self.folded(part.start) == "which";
        if denies {
            return Some(part.start..last + 1);
        }
        if let Some(denial) = echo::bare_denial(self.vocabulary, &self.tokens()[part.clone()]) {
            return Some(part.start + denial.start..part.start + denial.end);
        }
        self.elliptic(part, last)
    }

    /// "He did not", "it never was", "she hasn't": nothing follows.
    fn elliptic(&self, part: Range<usize>, last: usize) -> Option<Range<usize>> {
        let pronoun = part.clone().rev().find(|&i| self.is_pronoun(i))?;
        let tail = || pronoun + 1..last + 1;
        let is_not = |i: usize| self.tokens()[i].is(Classes::NEGDIR);
        let short = |i: usize| self.tokens()[i].is(Classes::AUXILIARY) || is_not(i);
        (tail().len() == 2 && tail().all(short) && tail().any(is_not)).then_some(pronoun..last + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matching::fixture::claims;
    use crate::matching::plan::{AnswersPlan, Plan};
    use crate::matching::reading::{ProbeIndex, Reader};

    const CLAIM: &str = "topic: T\naliases:\n  Orrin Dam: [the dam]\n  Ada Brandt: [Ada, the mayor]\nclaims:\n  - id: a\n    \
        question: Q?\n    about: [dam]\n    positions:\n      broke: {says: \"The Orrin Dam broke, Ada Brandt said.\"}\n      \
        held: {says: \"The Orrin Dam held.\"}\n";

    /// What is asked of the parts of a sentence.
    fn of<T>(sentence: &str, ask: impl Fn(&Parties, &Vocabulary, &Reading) -> T) -> T {
        let plan = Plan::new(&claims(CLAIM));
        let index = ProbeIndex::new(&plan);
        let mut reader = Reader::new(&plan, &index);
        let reading = reader.read(sentence);
        let claim = &plan.claims[0];
        let AnswersPlan::Positions(plans) = &claim.answers else {
            panic!("positions");
        };
        let parties = Parties::new(claim, plans, &reading, reader.vocabulary());
        ask(&parties, reader.vocabulary(), &reading)
    }

    fn words(vocabulary: &Vocabulary, reading: &Reading, part: &Range<usize>) -> String {
        let words = part.clone().filter(|&i| reading.tokens[i].is_word());
        let words: Vec<&str> = words
            .map(|i| &*vocabulary.word(reading.tokens[i].word).folded)
            .collect();
        words.join(" ")
    }

    #[test]
    fn the_word_is_given_to_another_party() {
        for (sentence, parts) in [
            (
                "Residents said the dam broke; engineers said it held.",
                &["residents said the dam broke", "engineers said it held"][..],
            ),
            (
                "The Herald wrote that the dam broke, the Mail that it held.",
                &[
                    "the herald wrote that the dam broke",
                    "the mail that it held",
                ],
            ),
            (
                "The mayor says the dam broke and the board says it held.",
                &["the mayor says the dam broke", "the board says it held"],
            ),
            (
                "The board says the dam broke, which the mayor denies.",
                &["the board says the dam broke", "which the mayor denies"],
            ),
            (
                "The dam broke, she told reporters.",
                &["the dam broke she told reporters"],
            ),
            (
                "The mayor said the dam and the bridge broke.",
                &["the mayor said the dam and the bridge broke"],
            ),
        ] {
            let heard = of(sentence, |parties, vocabulary, reading| {
                let parts = parties.parts().iter();
                let words = parts.map(|part| words(vocabulary, reading, part));
                words.collect::<Vec<String>>()
            });
            assert_eq!(heard, parts, "{sentence}");
        }
    }

    #[test]
    fn a_pronoun_stands_for_what_was_spoken_of() {
        let dam = |sentence: &str| {
            of(sentence, |parties, vocabulary, _| {
                let part = parties.parts().last().expect("a part").clone();
                let unit = &parties.plans[1].wordings[0].units[0];
                let mut hits = Vec::new();
                let mut words = Vec::new();
                for reading in parties.hear(&part) {
                    reading.hits(unit, &mut hits);
                    let own = hits.iter().filter(|hit| part.contains(&hit.first));
                    words.extend(own.map(|hit| {
                        let token = &reading.tokens[hit.first];
                        vocabulary.word(token.word).folded.to_string()
                    }));
                }
                words.dedup();
                words
            })
        };
        assert_eq!(dam("The dam broke; engineers said it held."), ["it"]);
        // Who speaks of herself is one thing, what was spoken of another; both are tried.
        assert_eq!(dam("The dam broke, but the mayor said it held."), ["it"]);
        assert!(dam("Engineers spoke; the mayor said it held.").is_empty());
        assert_eq!(dam("The dam broke; engineers said the dam held."), ["the"]);
    }

    #[test]
    fn a_part_may_deny_what_was_said_before_it() {
        for (sentence, denial) in [
            (
                "The board says it broke, which the mayor denies.",
                Some("which the mayor denies"),
            ),
            (
                "The board says it broke, but she denies it.",
                Some("denies it"),
            ),
            (
                "The board says it broke; she says it did not.",
                Some("it did not"),
            ),
            (
                "The board says it broke; she says it never has.",
                Some("it never has"),
            ),
            ("The board says it broke; she says it did not hold.", None),
            ("The board says it broke; she says so.", None),
        ] {
            let found = of(sentence, |parties, vocabulary, reading| {
                let part = parties.parts().last().expect("a part").clone();
                let denial = parties.denial(part);
                denial.map(|denial| words(vocabulary, reading, &denial))
            });
            assert_eq!(found.as_deref(), denial, "{sentence}");
        }
    }
}
