//! What is odd about a claim file that reads well: wordings in the wrong place, entries that never meet anything, examples that are missing.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::claim::{Answers, Claim, Expected, Places};
use crate::matching::plan::{AnswersPlan, ClaimPlan, Plan, PositionPlan, Wording};
use crate::matching::quantity::Wanted;
use crate::matching::reading::{ProbeIndex, Reader};
use crate::matching::score::{Scratch, places};
use crate::matching::unit::{Entry, Key};
use crate::problem::Problem;
use crate::text::question;
use crate::text::token::Vocabulary;
use crate::trial::collision::collisions;

/// A word counts as one that tells positions apart from this weight on; .25 is what all positions share alike.
const TELLS: f64 = 0.35;

/// Alias groups of a claim that are tried without; hand-written files have a dozen that concern a claim.
const MOST_GROUPS: usize = 24;
/// Wordings of a claim that are held against each other; as many take a second or two.
const MOST_WORDINGS: usize = 2000;

/// Words that nearly every article has, whatever it is about. Alone in `about` they keep nothing out.
const EVERYWHERE: &str = "case cases city country countries day days government governments group groups home hour hours house \
    life man men minister ministers month months nation nations news number numbers official officials part parts people person \
    place police president problem report reports result results side sides source sources spokesman spokeswoman state \
    statement statements states story thing things time times today way week weeks woman women work world year years yesterday";

/// A thing that is looked for.
#[derive(Debug)]
pub struct Rule {
    /// Its stable name.
    pub code: &'static str,
    /// What it finds, in a few words.
    pub title: &'static str,
    /// Why that matters and what to do, in some sentences.
    pub text: &'static str,
}

const ALIAS_SWALLOWS: &str = "lint/alias-swallows";
const ASKING_EXCEPT: &str = "lint/asking-except";
const BROAD_ABOUT: &str = "lint/broad-about";
const COLLISION: &str = "lint/collision";
const SAME_WORDS: &str = "lint/same-words";
const MANY_WORDINGS: &str = "lint/many-wordings";
const NEAR_DUPLICATE: &str = "lint/near-duplicate";
const TOPIC_WORDS: &str = "lint/topic-words-only";
const NO_WORDS: &str = "lint/no-words";
const UNMET_ABOUT: &str = "lint/unmet-about";
const NO_EXAMPLES: &str = "lint/no-examples";
const NO_NEAR_MISS: &str = "lint/no-near-miss";
const AMBIGUOUS_UNIT: &str = "lint/ambiguous-unit";

/// All rules, by code.
pub const RULES: &[Rule] = &[
    Rule {
        code: ALIAS_SWALLOWS,
        title: "an alias that swallows the word that decides",
        text: "The wording has a word that only its position uses, but the word stands in an alias group, and other positions use \
               another word of that group. To the program the words are one, so the wording tells nothing any more. Take the word out of the \
               group, or add another word that makes the difference.",
    },
    Rule {
        code: AMBIGUOUS_UNIT,
        title: "an entry of `of` whose unit can be read in two ways",
        text: "`pounds` are money or weight, `m` is metres or a million. The words in `of` decide which kind of number is looked for, \
               so a unit with two meanings finds the wrong numbers or none. Write the unit out (`pounds sterling`, `metres`), or name what is \
               counted (`people`, `ships`).",
    },
    Rule {
        code: ASKING_EXCEPT,
        title: "a look-alike of `except` that is a question",
        text: "Questions carry no answer, so a look-alike that is one (`did she swim home`) has nothing to keep out. Taken as it stands it would fit \
               the very statements that answer it, so it is left out. Take it away, or write what a statement says that must carry nothing.",
    },
    Rule {
        code: BROAD_ABOUT,
        title: "an entry of `about` that nearly every article meets",
        text: "`people`, `government` and their like stand in nearly every article, so the entry keeps nothing out, and wordings \
               are looked for in texts on other subjects too. Name the subject: `people of the valley`, or a name. Where the claim has \
               better entries, take this one away.",
    },
    Rule {
        code: COLLISION,
        title: "a wording that lies nearer to another position",
        text: "The wording has more in common with the wordings of another position of the claim than with the other wordings of its own, \
               after small words are left out and negation is taken into account; `says`, examples and the position's name speak for it too. \
               Mostly it was written below the wrong position, or it says what both positions say. Move it, or add the words that make \
               the difference. About three in four misplaced wordings are found: what shares no word with any other wording is not.",
    },
    Rule {
        code: MANY_WORDINGS,
        title: "a claim with more wordings than can be held against each other",
        text: "Each wording is held against all others of its claim, and from some number on that takes minutes. Such a claim is used as it \
               is, but its wordings are not looked at. Keep the wordings that articles use: word forms, small words and aliases need none of \
               their own.",
    },
    Rule {
        code: NEAR_DUPLICATE,
        title: "two wordings of a position that look for the same words",
        text: "Small words, word forms and aliases do not count, so both wordings find the same statements. One of them is enough; \
               a wording with other words finds more.",
    },
    Rule {
        code: NO_EXAMPLES,
        title: "a claim without examples",
        text: "Examples are what `gainsay test` runs: sentences with the position that they carry. Without them nobody notices when a \
               change to the file breaks something. Add one for each position, and one near miss.",
    },
    Rule {
        code: NO_NEAR_MISS,
        title: "a claim whose examples hold no near miss",
        text: "A near miss is a sentence on the subject that carries no position: `position: none`. It keeps wordings from becoming so \
               general that they match everything.",
    },
    Rule {
        code: NO_WORDS,
        title: "a wording or an entry of small words only",
        text: "Small words such as `the`, `was` and `about` say nothing of a subject and are not looked for, so the text can never be met. \
               Add a word of meaning, or take it away.",
    },
    Rule {
        code: SAME_WORDS,
        title: "wordings of two positions that look for the same words",
        text: "Small words and word forms do not count, and words of one alias group count as one. When the wordings of two positions \
               become the same in that way, no statement can be told apart by them. Mostly an alias swallows the very word that decides: take it \
               out of the group, or write the wordings with the words that differ.",
    },
    Rule {
        code: TOPIC_WORDS,
        title: "a wording without a word that only its position has",
        text: "All positions use the words of this wording alike, so it says what the claim is about and not which answer is given. \
               Add the verb or the noun that makes the answer.",
    },
    Rule {
        code: UNMET_ABOUT,
        title: "an `about` that none of the claim's own wordings meets",
        text: "A statement is looked at only where an entry of `about` is named in it or near it. When not one wording, example or entry of \
               `of` names the subject, most statements that answer the question will not either. Add an entry with the words that the \
               wordings use.",
    },
];

/// The rule with this code, with or without `lint/`.
pub fn rule(code: &str) -> Option<&'static Rule> {
    RULES
        .iter()
        .find(|rule| rule.code == code || rule.code.strip_prefix("lint/") == Some(code))
}

/// Everything odd about a claim, by place. All of it is warnings: the claim is used as it is.
pub fn lint(claim: &Arc<Claim>) -> Vec<Problem> {
    lint_at(claim, &Places::of(&claim.source))
}

/// The same for all claims of a run, in their order. Each file is read once for its places, however many claims it holds.
pub fn lint_all(claims: &[Arc<Claim>]) -> Vec<Problem> {
    claims
        .chunk_by(|one, next| Arc::ptr_eq(&one.source, &next.source))
        .flat_map(|of_file| {
            let places = Places::of(&of_file[0].source);
            let found: Vec<_> = of_file
                .par_iter()
                .map(|claim| lint_at(claim, &places))
                .collect();
            found.into_iter().flatten()
        })
        .collect()
}

fn lint_at(claim: &Arc<Claim>, places: &Places) -> Vec<Problem> {
    let plan = Plan::new(std::slice::from_ref(claim));
    let mut linter = Linter {
        claim,
        compiled: &plan.claims[0],
        plan: &plan,
        places,
        problems: Vec::new(),
    };
    linter.examples();
    linter.about();
    linter.look_alikes();
    linter.units();
    if !linter.many_wordings() {
        linter.wordings();
        linter.collisions();
    }
    let mut problems = linter.problems;
    problems.sort_by_key(|problem| {
        let place = problem.labels.first().map_or(0, |label| label.span.start);
        (place, problem.code)
    });
    problems
}

struct Linter<'a> {
    claim: &'a Arc<Claim>,
    compiled: &'a ClaimPlan,
    plan: &'a Plan,
    places: &'a Places,
    problems: Vec<Problem>,
}

impl Linter<'_> {
    fn names(&self) -> Vec<&str> {
        match &self.claim.answers {
            Answers::Positions(positions) => positions.iter().map(|p| p.name.as_str()).collect(),
            _ => Vec::new(),
        }
    }

    fn examples(&mut self) {
        let claim = self.claim;
        let problem = if claim.examples.is_empty() {
            Problem::warning(NO_EXAMPLES, format!("`{}` has no examples", claim.id))
                .at(&claim.source, claim.span, "nothing tests this claim")
                .help("add `examples:` with a sentence for each answer, and a near miss with `position: none`")
        } else if !claim
            .examples
            .iter()
            .any(|example| example.expected == Expected::Nothing)
        {
            let place = self.places.key(claim, "examples");
            Problem::warning(
                NO_NEAR_MISS,
                format!("`{}` has no near miss among its examples", claim.id),
            )
            .at(&claim.source, place, "all of these carry an answer")
            .help("add a sentence on the subject that carries none, with `position: none`")
        } else {
            return;
        };
        self.problems.push(problem);
    }

    fn about(&mut self) {
        let claim = self.claim;
        for entry in &self.compiled.about {
            if entry.units.is_empty() {
                let place = self.places.item(claim, "about", &entry.text);
                self.problems.push(
                    Problem::warning(
                        NO_WORDS,
                        format!("`{}` in `about` can never be met", entry.text),
                    )
                    .at(&claim.source, place, "small words only")
                    .help("add a word of meaning, or take the entry away"),
                );
            }
            let word = entry.text.trim().to_lowercase();
            if EVERYWHERE.split_whitespace().any(|common| common == word) {
                let place = self.places.item(claim, "about", &entry.text);
                self.problems.push(
                    Problem::warning(
                        BROAD_ABOUT,
                        format!("`{}` in `about` keeps nothing out", entry.text),
                    )
                    .at(&claim.source, place, "nearly every article has this word")
                    .help("name the subject with a second word, or take the entry away"),
                );
            }
        }
        let mut texts: Vec<&str> = claim
            .examples
            .iter()
            .map(|example| example.text.as_str())
            .collect();
        match &claim.answers {
            Answers::Positions(positions) => {
                for position in positions {
                    texts.push(&position.says);
                    texts.extend(position.phrases.iter().map(String::as_str));
                }
            }
            Answers::Quantity { of, .. } | Answers::Date { of, .. } => {
                texts.extend(of.iter().map(String::as_str));
                texts.push(&claim.question);
            }
        }
        let index = ProbeIndex::new(self.plan);
        let mut reader = Reader::new(self.plan, &index);
        let mut scratch = Scratch::default();
        let met = texts.iter().any(|text| {
            let reading = reader.read(text);
            let mut about = self.compiled.about.iter();
            about.any(|entry: &Entry| !places(entry, &reading, 0, &mut scratch).is_empty())
        });
        if !met {
            let place = self.places.key(claim, "about");
            self.problems.push(
                Problem::warning(
                    UNMET_ABOUT,
                    format!("none of the wordings of `{}` names its subject", claim.id),
                )
                .at(&claim.source, place, "met by no wording and no example")
                .help("add an entry with the words that the wordings use for the subject"),
            );
        }
    }

    fn look_alikes(&mut self) {
        let claim = self.claim;
        let mut all: Vec<&String> = claim.except.iter().collect();
        if let Answers::Positions(positions) = &claim.answers {
            all.extend(positions.iter().flat_map(|position| &position.except));
        }
        let mut vocabulary = Vocabulary::default();
        let asking = all
            .into_iter()
            .filter(|text| question::asks(&mut vocabulary, text));
        let found = asking.map(|text| {
            Problem::warning(
                ASKING_EXCEPT,
                format!("`{text}` in `except` is a question and is left out"),
            )
            .at(
                &claim.source,
                self.places.look_alike(claim, text),
                "carries no answer anyhow",
            )
            .help("take it away, or write what a statement says that must carry nothing")
        });
        self.problems.extend(found.collect::<Vec<_>>());
    }

    fn units(&mut self) {
        let AnswersPlan::Quantity(quantity) = &self.compiled.answers else {
            return;
        };
        let claim = self.claim;
        let mut found = Vec::new();
        for entry in &quantity.of {
            let place = self.places.measure(claim, &entry.text);
            let text = &entry.text;
            let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
            // The bare unit alone: "pounds of gold" and "pounds sterling" are clear.
            let readings = match words.as_slice() {
                [word] => match word.as_str() {
                    "pound" | "pounds" => Some("money or a weight"),
                    "m" => Some("metres, miles or millions"),
                    "degrees" | "degree" => Some("a temperature or an angle"),
                    "points" | "point" => Some("a score, a share or percentage points"),
                    "c" | "cent" | "cents" => Some("money or a temperature"),
                    "b" => Some("billions or bytes"),
                    _ => None,
                },
                _ => None,
            };
            if let Some(readings) = readings {
                found.push(
                    Problem::warning(AMBIGUOUS_UNIT, format!("`{text}` can be {readings}"))
                        .at(&claim.source, place, "a unit with two meanings")
                        .help("write it out, or name what is counted"),
                );
            }
        }
        let measures = quantity
            .wanted
            .iter()
            .filter(|wanted| **wanted != Wanted::Count);
        if measures.count() > 1 {
            let place = quantity
                .of
                .first()
                .map_or(claim.span, |entry| self.places.measure(claim, &entry.text));
            found.push(
                Problem::warning(
                    AMBIGUOUS_UNIT,
                    format!("`of` of `{}` asks for numbers of different kinds", claim.id),
                )
                .at(&claim.source, place, "units that cannot be compared")
                .help("keep the units of one kind, and make a second claim for the others"),
            );
        }
        self.problems.extend(found);
    }

    /// How many equal texts of the position come before this wording.
    fn nth(wordings: &[Wording], at: usize) -> usize {
        wordings[..at]
            .iter()
            .filter(|other| other.text == wordings[at].text)
            .count()
    }

    /// Whether there are so many wordings that holding each against all others would take minutes.
    fn many_wordings(&mut self) -> bool {
        let AnswersPlan::Positions(positions) = &self.compiled.answers else {
            return false;
        };
        let wordings: usize = positions.iter().map(|p| p.wordings.len()).sum();
        if wordings <= MOST_WORDINGS {
            return false;
        }
        let claim = self.claim;
        self.problems.push(
            Problem::warning(
                MANY_WORDINGS,
                format!(
                    "`{}` has {wordings} wordings; more than {MOST_WORDINGS} are not held against each other",
                    claim.id
                ),
            )
            .at(&claim.source, claim.span, "its wordings are not looked at")
            .help("keep the wordings that articles use; a dozen for each position is plenty"),
        );
        true
    }

    fn wordings(&mut self) {
        let AnswersPlan::Positions(positions) = &self.compiled.answers else {
            return;
        };
        let claim = self.claim;
        let names = self.names();
        let swallowing = swallowing(claim, positions);
        let mut found = Vec::new();
        let mut seen: BTreeMap<Vec<(Key, bool)>, (usize, usize)> = BTreeMap::new();
        for (p, position) in positions.iter().enumerate() {
            for (w, wording) in position.wordings.iter().enumerate() {
                // A position may have phrases alone; then its `says` is blank.
                if wording.text.trim().is_empty() {
                    continue;
                }
                let nth = Self::nth(&position.wordings, w);
                let place = self.places.wording(claim, names[p], &wording.text, nth);
                if wording.units.is_empty() {
                    found.push(
                        Problem::warning(
                            NO_WORDS,
                            format!("the wording `{}` can never be met", wording.text),
                        )
                        .at(&claim.source, place, "small words only")
                        .help("add a word of meaning, or take the wording away"),
                    );
                    continue;
                }
                let tells = wording
                    .units
                    .iter()
                    .any(|unit| !unit.soft && unit.weight >= TELLS);
                if let Some(group) = swallowing.get(&(p, w)) {
                    found.push(
                        Problem::warning(
                            ALIAS_SWALLOWS,
                            format!("the alias `{group}` hides what `{}` tells", wording.text),
                        )
                        .at(
                            &claim.source,
                            place,
                            format!("without the alias only `{}` says so", names[p]),
                        )
                        .help("take the word that decides out of the group, or add another one"),
                    );
                } else if !tells && positions.len() > 1 && wording.negation.is_none() {
                    found.push(
                        Problem::warning(
                            TOPIC_WORDS,
                            format!(
                                "`{}` has no word that tells `{}` from the other positions",
                                wording.text, names[p]
                            ),
                        )
                        .at(&claim.source, place, "words that all positions share")
                        .help("add the verb or the noun that makes the answer"),
                    );
                }
                let mut keys: Vec<(Key, bool)> = wording
                    .units
                    .iter()
                    .map(|unit| (unit.key.clone(), unit.negated))
                    .collect();
                keys.sort();
                let (first_p, first_w) = *seen.entry(keys).or_insert((p, w));
                if (first_p, first_w) == (p, w) {
                    continue;
                }
                let first = &positions[first_p].wordings[first_w];
                // Equal texts are told by the loader.
                if first.text == wording.text {
                    continue;
                }
                let first_nth = Self::nth(&positions[first_p].wordings, first_w);
                let first_place =
                    self.places
                        .wording(claim, names[first_p], &first.text, first_nth);
                if first_p == p {
                    found.push(
                        Problem::warning(NEAR_DUPLICATE, format!("`{}` looks for the same words as `{}`", wording.text, first.text))
                            .at(&claim.source, place, "the same words again")
                            .at(&claim.source, first_place, "first here")
                            .help("keep one of the two; small words, word forms and aliases make no difference"),
                    );
                } else if first.negation == wording.negation {
                    let shared = wording
                        .units
                        .iter()
                        .any(|unit| matches!(unit.key, Key::Concept(_)));
                    found.push(
                        Problem::warning(
                            SAME_WORDS,
                            format!("`{}` and `{}` have wordings that look for the same words", names[first_p], names[p]),
                        )
                        .at(&claim.source, place, format!("a wording of `{}`", names[p]))
                        .at(&claim.source, first_place, format!("a wording of `{}`", names[first_p]))
                        .help(if shared {
                            "an alias makes them the same: take the word that decides out of its group, or write both with words that differ"
                        } else {
                            "keep it for the position that it expresses, or add the word that makes the difference"
                        }),
                    );
                }
            }
        }
        self.problems.extend(found);
    }

    fn collisions(&mut self) {
        let AnswersPlan::Positions(positions) = &self.compiled.answers else {
            return;
        };
        let claim = self.claim;
        let names = self.names();
        let mut found = Vec::new();
        for collision in collisions(claim) {
            let wordings = &positions[collision.position].wordings;
            let text = &wordings[collision.wording].text;
            let (own, nearer) = (names[collision.position], names[collision.nearer]);
            let nth = Self::nth(wordings, collision.wording);
            let place = self.places.wording(claim, own, text, nth);
            let like = self.places.wording(claim, nearer, &collision.like, 0);
            found.push(
                Problem::warning(
                    COLLISION,
                    format!("`{text}` lies nearer to `{nearer}` than to `{own}`"),
                )
                .at(&claim.source, place, format!("stands under `{own}`"))
                .at(&claim.source, like, format!("its like under `{nearer}`"))
                .help(format!(
                    "move it to `{nearer}`, or add the words that make the difference"
                )),
            );
        }
        self.problems.extend(found);
    }
}

/// The wordings, by position and place, that have a word of their own only while an alias group is not heeded, with the name of
/// that group. Names are left out: `Washington` and `US` are meant to be one, whichever position writes which.
fn swallowing(claim: &Arc<Claim>, positions: &[PositionPlan]) -> BTreeMap<(usize, usize), String> {
    let mut found = BTreeMap::new();
    if positions.len() < 2 {
        return found;
    }
    let tells = |wording: &Wording| {
        wording
            .units
            .iter()
            .any(|unit| !unit.soft && unit.weight >= TELLS)
    };
    let silent = |wording: &Wording| {
        !wording.units.is_empty() && wording.negation.is_none() && !tells(wording)
    };
    let wordings = positions.iter().flat_map(|position| &position.wordings);
    let texts: Vec<String> = wordings
        .filter(|wording| silent(wording))
        .map(|wording| wording.text.to_lowercase())
        .collect();
    let named = |word: &&String| word.starts_with(char::is_uppercase);
    // The start of a word is enough: "pour" stands for "poured" as well.
    let met = |word: &&String| {
        let start: String = word.to_lowercase().chars().take(4).collect();
        texts.iter().any(|text| text.contains(&start))
    };
    let groups = claim.aliases.iter().filter(|group| {
        let words = || group.names();
        !texts.is_empty() && !words().any(|word| named(&word)) && words().any(|word| met(&word))
    });
    // Each is a plan of its own.
    for group in groups.take(MOST_GROUPS) {
        let mut without = Claim::clone(claim);
        without.aliases = claim
            .aliases
            .iter()
            .filter(|other| *other != group)
            .cloned()
            .collect();
        let plan = Plan::new(&[Arc::new(without)]);
        let AnswersPlan::Positions(bare) = &plan.claims[0].answers else {
            continue;
        };
        for (p, position) in positions.iter().enumerate() {
            for (w, wording) in position.wordings.iter().enumerate() {
                // A word that others use too, only less, is not the one that decides.
                if silent(wording) && bare[p].wordings[w].can_tell() {
                    found
                        .entry((p, w))
                        .or_insert_with(|| group.canonical.clone());
                }
            }
        }
    }
    found
}
