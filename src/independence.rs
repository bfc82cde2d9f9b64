//! Which articles are near-copies of one text, such as an agency report that several outlets print: they are one voice, however
//! many names stand over it.
//!
//! Two texts are compared by runs of five words: a word of an article counts as shared where it stands in such a run that the other
//! article has too. People who write of one event in their own words share names and short turns of phrase, but seldom five words
//! on end. Articles are taken in the order of their dates, and each joins the earliest text, the *lead*, with which it shares
//! enough. A lead is never a copy itself, so two stories do not become one because a round-up prints both.
//!
//! Not every pair is compared: for that, few runs of each article are chosen such that a shared passage of 20 words gives both
//! the same choice (winnowing; Schleimer, Wilkerson and Aiken 2003), and only articles with choices in common are compared in full.
//! Work grows with the number of words, not with the pairs of articles. The words and the choices may lie on disk ([`Footprints`]).

mod footprint;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io;

use foldhash::quality::RandomState;
use rayon::prelude::*;

use crate::article::ArticleEntry;

pub use footprint::{Footprint, Footprints};

/// From this share of the words of either text on two articles are one voice. In 243 articles on some 40 stories, 880 pairs share a run
/// at all; quotations that both print bring most of them to 0.3 at most. The 42 pairs from 0.4 on share whole paragraphs.
const COPY: f64 = 0.4;

/// Texts with fewer words are no articles to copy; a headline alone may well be the same twice.
const LEAST_WORDS: usize = 25;

/// Texts are compared in full from this share of choices in common on: a third of what a copy has on average, and more than boilerplate
/// under an article of usual length.
const PROMISING: f64 = COPY / 3.0;

/// An article is compared in full with so many leads at most, those with most choices in common. More come in question only where
/// many texts share their boilerplate.
const MOST_COMPARED: usize = 8;

/// The near-copies among the articles of a run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Copies {
    groups: Vec<CopyGroup>,
    leads: BTreeMap<usize, usize>,
}

/// Articles that are one voice.
#[derive(Clone, Debug, PartialEq)]
pub struct CopyGroup {
    /// Index of the article that stands for all: the earliest, of those of one day the longest.
    pub lead: usize,
    /// The others, by index; never empty.
    pub echoes: Vec<Echo>,
}

/// An article that repeats another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Echo {
    /// Index of the article.
    pub article: usize,
    /// Share of its words that it has in common with the lead, 0 to 1.
    pub share: f64,
    /// Share of the lead's words that it repeats, 0 to 1.
    pub of_lead: f64,
}

impl Copies {
    /// Finds them. The indexes of the result point into `articles`; the order of these does not matter for what is found, as long
    /// as their ids are unique. The footprint of `articles[n]` is the one that stands at `at[n]` in `footprints`.
    ///
    /// # Errors
    ///
    /// Where footprints that lie on disk cannot be read.
    ///
    /// # Panics
    ///
    /// Where an article has no footprint.
    pub fn find(
        articles: &[ArticleEntry],
        footprints: &Footprints,
        at: &[usize],
    ) -> io::Result<Self> {
        Self::find_in_rounds(articles, footprints, at, ROUND)
    }

    /// The same, comparing so many texts side by side, of which there must be one at least.
    fn find_in_rounds(
        articles: &[ArticleEntry],
        footprints: &Footprints,
        at: &[usize],
        texts: usize,
    ) -> io::Result<Self> {
        let mut order: Vec<usize> = (0..articles.len())
            .filter(|&article| footprints.words(at[article]) >= LEAST_WORDS)
            .collect();
        order.par_sort_by_cached_key(|&index| {
            let article = &articles[index];
            (
                article.date.is_none(),
                article.date,
                std::cmp::Reverse(footprints.words(at[index])),
                &*article.id,
            )
        });
        let mut counts = vec![false; at.len()];
        order.iter().for_each(|&article| counts[at[article]] = true);
        let mut shared = shared(footprints, |at| counts[at])?;

        let ranked = Ranked {
            footprints,
            at: order.iter().map(|&article| at[article]).collect(),
        };
        // For each rank that of its lead.
        let mut lead_of: Vec<usize> = (0..order.len()).collect();
        let mut groups: BTreeMap<usize, Vec<Echo>> = BTreeMap::new();
        let mut round: Vec<Vec<u32>> = Vec::new();
        for first in (0..order.len()).step_by(texts) {
            round.clear();
            for rank in first..order.len().min(first + texts) {
                round.push(ranked.holders(rank, &mut shared)?);
            }
            for turn in turns(first, &round) {
                let found: Vec<Option<Found>> = turn
                    .into_par_iter()
                    .map(|rank| ranked.lead(rank, &round[rank - first], &lead_of))
                    .collect::<io::Result<_>>()?;
                for found in found.into_iter().flatten() {
                    lead_of[found.rank] = found.lead;
                    groups.entry(order[found.lead]).or_default().push(Echo {
                        article: order[found.rank],
                        share: found.share,
                        of_lead: found.of_lead,
                    });
                }
            }
        }
        let mut copies = Self::default();
        for (lead, mut echoes) in groups {
            echoes.sort_by_key(|echo| echo.article);
            copies
                .leads
                .extend(echoes.iter().map(|echo| (echo.article, lead)));
            copies.groups.push(CopyGroup { lead, echoes });
        }
        Ok(copies)
    }

    /// The groups, by the index of their lead.
    pub fn groups(&self) -> &[CopyGroup] {
        &self.groups
    }

    /// The article that stands for this one: its lead, or itself.
    pub fn lead(&self, article: usize) -> usize {
        self.leads.get(&article).copied().unwrap_or(article)
    }

    /// How the article repeats its lead; `None` where it is a voice of its own.
    pub fn echo(&self, article: usize) -> Option<(usize, &Echo)> {
        let lead = *self.leads.get(&article)?;
        let at = self.groups.binary_search_by_key(&lead, |group| group.lead);
        let echoes = &self.groups[at.ok()?].echoes;
        let at = echoes.binary_search_by_key(&article, |echo| echo.article);
        Some((lead, &echoes[at.ok()?]))
    }

    /// How many voices these articles are.
    pub fn voices(&self, articles: &[usize]) -> usize {
        let leads: BTreeSet<usize> = articles.iter().map(|&at| self.lead(at)).collect();
        leads.len()
    }
}

/// So many texts are compared side by side. Those that share a choice wait for each other, more of them the longer a round is; it changes
/// nothing of what is found.
const ROUND: usize = 128;

/// The texts, by their ranks: the earliest first.
struct Ranked<'a> {
    footprints: &'a Footprints,
    /// Where the footprint of each stands.
    at: Vec<usize>,
}

/// A text that repeats its lead.
struct Found {
    rank: usize,
    lead: usize,
    share: f64,
    of_lead: f64,
}

impl Ranked<'_> {
    fn choices(&self, rank: usize) -> usize {
        self.footprints.choices(self.at[rank])
    }

    /// The earlier texts with which this one has choices in common, one for each, and two where there are two. Of the many that may share
    /// a choice, the one before and the first are looked at: enough to reach the lead of a group, and linear. Ranks come in their order.
    fn holders(
        &self,
        rank: usize,
        shared: &mut HashMap<u64, Holders, RandomState>,
    ) -> io::Result<Vec<u32>> {
        let mut earlier = Vec::new();
        for run in self.footprints.read_choices(self.at[rank])? {
            let Some((first, last)) = shared.get_mut(&run) else {
                continue;
            };
            if *first == NOBODY {
                *first = rank as u32;
            } else {
                earlier.push(*first);
                if first != last {
                    earlier.push(*last);
                }
            }
            *last = rank as u32;
        }
        Ok(earlier)
    }

    /// The lead of a text, whose holders are known and have their own leads; `None` where it is a voice of its own.
    fn lead(&self, rank: usize, holders: &[u32], lead_of: &[usize]) -> io::Result<Option<Found>> {
        let mut votes: BTreeMap<usize, usize> = BTreeMap::new();
        for &earlier in holders {
            *votes.entry(lead_of[earlier as usize]).or_default() += 1;
        }
        let mut votes: Vec<(usize, usize)> = votes.into_iter().collect();
        votes.retain(|&(lead, votes)| {
            let fewer = self.choices(rank).min(self.choices(lead));
            votes as f64 >= PROMISING * fewer as f64
        });
        if votes.is_empty() {
            return Ok(None);
        }
        votes.sort_by_key(|&(lead, votes)| (std::cmp::Reverse(votes), lead));
        let own = Runs::new(&self.footprints.read(self.at[rank])?);
        let mut best: Option<Found> = None;
        for &(lead, _) in votes.iter().take(MOST_COMPARED) {
            let (share, of_lead) = own.shares(&self.footprints.read(self.at[lead])?);
            let more = share.max(of_lead);
            // The earlier of two equals.
            let better = best.as_ref().is_none_or(|best| {
                let most = best.share.max(best.of_lead);
                more > most || more == most && lead < best.lead
            });
            if more >= COPY && better {
                best = Some(Found {
                    rank,
                    lead,
                    share,
                    of_lead,
                });
            }
        }
        Ok(best)
    }
}

/// The ranks of a round, of which `first` is the first, in turns: each comes after all of the round that hold choices with it.
fn turns(first: usize, round: &[Vec<u32>]) -> Vec<Vec<usize>> {
    let mut turn_of: Vec<usize> = Vec::with_capacity(round.len());
    let mut turns: Vec<Vec<usize>> = Vec::new();
    for (nth, holders) in round.iter().enumerate() {
        let here = holders
            .iter()
            .filter_map(|&rank| (rank as usize).checked_sub(first));
        let turn = here.map(|other| turn_of[other] + 1).max().unwrap_or(0);
        turn_of.push(turn);
        if turns.len() == turn {
            turns.push(Vec::new());
        }
        turns[turn].push(first + nth);
    }
    turns
}

/// Choices are looked through in parts of some so many, one after the other, by their first bits: a part takes 2 MiB.
const PART: usize = 1 << 18;

/// The first and the last text so far, by their ranks, that has a choice; both [`NOBODY`] where there is none yet.
type Holders = (u32, u32);

/// Stands for no text.
const NOBODY: u32 = u32::MAX;

/// The choices that several texts have, of those that count. Most choices of most texts stand in one alone, and are not kept.
fn shared(
    footprints: &Footprints,
    counts: impl Fn(usize) -> bool,
) -> io::Result<HashMap<u64, Holders, RandomState>> {
    let mut shared = HashMap::default();
    let parts = (footprints.all_choices() / PART + 1) as u64;
    let width = (u64::MAX / parts).saturating_add(1);
    let mut part: Vec<u64> = Vec::new();
    for nth in 0..parts {
        part.clear();
        footprints.each_choice(|at, run| {
            if (parts == 1 || run / width == nth) && counts(at) {
                part.push(run);
            }
        })?;
        part.par_sort_unstable();
        // A text has a choice once, so what stands twice is of two texts.
        let same = part.chunk_by(|a, b| a == b);
        let several = same.filter(|same| same.len() > 1);
        shared.extend(several.map(|same| (same[0], (NOBODY, NOBODY))));
    }
    Ok(shared)
}

/// All runs of a text, to be compared with those of others.
struct Runs {
    words: usize,
    /// Each run once, in the order of the text.
    distinct: Vec<u64>,
    /// For each run of the text its place in `distinct`.
    in_order: Vec<u32>,
    /// A run's place in `distinct` stands at its last bits, or as near behind them as there was room. At least half is free.
    table: Vec<u32>,
}

/// Where no run stands.
const FREE: u32 = u32::MAX;

impl Runs {
    fn new(words: &[u32]) -> Self {
        let runs = footprint::runs(words);
        let mut own = Self {
            words: words.len(),
            distinct: Vec::with_capacity(runs.len()),
            in_order: Vec::with_capacity(runs.len()),
            table: vec![FREE; (2 * runs.len()).next_power_of_two()],
        };
        for run in runs {
            let at = own.at(run);
            if own.table[at] == FREE {
                own.table[at] = own.distinct.len() as u32;
                own.distinct.push(run);
            }
            own.in_order.push(own.table[at]);
        }
        own
    }

    /// Where in the table a run stands, or would stand.
    fn at(&self, run: u64) -> usize {
        let most = self.table.len() - 1;
        let mut at = run as usize & most;
        while self.table[at] != FREE && self.distinct[self.table[at] as usize] != run {
            at = (at + 1) & most;
        }
        at
    }

    /// Shares of the words of this text and of the other that stand in a run which both have.
    fn shares(&self, other: &[u32]) -> (f64, f64) {
        let mut met = vec![false; self.distinct.len()];
        let others = footprint::runs(other).into_iter().map(|run| {
            let place = self.table[self.at(run)];
            if place != FREE {
                met[place as usize] = true;
            }
            place != FREE
        });
        let of_other = covered(others, other.len());
        let own = self.in_order.iter().map(|&at| met[at as usize]);
        (covered(own, self.words), of_other)
    }
}

/// The share of so many words that stand in one of the runs that are shared.
fn covered(shared: impl Iterator<Item = bool>, words: usize) -> f64 {
    let mut covered = 0;
    // Words before this index are counted.
    let mut counted = 0;
    for (at, _) in shared.enumerate().filter(|(_, shared)| *shared) {
        covered += at + footprint::RUN - counted.max(at);
        counted = at + footprint::RUN;
    }
    covered as f64 / words.max(1) as f64
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    struct Sample {
        entry: ArticleEntry,
        text: String,
    }

    fn article(id: &str, date: &str, text: &str) -> Sample {
        Sample {
            entry: ArticleEntry {
                id: id.to_owned(),
                path: format!("{id}.txt"),
                source: None,
                date: date.parse().ok(),
                title: None,
                url: None,
                sha256: String::new(),
            },
            text: text.to_owned(),
        }
    }

    fn copies(articles: &[Sample]) -> Copies {
        copies_in_rounds(articles, ROUND)
    }

    fn copies_in_rounds(articles: &[Sample], texts: usize) -> Copies {
        let mut footprints = Footprints::default();
        let mut at = Vec::new();
        for article in articles {
            let footprint = Footprint::of(&article.text);
            at.push(footprints.push(&footprint).expect("in memory"));
        }
        let entries: Vec<ArticleEntry> = articles.iter().map(|a| a.entry.clone()).collect();
        Copies::find_in_rounds(&entries, &footprints, &at, texts).expect("in memory")
    }

    /// A text of invented words, the same for the same seed; no two seeds share a word.
    fn story(seed: usize, words: usize) -> String {
        let words = (0..words).map(|nth| format!("w{seed}x{nth}"));
        words.collect::<Vec<_>>().join(" ")
    }

    /// Groups as `lead: echo share of_lead, …`, shares in per cent.
    fn found(articles: &[Sample]) -> Vec<String> {
        let copies = copies(articles);
        let percent = |share: f64| (share * 100.0).round();
        copies
            .groups()
            .iter()
            .map(|group| {
                let echoes = group.echoes.iter().map(|echo| {
                    let id = &articles[echo.article].entry.id;
                    format!("{id} {} {}", percent(echo.share), percent(echo.of_lead))
                });
                let echoes = echoes.collect::<Vec<_>>().join(", ");
                format!("{}: {echoes}", articles[group.lead].entry.id)
            })
            .collect()
    }

    #[test]
    fn copies_of_a_text_are_one_voice_led_by_the_earliest() {
        let wire = story(1, 60);
        let articles = [
            article("late", "2020-03-02", &wire),
            article("own", "2020-03-01", &story(2, 60)),
            article("cut", "2020-03-02", &wire[..wire.len() / 2]),
            article("first", "2020-03-01", &wire),
            article("undated", "", &format!("{} {wire}", story(3, 60))),
        ];
        assert_eq!(
            found(&articles),
            ["first: late 100 100, cut 97 50, undated 50 100"]
        );
        let copies = copies(&articles);
        assert_eq!(copies.voices(&[0, 1, 2, 3, 4]), 2);
        assert_eq!((copies.lead(0), copies.lead(1), copies.lead(3)), (3, 1, 3));
        assert!(copies.echo(0).is_some() && copies.echo(3).is_none());
    }

    #[test]
    fn a_round_up_does_not_make_two_stories_one() {
        let (one, two) = (story(1, 60), story(2, 60));
        let both = format!("{one} {two}");
        let articles = [
            article("one", "2020-03-01", &one),
            article("two", "2020-03-01", &two),
            article("both", "2020-03-02", &both),
        ];
        assert_eq!(found(&articles), ["one: both 50 100"]);
    }

    #[test]
    fn case_accents_and_marks_do_not_count() {
        let text = "The café’s owner, Zoë Ångström, told the council on Monday that the old bridge across the river \
                    would be shut for good after the long winter of storms and floods.";
        let same = "THE CAFE\u{301}'S OWNER (Zoe Angstrom) told the council on Monday — that the old bridge, across the \
                    river, would be shut for good after the long winter of storms and floods";
        let articles = [article("a", "", text), article("b", "", same)];
        assert_eq!(found(&articles), ["a: b 100 100"]);
    }

    #[test]
    fn short_texts_and_shared_boilerplate_are_no_copies() {
        let closing = story(9, 24);
        let with = |seed| format!("{} {closing}", story(seed, 60));
        let articles = [
            article("a", "", &with(1)),
            article("b", "", &with(2)),
            article("c", "", &closing),
            article("d", "", &closing),
        ];
        assert!(found(&articles).is_empty());
    }

    #[test]
    fn a_thousand_copies_and_a_thousand_others_are_told_apart() {
        let wire = story(0, 80);
        let articles: Vec<Sample> = (0..1000)
            .flat_map(|nth| {
                [
                    article(&format!("c{nth:04}"), "", &wire),
                    article(&format!("o{nth:04}"), "", &story(nth + 1, 80)),
                ]
            })
            .collect();
        let copies = copies(&articles);
        assert_eq!(copies.groups().len(), 1);
        assert_eq!(copies.groups()[0].echoes.len(), 999);
    }

    #[test]
    fn who_shares_a_choice_waits_for_its_turn() {
        // The third holds one with the first of its round, the fourth with the third, and both with texts before the round.
        let round = [vec![3], vec![], vec![10, 7], vec![12, 12]];
        assert_eq!(turns(10, &round), [vec![10, 11], vec![12], vec![13]]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn the_order_of_the_articles_does_not_matter(
            parts in prop::collection::vec(prop::collection::vec(0_usize..5, 1..4), 0..8),
            turn in 0_usize..8,
        ) {
            let mut articles: Vec<Sample> = parts
                .iter()
                .enumerate()
                .map(|(nth, parts)| {
                    let text: Vec<String> = parts.iter().map(|&seed| story(seed, 30)).collect();
                    article(&format!("a{nth}"), "", &text.join(" "))
                })
                .collect();
            let mut expected = found(&articles);
            let turn = turn % articles.len().max(1);
            articles.rotate_left(turn);
            let copies = copies(&articles);
            for group in copies.groups() {
                prop_assert!(!group.echoes.is_empty());
                for echo in &group.echoes {
                    prop_assert!(echo.share.max(echo.of_lead) >= COPY && echo.share <= 1.0);
                    prop_assert_eq!(copies.lead(echo.article), group.lead);
                }
            }
            let sort = |lines: Vec<String>| {
                let mut lines: Vec<String> = lines
                    .iter()
                    .map(|line| {
                        let (lead, echoes) = line.split_once(": ").expect("a lead");
                        let mut echoes: Vec<&str> = echoes.split(", ").collect();
                        echoes.sort_unstable();
                        format!("{lead}: {}", echoes.join(", "))
                    })
                    .collect();
                lines.sort();
                lines
            };
            expected = sort(expected);
            prop_assert_eq!(sort(found(&articles)), expected);
            // Text after text, or several side by side.
            for texts in [1, 3] {
                prop_assert_eq!(&copies_in_rounds(&articles, texts), &copies);
            }
        }
    }
}
