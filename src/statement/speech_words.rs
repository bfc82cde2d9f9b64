//! Word lists of [`voice`](super::voice): general English of the news, sorted, in small letters.
//!
//! A word may stand in several lists; what a list means for the reading is said at its name.

use std::sync::LazyLock;

use crate::text::short_map::{SHORT, ShortMap, ShortWord};

/// A list of words with its place among the lists.
#[derive(Clone, Copy, Debug)]
pub(super) struct List {
    bit: u8,
    words: &'static [&'static str],
}

/// The lists that a word stands in. Looked up once a word: asking thirty lists one by one took nine tenths of the reading.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Lists(u64);

impl Lists {
    /// The lists of a word, in whatever case.
    pub(super) fn of(word: &str) -> Self {
        static LISTS: LazyLock<ShortMap<u64>> = LazyLock::new(|| {
            let mut lists = ShortMap::default();
            for list in ALL {
                for &word in list.words {
                    let word = ShortWord::of(word).expect("internal: no listed word is longer");
                    let before = lists.get(word).unwrap_or_default();
                    lists.insert(word, before | 1 << list.bit);
                }
            }
            lists
        });
        let mut small = [0; SHORT + 1];
        let mut len = 0;
        if word.is_ascii() {
            let Some(place) = small.get_mut(..word.len()) else {
                return Self::default();
            };
            place.copy_from_slice(word.as_bytes());
            small.make_ascii_lowercase();
            len = word.len();
        } else {
            for c in word.chars() {
                let Some(place) = small.get_mut(len) else {
                    return Self::default();
                };
                *place = match c {
                    '’' => b'\'',
                    c if c.is_ascii() => c.to_ascii_lowercase() as u8,
                    _ => return Self::default(),
                };
                len += 1;
            }
        }
        let lists = ShortWord::new(small, len).and_then(|word| LISTS.get(word));
        Self(lists.unwrap_or_default())
    }

    /// Exactly these.
    pub(super) const fn all(lists: &[List]) -> Self {
        let (mut bits, mut at) = (0, 0);
        while at < lists.len() {
            bits |= 1 << lists[at].bit;
            at += 1;
        }
        Self(bits)
    }

    /// Whether the list is among them.
    #[inline]
    pub(super) fn has(self, list: List) -> bool {
        self.0 >> list.bit & 1 == 1
    }

    /// Whether any of the others is among them.
    #[inline]
    pub(super) fn any(self, others: Lists) -> bool {
        self.0 & others.0 != 0
    }
}

/// A word of none of these makes nothing less than certain. "Yet" and "reports" do so in some company, and stand in the first two.
pub(super) const MAY_HEDGE: Lists = Lists::all(&[
    AND, SPEAKER_NOUNS, HEDGE_SENTENCE, HEDGE_CLAUSE, HEDGE_PART, HEDGE_MODAL, BELIEVED, SEEMING,
]);

/// Lists of whom and what a sentence may be about.
pub(super) const SOMEBODY: Lists = Lists::all(&[SPEAKER_NOUNS, BODIES, PEOPLE, PLACES]);

/// Every list, at the place that its bit says.
const ALL: [List; 40] = [
    AND, BE, BETWEEN, DENIED_HELP, NO_VERB_AFTER, BEFORE_SAYING, RESUMES, SUBORDINATE, CONTRAST, DETERMINERS, ARTICLES,
    PRONOUNS, THIRD_PERSONS, OBJECTS, PREPOSITIONS, INNER, TIMES, NOT_NOMINAL, FINITE, SAID, BARE, SAYING, QUOTING,
    NOUN_TOO, TELLING, COMMITTING, INVERTIBLE, PASSIVE_SAID, TITLES, OFFICES, PEOPLE, BODIES, PLACES, SPEAKER_NOUNS,
    HEDGE_SENTENCE, HEDGE_CLAUSE, HEDGE_PART, HEDGE_MODAL, BELIEVED, SEEMING,
];

/// Joins two things.
pub(super) const AND: List = List { bit: 0, words: &[
    "and", "but", "or", "yet",
] };

/// Forms of "be".
pub(super) const BE: List = List { bit: 1, words: &[
    "am", "are", "be", "been", "being", "is", "isn't", "was", "wasn't", "were", "weren't",
] };

/// Stand between a subject and its verb.
pub(super) const BETWEEN: List = List { bit: 2, words: &[
    "again", "all", "already", "also", "always", "am", "are", "be", "been", "being", "both", "did", "earlier", "even",
    "eventually", "ever", "first", "further", "had", "has", "have", "he'd", "herself", "himself", "however", "is", "just",
    "later", "meanwhile", "never", "nevertheless", "nonetheless", "now", "often", "once", "only", "openly", "repeatedly",
    "sometimes", "still", "sure", "themself", "themselves", "then", "though", "too", "twice", "was", "were", "will",
] };

/// Before a verb of saying: nothing is said.
pub(super) const DENIED_HELP: List = List { bit: 3, words: &[
    "can", "can't", "cannot", "could", "couldn't", "did", "didn't", "do", "does", "doesn't", "don't", "may", "might", "must",
    "never", "not", "should", "shouldn't", "to", "will", "won't", "would", "wouldn't",
] };

/// After these, a word that looks like a verb of saying is a noun, or says nothing.
pub(super) const NO_VERB_AFTER: List = List { bit: 4, words: &[
    "a", "an", "can", "cannot", "could", "couldn't", "didn't", "doesn't", "don't", "her", "his", "its", "may", "might",
    "must", "my", "no", "not", "of", "our", "should", "that's", "the", "their", "these", "those", "to", "won't", "would",
    "wouldn't", "your",
] };

/// May stand before "saying".
pub(super) const BEFORE_SAYING: List = List { bit: 5, words: &[
    "and", "as", "but", "by", "or", "then", "while",
] };

/// Begin something new after an attribution.
pub(super) const RESUMES: List = List { bit: 6, words: &[
    "according", "although", "but", "though", "whereas", "while",
] };

/// Open a clause that another follows.
pub(super) const SUBORDINATE: List = List { bit: 7, words: &[
    "after", "although", "as", "because", "before", "if", "once", "since", "though", "unless", "until", "when", "whereas",
    "whether", "while",
] };

/// After a comma: the next clause is somebody else's.
pub(super) const CONTRAST: List = List { bit: 8, words: &[
    "although", "but", "however", "though", "whereas", "while", "yet",
] };

/// Begin a noun phrase.
pub(super) const DETERMINERS: List = List { bit: 9, words: &[
    "a", "all", "an", "another", "any", "both", "each", "every", "few", "her", "his", "its", "many", "most", "my", "no",
    "one", "our", "several", "some", "such", "that", "the", "their", "these", "this", "those", "three", "two", "your",
] };

/// Cut off from the front of a name.
pub(super) const ARTICLES: List = List { bit: 10, words: &[
    "a", "all", "an", "and", "another", "any", "both", "but", "despite", "each", "every", "few", "including", "many", "most",
    "no", "now", "once", "several", "some", "such", "that", "the", "these", "this", "those",
] };

/// Stand for a name.
pub(super) const PRONOUNS: List = List { bit: 11, words: &[
    "anyone", "everybody", "everyone", "he", "i", "it", "nobody", "she", "somebody", "someone", "they", "we", "who", "you",
] };

/// Pronouns that point back.
pub(super) const THIRD_PERSONS: List = List { bit: 12, words: &[
    "he", "it", "she", "they",
] };

/// Pronouns that are told something.
pub(super) const OBJECTS: List = List { bit: 13, words: &[
    "her", "him", "it", "me", "them", "us", "you",
] };

/// Join a phrase to a noun, or to a verb.
pub(super) const PREPOSITIONS: List = List { bit: 14, words: &[
    "about", "above", "across", "after", "against", "ahead", "along", "amid", "among", "around", "as", "at", "before",
    "behind", "below", "beneath", "beside", "between", "beyond", "by", "despite", "down", "during", "following", "for",
    "from", "in", "inside", "into", "like", "near", "of", "off", "on", "onto", "out", "outside", "over", "per", "since",
    "through", "throughout", "till", "to", "toward", "towards", "under", "until", "up", "upon", "via", "with", "within",
    "without",
] };

/// Prepositions that join two nouns of one name.
pub(super) const INNER: List = List { bit: 15, words: &[
    "at", "for", "from", "in", "of", "on", "with",
] };

/// Say when, not who.
pub(super) const TIMES: List = List { bit: 16, words: &[
    "afternoon", "ago", "apr", "april", "aug", "august", "day", "days", "dec", "december", "earlier", "evening", "feb",
    "february", "friday", "hour", "hours", "jan", "january", "jul", "july", "jun", "june", "last", "late", "later", "mar",
    "march", "may", "meanwhile", "minutes", "monday", "month", "months", "morning", "next", "night", "nov", "november", "oct",
    "october", "saturday", "sep", "sept", "september", "sunday", "this", "thursday", "time", "today", "tonight", "tuesday",
    "wednesday", "week", "weeks", "year", "years", "yesterday",
] };

/// Never part of a noun phrase.
pub(super) const NOT_NOMINAL: List = List { bit: 17, words: &[
    "according", "although", "am", "and", "are", "aren't", "be", "because", "been", "being", "but", "can", "can't", "cannot",
    "could", "couldn't", "did", "didn't", "do", "does", "doesn't", "don't", "either", "had", "hadn't", "has", "hasn't",
    "have", "haven't", "how", "however", "if", "is", "isn't", "may", "might", "must", "n't", "neither", "nor", "not", "or",
    "said", "says", "shall", "should", "shouldn't", "so", "than", "that", "then", "there", "though", "unless", "was",
    "wasn't", "were", "weren't", "what", "when", "where", "whereas", "whether", "which", "while", "whose", "why", "will",
    "won't", "would", "wouldn't", "yet",
] };

/// A clause has one of these, or a phrase has none.
pub(super) const FINITE: List = List { bit: 18, words: &[
    "are", "aren't", "can", "can't", "cannot", "could", "couldn't", "did", "didn't", "do", "does", "doesn't", "don't", "had",
    "has", "hasn't", "have", "haven't", "is", "isn't", "may", "might", "must", "shall", "should", "was", "wasn't", "were",
    "weren't", "will", "won't", "would", "wouldn't",
] };

/// Finite verbs of saying.
pub(super) const SAID: List = List { bit: 19, words: &[
    "accuse", "accused", "accuses", "acknowledge", "acknowledged", "acknowledges", "add", "added", "adds", "admit", "admits",
    "admitted", "affirm", "affirmed", "affirms", "allege", "alleged", "alleges", "announce", "announced", "announces",
    "argue", "argued", "argues", "ask", "asked", "asks", "assert", "asserted", "asserts", "assure", "assured", "assures",
    "believe", "believed", "believes", "boast", "boasted", "boasts", "caution", "cautioned", "cautions", "claim", "claimed",
    "claims", "commented", "complain", "complained", "complains", "concede", "conceded", "concedes", "conclude", "concluded",
    "concludes", "confirm", "confirmed", "confirms", "contend", "contended", "contends", "counter", "countered", "counters",
    "declare", "declared", "declares", "denied", "denies", "deny", "disclose", "disclosed", "discloses", "emphasise",
    "emphasised", "emphasises", "emphasize", "emphasized", "emphasizes", "estimate", "estimated", "estimates", "exclaimed",
    "exclaims", "explain", "explained", "explains", "fear", "feared", "fears", "hint", "hinted", "hints", "hope", "hoped",
    "hopes", "implied", "implies", "imply", "indicate", "indicated", "indicates", "inform", "informed", "informs", "insist",
    "insisted", "insists", "joke", "joked", "jokes", "maintain", "maintained", "maintains", "mention", "mentioned",
    "mentions", "note", "noted", "notes", "observed", "observes", "pledge", "pledged", "pledges", "predict", "predicted",
    "predicts", "proclaim", "proclaimed", "proclaims", "promise", "promised", "promises", "propose", "proposed", "proposes",
    "quip", "quipped", "quips", "reaffirm", "reaffirmed", "reaffirms", "recall", "recalled", "recalls", "recount",
    "recounted", "recounts", "reiterate", "reiterated", "reiterates", "remark", "remarked", "remarks", "remind", "reminded",
    "reminds", "repeated", "repeats", "replied", "replies", "reply", "report", "reported", "reports", "respond", "responded",
    "responds", "retort", "retorted", "retorts", "reveal", "revealed", "reveals", "said", "say", "says", "screamed",
    "screams", "shouted", "shouts", "speculate", "speculated", "speculates", "state", "stated", "states", "stress",
    "stressed", "stresses", "suggest", "suggested", "suggests", "swear", "swears", "swore", "tell", "tells", "testified",
    "testifies", "testify", "theorise", "theorised", "think", "thinks", "thought", "told", "tweet", "tweeted", "tweets",
    "underline", "underlined", "underlines", "underscore", "underscored", "underscores", "urge", "urged", "urges", "vow",
    "vowed", "vows", "warn", "warned", "warns", "wonder", "wondered", "wonders", "write", "writes", "wrote", "yelled",
    "yells",
] };

/// Verbs of saying that need a subject of their own: without one they follow "to".
pub(super) const BARE: List = List { bit: 20, words: &[
    "accuse", "acknowledge", "add", "admit", "affirm", "allege", "announce", "argue", "ask", "assert", "assure", "believe",
    "boast", "caution", "claim", "complain", "concede", "conclude", "confirm", "contend", "counter", "declare", "deny",
    "disclose", "emphasise", "emphasize", "estimate", "explain", "fear", "hint", "hope", "imply", "indicate", "inform",
    "insist", "joke", "maintain", "mention", "note", "pledge", "predict", "proclaim", "promise", "propose", "quip",
    "reaffirm", "recall", "recount", "reiterate", "remark", "remind", "reply", "report", "respond", "retort", "reveal", "say",
    "speculate", "state", "stress", "suggest", "swear", "tell", "testify", "think", "tweet", "underline", "underscore",
    "urge", "vow", "warn", "wonder", "write",
] };

/// Verbs of saying in -ing.
pub(super) const SAYING: List = List { bit: 21, words: &[
    "acknowledging", "adding", "admitting", "affirming", "alleging", "announcing", "arguing", "asserting", "boasting",
    "claiming", "complaining", "conceding", "concluding", "confirming", "contending", "declaring", "denying", "emphasising",
    "emphasizing", "explaining", "hinting", "implying", "indicating", "insisting", "joking", "maintaining", "mentioning",
    "noting", "pledging", "predicting", "proclaiming", "promising", "proposing", "recalling", "reiterating", "remarking",
    "reminding", "repeating", "replying", "reporting", "revealing", "saying", "stating", "stressing", "suggesting", "telling",
    "testifying", "tweeting", "underlining", "urging", "vowing", "warning", "writing",
] };

/// Verbs that make the quotation after them the subject's.
pub(super) const QUOTING: List = List { bit: 22, words: &[
    "blasted", "branded", "called", "calls", "condemned", "criticised", "criticized", "denounced", "denounces", "described",
    "describes", "dismissed", "dismisses", "dubbed", "expressed", "expresses", "hailed", "hails", "labeled", "labelled",
    "lauded", "mocked", "praised", "praises", "ridiculed", "slammed", "slams", "voiced",
] };

/// Verbs of saying that may be nouns in this form.
pub(super) const NOUN_TOO: List = List { bit: 23, words: &[
    "alleged", "answer", "answers", "believed", "boast", "boasts", "claim", "claims", "counter", "counters", "estimate",
    "estimated", "estimates", "fear", "fears", "hint", "hints", "hope", "hopes", "joke", "jokes", "mention", "mentions",
    "note", "notes", "pledge", "pledges", "promise", "promises", "quip", "quips", "remark", "remarks", "report", "reported",
    "reports", "screams", "shouts", "state", "stated", "states", "stress", "stresses", "suspected", "thought", "tweet",
    "tweets", "vow", "vows", "wonder", "wonders", "yells",
] };

/// Take the hearer as their object.
pub(super) const TELLING: List = List { bit: 24, words: &[
    "accuse", "accused", "accuses", "ask", "asked", "asks", "assure", "assured", "assures", "inform", "informed", "informs",
    "remind", "reminded", "reminds", "tell", "tells", "told", "urge", "urged", "urges", "warn", "warned", "warns",
] };

/// Say something with "to" and a verb.
pub(super) const COMMITTING: List = List { bit: 25, words: &[
    "asked", "asks", "claim", "claimed", "claims", "pledge", "pledged", "pledges", "promise", "promised", "promises",
    "propose", "proposed", "proposes", "swear", "swears", "swore", "threatened", "threatens", "urged", "urges", "vow",
    "vowed", "vows", "warned",
] };

/// May stand before their subject.
pub(super) const INVERTIBLE: List = List { bit: 26, words: &[
    "added", "adds", "admitted", "announced", "argued", "argues", "asked", "asks", "claimed", "claims", "confirmed",
    "declared", "explained", "explains", "insisted", "insists", "joked", "noted", "notes", "recalled", "remarked", "replied",
    "reported", "reports", "said", "say", "says", "stated", "tweeted", "warned", "warns", "writes", "wrote",
] };

/// In the passive, with nobody named.
pub(super) const PASSIVE_SAID: List = List { bit: 27, words: &[
    "alleged", "announced", "claimed", "confirmed", "reported", "revealed", "said", "suggested", "told",
] };

/// Stand before a name and are no part of it.
pub(super) const TITLES: List = List { bit: 28, words: &[
    "adm", "admiral", "adviser", "advisor", "ambassador", "archbishop", "attorney", "ayatollah", "bishop", "brig", "capt",
    "captain", "ceo", "cfo", "chairman", "chairwoman", "chancellor", "chief", "cmdr", "coach", "col", "colonel", "commander",
    "commissioner", "congressman", "congresswoman", "correspondent", "councillor", "counterpart", "dame", "defendant",
    "deputy", "detective", "director", "doctor", "dr", "editor", "envoy", "executive", "father", "former", "gen", "general",
    "gov", "governor", "imam", "inspector", "journalist", "judge", "justice", "king", "lady", "lawyer", "leader",
    "lieutenant", "lord", "lt", "maj", "major", "mayor", "minister", "minster", "mother", "mp", "mr", "mrs", "ms", "officer",
    "officers", "pope", "president", "prime", "prince", "princess", "prof", "professor", "prosecutor", "queen", "rabbi",
    "rear", "rep", "reporter", "representative", "rev", "reverend", "secretary", "sen", "senator", "sergeant", "sgt",
    "sheikh", "sheriff", "sir", "spokesman", "spokesmen", "spokesperson", "spokeswoman", "superintendent", "treasurer",
    "under-secretary", "undersecretary", "vice", "vice-president", "witness",
] };

/// Follow "Secretary of" and "Chief of".
pub(super) const OFFICES: List = List { bit: 29, words: &[
    "agriculture", "commerce", "defence", "defense", "education", "energy", "health", "homeland", "interior", "justice",
    "labor", "labour", "security", "staff", "state", "transport", "treasury", "war",
] };

/// A person by meaning.
pub(super) const PEOPLE: List = List { bit: 30, words: &[
    "actor", "actress", "adviser", "advisor", "ambassador", "analyst", "attorney", "author", "boss", "boy", "brother",
    "captain", "chairman", "chief", "coach", "commander", "commissioner", "daughter", "defendant", "director", "doctor", "dr",
    "editor", "expert", "farmer", "father", "fiancee", "fisherman", "gen", "girl", "governor", "husband", "insider", "judge",
    "lawmaker", "lawyer", "leader", "legislator", "man", "mayor", "minister", "mother", "mr", "mrs", "ms", "neighbor",
    "neighbour", "officer", "owner", "paramedic", "passenger", "physician", "pilot", "player", "policeman", "policewoman",
    "politician", "president", "professor", "prosecutor", "reporter", "researcher", "resident", "secretary", "senator",
    "sheriff", "sister", "soldier", "son", "source", "spokesman", "spokesperson", "spokeswoman", "student", "teacher",
    "tourist", "victim", "wife", "witness", "woman", "worker",
] };

/// A body of people by meaning.
pub(super) const BODIES: List = List { bit: 31, words: &[
    "administration", "agency", "airline", "airlines", "alliance", "army", "assembly", "association", "authorities",
    "authority", "bank", "board", "broadcaster", "bureau", "cabinet", "center", "centre", "church", "clinic", "club",
    "college", "commission", "committee", "company", "congress", "corporation", "council", "county", "court", "daily",
    "department", "embassy", "federation", "firm", "force", "forces", "foundation", "government", "group", "hospital",
    "house", "inc", "institute", "institution", "journal", "kremlin", "league", "magazine", "ministry", "nation", "nations",
    "network", "news", "newspaper", "office", "organisation", "organization", "paper", "parliament", "party", "pentagon",
    "police", "post", "press", "prosecutors", "publication", "readout", "reuters", "school", "senate", "service", "site",
    "society", "staff", "state", "statement", "states", "studio", "team", "times", "tribunal", "tribune", "tv", "union",
    "university", "website", "weekly",
] };

/// States and their capitals, which speak for governments.
pub(super) const PLACES: List = List { bit: 32, words: &[
    "afghanistan", "ankara", "argentina", "athens", "australia", "austria", "baghdad", "beijing", "belgium", "berlin",
    "brazil", "britain", "brussels", "bulgaria", "cairo", "canada", "canberra", "chile", "china", "colombia", "croatia",
    "cuba", "damascus", "denmark", "egypt", "england", "estonia", "europe", "finland", "france", "germany", "greece",
    "hungary", "india", "indonesia", "iran", "iraq", "ireland", "israel", "italy", "japan", "jerusalem", "kabul", "kenya",
    "kiev", "kyiv", "latvia", "lebanon", "libya", "lithuania", "london", "madrid", "mexico", "moscow", "nato", "netherlands",
    "nigeria", "norway", "ottawa", "pakistan", "paris", "philippines", "poland", "portugal", "prague", "pyongyang", "romania",
    "rome", "russia", "scotland", "seoul", "serbia", "singapore", "spain", "sudan", "sweden", "switzerland", "syria",
    "taiwan", "tehran", "tokyo", "tunisia", "turkey", "uk", "ukraine", "us", "usa", "venezuela", "vienna", "vietnam", "wales",
    "warsaw", "washington", "yemen",
] };

/// Those who speak in the news.
pub(super) const SPEAKER_NOUNS: List = List { bit: 33, words: &[
    "activist", "activists", "administration", "adviser", "advisor", "agency", "airline", "ambassador", "analyst", "analysts",
    "army", "attorney", "authorities", "bank", "blog", "broadcaster", "brother", "captain", "chairman", "chief", "club",
    "coach", "commander", "commission", "commissioner", "committee", "company", "council", "counterpart", "court", "critics",
    "daily", "daughter", "department", "director", "doctor", "doctors", "embassy", "employees", "expert", "experts",
    "families", "family", "father", "firm", "fisherman", "fishermen", "friend", "friends", "government", "governor", "group",
    "head", "hospital", "husband", "insider", "insiders", "investigators", "judge", "lawmaker", "lawmakers", "lawyer",
    "lawyers", "leader", "leaders", "league", "legislator", "legislators", "magazine", "mayor", "media", "military",
    "minister", "ministers", "ministry", "mother", "network", "newspaper", "officer", "officers", "official", "officials",
    "organisation", "organization", "paper", "parents", "party", "passenger", "passengers", "player", "police", "policeman",
    "politician", "politicians", "president", "professor", "prosecutor", "prosecutors", "publication", "readout", "release",
    "report", "reporter", "reporters", "reports", "representative", "representatives", "researcher", "researchers",
    "resident", "residents", "rumor", "rumors", "rumour", "rumours", "scientist", "scientists", "secretary", "senator",
    "sister", "site", "son", "source", "sources", "spokesman", "spokesmen", "spokesperson", "spokeswoman", "staff",
    "statement", "studies", "study", "survey", "team", "union", "university", "victims", "website", "wife", "witness",
    "witnesses", "worker", "workers",
] };

/// Nothing of the sentence is certain.
pub(super) const HEDGE_SENTENCE: List = List { bit: 34, words: &[
    "unconfirmed", "unverified",
] };

/// The clause is somebody's report.
pub(super) const HEDGE_CLAUSE: List = List { bit: 35, words: &[
    "alleged", "allegedly", "ostensibly", "presumably", "purported", "purportedly", "reportedly", "rumor", "rumored",
    "rumors", "rumour", "rumoured", "rumours", "speculation", "supposed", "supposedly",
] };

/// The clause is possible, not certain.
pub(super) const HEDGE_PART: List = List { bit: 36, words: &[
    "apparently", "conceivably", "if", "likely", "may", "maybe", "might", "perhaps", "possible", "possibly", "potentially",
    "probable", "probably", "seem", "seemed", "seemingly", "seems", "suggest", "suggested", "suggesting", "suggests",
    "unclear", "unlikely",
] };

/// Possible, or the past of "will" and "can".
pub(super) const HEDGE_MODAL: List = List { bit: 37, words: &[
    "could", "would",
] };

/// With "be" before and "to" after: a report.
pub(super) const BELIEVED: List = List { bit: 38, words: &[
    "alleged", "believed", "considered", "expected", "feared", "reported", "rumored", "rumoured", "said", "suspected",
    "thought", "understood",
] };

/// With "to" or "that" after: not certain.
pub(super) const SEEMING: List = List { bit: 39, words: &[
    "appear", "appeared", "appears",
] };

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted() {
        for (place, list) in ALL.iter().enumerate() {
            assert_eq!(usize::from(list.bit), place);
            assert!(list.words.is_sorted_by(|a, b| a < b), "{list:?}");
            for word in list.words {
                assert!(word.len() <= 24 && *word == word.to_lowercase(), "{word}");
                assert!(Lists::of(word).has(*list), "{word}");
            }
        }
    }

    #[test]
    fn what_is_asked_word_by_word_may_hedge() {
        for word in ["if", "may", "might", "reports", "yet"] {
            assert!(Lists::of(word).any(MAY_HEDGE), "{word}");
        }
    }

    #[test]
    fn words_are_found_in_their_dress() {
        assert!(Lists::of("Said").has(SAID) && !Lists::of("Said").has(SAYING));
        assert!(Lists::of("DIDN’T").has(DENIED_HELP));
        assert!(!Lists::of("é").has(SAID) && !Lists::of(&"x".repeat(99)).has(SAID));
    }
}
