//! Numbers of what stands beside what a claim asks for: money that a firm makes or owes year by year, and people who only look on.

use crate::matching::asked::Asks;
use crate::matching::quantity::unfit::AROUND;
use crate::matching::quantity::{Quantity, Scene, Wanted};
use crate::text::amount::{Amount, Kind};
use crate::text::lexicon::Classes;
use crate::text::stem::stem;
use crate::text::word_list::is_listed;

/// Words between "the budget of" and the verb behind whose it is. Half as many again change no labelled set.
const OWNER_REACH: usize = 5;

/// Money that comes or goes year by year.
const MONEYS: &[&str] = &[
    "budget",
    "budgets",
    "debt",
    "debts",
    "deficit",
    "exports",
    "imports",
    "profit",
    "profits",
    "revenue",
    "revenues",
    "salaries",
    "salary",
    "sales",
    "shortfall",
    "surplus",
    "tax",
    "taxes",
    "turnover",
    "wages",
];

/// Words of a question that may ask for it without its name.
const EARNED: &[&str] = &[
    "earn", "earned", "earns", "gross", "grossed", "made", "make", "makes", "owe", "owed", "owes",
    "sell", "sold", "take", "took",
];

/// Words between such money and its sum.
const AMOUNTING: &[&str] = &[
    "fell",
    "of",
    "reached",
    "rose",
    "stands",
    "stood",
    "to",
    "totaled",
    "totaling",
    "totalled",
    "totalling",
];

/// What people do who are in no way those that a question asks for.
const IDLE: &[&str] = &[
    "applauded",
    "attended",
    "came",
    "cheered",
    "followed",
    "gathered",
    "heard",
    "knew",
    "know",
    "lined",
    "listened",
    "remember",
    "said",
    "saw",
    "say",
    "signed",
    "stood",
    "told",
    "turned",
    "waited",
    "watched",
];

/// Verbs of those who have people work for them.
const HIRING: &[&str] = &[
    "employ",
    "employed",
    "employing",
    "employs",
    "hire",
    "hired",
    "hires",
    "hiring",
    "recruit",
    "recruited",
    "recruiting",
    "recruits",
];

/// Those of whom a place or a firm has so many.
const STAFF: &[&str] = &[
    "employees",
    "inhabitants",
    "jobs",
    "members",
    "people",
    "residents",
    "staff",
    "workers",
];

impl Quantity {
    /// Whether the question or an entry has the word, in whatever form.
    fn names(&self, word: &str) -> bool {
        let own = stem(word);
        self.asked.iter().any(|asked| stem(asked) == own)
    }

    /// "The club's annual budget is 4 million", "had sales of 4 million", "4 million in taxes": money that a firm or a state has or makes, where the
    /// question does not ask for that.
    pub(super) fn is_of_other_money(
        &self,
        amount: &Amount,
        first: usize,
        next: usize,
        scene: &Scene,
    ) -> bool {
        if !matches!(amount.kind, Kind::Currency(_)) {
            return false;
        }
        let made = self.asked.iter().any(|word| is_listed(EARNED, word));
        let paid = |word: &str| matches!(word, "paid" | "pay" | "pays");
        let paid = self.asked.iter().any(|word| paid(word));
        let tokens = &scene.reading.tokens;
        let named = |i: usize| {
            let word = scene.word(i);
            let pay = matches!(word, "salaries" | "salary" | "wages");
            let own = scene.counted[i] || scene.about[i] || self.names(word);
            is_listed(MONEYS, word) && !(own || made || pay && paid)
        };
        let between = |i: &usize| {
            let word = scene.word(*i);
            tokens[*i].is(Classes::BE) || is_listed(AROUND, word) || is_listed(AMOUNTING, word)
        };
        let before = (0..first).rev().find(|i| !between(i));
        // "The budget of the club is 4 million"
        let of = |last: usize| {
            let mut subject = (last.saturating_sub(OWNER_REACH)..=last)
                .rev()
                .take_while(|&i| tokens[i].is_word());
            subject.any(|i| named(i) && scene.word_at(i + 1) == "of")
        };
        let behind = next + usize::from(scene.word_at(next) == "in");
        let earned = |i: usize| {
            !made
                && matches!(
                    scene.word(i),
                    "earned" | "earns" | "grossed" | "netted" | "owed" | "owes"
                )
        };
        before.is_some_and(|i| i + 1 < first && (named(i) || of(i)) || earned(i))
            || behind < tokens.len() && tokens[behind].is_word() && named(behind)
    }

    /// "About 150 people came", "the site has 620 people on its payroll", "is hiring another 90": what people do or have who only stand by, where
    /// the question does not ask for that, and nothing else of it follows.
    pub(super) fn is_of_idle_people(
        &self,
        amount: &Amount,
        first: usize,
        next: usize,
        scene: &Scene,
    ) -> bool {
        if amount.kind != Kind::Plain || !self.wanted.contains(&Wanted::Count) {
            return false;
        }
        let tokens = &scene.reading.tokens;
        let noun = amount.noun_span.map(|noun| scene.token_at(noun.start));
        // What is counted further on may be what they are asked for: "150 people who came were hurt".
        let goes_on = |from: usize| {
            (from..tokens.len())
                .take_while(|&i| tokens[i].is_word())
                .any(|i| scene.counted[i])
        };
        let last = noun
            .unwrap_or(next.saturating_sub(1))
            .max(next.saturating_sub(1));
        if goes_on(last + 1) {
            return false;
        }
        let light = |i: &usize| {
            tokens[*i].is(Classes::AUXILIARY) || matches!(scene.word(*i), "also" | "who")
        };
        let verb = (last + 1..tokens.len()).find(|i| !light(i));
        // "How many workers does the mill have?", "how many people work at the mill?"
        let is = self.asks == Asks::Is;
        let idle = verb.is_some_and(|i| {
            let word = scene.word(i);
            !is && tokens[i].is_word() && is_listed(IDLE, word) && !self.names(word)
        });
        let held = |i: &usize| {
            let word = scene.word(*i);
            is_listed(AROUND, word) || matches!(word, "another" | "on")
        };
        let works = ["employee", "job", "staff", "work", "worker"];
        let works = is && works.into_iter().any(|word| self.names(word));
        let holder = (0..first).rev().find(|i| !held(i));
        let holds = holder.is_some_and(|i| {
            let word = scene.word(i);
            let staff = noun.is_some_and(|noun| is_listed(STAFF, scene.word(noun)));
            is_listed(HIRING, word) && !self.names(word) && !works
                || matches!(word, "had" | "has" | "have") && staff && !is && !self.names("has")
        });
        idle || holds
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted_as_their_search_needs() {
        for list in [AMOUNTING, EARNED, HIRING, IDLE, MONEYS, STAFF] {
            assert!(list.is_sorted(), "{list:?}");
        }
    }
}
