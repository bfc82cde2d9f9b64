//! Why a number answers no claim, wherever it stands: it is a part or a total, another time's, denied, or not told as so.

use crate::matching::quantity::{Noun, Quantity, Scene, Wanted};
use crate::text::amount::{Amount, Dimension, Kind};
use crate::text::lexicon::Classes;
use crate::text::stem::stem;
use crate::text::word_list::is_listed;

/// Tokens between a number and the "did not" of those whom it counts.
const DOES_NOT_REACH: usize = 6;
/// Tokens before "by 6 million" among which a verb of change makes it the step of one level to the next.
const CHANGE_REACH: usize = 5;
/// Words between "of which" and the part that it brings: "of which the state of Bree pays".
const INCLUDED_REACH: usize = 6;
/// Tokens of "each of the" before the number that they count themselves: "one for each of the 17 people". Half as many again change no labelled set.
const EACH: usize = 3;
/// Words before a number among which stands that it tells for how many there is room. Half as many again change no labelled set.
const ROOM_REACH: usize = 5;
/// Words behind "tonnes of" among which stands of what. Half as many again change no labelled set.
const STUFF: usize = 2;
/// Words behind a number of votes among which stands that they are against it. Half as many again change no labelled set.
const AGAINST_REACH: usize = 4;
/// What was so many years ago is told by its age.
const OF_OLD: f64 = 1000.0;

/// Why a number answers no claim, wherever it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::matching) enum Unfit {
    /// It names no number.
    Vague,
    /// The bare word "one".
    One,
    /// Something else is a part of it.
    Whole,
    /// Another number is held against it.
    Compared,
    /// It is negated.
    Negated,
    /// It counts a part: "the first eight".
    Part,
    /// It tells when: "two days later".
    Relative,
    /// It tells by how much something changed.
    Step,
    /// It is of somebody or something else: an age of who is named behind it, tonnes of other stuff.
    Party,
    /// It is so much each time, or of each one.
    Each,
    /// The sentence does not tell it as so: it is asked, or stands under a condition.
    Unasserted,
}

impl Unfit {
    /// Whether the number keeps its noun from the numbers around it all the same: "the first eight concerts, two of them abroad".
    pub fn takes_its_noun(self) -> bool {
        matches!(self, Unfit::Vague | Unfit::Part | Unfit::Each)
    }
}

impl Quantity {
    /// Why a number can be no answer, wherever it stands.
    pub(in crate::matching) fn unfit(&self, amount: &Amount, scene: &Scene) -> Option<Unfit> {
        let at = scene.token_at(amount.number_span.start);
        let first = scene.token_at(amount.span.start);
        let next = scene.token_at(amount.span.end.saturating_sub(1)) + 1;
        Some(match () {
            () if amount.vague => Unfit::Vague,
            () if self
                .asks
                .keeps_out(scene.reading, scene.vocabulary, first, next) =>
            {
                Unfit::Unasserted
            }
            () if amount.one => Unfit::One,
            () if amount.whole => Unfit::Whole,
            () if scene.is_joint(at) => Unfit::Whole,
            () if amount.compared => Unfit::Compared,
            // Whoever does not do a thing has an age all the same.
            () if (amount.kind != Kind::Age || scene.is_negated_itself(at))
                && (scene.does_not(at) || scene.negates(at)) =>
            {
                Unfit::Negated
            }
            () if amount.kind == Kind::Plain && scene.is_part(first) => Unfit::Part,
            () if scene.is_included(first) => Unfit::Part,
            () if scene.is_of_each_one(first) || self.is_rate(amount, scene) => Unfit::Each,
            () if !matches!(amount.kind, Kind::Currency(_)) && self.is_room(first, scene) => {
                Unfit::Unasserted
            }
            () if self.is_of_other_stuff(amount, next, scene) => Unfit::Party,
            () if self.is_of_other_money(amount, first, next, scene) => Unfit::Party,
            () if self.counts_things(amount, scene) => Unfit::Party,
            () if self.is_of_idle_people(amount, first, next, scene) => Unfit::Party,
            () if self.is_vote_against(next, scene) => Unfit::Negated,
            () if amount.further && scene.brings_to(next) => Unfit::Part,
            () if scene.is_of_then(at) => Unfit::Compared,
            () if amount.further
                && matches!(amount.kind, Kind::Currency(_))
                && scene.has_another(amount) =>
            {
                Unfit::Part
            }
            () if amount.kind == Kind::Duration
                && scene.is_relative(first, next)
                && !(scene.word_at(next) == "ago" && amount.value >= OF_OLD) =>
            {
                Unfit::Relative
            }
            () if amount.kind == Kind::Age && scene.is_of_another(next) => Unfit::Party,
            () if amount.kind == Kind::Age && scene.is_of_stranger(first, next) => Unfit::Party,
            () if scene.is_difference(next) || self.is_step(amount, first, scene) => Unfit::Step,
            () => return None,
        })
    }

    /// "Rose by 6 million": no level, unless the number has the noun that is asked for ("cut its staff by 600 jobs") or the change is
    /// what is asked for.
    fn is_step(&self, amount: &Amount, first: usize, scene: &Scene) -> bool {
        let level = self
            .wanted
            .iter()
            .any(|w| matches!(w, Wanted::Count | Wanted::Money));
        let mut by = first;
        while by > 0 && is_listed(AROUND, scene.word(by - 1)) {
            by -= 1;
        }
        if !level || scene.word_before(by, 1) != "by" || self.noun(amount, scene) == Noun::Met {
            return false;
        }
        (by.saturating_sub(1 + CHANGE_REACH)..by - 1)
            .any(|i| is_listed(CHANGES, scene.word(i)) && !scene.counted[i])
    }

    /// "Can hold up to 38,000 tonnes", "has room for 174 passengers": how many there could be, where the question asks how many there are.
    fn is_room(&self, first: usize, scene: &Scene) -> bool {
        let asked = |word: &str| self.asked.iter().any(|own| own == word);
        let before = (first.saturating_sub(ROOM_REACH)..first).rev();
        let mut before = before.take_while(|&i| scene.reading.tokens[i].is_word());
        let room = before.any(|i| match scene.word(i) {
            "accommodate" | "carry" | "hold" | "seat" => scene.word_before(i, 1) == "can",
            "built" | "designed" | "room" | "space" => scene.word_at(i + 1) == "for",
            _ => false,
        });
        room && ![
            "accommodate",
            "built",
            "capacity",
            "carry",
            "hold",
            "room",
            "seat",
            "seats",
        ]
        .into_iter()
        .any(asked)
    }

    /// "800 tonnes of fuel oil" where tonnes of grain are asked for, "three days of mourning" where a fire lasted.
    fn is_of_other_stuff(&self, amount: &Amount, next: usize, scene: &Scene) -> bool {
        let tokens = &scene.reading.tokens;
        let time = amount
            .unit
            .is_some_and(|unit| unit.dimension() == Dimension::Time);
        let stuff = || {
            let of = self.asked.iter().position(|word| word == "of");
            // "How many tonnes of grain"
            of.is_some_and(|of| of == 3 && self.asked[0] == "how" && self.asked[1] == "many")
        };
        if !matches!(amount.kind, Kind::Duration | Kind::Measure)
            || scene.word_at(next) != "of"
            || !(time || stuff())
        {
            return false;
        }
        let noun = (next + 1..tokens.len())
            .take(STUFF)
            .take_while(|&i| tokens[i].is_word());
        let own = |i: usize| {
            scene.counted[i]
                || self
                    .asked
                    .iter()
                    .any(|word| stem(word) == *scene.vocabulary.word(tokens[i].word).stem)
        };
        let noun: Vec<usize> = noun.filter(|&i| !tokens[i].is(Classes::STOP)).collect();
        !noun.is_empty() && !noun.into_iter().any(|i| own(i) || scene.about[i])
    }

    /// "Has sold 54 million copies", where the question asks for money, whose currency may go without saying.
    fn counts_things(&self, amount: &Amount, scene: &Scene) -> bool {
        amount.kind == Kind::Plain
            && self.wanted.contains(&Wanted::Money)
            && self.noun(amount, scene) == Noun::Other
    }

    /// "Twenty-nine councillors voted against it", "35 against"
    fn is_vote_against(&self, next: usize, scene: &Scene) -> bool {
        let tokens = &scene.reading.tokens;
        let mut behind = (next..tokens.len())
            .take(AGAINST_REACH)
            .take_while(|&i| tokens[i].is_word());
        self.votes
            && !self.asked.iter().any(|word| word == "against")
            && behind.any(|i| matches!(scene.word(i), "abstained" | "against"))
    }

    /// "16 hours a day", "1.8 gigawatt-hours of power a day": so much each time, where the question does not ask for that.
    fn is_rate(&self, amount: &Amount, scene: &Scene) -> bool {
        let per = amount
            .per
            .map(|per| scene.sentence[per.start..per.end].to_lowercase());
        matches!(amount.kind, Kind::Duration | Kind::Measure)
            && per.is_some_and(|per| is_listed(TIMES, &per) && !self.asked.contains(&per))
    }
}

/// Verbs that tell the new total.
const BRINGING: &[&str] = &["bringing", "lifting", "pushing", "raising", "taking"];

/// Times in which something may go on again and again.
const TIMES: &[&str] = &[
    "day", "decade", "hour", "minute", "month", "night", "quarter", "second", "week", "year",
];

/// Verbs of a level that changes.
const CHANGES: &[&str] = &[
    "climbed",
    "cut",
    "cuts",
    "declined",
    "decreased",
    "down",
    "dropped",
    "exceeded",
    "fallen",
    "fell",
    "grew",
    "grow",
    "grown",
    "increased",
    "jumped",
    "lifted",
    "lowered",
    "missed",
    "off",
    "out",
    "overestimated",
    "overshot",
    "raised",
    "reduced",
    "rise",
    "risen",
    "rises",
    "rose",
    "short",
    "shrank",
    "slashed",
    "soared",
    "surged",
    "trimmed",
    "underestimated",
    "up",
    "wrong",
];

/// Words between "by" and the number.
pub(super) const AROUND: &[&str] = &[
    "about",
    "almost",
    "an",
    "around",
    "at",
    "estimated",
    "least",
    "more",
    "nearly",
    "over",
    "some",
    "than",
];

impl Scene<'_> {
    /// Whether a token is negated: not by the bound of a number ("no more than 600"), nor by a hoax that is told of ("the hoax had
    /// 16 million views"), nor by who denies a deed or is cleared of it, for the number is the charge's ("not guilty of stealing 2 million").
    pub(super) fn negates(&self, at: usize) -> bool {
        if at >= self.reading.tokens.len() || !self.polarity.negated(at) {
            return false;
        }
        let bound = |cue: usize| self.word_at(cue + 2) == "than";
        let charge = |cue: usize| {
            let next = self.word_at(cue + 1);
            let token = &self.reading.tokens[cue];
            next == "guilty"
                || token.is(Classes::DENY) && next.ends_with("ing")
                || token.is(Classes::CLEARING)
        };
        let thing = |cue: usize| {
            self.reading.tokens[cue].is(Classes::FALSE)
                && matches!(self.word_before(cue, 1), "the" | "this" | "that")
                && !matches!(
                    self.word_at(cue + 1),
                    "that" | "of" | "about" | "is" | "was" | "are" | "were"
                )
        };
        // "A hundred are dead because nobody looked", "20 years are not enough"
        let elsewhere = |cue: usize| {
            let tokens = &self.reading.tokens;
            self.word_at(cue + 1) == "enough" || (at + 1..cue).any(|i| tokens[i].is(Classes::BOUND))
        };
        let counts = self
            .polarity
            .cues
            .iter()
            .enumerate()
            .take(64)
            .filter(|(_, cue)| {
                !bound(cue.token)
                    && !thing(cue.token)
                    && !charge(cue.token)
                    && !elsewhere(cue.token)
            })
            .fold(0, |set, (c, _)| set | 1u64 << c);
        self.polarity.negated_by(at, counts)
    }

    /// Whether a negator stands right before the number: "is not 26", "never was 26".
    fn is_negated_itself(&self, at: usize) -> bool {
        self.negates(at) && {
            let mut before = (0..at).rev().take(2);
            before.any(|i| self.polarity.is_cue[i])
        }
    }

    /// Whether those counted at `at` are who does *not* do it: "forty people did not come".
    fn does_not(&self, at: usize) -> bool {
        let tokens = &self.reading.tokens;
        self.polarity.cues.iter().any(|cue| {
            let head = cue.head.is_some_and(|head| !tokens[head].is(Classes::STOP));
            let near = cue.token > at && cue.token - at <= DOES_NOT_REACH;
            let auxiliary = near && tokens[cue.token - 1].is(Classes::AUXILIARY);
            head && auxiliary && (at..cue.token).all(|i| tokens[i].is_word())
        })
    }

    /// "The first eight concerts", "the last two".
    fn is_part(&self, first: usize) -> bool {
        // "Will last eleven" is no part.
        let lasts = self.word_before(first, 1) == "last"
            && matches!(
                self.word_before(first, 2),
                "can" | "could" | "may" | "might" | "to" | "will" | "would"
            );
        !lasts
            && matches!(
                self.word_before(first, 1),
                "final" | "first" | "last" | "latest" | "next" | "opening" | "past" | "remaining"
            )
    }

    /// "Which includes 500 million", "26 million, of which the state pays 10".
    fn is_included(&self, first: usize) -> bool {
        let tokens = &self.reading.tokens;
        let bounds = (0..first)
            .rev()
            .take(INCLUDED_REACH)
            .take_while(|&i| tokens[i].is_word());
        let mut before = bounds.map(|i| (self.word_before(i, 1), self.word(i)));
        before.any(|(before, word)| match word {
            "included" | "includes" | "including" => true,
            "which" | "whom" => before == "of",
            _ => false,
        })
    }

    /// "Two more have died, bringing the toll to 12"
    fn brings_to(&self, next: usize) -> bool {
        (next..self.reading.tokens.len())
            .any(|i| is_listed(BRINGING, self.word(i)) && self.reading.tokens[i - 1].is_mark(','))
    }

    /// "The worst since 1911, when 31 died", "turnout then was 49 per cent"
    fn is_of_then(&self, at: usize) -> bool {
        let tokens = &self.reading.tokens;
        let light = |i: &usize| tokens[*i].is(Classes::BE) || is_listed(AROUND, self.word(*i));
        let mut before = (0..at).rev();
        let then = before.find(|i| !light(i)).filter(|&i| i > 0 && i + 1 < at);
        // "Only then was it 49"
        if then.is_some_and(|i| {
            self.word(i) == "then" && tokens[i - 1].is_word() && self.word(i - 1) != "only"
        }) {
            return true;
        }
        let when = (0..at)
            .rev()
            .take_while(|&i| !tokens[i].is_mark(','))
            .find(|&i| self.word(i) == "when");
        let since = when.filter(|&when| when > 2 && tokens[when - 1].is_mark(','));
        since.is_some_and(|when| {
            self.word(when - 3) == "since" && tokens[when - 2].value().is_some()
        })
    }

    /// "Each of the flippers is 2 metres long"
    fn is_of_each_one(&self, first: usize) -> bool {
        let mut words = (0..first.saturating_sub(EACH))
            .rev()
            .take_while(|&i| self.reading.tokens[i].is_word());
        words.any(|i| self.word(i) == "each" && self.word_at(i + 1) == "of")
    }

    /// "Together, the two parties hold 131 seats", "have a combined capacity of 96"
    fn is_joint(&self, at: usize) -> bool {
        let tokens = &self.reading.tokens;
        // Those who do something together, each with a name.
        let others = |at: usize| {
            let mut and = (0..at).filter(|&i| self.word(i) == "and");
            and.any(|i| {
                tokens[i + 1..at.min(i + 3)]
                    .iter()
                    .any(|token| token.capital)
            })
        };
        let clause = (0..at).rev().take_while(|&i| !tokens[i].is_mark(';'));
        let mut words = clause.map(|i| (i, self.word(i)));
        words.any(|(i, word)| match word {
            "combined" | "jointly" => true,
            "together" => self.word_at(i + 1) != "with" && others(at),
            _ => false,
        })
    }

    /// Whether the sentence gives another number of the kind.
    fn has_another(&self, amount: &Amount) -> bool {
        let mut others = self
            .amounts
            .iter()
            .filter(|other| !other.further && !other.vague);
        others.any(|other| other.kind == amount.kind && other.span != amount.span)
    }

    /// "8 million more than planned"
    fn is_difference(&self, next: usize) -> bool {
        matches!(
            self.word_at(next),
            "more" | "less" | "fewer" | "higher" | "lower"
        ) && self.word_at(next + 1) == "than"
    }

    /// "Two days later", "three years ago", "four days after the storm", but "for four days after the storm".
    fn is_relative(&self, first: usize, next: usize) -> bool {
        let before = self.word_before(first, 1);
        if before == "within" || before == "after" && self.word_at(next) == "of" {
            return true;
        }
        match self.word_at(next) {
            "ago" | "earlier" | "hence" | "later" | "previously" => true,
            "after" | "before" | "into" | "since" => !matches!(
                self.word_before(first, 1),
                "for" | "lasted" | "least" | "of" | "spent" | "than" | "took" | "within"
            ),
            _ => false,
        }
    }
}
