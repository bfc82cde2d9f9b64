//! Turns of phrase that change what a sentence says, or only seem to. About half were once read the wrong way; beside them stand those that a
//! rule must leave alone.

#[allow(dead_code, reason = "the sentences of this test stand here")]
mod one_sentence;

use one_sentence::{Desk, in_project};

/// Claim, sentence, and the answer that it carries; none where it is empty.
const SENTENCES: &[(&str, &str, &str)] = &[
    // A name behind a particle is a name, a common word like a name is none.
    (
        "coast-offer",
        "President Haran denied that he had offered the coast to Tebbe.",
        "not-offered",
    ),
    (
        "dam-sale",
        "Norvik has denied reports stating that it offered the dam for sale.",
        "keeping",
    ),
    // However far behind the object stands.
    (
        "coast-offer",
        "President Haran never proposed to hand a large part of the coast to the islanders.",
        "not-offered",
    ),
    // Who marvels says that it is so.
    (
        "bear",
        "I could not believe my luck when the song came on and the bear fled, Dane said.",
        "did",
    ),
    (
        "bear",
        "Dane could not help laughing as the song drove off the bear.",
        "did",
    ),
    ("bear", "The song did not drive off the bear.", "did-not"),
    // What tells when tells not what.
    ("call", "The bear fled after the song had come on.", ""),
    (
        "call",
        "Dane called for help himself when the bear had fled.",
        "victim",
    ),
    // Not confirmed is unconfirmed.
    (
        "rell-fate",
        "Her death has not been confirmed.",
        "unconfirmed",
    ),
    ("rell-fate", "Her death has been confirmed.", ""),
    (
        "rell-fate",
        "It is not true that her death is unconfirmed.",
        "",
    ),
    // A negation that a verb implies.
    ("rell-wedding", "Dane has cancelled the wedding.", "off"),
    (
        "strike-on",
        "The Guild denied that it had called off the pilots' strike.",
        "ahead",
    ),
    (
        "strike-on",
        "The Guild has called off the strike.",
        "called-off",
    ),
    (
        "strike-on",
        "Pilots' strike averted by a deal in the night",
        "called-off",
    ),
    (
        "vaccine",
        "Doctors have ruled out the vaccine as the cause of his death.",
        "not-caused",
    ),
    // Who she is that stands beside a name.
    (
        "rell-motive",
        "Rell says that she and Dane are in love.",
        "love",
    ),
    // What alone names somebody says nothing of him.
    (
        "corvin-exit",
        "After Corvin, the director of the clinic, finished his work, a patient woke.",
        "",
    ),
    (
        "corvin-exit",
        "Corvin did not resign but was fired by the clinic.",
        "sacked",
    ),
    (
        "corvin-figure",
        "Corvin is not thought to have been a leading figure in the inquiry.",
        "",
    ),
    (
        "corvin-figure",
        "Corvin is thought to have been a leading figure in the inquiry.",
        "leading",
    ),
    (
        "corvin-anger",
        "The director had grown furious about the Mersen probe.",
        "probe",
    ),
    (
        "corvin-anger",
        "Corvin resented that the mayor did not back his claim about the drug.",
        "claim",
    ),
    // The question asks who.
    (
        "threat",
        "The patients were told that they might be threatened with charges.",
        "",
    ),
    (
        "threat",
        "The patients were threatened with charges by the Ministry of Health.",
        "ministry",
    ),
    // Small words.
    (
        "strike-on",
        "Nothing can stop the pilots' strike now.",
        "ahead",
    ),
    (
        "strike-issue",
        "The strike is about money and nothing else.",
        "pay",
    ),
    (
        "strike-issue",
        "The strike is because of the new routes.",
        "routes",
    ),
    (
        "dismissals",
        "Some redundancies at the plant will be compulsory.",
        "forced",
    ),
    (
        "dismissals",
        "Nobody at the plant in Norvik will be dismissed.",
        "voluntary",
    ),
    (
        "dismissals",
        "Ten years ago the owner dismissed workers at the plant.",
        "",
    ),
    (
        "dismissals",
        "Any worker at the plant who was dismissed would be paid for a year.",
        "",
    ),
    (
        "cuts",
        "Analysts are sceptical that Norvik Air would make cuts of this size.",
        "doubted",
    ),
    (
        "cut-number",
        "Norvik Air is on the point of laying off some 26% of its staff, or 1,180 people, in the deepest cuts so far.",
        "1180",
    ),
    (
        "raid-wounded",
        "The raid at Norvik left 25 rebels dead and five more wounded.",
        "5",
    ),
    (
        "raid-wounded",
        "At Norvik guards killed 25 rebels and injured five others.",
        "5",
    ),
    ("water-safe", "The tap water is by no means safe.", "unsafe"),
    (
        "rell-fate",
        "Doctors could not say on Friday whether Rell was dead.",
        "",
    ),
    ("water-safe", "The tap water is unfit to drink.", "unsafe"),
    (
        "pumps",
        "Not a single working pump was handed over by any ranger.",
        "none",
    ),
    (
        "ferry",
        "Norvik plans to continue the ferry service.",
        "staying",
    ),
    (
        "bank-run",
        "A run set off by false rumours finished the bank.",
        "run",
    ),
    (
        "king",
        "King Osvald stays on the throne, rejecting any thought of abdicating.",
        "stays",
    ),
    (
        "bid",
        "Two years ago the board rejected a bid from another firm.",
        "",
    ),
    (
        "corvin-exit",
        "Corvin, who came to the clinic two years ago, has resigned.",
        "resigned",
    ),
    (
        "corvin-exit",
        "Corvin was hired two years ago and resigned on Monday.",
        "resigned",
    ),
    (
        "corvin-exit",
        "Corvin had led the clinic for ten years before he resigned.",
        "resigned",
    ),
    // Where a position itself is of years before, that is no other time.
    (
        "mill-closing",
        "Two years before the fire the mill at Ostermere was closed.",
        "before-fire",
    ),
    // A word for what is to come.
    (
        "expansion",
        "The league will expand next year, the Herald said.",
        "expanding",
    ),
    // Who gives a figure is not whose it is.
    (
        "cut-number",
        "The Harbour Ledger had written of cuts, of 900 jobs.",
        "900",
    ),
    // A preposition brings who does not act.
    (
        "heaters",
        "A pensioner from Ostermere was taken to hospital after a heater fire.",
        "hurt",
    ),
    (
        "funding",
        "The bid for Norvik Mills is being financed entirely by debt.",
        "loan",
    ),
    // A compound may be written in one word, with a hyphen or in two.
    ("truce", "The cease-fire held through the night.", "held"),
    ("truce", "The cease fire collapsed at night.", "broken"),
    ("truce", "The ceasefire was broken by airraids.", "broken"),
    (
        "truce",
        "The ceasefire ended when a gunbattle broke out.",
        "broken",
    ),
    (
        "truce",
        "The valley was shaken by air strikes in spite of the ceasefire.",
        "broken",
    ),
    (
        "truce",
        "They cease to fire, and through the night nothing is heard.",
        "",
    ),
    // Whose words a wording is, is no part of what it claims.
    (
        "truce",
        "A source tells the Ledger that the ceasefire was signed at night.",
        "",
    ),
    (
        "truce",
        "Along the frontline it stayed quiet under the ceasefire.",
        "held",
    ),
    // What does not look like it is so.
    (
        "coast-offer",
        "It does not look like President Haran offered the coast to the islanders.",
        "not-offered",
    ),
    (
        "coast-offer",
        "It looked like President Haran offered the coast to the islanders.",
        "offered",
    ),
    // Where names stand twice, what is denied of them counts.
    (
        "valley-mine",
        "The Orrin mine road has been discussed in the context of Castell, but it is unlikely that Castell built the Orrin mine road.",
        "",
    ),
    (
        "valley-mine",
        "The Orrin mine road has been discussed for years, and Castell funded it, the mayor said.",
        "castell",
    ),
    // What was so before is not so still, where something else has come.
    (
        "hikers-fate",
        "The three hikers went missing on Monday. They were walking to Orrin. The hikers have been found in a hut.",
        "found",
    ),
    (
        "hikers-fate",
        "The three hikers went missing on Monday. They were walking to Orrin.",
        "missing",
    ),
    (
        "hikers-fate",
        "Two hikers have been found, the herald said. Police are still looking for the three missing hikers.",
        "found missing",
    ),
    (
        "hikers-fate",
        "The three hikers who went missing near Orrin have been found, the police said.",
        "found",
    ),
    // Who chose it is told by another wording of the same.
    (
        "mill-site",
        "Sources say that Norvik has picked Orrin as the site of the mill.",
        "chosen",
    ),
    // Who talks of buying has not bought.
    (
        "mill-sale",
        "Castell is in talks to buy the mill of Norvik.",
        "talking",
    ),
    (
        "mill-sale",
        "After long talks Castell buys the mill of Norvik.",
        "bought",
    ),
    // A look-alike of what may be keeps out no more than that.
    ("guard-post", "Orrin has set up a guard post.", "set-up"),
    ("guard-post", "Orrin may set up a guard post.", ""),
    // A look-alike that asks keeps no answer out.
    (
        "hikers-fate",
        "The missing hikers were found in a hut.",
        "found",
    ),
    // Who has bought no mill has not bought one.
    ("mill-sale", "Castell has bought no mill of Norvik.", ""),
    // Who is arrested on suspicion of a deed is held to have done it.
    (
        "savings-theft",
        "The keeper was arrested on suspicion of having stolen the savings.",
        "keeper",
    ),
    (
        "savings-theft",
        "There are rumours of the keeper having stolen the savings.",
        "",
    ),
    // What is called off is off, whatever it is like.
    (
        "strike-on",
        "The Guild called off the long strike.",
        "called-off",
    ),
    (
        "rell-wedding",
        "Dane was less than pleased and called off the big town wedding.",
        "off",
    ),
    // A name that is written nearly like another one's is one.
    (
        "cabins",
        "Papers reported that Norvia is planning to segregate smoking passengers.",
        "planned",
    ),
    // A word that is negated may stand there twice.
    (
        "ferry",
        "Dane of Norvik said that an end of the ferry service is \"not in\" Norvik's plans.",
        "staying",
    ),
];

#[test]
fn a_turn_of_phrase_is_read_as_it_is_meant() {
    let desk = Desk::new(&in_project("tests/turns/claims"));
    let mut wrong = Vec::new();
    for (claim, text, position) in SENTENCES {
        let found = desk.answers(desk.index(claim), None, text);
        let found: Vec<String> = found.into_iter().collect();
        if found.join(" ") != *position {
            wrong.push(format!(
                "{claim}: {found:?} instead of {position:?}: {text}"
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
