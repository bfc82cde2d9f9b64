//! Who does what to whom: sentences that hold all words of a position and say another thing, each beside one that does say it.

#[allow(dead_code, reason = "the sentences of this test stand here")]
mod one_sentence;

use std::fs;

use one_sentence::Desk;

const CLAIMS: &str = "\
topic: Castell, Halden and Norvik
aliases:
  Castell: [Castell Foods]
  postponed: [delayed]
  Halden: [Halden Group]
  Norvik: [Norvik Mills]
claims:
  - id: quarrel
    question: What do Castell, Halden and Norvik quarrel over?
    about: [quarrel, support, tariffs]
    positions:
      support:
        says: Halden's support for Norvik is what they quarrel over.
        phrases: [Halden support for Norvik, backing of Norvik by Halden]
      tariffs:
        says: Tariffs are what they quarrel over.
        phrases: [quarrel over tariffs]
  - id: sale
    question: Who bought whom?
    about: [bought]
    positions:
      alone:
        says: Norvik bought Halden.
        phrases: [Norvik has bought Halden alone, bought Halden without help]
      together:
        says: Norvik, its partner and a bank bought Halden.
        phrases: [bought Halden together with a bank, 'Norvik, partner and bank bought Halden']
  - id: independence
    question: Does Norvik stay a company of its own?
    about: [company, merged]
    positions:
      stays:
        says: Norvik stays a separate company.
        phrases: [remain as a separate company, Norvik will go on by itself]
      merged:
        says: Norvik is merged into another company.
        phrases: [Norvik to be merged]
  - id: closure
    question: Does Castell close Norvik?
    about: [closure, close, report]
    positions:
      closing:
        says: Castell is closing Norvik.
        phrases: [Castell will close Norvik]
      not-closing:
        says: Castell is not closing Norvik.
        phrases: [Castell denied the closure report, spokesman said the report is not true]
  - id: threat
    question: Who threatened Norvik?
    about: [council, ministry]
    positions:
      council:
        says: The threat came from a colonel on the council.
        phrases: [threatened by a colonel on the council]
      ministry:
        says: The threat came from the ministry.
        phrases: [threatened by the ministry]
  - id: blame
    question: Who is to blame for the flood?
    about: [flood]
    positions:
      halden:
        says: Halden caused the flood.
        phrases: [miller was responsible for the flood]
      castell:
        says: Castell caused the flood.
        phrases: [dairy was responsible for the flood]
  - id: meeting
    question: Does the meeting go ahead?
    about: [meeting]
    positions:
      postponed:
        says: The meeting was postponed, and the hall is booked again.
        phrases: [the hall is booked again]
      ahead:
        says: The meeting goes ahead.
        phrases: [meeting opens on time]
  - id: grain
    question: Where is Norvik's grain to come from?
    about: [grain]
    positions:
      halden:
        says: Norvik wants its grain supplies met primarily by Halden mills.
        phrases: [grain supplies met by Halden mills]
      own:
        says: Norvik grows its own grain.
        phrases: [grain of its own]
  - id: ban
    question: Did the ministry bar the purchase?
    about: [ministry]
    positions:
      barred:
        says: The ministry barred Norvik.
        phrases: [Norvik was barred from buying Halden, ministry stopped Norvik over grain prices]
      free:
        says: The ministry lets Norvik go ahead.
        phrases: [ministry has no objection]
  - id: drivers
    question: What became of the drivers?
    about: [drivers]
    positions:
      caught:
        says: The Castell drivers were caught in Norvik.
        phrases: [Castell drivers caught near Norvik by guards]
      away:
        says: The Castell drivers got away.
        phrases: [drivers have fled]
  - id: refusal
    question: What does Halden say of the mill?
    about: [mill]
    positions:
      refused:
        says: Halden made clear it would not sell the old mill.
        phrases: [Halden hinted at keeping the old mill, would not sell the old mill]
      open:
        says: Halden is open to bids for the old mill.
        phrases: [bids for the old mill are welcome]
";

#[test]
fn the_right_party_acts_and_suffers() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("claims.yaml"), CLAIMS).expect("written");
    let desk = Desk::new(folder.path());
    let mut wrong = Vec::new();
    for (claim, text, expected) in [
        // On whom a noun hangs by its preposition, though the other is named too.
        (
            "quarrel",
            "Castell resents Halden's support for Norvik.",
            "support",
        ),
        (
            "quarrel",
            "Norvik resents Halden's support for Castell.",
            "",
        ),
        (
            "quarrel",
            "Halden's support for Castell and Norvik is resented.",
            "support",
        ),
        (
            "quarrel",
            "Halden's support for Castell and for Norvik is resented.",
            "support",
        ),
        (
            "quarrel",
            "Halden's support for Castell's friend, Norvik, is resented.",
            "support",
        ),
        // To whom a verb is done.
        (
            "sale",
            "Norvik, its partner and its bank bought Halden between them.",
            "together",
        ),
        (
            "sale",
            "Halden, its partner and its bank bought Norvik between them.",
            "",
        ),
        // Who is spoken of, and who speaks.
        (
            "independence",
            "Castell said at the time that Norvik would remain a separate company.",
            "stays",
        ),
        (
            "independence",
            "Norvik said at the time that Castell would remain a separate company.",
            "",
        ),
        (
            "independence",
            "Norvik said at the time that it would remain a separate company.",
            "stays",
        ),
        // Who denies, and of whom it was reported.
        (
            "closure",
            "A Castell spokesman said reports of a Norvik takeover were not true.",
            "not-closing",
        ),
        (
            "closure",
            "A Norvik spokesman said reports of a Castell takeover were not true.",
            "",
        ),
        // What somebody is not said to do stands for nothing else.
        (
            "threat",
            "A colonel on the council warned them of charges.",
            "council",
        ),
        (
            "threat",
            "A colonel on the council did not warn them of charges.",
            "",
        ),
        (
            "threat",
            "A colonel on the council, who did not give his name, threatened Norvik.",
            "council",
        ),
        // "Non-" in a predicate is "not".
        ("blame", "Halden was responsible for the flood.", "halden"),
        ("blame", "Halden was non-responsible for the flood.", ""),
        // What is wanted done is not done by who wants it.
        // An alias with a prefix of negation is the opposite of all of them.
        (
            "meeting",
            "The meeting in Halden is delayed and the hall is booked again.",
            "postponed",
        ),
        (
            "meeting",
            "The meeting in Halden is undelayed and the hall is booked again.",
            "",
        ),
        // Whom a passive verb befalls, and of what place it is told.
        (
            "sale",
            "Halden was bought by Norvik, its partner and a bank.",
            "together",
        ),
        (
            "sale",
            "Norvik was bought by Halden, its partner and a bank.",
            "",
        ),
        (
            "threat",
            "They got threatened by a colonel on the council.",
            "council",
        ),
        (
            "threat",
            "They did not get threatened by a colonel on the council.",
            "",
        ),
        // Who acts in a clause that is reported of it.
        (
            "refusal",
            "Halden let Castell know that it would not sell the old mill.",
            "refused",
        ),
        (
            "refusal",
            "Castell let Halden know that it would not sell the old mill.",
            "",
        ),
        (
            "ban",
            "The ministry barred Norvik from acquiring Halden over grain prices.",
            "barred",
        ),
        (
            "ban",
            "The ministry barred Halden from acquiring Norvik over grain prices.",
            "",
        ),
        (
            "drivers",
            "The Castell drivers were caught in Norvik on Monday.",
            "caught",
        ),
        (
            "drivers",
            "The Norvik drivers were caught in Castell on Monday.",
            "",
        ),
        (
            "grain",
            "Norvik's grain supplies would be met primarily by Halden mills.",
            "halden",
        ),
    ] {
        let found: Vec<String> = desk
            .answers(desk.index(claim), None, text)
            .into_iter()
            .collect();
        if found.join(" ") != expected {
            wrong.push(format!("{claim} {found:?}, not {expected:?}: {text}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
