//! Word lists of general English: what a word does in a sentence, whatever the topic.
//!
//! The lists come from a study on ten labelled news topics; they hold function words, cues of negation and denial, and
//! verbs of speech, never words of a topic.

use std::collections::HashMap;
use std::sync::OnceLock;

use foldhash::fast::FixedState;

macro_rules! classes {
    ($($(#[$doc:meta])* $name:ident = $bit:expr, $words:expr;)*) => {
        impl Classes {
            $($(#[$doc])* pub const $name: Classes = Classes(1 << $bit);)*
        }
        const LISTS: &[(Classes, &str)] = &[$((Classes::$name, $words)),*];
    };
}

/// The set of classes that a word belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Classes(u64);

impl Classes {
    /// Whether the word is in any of the classes of `other`.
    pub fn any(self, other: Classes) -> bool {
        self.0 & other.0 != 0
    }

    /// Both sets together.
    pub const fn or(self, other: Classes) -> Classes {
        Classes(self.0 | other.0)
    }
}

classes! {
    /// Words that say nothing of the subject; they match only themselves and are no units of a wording.
    STOP = 0, "'d 'll 'm 're 's 've a about according across added adding after again against allegedly also although am amid \
        among an and another any apparently are around as at be because been before being between but by can cannot could d \
        did do does doing done down during each either even ever every few for from had has have having he her here hers \
        herself him himself his how i if in into is it its itself just least less ll m many may me might mine more most much \
        must my myself n't neither never no nobody non none nor not nothing nowhere of off on one's only onto or other ought our \
        ours ourselves out over per re report reported reportedly reports s said say saying says shall she should since so \
        some still such t tell telling tells than that the their theirs them themselves then there these they this those \
        though through till to told too toward towards under unless until up upon us ve very via was we were what when where \
        whether which while who whom whose why will with without would yet you your yours";
    /// Stop words that still count a little in a wording.
    SOFT = 1, "after again against before down even many more much no off only out over own report reported reports said say \
        says still told under up very without";
    /// Direct negators.
    NEGDIR = 2, "barely cannot hardly n't neither never no nobody non none nor not nothing scarcely without";
    /// Verbs that imply a negation before `to` or `of`.
    IMPLNEG = 3, "decline declined declines declining fail failed failing fails refuse refused refuses refusing unable";
    /// Nouns and adjectives that do so.
    NEGNOUN = 34, "failure inability refusal unwilling unwillingness";
    /// Denials.
    DENY = 4, "contradict contradicted contradicting contradicts debunk debunked debunking debunks denial denials denied denies deny \
        denying disavow disavowed disavows discredit discredited discrediting disprove disproved disproven disproves disproving dispute \
        disputed disputes disputing quash quashed rebut rebuts rebutted rebutting refute refuted refutes refuting repudiate repudiated";
    /// Denials only of something said ("rejected the claim", not "rejected the offer").
    DENYOBJ = 5, "brush brushed brushes counter countered counters dismiss dismissed dismisses dismissing downplay downplayed \
        downplays laugh laughed laughs poured pours reject rejected rejecting rejects rubbished rubbishes scoff scoffed scoffs shrug \
        shrugged shrugs slam slammed slams trash trashed trashes";
    /// Things said.
    SPEECH = 6, "account accounts accusation accusations allegation allegations assertion assertions charge charges claim claims \
        hypothesis idea notion possibility report reports rumor rumors rumour rumours speculation statement statements stories story suggestion \
        suggestions suspicion suspicions tale tales talk theories theory version versions";
    /// Judgements of falsity.
    FALSE = 7, "absurd baseless bogus concocted concoction debunked doubtful erroneous fabricated fabrication fake false falsely \
        fictional fictitious figment groundless hoax inaccurate incorrect invented lie lies ludicrous myth nonsense ridiculous rubbish \
        spurious unfounded unlikely untrue untruth untruths";
    /// Judgements of falsity where they are made of something said ("called the report wrong").
    FALSEOBJ = 23, "fantasy fiction invention scaremongering wrong";
    /// Conjunctions that bound a negation's scope.
    BOUND = 8, "after although as because before but despite however if since though unless until when where whereas which while \
        who";
    /// Words that end a denial.
    DENYSTOP = 9, "although but despite except however instead though yet";
    /// Attitudes: "did not want X" does not deny X, "did not want to do X" does.
    ATTITUDE = 10, "appreciate care enjoy like likes mind want wants wish wishes";
    /// Personal pronouns that can be a subject.
    PRONOUN = 11, "he she it they we i you this that these those";
    /// Forms of be.
    BE = 12, "am are be been being is was were";
    /// Auxiliaries and modals.
    AUXILIARY = 13, "am are be been being can could did do does had has have is may might must shall should was were will would";
    /// Verbs and words of coming to be: "did not happen" negates what stands before it.
    HAPPEN = 14, "happen happened happening happens occur occurred occurs place exist existed exists true";
    /// Verbs of speech at which a leftward scope ends.
    SAID = 15, "said say says told";
    /// Verbs that report a clause: what somebody does not say is left open.
    REPORTING = 20, "say says said tell tells told claim claims claimed report reports reported announce announces announced \
        warn warns warned suggest suggests suggested admit admits admitted mention mentions mentioned complain complains \
        complained argue argues argued insist insists insisted maintain maintains maintained allege alleges alleged scoff grumble \
        swear swears swore wrote";
    /// Verbs of thought and perception: who does not see or think a thing leaves the whole of it open.
    PERCEIVING = 21, "believe believes expect expects hear hears see sees think thinks";
    /// Words that may say that something is not known.
    UNKNOWN = 22, "air ascertain ascertained authenticate authenticated balance certain clarity clear confirm confirmation confirmed \
        confirms corroborate corroborated details determine determined establish established guess idea inconclusive information knew \
        know known knows mystery open question said say says seen substantiated sure tell told uncertain unclear unconfirmed undetermined unknown \
        unverified verified verifies verify word";
    /// Units of time, distance and money: a number before one counts that unit.
    UNIT_NOUN = 16, "percent per year years month months week weeks day days hour hours minute minutes second seconds decade \
        decades century centuries mile miles kilometer kilometers kilometre kilometres km meter meters metre metres foot feet \
        inch inches yard yards dollar dollars euro euros pound pounds cent cents strong am pm a.m p.m cm mm kg";
    /// Amounts without a value.
    VAGUE = 17, "several many numerous few dozens hundreds";
    /// Possessive determiners.
    POSSESSIVE = 18, "its his her their our my your";
    /// Nouns of things feared, hoped, rumoured or demanded.
    MENTION = 24, "call calls chance chances concern concerns danger demand demands dream dreams fear fears gossip hope hopes \
        likelihood possibility pressure prospect prospects risk risks rumor rumors rumour rumours speculation suspicion \
        suspicions talk worries worry";
    /// Verbs of belief, in the forms that follow "had" or stand alone in the past.
    BELIEVED = 25, "assumed believed expected feared guessed hoped imagined supposed suspected thought";
    /// Verbs of demanding: what is demanded is not said to be so.
    DEMANDING = 26, "call called calling calls demand demanded demanding demands";
    /// Verbs of weighing what may be done.
    WEIGHING = 27, "consider considered considering considers contemplate contemplated contemplates contemplating mull mulled \
        mulling mulls weighing";
    /// Verbs of asking and wishing: what they have somebody do is not done.
    WISHING = 35, "ask asked asking asks beg begged begging begs encourage encouraged encourages encouraging implore implored implores \
        invite invited invites plead pleaded pleads urge urged urges urging want wanted wanting wants wish wished wishes";
    /// Words of trying and offering: what follows is not done yet.
    TRYING = 36, "attempt attempted attempting attempts offer offered offering offers prepared press pressed presses pressing ready \
        tempted tried tries try trying willing";
    /// Nouns of what somebody may do.
    ENABLING = 37, "authority chance motion opportunity permission power powers right";
    /// Other words that may open what is not asserted, see [`assertion`](super::assertion).
    OPENER = 28, "afraid anxious any anybody anyone apologise apologised apologises apologize apologized apologizes applied applies apply applying \
        at await awaiting awaits case close closer concerned contrary declined declines depict depicted depicting depicts despite \
        difficult discussions doubt doubted doubtful doubts fear feared fears few first had hard hope hoped hopes if imagine imagined imagines \
        imagining initially mistaken mistook must need needed needs negotiations off once originally ought out passed pending refused refuses \
        rehearsed rehearses rehearsing retract retracted retracts rule ruled rules ruling seek seeking seeks should simulated \
        simulates simulating sought taken talks thinking threaten threatened threatening threatens unless used wait waited waiting \
        waits were whether whoever withdraw withdrawn withdraws withdrew worried would";
    /// Verbs that free somebody of what follows "of". Not "clear", which mostly is an adjective.
    CLEARING = 29, "absolve absolved absolves acquit acquits acquitted cleared clears exonerate exonerated exonerates";
    /// Verbs that give up a plan.
    DROPPING = 30, "abandon abandoned abandoning abandons axed cancel canceled cancelled cancels ditch ditched ditches drop dropped \
        dropping drops reverse reversed reverses scrap scrapped scrapping scraps shelve shelved shelves withdraw \
        withdrawn withdraws withdrew";
    /// Other words that may imply a negation, see `implied.rs`.
    IMPLYING = 31, "almost anything avert averted averting averts avoid avoided avoiding avoids back backed backing backs call called  \
        calling calls came cold come comes fail failed fails fall fallen falls fell gave give given gives giving innocent instead nearly off  \
        out pull pulled pulling pulls rather refuse refused refuses refusing rule ruled rules ruling stop stopped stops  \
        withheld withhold withholds";
    /// Verbs of keeping somebody from doing what follows "from".
    PREVENTING = 32, "abstain abstained abstains ban banned banning bans bar barred barring bars block blocked blocking blocks \
        deter deterred deterring deters discourage discouraged discourages dissuade dissuaded dissuades exempt exempted exempts \
        hinder hindered hinders keep keeping keeps kept prevent prevented preventing prevents prohibit prohibited prohibiting \
        prohibits refrain refrained refraining refrains save saved saves stop stopped stopping stops";
    /// Words of opposing that may stand before an act: "against closing it", "opposed to closing it".
    OPPOSING = 33, "against opposed opposition";
    /// Comparisons: the number after one belongs to something else.
    COMPARE = 19, "compared versus";
}

/// The classes of a folded word.
pub fn classes(word: &str) -> Classes {
    // Only these words are ever entered, so a fixed seed does no harm.
    type Table = HashMap<&'static str, Classes, FixedState>;
    static TABLE: OnceLock<Table> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        let mut table = Table::default();
        for (class, words) in LISTS {
            for word in words.split_whitespace() {
                let entry = table.entry(word).or_default();
                *entry = entry.or(*class);
            }
        }
        table
    });
    table.get(word).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_may_be_in_several_classes() {
        let never = classes("never");
        assert!(
            never.any(Classes::STOP) && never.any(Classes::NEGDIR) && !never.any(Classes::SOFT)
        );
        assert!(!classes("turbine").any(Classes::STOP.or(Classes::DENY)));
    }
}
