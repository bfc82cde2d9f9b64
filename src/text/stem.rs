//! Stems: a table of irregular forms, then a light stripper of English inflections.
//!
//! A light stripper serves better than a full stemmer here: Snowball gave the same stance F1 on the development set (.902
//! both) and merges words which an alias must keep apart (commentators, comment).

use std::collections::HashMap;
use std::sync::OnceLock;

use foldhash::fast::FixedState;

/// Irregular forms, the base first; the first line that lists a form gives its base.
const IRREGULAR: &str = "take took taken, say said, tell told, find found, fall fell fallen, run ran, lead led, shoot shot, \
sit sat, seat seated, give gave given, leave left, hold held, keep kept, begin began begun, go went gone, come came, \
bring brought, buy bought, think thought, fight fought, catch caught, teach taught, seek sought, see saw seen, \
know knew known, grow grew grown, throw threw thrown, fly flew flown, show showed shown, draw drew drawn, \
write wrote written, drive drove driven, ride rode ridden, rise rose risen, speak spoke spoken, break broke broken, \
steal stole stolen, choose chose chosen, freeze froze frozen, wear wore worn, tear tore torn, swear swore sworn, \
bear bore borne, win won, hang hung, stick stuck, strike struck, sting stung, swing swung, spin spun, dig dug, \
sing sang sung, ring rang rung, sink sank sunk, drink drank drunk, swim swam swum, shrink shrank shrunk, build built, \
send sent, spend spent, lend lent, bend bent, lose lost, mean meant, meet met, feel felt, deal dealt, sleep slept, \
sweep swept, weep wept, creep crept, flee fled, feed fed, bleed bled, breed bred, speed sped, pay paid, lay laid, \
lie lain, sell sold, make made, hear heard, stand stood, understand understood, withstand withstood, \
get got gotten, forget forgot forgotten, eat ate eaten, beat beaten, bite bit bitten, hide hid hidden, slay slew slain, \
light lit, slide slid, shed shed, become became, overcome overcame, wake woke woken, awake awoke, have had, do did done, \
man men, woman women, child children, wife wives, life lives, knife knives, foot feet, person people, half halves, \
shine shone, stride strode, undergo underwent undergone, undertake undertook undertaken, withdraw withdrew withdrawn, \
forbid forbade forbidden, die died dying dies, deny denied denies, reply replied replies";

/// Verbs and the nouns of what they do, where the noun is spelt too differently to be alike: "resigned", "her resignation". Of verbs that
/// news copy says in both ways, those only whose noun names the act and nothing else ("government" does not).
const NOUNS: &str = "abdicate abdication, abolish abolition, accept acceptance, accuse accusation, acquire acquisition, acquit acquittal, \
admit admission, adopt adoption, agree agreement, annex annexation, announce announcement, apologise apology, \
apologize apology, appear appearance, appoint appointment, approve approval, arrive arrival, assassinate assassination, \
authorise authorisation, authorize authorization, betray betrayal, bury burial, cancel cancellation, choose choice, \
close closure, collide collision, complain complaint, complete completion, concede concession, conclude conclusion, \
confess confession, confirm confirmation, congratulate congratulation, convict conviction, create creation, decide decision, \
deliver delivery, deny denial, demolish demolition, depart departure, deploy deployment, deport deportation, destroy destruction, \
detain detention, die death, disappear disappearance, discover discovery, discuss discussion, dismiss dismissal, \
disrupt disruption, dissolve dissolution, eject ejection, elect election, erupt eruption, evacuate evacuation, \
evict eviction, examine examination, exclude exclusion, execute execution, exempt exemption, expel expulsion, \
explain explanation, explode explosion, expose exposure, extend extension, extradite extradition, fabricate fabrication, \
fail failure, identify identification, impose imposition, imprison imprisonment, indict indictment, injure injury, \
intend intention, intervene intervention, invade invasion, invest investment, investigate investigation, isolate isolation, \
justify justification, legalise legalisation, legalize legalization, liberate liberation, lose loss, \
manipulate manipulation, marry marriage, merge merger, nationalise nationalisation, negotiate negotiation, \
nominate nomination, obstruct obstruction, oppose opposition, pay payment, persecute persecution, pollute pollution, \
postpone postponement, predict prediction, prevent prevention, privatise privatisation, prohibit prohibition, \
promote promotion, propose proposal, prosecute prosecution, prove proof, publish publication, punish punishment, \
ratify ratification, react reaction, recognise recognition, recognize recognition, recommend recommendation, \
reconcile reconciliation, recover recovery, reduce reduction, refuse refusal, register registration, reject rejection, \
relocate relocation, remove removal, renew renewal, replace replacement, resign resignation, resist resistance, \
respond response, restore restoration, restrict restriction, retaliate retaliation, retire retirement, retract retraction, \
revise revision, revoke revocation, rob robbery, seize seizure, sell sale, separate separation, settle settlement, \
submit submission, succeed success, suppress suppression, survive survival, suspend suspension, terminate termination, \
transform transformation, treat treatment, vaccinate vaccination, violate violation, withdraw withdrawal, \
withhold withholding";

// Only these words are ever entered, so a fixed seed does no harm.
type Table = HashMap<&'static str, &'static str, FixedState>;

fn irregular() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut table = Table::default();
        for line in IRREGULAR.split(", ") {
            let mut forms = line.split_whitespace();
            let base = forms
                .next()
                .expect("internal: every line of the table has a base");
            table.entry(base).or_insert(base);
            for form in forms {
                table.entry(form).or_insert(base);
            }
        }
        table
    })
}

/// The verb of a noun of [`NOUNS`], in the singular or the plural.
fn verb_of(word: &str) -> Option<&'static str> {
    static TABLE: OnceLock<Table> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        let pairs = NOUNS.split(", ").filter_map(|pair| pair.split_once(' '));
        pairs.map(|(verb, noun)| (noun, verb)).collect()
    });
    let singular = || word.strip_suffix('s').and_then(|word| table.get(word));
    table.get(word).or_else(singular).copied()
}

/// Whether a folded word is the noun of what a verb does: "resignation".
pub fn names_act(word: &str) -> bool {
    verb_of(word).is_some()
}

/// Whether a folded word is an irregular form of another: "took", but not "take".
pub fn is_irregular(word: &str) -> bool {
    irregular().get(word).is_some_and(|base| *base != word)
}

/// Whether a folded word can be a verb in the past or a participle.
pub fn may_be_past(word: &str) -> bool {
    word.len() > 3 && word.ends_with("ed") || is_irregular(word)
}

/// The stem of a folded word.
pub fn stem(word: &str) -> String {
    match irregular().get(word).copied().or_else(|| verb_of(word)) {
        Some(base) => strip(base),
        None => strip(word),
    }
}

fn strip(word: &str) -> String {
    let mut s = word.to_owned();
    if !s.is_ascii() || s.len() <= 2 {
        return s;
    }
    let ends = |s: &str, tail: &str| s.ends_with(tail) && s.len() > tail.len();
    if ends(&s, "men") && s.len() > 4 {
        s.truncate(s.len() - 2);
        s.push_str("an");
    } else if ends(&s, "ies") && s.len() > 4 {
        s.truncate(s.len() - 3);
        s.push('y');
    } else if ["sses", "xes", "zes", "ches", "shes"]
        .iter()
        .any(|tail| ends(&s, tail))
    {
        s.truncate(s.len() - 2);
    } else if s.ends_with('s')
        && s.len() > 3
        && !["ss", "us", "is"].iter().any(|tail| s.ends_with(tail))
    {
        s.truncate(s.len() - 1);
    }
    if ends(&s, "ied") && s.len() > 4 {
        s.truncate(s.len() - 3);
        s.push('y');
    } else {
        for tail in ["ing", "ed"] {
            if let Some(rest) = s.strip_suffix(tail) {
                let vowel = rest.bytes().any(|b| b"aeiouy".contains(&b));
                if rest.len() >= 3 && vowel {
                    let bytes = rest.as_bytes();
                    let last = bytes[bytes.len() - 1];
                    let double = bytes[bytes.len() - 2] == last && !b"aeioulsz".contains(&last);
                    s.truncate(rest.len() - usize::from(double));
                }
                break;
            }
        }
    }
    if s.ends_with("ll") || s.ends_with("ff") {
        s.truncate(s.len() - 1);
    }
    if s.ends_with('e') && s.len() > 3 {
        s.truncate(s.len() - 1);
    }
    s
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_share_a_stem() {
        for group in [
            "take takes took taking taken",
            "reject rejects rejected rejecting",
            "policeman policemen",
            "deny denies denied denying denial",
            "stop stopped stopping",
            "die dies died dying",
            "company companies",
            "boss bosses",
            "call calls called calling",
            "woman women",
            "cancel cancelled cancelling cancels",
            "rebuff rebuffs rebuffed",
        ] {
            let mut stems: Vec<String> = group.split(' ').map(stem).collect();
            stems.dedup();
            assert_eq!(stems.len(), 1, "{group}: {stems:?}");
        }
    }

    #[test]
    fn different_words_keep_different_stems() {
        for pair in [
            ("comment", "commentator"),
            ("bus", "bu"),
            ("thing", "th"),
            ("news", "new york"),
            ("dress", "dre"),
        ] {
            assert_ne!(stem(pair.0), stem(pair.1), "{pair:?}");
        }
    }
}
