//! What plain English says of somebody, and what it only seems to say: who resigned and who was to, who shelled whom, what was approved, withheld
//! or only awaited, and numbers that are told without a noun beside them.

#[allow(dead_code, reason = "the sentences of this test stand here")]
mod one_sentence;

use one_sentence::{Desk, in_project};

/// A claim with sentences and the positions that each carries, in the order of the alphabet; none where it is empty.
type Table<'t> = (&'t str, &'t [(&'t str, &'t str)]);

const SENTENCES: &[Table] = &[
    (
        "pilot",
        &[
            ("Reyes announced his resignation.", "resigned"),
            ("Reyes's resignation took effect at once.", "resigned"),
            ("The resignation of Reyes came as a surprise.", "resigned"),
            ("Reyes accepted the resignation of the mechanic.", ""),
            ("Reyes withdrew his resignation.", ""),
            (
                "The dismissal of Reyes was unlawful, the judge said.",
                "sacked",
            ),
            ("Reyes was asked to resign but refused.", ""),
            ("Reyes rejected calls to resign.", ""),
            ("Pressure on Reyes to resign grew.", ""),
            (
                "If Reyes resigns, the airline will have to find another captain.",
                "",
            ),
            ("Had Reyes resigned, he would have kept his pension.", ""),
            ("Reyes almost resigned last year.", ""),
            ("Reyes was nearly sacked in 2019.", ""),
            ("Reyes's deputy resigned.", ""),
            ("Reyes's wife quit her job.", ""),
            ("The mechanic who worked with Reyes was fired.", ""),
            ("Reyes sacked his lawyer.", ""),
            ("Reyes fired two shots into the air.", ""),
            (
                "Reyes, who was sacked in May, has sued the airline.",
                "sacked",
            ),
            ("Reyes, sacked in May, has sued.", "sacked"),
            ("Aerolux: Reyes fired for drinking", "sacked"),
            ("On Monday Reyes was fired, his union says.", "sacked"),
            ("\"I quit,\" Reyes said.", "resigned"),
            ("\"I have resigned,\" said Reyes.", "resigned"),
            ("\"I was fired,\" Reyes told reporters.", "sacked"),
            ("\"I was not fired,\" Reyes told reporters.", ""),
            ("\"I resigned,\" the mechanic said.", ""),
            (
                "Reyes was sacked not for drinking but for refusing to fly.",
                "sacked",
            ),
            (
                "Reyes was not sacked for drinking but for refusing to fly.",
                "sacked",
            ),
            ("Reyes was not sacked because of the accident.", ""),
            (
                "The airline says Reyes resigned; his union says he was sacked.",
                "resigned sacked",
            ),
            (
                "The airline says Reyes resigned and his union says the captain was sacked.",
                "resigned sacked",
            ),
            (
                "The Herald wrote that Reyes had resigned, the Mail that he had been fired.",
                "resigned sacked",
            ),
            (
                "Reyes was to be sacked, the airline said, but he says he quit.",
                "resigned sacked",
            ),
            (
                "The airline had said Reyes would be sacked but has kept him.",
                "",
            ),
            ("Reyes is to be sacked.", "sacked"),
            ("The mechanic beside Reyes is to be sacked.", ""),
            ("The manager who had hired Reyes was sacked.", ""),
            (
                "Reyes, first sacked by the airline, has now resigned.",
                "resigned",
            ),
            ("Whoever sacked Reyes will regret it.", ""),
            (
                "Reyes, once sacked by the airline, has been elected mayor.",
                "sacked",
            ),
            ("It was not until Monday that Reyes was sacked.", "sacked"),
            ("It was not the first time that Reyes was sacked.", "sacked"),
            ("It is not surprising that Reyes was sacked.", "sacked"),
            ("It was not Reyes who was sacked.", ""),
            ("He is not a friend of Reyes, who was sacked.", "sacked"),
            (
                "Aerolux would only say that Reyes had resigned.",
                "resigned",
            ),
            ("Reyes would only resign for a pension.", ""),
            (
                "Reyes would not only resign but leave the country.",
                "resigned",
            ),
            (
                "A spokesman dismissed rumours that Reyes had been fired.",
                "",
            ),
            (
                "While the union insists that Reyes was sacked, Aerolux maintains that he resigned.",
                "resigned sacked",
            ),
            ("Instead of resigning, Reyes was sacked.", "sacked"),
            ("Reyes did not lose his job.", "still-there"),
            ("His brother Samuel Reyes has resigned.", ""),
            ("Reyes, who had been about to resign, was sacked.", "sacked"),
            (
                "The Herald apologised for having written that Reyes was sacked.",
                "",
            ),
            (
                "The airline said that a mechanic had resigned, not Reyes.",
                "",
            ),
            (
                "Whoever says that Reyes was sacked is lying, his union said.",
                "",
            ),
            (
                "Analysts discussed what a dismissal of Reyes would mean.",
                "",
            ),
            ("The play imagines the dismissal of Reyes.", ""),
            ("The board urged Reyes to resign.", ""),
            ("The union asked Aerolux to dismiss Reyes.", ""),
            ("Passengers want the airline to sack Reyes.", ""),
            ("Aerolux was asked by the union to sack Reyes.", ""),
            ("Aerolux tried to sack Reyes.", ""),
            ("Reyes offered to resign.", ""),
            ("The airline has the power to sack Reyes.", ""),
            ("Friends hoped that Reyes had resigned.", ""),
            ("His friends are worried that Reyes was sacked.", ""),
            ("Aerolux is close to dismissing Reyes.", ""),
            ("Reyes is thinking of quitting.", ""),
            ("Many pilots think that Reyes should be sacked.", ""),
            ("Reyes refused on Monday to resign.", ""),
            ("The airline paid a bonus in case Reyes resigned.", ""),
            (
                "Reyes, who had refused to quit, resigned on Monday.",
                "resigned",
            ),
            (
                "Although he had been sacked once, Reyes has kept his job.",
                "still-there",
            ),
            ("Reyes did not resign; he was sacked.", "sacked"),
            (
                "Reyes, who had denied any wish to leave, was sacked on Monday.",
                "sacked",
            ),
            (
                "Reyes, whom colleagues had believed sacked, has resigned.",
                "resigned",
            ),
            ("Nobody disputes that Reyes was sacked.", "sacked"),
            (
                "The airline could not deny that it had sacked Reyes.",
                "sacked",
            ),
            ("Aerolux did not hesitate to sack Reyes.", "sacked"),
            (
                "Reyes never failed to say that he had resigned.",
                "resigned",
            ),
            ("Aerolux refused to talk and sacked Reyes.", "sacked"),
            ("Reyes's former bodyguard has resigned.", ""),
            ("Reyes's brother Luis has resigned.", ""),
            ("Reyes's sister, the pilot Ana Soto, has resigned.", ""),
            ("Reyes watched as his brother was sacked.", ""),
            ("All mechanics were sacked, but Reyes stayed.", ""),
            ("Aerolux lost no time in sacking Reyes.", "sacked"),
            ("No other captain was sacked as quickly as Reyes.", "sacked"),
            ("It is not in dispute that Reyes was sacked.", "sacked"),
            (
                "Reyes settled his dispute with Aerolux and has kept his job.",
                "still-there",
            ),
            (
                "The rumour of a strike began when Reyes was sacked.",
                "sacked",
            ),
            ("Hopes of a deal ended when Reyes was sacked.", "sacked"),
            (
                "Speculation about his future ended when Reyes resigned.",
                "resigned",
            ),
            ("Rumours about Reyes ended after he was sacked.", "sacked"),
            ("The airline was right to sack Reyes.", "sacked"),
            ("It should be noted that Reyes was sacked.", "sacked"),
            ("The airline apologised for sacking Reyes.", "sacked"),
            ("Reyes was not sacked but resigned.", "resigned"),
        ],
    ),
    (
        "strike",
        &[
            ("Norland's army shelled the village of Teska.", "norland"),
            ("Norland denies shelling Teska.", "no-attack"),
            ("Both Norland and Sudmark deny shelling Teska.", "no-attack"),
            (
                "Norland rejected accusations that it shelled Teska.",
                "no-attack",
            ),
            ("Norland accused Sudmark of shelling Teska.", "sudmark"),
            ("Sudmark accused Norland of shelling Teska.", "norland"),
            ("Norland asked Sudmark to shell Teska.", ""),
            ("Norland condemned the shelling of Teska.", ""),
            (
                "Norland condemned the shelling of Teska by Sudmark.",
                "sudmark",
            ),
            ("Teska was shelled, Norland says.", ""),
            ("Teska was shelled by Sudmark, Norland says.", "sudmark"),
            ("Norland's ally shelled Teska.", ""),
            (
                "The report that Norland shelled Teska was made up.",
                "no-attack",
            ),
            (
                "It was not Norland but Sudmark that shelled Teska.",
                "sudmark",
            ),
            ("Norland was shelled by a ship off the coast of Teska.", ""),
            (
                "Sudmark says that troops of Norland shelled Teska.",
                "norland",
            ),
            (
                "Norland, whom Sudmark had accused of it, shelled Teska.",
                "norland",
            ),
            ("Nothing other than Norland's army hit Teska.", "norland"),
            ("Talk of peace ended when Norland shelled Teska.", "norland"),
            (
                "Fears of a war grew after Sudmark shelled Teska.",
                "sudmark",
            ),
            (
                "Norland's army offered to stop before it shelled Teska.",
                "norland",
            ),
        ],
    ),
    (
        "stadium",
        &[
            ("Dunne has approved a car park beside the stadium.", ""),
            (
                "Mayor Dunne has approved two car parks near the stadium.",
                "",
            ),
            ("The stadium won the mayor's approval.", "approved"),
            ("Approval of the stadium is still pending.", ""),
            ("The stadium still awaits approval from Dunne.", ""),
            ("The stadium needs the approval of Dunne.", ""),
            ("Dunne withheld her approval of the stadium.", "rejected"),
            ("Dunne refused approval for the stadium.", "rejected"),
            ("Dunne vowed never to approve the stadium.", "rejected"),
            ("Dunne did not approve the stadium.", "rejected"),
            ("The hotel next to the stadium will not be built.", ""),
            ("A hotel beside the stadium has been approved.", ""),
            ("Dunne's predecessor approved the stadium.", ""),
            ("Dunne neither approved nor rejected the stadium.", ""),
            ("Critics fear Dunne will approve the stadium.", ""),
            (
                "It is beyond doubt that Dunne approved the stadium.",
                "approved",
            ),
            (
                "Dunne was wrongly said to have approved the stadium.",
                "rejected",
            ),
            (
                "It is wrong to say that Dunne approved the stadium.",
                "rejected",
            ),
            ("Dunne does not want to approve the stadium.", "rejected"),
            ("Dunne wants to approve the stadium.", "approved"),
            (
                "The council kept Dunne from approving the stadium.",
                "rejected",
            ),
            ("Dunne is opposed to approving the stadium.", "rejected"),
            ("Few believe that Dunne approved the stadium.", ""),
            ("Experts doubt that Dunne approved the stadium.", ""),
            ("It is hard to believe that Dunne approved the stadium.", ""),
            ("Dunne would have approved the stadium.", ""),
            (
                "If the mayor has approved the stadium, the club must pay for the road.",
                "",
            ),
            ("The mayor was urged to approve the stadium.", ""),
        ],
    ),
    (
        "blackout",
        &[
            ("Inspectors blamed Norgrid for the blackout.", "norgrid"),
            ("Norgrid blamed the weather for the blackout.", ""),
            ("The operator has blamed the weather for the blackout.", ""),
            (
                "Norgrid shut down the line, a report on the blackout says.",
                "norgrid",
            ),
            ("Norgrid was shut down by a court after the blackout.", ""),
            (
                "Norgrid, which Voltan had sued in May, caused the blackout.",
                "norgrid",
            ),
        ],
    ),
    (
        "satellite",
        &[
            ("The agency has lost contact with Tern.", "lost"),
            ("The agency has lost contact with its balloon.", ""),
            ("The agency has lost contact with another satellite.", ""),
            ("Contact was lost at another hospital.", ""),
            ("Engineers Friday lost contact with Tern.", "lost"),
            (
                "The engineers said Monday contact with Tern was kept.",
                "kept",
            ),
        ],
    ),
    (
        "dispute",
        &[
            ("The crews called off their strike.", "called-off"),
            ("Teachers called off their strike.", ""),
        ],
    ),
    (
        "signing",
        &[
            ("Wray refused to sign for Teska United.", "refused"),
            ("Wray did not sign for Teska United.", "refused"),
            ("Wray has not signed for Teska United yet.", ""),
            ("Wray has not signed for Teska United so far.", ""),
            ("Wray has yet to sign for Teska United.", ""),
            ("Most players have signed for Teska United.", ""),
            (
                "Wray said that a goalkeeper had signed for Teska United.",
                "",
            ),
        ],
    ),
    (
        "deaths",
        &[
            ("The hotel fire recalls the 31 Norvik Ferry victims.", ""),
            ("The death toll of the hotel fire rose by two to 14.", "14"),
        ],
    ),
    (
        "age",
        &[
            ("Ida Brandt is 17.", "17"),
            ("Ida Brandt turned 17 in May.", "17"),
            (
                "At 17, Ida Brandt is the youngest swimmer in the team.",
                "17",
            ),
            ("Nobody expected the 17-year-old Ida Brandt to win.", "17"),
            ("Ida Brandt is 17 metres behind.", ""),
            ("Ida Brandt beat 19-year-old Lea Moor.", ""),
            ("19-year-old Lea Moor lost to Ida Brandt.", ""),
        ],
    ),
    (
        "mill",
        &[
            (
                "On Friday Norcell Group announced the mill would close.",
                "closes",
            ),
            ("The owners tried to close the mill.", ""),
            ("The union begged the owners to keep the mill.", "asked"),
            ("The owners kept the mill.", ""),
        ],
    ),
];

#[test]
fn plain_english_is_understood() {
    let desk = Desk::new(&in_project("tests/plain_english/claims"));
    let mut wrong = Vec::new();
    for (claim, sentences) in SENTENCES {
        let at = desk.index(claim);
        for (text, positions) in *sentences {
            let found: Vec<String> = desk.answers(at, None, text).into_iter().collect();
            if found.join(" ") != *positions {
                wrong.push(format!("{found:?} instead of `{positions}`: {text}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The claim, what an article says first and next, and what the second carries.
const PRONOUNS: &[(&str, &str, &str, &str)] = &[
    (
        "pilot",
        "Aerolux says that Reyes resigned. Reyes tells another story.",
        "He was fired, his union says.",
        "sacked",
    ),
    (
        "pilot",
        "Aerolux says that Reyes resigned. Reyes is 54.",
        "On Monday he was fired, his union says.",
        "sacked",
    ),
    (
        "pilot",
        "Reyes resigned. He is 54.",
        "He was fired, his union says.",
        "sacked",
    ),
    // Nothing is said of Reyes by those of whom the sentence before, or their own, speaks.
    (
        "pilot",
        "Reyes resigned. The mechanic Jan Holt told another story.",
        "He was fired.",
        "",
    ),
    (
        "pilot",
        "Reyes resigned. Reyes is 54.",
        "A mechanic says he was fired.",
        "",
    ),
    (
        "pilot",
        "Reyes resigned. Reyes is 54.",
        "Jan Holt says he was fired.",
        "",
    ),
    ("pilot", "Reyes resigned. Reyes is 54.", "It was fired.", ""),
];

#[test]
fn a_pronoun_stands_for_whom_the_sentence_before_names_first() {
    let desk = Desk::new(&in_project("tests/plain_english/claims"));
    let mut wrong = Vec::new();
    for (claim, before, text, positions) in PRONOUNS {
        let found = desk.answers(desk.index(claim), Some(before), text);
        let found: Vec<String> = found.into_iter().collect();
        if found.join(" ") != *positions {
            wrong.push(format!(
                "{found:?} instead of `{positions}`: {before} {text}"
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Words that the rules look for, names and words of the claims, and marks.
const WORDS: &[&str] = &[
    "Reyes",
    "Reyes's",
    "Norland",
    "Norland's",
    "the",
    "mayor",
    "resigned",
    "resignation",
    "sacked",
    "shelled",
    "approval",
    "of",
    "from",
    "against",
    "to",
    "not",
    "never",
    "neither",
    "nor",
    "but",
    "was",
    "has",
    "would",
    "have",
    "refused",
    "kept",
    "approving",
    "called",
    "off",
    "wrongly",
    "said",
    "says",
    "denied",
    "reports",
    "awaits",
    "nearly",
    "While",
    "If",
    "at",
    "17",
    "14",
    "by",
    "turned",
    "wants",
    "few",
    "believe",
    "doubt",
    "that",
    "deputy",
    "with",
    "his",
    "made",
    "up",
    "cold",
    "water",
    "on",
    ",",
    ".",
    ";",
    "\"",
    "?",
    "and",
];

proptest::proptest! {
    // Of each, a few dozen microseconds.
    #![proptest_config(proptest::test_runner::Config::with_cases(4000))]

    /// Whatever stands beside whatever: no rule looks beyond the sentence.
    #[test]
    fn any_words_are_read(picked in proptest::collection::vec(0..WORDS.len(), 1..14)) {
        thread_local! {
            static DESK: Desk = Desk::new(&in_project("tests/plain_english/claims"));
        }
        let text: Vec<&str> = picked.into_iter().map(|at| WORDS[at]).collect();
        DESK.with(|desk| {
            for (claim, _) in SENTENCES {
                desk.answers(desk.index(claim), None, &text.join(" "));
            }
        });
    }
}
