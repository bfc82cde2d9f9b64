//! Whether a statement counts for an answer by how sure it is told and by whom: the keys `hedged` and `speaker`.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::claim::{AliasGroup, Answers, Claim, SPEAKER_ARTICLE, Testimony};
use crate::statement::Voice;
use crate::statement::voice::Voiced;
use crate::text::fold::{fold, is_combining};

/// Names of more words have no short forms, and speakers of more words are no names.
const LONGEST: usize = 24;
/// What stands behind one of these belongs to the speaker, but does not speak: "the lawyer of the mayor".
const PREPOSITIONS: [&str; 14] = [
    "about", "at", "by", "close", "for", "from", "in", "inside", "near", "of", "on", "to", "with",
    "within",
];

/// Why a statement that fits does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bar {
    /// It is told as possible, reported or unconfirmed.
    Hedged,
    /// It is in the voice of nobody whose statements count.
    Speaker,
}

/// What an answer asks of the voice of a statement.
#[derive(Clone, Debug, Default)]
pub struct Hearing {
    certain: bool,
    speakers: Option<Arc<Speakers>>,
}

/// Whose statements count.
#[derive(Debug, Default)]
struct Speakers {
    article: bool,
    rosters: Vec<Arc<Roster>>,
}

/// The names of one speaker.
#[derive(Debug, Default)]
struct Roster {
    /// Folded words of the names.
    whole: HashSet<String>,
    /// What may be left of a name in capitals when it is named again: its last words.
    short: HashSet<String>,
    /// Names of one word in capitals, as they stand.
    capitals: HashSet<String>,
}

impl Hearing {
    /// Whether every voice counts, so that none need be read.
    pub fn is_open(&self) -> bool {
        !self.certain && self.speakers.is_none()
    }

    /// Why a statement with this voice does not count; `None` where it does.
    pub fn bar(&self, voiced: &Voiced) -> Option<Bar> {
        if self.certain && voiced.hedged {
            return Some(Bar::Hedged);
        }
        let speakers = self.speakers.as_ref()?;
        let heard = match &voiced.voice {
            Voice::Own => speakers.article,
            Voice::Attributed { speaker: None } => false,
            Voice::Attributed {
                speaker: Some(name),
            } => {
                let name = Name::of(name);
                speakers.rosters.iter().any(|roster| roster.holds(&name))
            }
        };
        (!heard).then_some(Bar::Speaker)
    }
}

/// Makes the hearings of a run. Each alias group, and each list of speakers, is read once however many positions use it.
#[derive(Debug, Default)]
pub struct Hearings {
    groups: HashMap<*const (), Groups>,
    speakers: HashMap<(*const (), *const ()), Arc<Speakers>>,
}

/// The alias groups of one set.
#[derive(Debug)]
struct Groups {
    by_name: HashMap<String, Vec<usize>>,
    rosters: HashMap<usize, Arc<Roster>>,
}

impl Hearings {
    /// One for each position of the claim, in their order; a single one where its answers are numbers or dates.
    pub fn of(&mut self, claim: &Claim) -> Vec<Hearing> {
        match &claim.answers {
            Answers::Positions(positions) => positions
                .iter()
                .map(|position| self.hearing(&position.testimony.over(&claim.testimony), claim))
                .collect(),
            _ => vec![self.hearing(&claim.testimony, claim)],
        }
    }

    fn hearing(&mut self, testimony: &Testimony, claim: &Claim) -> Hearing {
        Hearing {
            certain: !testimony.takes_hedged(),
            speakers: testimony
                .speakers
                .as_ref()
                .map(|names| self.speakers(names, &claim.aliases)),
        }
    }

    /// The claims of a run outlive its plan's making, so their addresses tell lists and sets apart.
    fn speakers(&mut self, names: &Arc<[String]>, aliases: &Arc<[AliasGroup]>) -> Arc<Speakers> {
        let set = Arc::as_ptr(aliases).cast::<()>();
        let place = (Arc::as_ptr(names).cast::<()>(), set);
        if let Some(known) = self.speakers.get(&place) {
            return Arc::clone(known);
        }
        let groups = self
            .groups
            .entry(set)
            .or_insert_with(|| Groups::new(aliases));
        let mut speakers = Speakers::default();
        let mut own = Roster::default();
        let mut joined = HashSet::new();
        for name in names.iter() {
            if name == SPEAKER_ARTICLE {
                speakers.article = true;
                continue;
            }
            own.enter(name);
            for &group in groups
                .by_name
                .get(&Name::of(name).key())
                .into_iter()
                .flatten()
            {
                if joined.insert(group) {
                    let roster = groups.rosters.entry(group).or_insert_with(|| {
                        let mut roster = Roster::default();
                        names_of(&aliases[group]).for_each(|name| roster.enter(name));
                        Arc::new(roster)
                    });
                    speakers.rosters.push(Arc::clone(roster));
                }
            }
        }
        speakers.rosters.push(Arc::new(own));
        let speakers = Arc::new(speakers);
        self.speakers.insert(place, Arc::clone(&speakers));
        speakers
    }
}

impl Groups {
    fn new(aliases: &[AliasGroup]) -> Self {
        let mut by_name: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, group) in aliases.iter().enumerate() {
            for name in names_of(group) {
                let groups = by_name.entry(Name::of(name).key()).or_default();
                if groups.last() != Some(&at) {
                    groups.push(at);
                }
            }
        }
        Self {
            by_name,
            rosters: HashMap::new(),
        }
    }
}

fn names_of(group: &AliasGroup) -> impl Iterator<Item = &str> {
    group.names().map(String::as_str)
}

impl Roster {
    fn enter(&mut self, name: &str) {
        let name = Name::of(name);
        if name.is_capitals() {
            self.capitals.insert(name.key());
            return;
        }
        let folded = &name.folded;
        self.whole.insert(folded.join(" "));
        let is_name = name.words.last().is_some_and(|word| has_capital(word));
        if is_name && folded.len() <= LONGEST && name.head() == folded.len() {
            let short = (1..folded.len()).map(|from| folded[from..].join(" "));
            self.short.extend(short);
        }
    }

    /// Whether the speaker is one of these: titles and the like may stand before the name, and a full name may be cut to its end.
    fn holds(&self, speaker: &Name) -> bool {
        let folded = &speaker.folded;
        if folded.len() > LONGEST {
            return false;
        }
        let joints = || (0..folded.len()).filter(|&at| folded[at] == "and");
        let ends = joints().chain([folded.len()]);
        let head = speaker.head();
        for end in ends {
            for from in 0..end.min(head + 1) {
                let begins = from == 0 || folded[from - 1] == "and";
                let part = folded[from..end].join(" ");
                if self.whole.contains(&part)
                    || (begins && self.short.contains(&part))
                    || (end - from == 1 && self.capitals.contains(&speaker.words[from]))
                {
                    return true;
                }
            }
        }
        false
    }
}

/// A name, cut into words.
struct Name {
    words: Vec<String>,
    /// In lower case, without accents.
    folded: Vec<String>,
}

impl Name {
    fn of(text: &str) -> Self {
        let mut words: Vec<String> = text
            .split(|c: char| {
                c.is_whitespace() || matches!(c, '-' | ',' | '/' | '\u{2010}'..='\u{2015}')
            })
            .map(|word| {
                let word = word.trim_matches(|c: char| !c.is_alphanumeric() && !is_combining(c));
                let word = ["'s", "\u{2019}s"]
                    .iter()
                    .find_map(|end| word.strip_suffix(end))
                    .unwrap_or(word);
                // "U.S." is "US", and "O'Brien" one word.
                let kept = |c: &char| c.is_alphanumeric() || is_combining(*c);
                word.chars().filter(kept).collect::<String>()
            })
            .filter(|word| !word.is_empty())
            .collect();
        let fold_all = |words: &[String]| words.iter().map(|word| fold(word)).collect();
        let mut folded: Vec<String> = fold_all(&words);
        if folded.len() > 1 && ["a", "an", "the"].contains(&folded[0].as_str()) {
            words.remove(0);
            folded.remove(0);
        }
        Self { words, folded }
    }

    /// Index of the first preposition, or the number of words.
    fn head(&self) -> usize {
        let mut words = self.folded.iter();
        words
            .position(|word| PREPOSITIONS.contains(&word.as_str()))
            .unwrap_or(self.folded.len())
    }

    /// An abbreviation must be written as one: WHO is not "who".
    fn is_capitals(&self) -> bool {
        match self.words.as_slice() {
            [only] => {
                only.chars().count() > 1
                    && has_capital(only)
                    && !only.chars().any(char::is_lowercase)
            }
            _ => false,
        }
    }

    /// By what names are told to be the same.
    fn key(&self) -> String {
        if self.is_capitals() {
            self.words[0].clone()
        } else {
            self.folded.join(" ")
        }
    }
}

fn has_capital(word: &str) -> bool {
    word.chars().any(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matching::fixture::claims;

    const ALIASES: &str = "aliases:\n  Turkey: [Ankara, Turkish government]\n  World Health Organization: [WHO, health agency]\n";

    fn hearing(keys: &str) -> Hearing {
        let text = format!(
            "topic: T\n{ALIASES}claims:\n  - id: a\n    question: Q?\n    about: [b]\n    quantity: {{of: [c]}}\n{keys}"
        );
        Hearings::default().of(&claims(&text)[0]).remove(0)
    }

    fn hears(speakers: &str, name: &str) -> bool {
        let hearing = hearing(&format!("    speaker: {speakers}\n"));
        let voiced = Voiced {
            voice: Voice::Attributed {
                speaker: Some(name.to_owned()),
            },
            hedged: true,
        };
        hearing.bar(&voiced).is_none()
    }

    #[test]
    fn a_name_is_known_with_titles_before_it_and_by_its_end() {
        for (list, name) in [
            ("[Cavusoglu]", "Mevlut Çavuşoğlu"),
            ("[Mevlut Cavusoglu]", "Cavusoglu"),
            ("[Mevlut Cavusoglu]", "Minister Mevlut Cavusoglu"),
            ("[Turkish Foreign Minister Mevlut Cavusoglu]", "Cavusoglu"),
            ("[Abdul al-Fahd]", "al-Fahd"),
            ("[spokeswoman]", "clinic spokeswoman"),
            ("[the council]", "council"),
            ("[Bank of Harrow]", "Central Bank of Harrow"),
            ("[NBC News]", "NBC News and Boston's WCVB-TV"),
            ("[WCVB-TV]", "NBC News and Boston's WCVB-TV"),
            ("[U.S.]", "US"),
            ("[mayor, police]", "Harrow police"),
            ("[O’Brien]", "Ann O'Brien"),
        ] {
            assert!(hears(list, name), "{list} {name}");
        }
    }

    #[test]
    fn who_only_belongs_to_a_speaker_does_not_speak() {
        for (list, name) in [
            ("[council]", "council spokeswoman"),
            ("[council]", "spokeswoman for the council"),
            ("[Cavusoglu]", "wife of Cavusoglu"),
            ("[Cavusoglu]", "Cavusoglu's wife"),
            ("[John Smith]", "Jane Smith"),
            ("[foreign minister]", "minister"),
            ("[mayor of Harrow]", "Harrow"),
            ("[WHO]", "who"),
            ("[US]", "us"),
            ("[mayor]", "spokesman for the council and mayor"),
            ("[article]", "article"),
            ("[mayor]", ""),
        ] {
            assert!(!hears(list, name), "{list} {name}");
        }
    }

    #[test]
    fn aliases_name_the_same_speaker() {
        for (list, name) in [
            ("[Turkey]", "Ankara"),
            ("[Ankara]", "Turkey"),
            ("[ankara]", "Turkish government"),
            ("[health agency]", "WHO"),
            ("[WHO]", "World Health Organization"),
        ] {
            assert!(hears(list, name), "{list} {name}");
        }
        assert!(!hears("[who]", "World Health Organization"));
        assert!(!hears("[Turkey]", "WHO"));
    }

    #[test]
    fn the_own_voice_counts_where_the_list_holds_article() {
        let own = Voiced::default();
        let nameless = Voiced {
            voice: Voice::Attributed { speaker: None },
            hedged: false,
        };
        assert_eq!(hearing("    speaker: [article]\n").bar(&own), None);
        let mayor = hearing("    speaker: [mayor]\n");
        assert_eq!(mayor.bar(&own), Some(Bar::Speaker));
        assert_eq!(mayor.bar(&nameless), Some(Bar::Speaker));
        let both = hearing("    speaker: [mayor, article]\n");
        assert_eq!(both.bar(&own), None);
        assert_eq!(both.bar(&nameless), Some(Bar::Speaker));
    }

    #[test]
    fn without_the_keys_every_voice_counts() {
        assert!(hearing("").is_open() && hearing("    hedged: true\n").is_open());
        let certain = hearing("    hedged: false\n");
        let hedged = Voiced {
            hedged: true,
            ..Voiced::default()
        };
        assert!(!certain.is_open());
        assert_eq!(certain.bar(&hedged), Some(Bar::Hedged));
        assert_eq!(certain.bar(&Voiced::default()), None);
        assert_eq!(hearing("").bar(&hedged), None);
    }
}
