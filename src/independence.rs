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
//! Work and memory grow with the number of words, not with the pairs of articles.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use siphasher::sip::SipHasher13;

use crate::article::Article;
use crate::text::fold::{fold_char, is_combining};

/// Words in a run. Of four, "the president of the" and its like are shared by chance; six lose a copy in which every sentence has
/// a word exchanged.
const RUN: usize = 5;

/// Of this many runs on end one is chosen at least, so every shared passage of `RUN + WINDOW - 1` = 20 words, a sentence, is seen.
const WINDOW: usize = 16;

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
    /// as their ids are unique.
    pub fn find(articles: &[Article]) -> Self {
        let texts: Vec<Text> = articles
            .par_iter()
            .map(|article| Text::choose(&article.prose))
            .collect();
        let mut order: Vec<usize> = (0..articles.len())
            .filter(|&at| texts[at].words >= LEAST_WORDS)
            .collect();
        order.par_sort_by_cached_key(|&at| {
            let article = &articles[at];
            (
                article.date.is_none(),
                article.date,
                std::cmp::Reverse(texts[at].words),
                &*article.id,
            )
        });
        let neighbours = neighbours(&order, &texts);

        // For each rank that of its lead.
        let mut lead_of: Vec<usize> = (0..order.len()).collect();
        let mut groups: BTreeMap<usize, Vec<Echo>> = BTreeMap::new();
        for of_one in neighbours.chunk_by(|a, b| a.0 == b.0) {
            let rank = of_one[0].0 as usize;
            let article = order[rank];
            let mut votes: BTreeMap<usize, usize> = BTreeMap::new();
            for &(_, earlier) in of_one {
                *votes.entry(lead_of[earlier as usize]).or_default() += 1;
            }
            let mut votes: Vec<(usize, usize)> = votes.into_iter().collect();
            votes.retain(|&(lead, votes)| {
                let fewer = texts[article]
                    .choices
                    .len()
                    .min(texts[order[lead]].choices.len());
                votes as f64 >= PROMISING * fewer as f64
            });
            if votes.is_empty() {
                continue;
            }
            votes.sort_by_key(|&(lead, votes)| (std::cmp::Reverse(votes), lead));
            let own = Runs::new(&articles[article].prose);
            let best = votes
                .iter()
                .take(MOST_COMPARED)
                .map(|&(lead, _)| {
                    let other = Runs::new(&articles[order[lead]].prose);
                    let shared = own.in_common(&other);
                    (lead, own.share(&shared), other.share(&shared))
                })
                .filter(|(_, own, other)| own.max(*other) >= COPY)
                // The earlier of two equals.
                .max_by(|a, b| a.1.max(a.2).total_cmp(&b.1.max(b.2)).then(b.0.cmp(&a.0)));
            if let Some((lead, share, of_lead)) = best {
                lead_of[rank] = lead;
                groups.entry(order[lead]).or_default().push(Echo {
                    article,
                    share,
                    of_lead,
                });
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
        copies
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

/// Pairs of ranks `(later, earlier)` of texts that share a choice, sorted; a pair stands once for each. Of the many texts that may
/// share a choice, each is paired with the one before it and with the first: enough to reach the lead of a group, and linear.
fn neighbours(order: &[usize], texts: &[Text]) -> Vec<(u32, u32)> {
    let mut choices: Vec<(u64, u32)> = order
        .iter()
        .enumerate()
        .flat_map(|(rank, &at)| texts[at].choices.iter().map(move |&run| (run, rank as u32)))
        .collect();
    choices.par_sort_unstable();
    let mut pairs = Vec::new();
    for sharing in choices.chunk_by(|a, b| a.0 == b.0) {
        let first = sharing[0].1;
        for two in sharing.windows(2) {
            pairs.push((two[1].1, two[0].1));
            if two[0].1 != first {
                pairs.push((two[1].1, first));
            }
        }
    }
    pairs.par_sort_unstable();
    pairs
}

/// What is kept of a text to find those it may be compared with.
struct Text {
    words: usize,
    /// Chosen runs, sorted, each once.
    choices: Vec<u64>,
}

impl Text {
    fn choose(prose: &str) -> Self {
        let words = words(prose);
        let runs = runs(&words);
        let mut choices: Vec<u64> = match runs.len() {
            0 => Vec::new(),
            short if short < WINDOW => runs.iter().min().copied().into_iter().collect(),
            _ => runs
                .windows(WINDOW)
                .filter_map(|window| window.iter().min().copied())
                .collect(),
        };
        choices.sort_unstable();
        choices.dedup();
        Self {
            words: words.len(),
            choices,
        }
    }
}

/// All runs of a text.
struct Runs {
    words: usize,
    in_order: Vec<u64>,
    sorted: Vec<u64>,
}

impl Runs {
    fn new(prose: &str) -> Self {
        let words = words(prose);
        let in_order = runs(&words);
        let mut sorted = in_order.clone();
        sorted.sort_unstable();
        sorted.dedup();
        Self {
            words: words.len(),
            in_order,
            sorted,
        }
    }

    /// The runs that both have, sorted.
    fn in_common(&self, other: &Self) -> Vec<u64> {
        let (few, many) = if self.sorted.len() < other.sorted.len() {
            (&self.sorted, &other.sorted)
        } else {
            (&other.sorted, &self.sorted)
        };
        let shared = few.iter().filter(|run| many.binary_search(run).is_ok());
        shared.copied().collect()
    }

    /// Share of the words that stand in one of the runs.
    fn share(&self, shared: &[u64]) -> f64 {
        let mut covered = 0;
        // Words before this index are counted.
        let mut counted = 0;
        for (at, run) in self.in_order.iter().enumerate() {
            if shared.binary_search(run).is_ok() {
                covered += at + RUN - counted.max(at);
                counted = at + RUN;
            }
        }
        covered as f64 / self.words.max(1) as f64
    }
}

/// The folded words of a text, as hashes: runs of letters and digits.
fn words(prose: &str) -> Vec<u64> {
    let mut words = Vec::new();
    let mut word = String::new();
    let hasher = SipHasher13::new();
    for c in prose.chars().chain([' ']) {
        if c.is_alphanumeric() {
            word.push(fold_char(c));
        } else if !word.is_empty() && !is_combining(c) {
            words.push(hasher.hash(word.as_bytes()));
            word.clear();
        }
    }
    words
}

/// Each run of words, as a hash.
fn runs(words: &[u64]) -> Vec<u64> {
    let mixed = |run: &[u64]| {
        // Odd, with its bits spread evenly: the fractional part of the golden ratio.
        const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;
        let mut hash = 0_u64;
        for &word in run {
            hash = (hash.rotate_left(23) ^ word).wrapping_mul(SPREAD);
        }
        hash ^ (hash >> 29)
    };
    words.windows(RUN).map(mixed).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use proptest::prelude::*;

    use super::*;
    use crate::source::Source;

    fn article(id: &str, date: &str, text: &str) -> Article {
        Article {
            id: id.to_owned(),
            path: format!("{id}.txt"),
            source: None,
            date: date.parse().ok(),
            title: None,
            url: None,
            text: Arc::new(Source::new(id, text)),
            prose: text.into(),
            headings: Vec::new(),
        }
    }

    /// A text of invented words, the same for the same seed; no two seeds share a word.
    fn story(seed: usize, words: usize) -> String {
        let words = (0..words).map(|nth| format!("w{seed}x{nth}"));
        words.collect::<Vec<_>>().join(" ")
    }

    /// Groups as `lead: echo share of_lead, …`, shares in per cent.
    fn found(articles: &[Article]) -> Vec<String> {
        let copies = Copies::find(articles);
        let percent = |share: f64| (share * 100.0).round();
        copies
            .groups()
            .iter()
            .map(|group| {
                let echoes = group.echoes.iter().map(|echo| {
                    let id = &articles[echo.article].id;
                    format!("{id} {} {}", percent(echo.share), percent(echo.of_lead))
                });
                let echoes = echoes.collect::<Vec<_>>().join(", ");
                format!("{}: {echoes}", articles[group.lead].id)
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
        let copies = Copies::find(&articles);
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
        let articles: Vec<Article> = (0..1000)
            .flat_map(|nth| {
                [
                    article(&format!("c{nth:04}"), "", &wire),
                    article(&format!("o{nth:04}"), "", &story(nth + 1, 80)),
                ]
            })
            .collect();
        let copies = Copies::find(&articles);
        assert_eq!(copies.groups().len(), 1);
        assert_eq!(copies.groups()[0].echoes.len(), 999);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn the_order_of_the_articles_does_not_matter(
            parts in prop::collection::vec(prop::collection::vec(0_usize..5, 1..4), 0..8),
            turn in 0_usize..8,
        ) {
            let mut articles: Vec<Article> = parts
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
            let copies = Copies::find(&articles);
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
        }
    }
}
