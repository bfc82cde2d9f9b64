use std::sync::Arc;

use crate::article::Article;
use crate::claim::Claim;
use crate::matching::{Matcher, fixture};

fn claims(question: &str, about: &str, of: &str) -> Vec<Arc<Claim>> {
    let text = format!(
        "topic: The ferry of Harrow\nclaims:\n  - id: a\n    question: {question}\n    about: [{about}]\n    quantity: {{of: [{of}]}}\n"
    );
    fixture::claims(&text)
}

/// The numbers that an article of these sentences gives, in the order of the text.
fn found(claims: &[Arc<Claim>], text: &str) -> String {
    let matcher = Matcher::new(claims);
    let article = Article::of_text("article", text);
    let mut matches = matcher.worker().without_names().article(0, &article);
    matches.sort_by_key(|found| found.span.start);
    let numbers: Vec<&str> = matches.iter().map(|found| &*found.position).collect();
    numbers.join(" ")
}

/// What is found in each of the texts against what is expected.
fn check(claims: &[Arc<Claim>], cases: &[(&str, &str)]) {
    let wrong: Vec<String> = cases
        .iter()
        .map(|&(text, expected)| (text, found(claims, text), expected))
        .filter(|(_, found, expected)| found != expected)
        .map(|(text, found, expected)| format!("{text}\n  found    {found}\n  expected {expected}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn deaths() -> Vec<Arc<Claim>> {
    claims(
        "How many people died on the ferry?",
        "ferry",
        "died, dead, deaths, killed, people killed, victim",
    )
}

fn ill() -> Vec<Arc<Claim>> {
    claims(
        "How many passengers fell ill?",
        "ferry",
        "ill, people ill, infected",
    )
}

#[test]
fn an_entry_of_two_words_keeps_to_the_clause_that_has_a_number_of_its_own() {
    check(
        &ill(),
        &[
            ("On the ferry three people died and 41 fell ill.", "41"),
            ("On the ferry 41 people, most of them old, fell ill.", "41"),
        ],
    );
    check(
        &deaths(),
        &[
            ("The ferry fire made 53 people ill and killed seven.", "7"),
            ("The ferry fire killed 25 people.", "25"),
        ],
    );
}

#[test]
fn a_number_of_what_is_asked_for_outdoes_those_of_other_things() {
    let sailors = claims(
        "How many sailors died on the ferry?",
        "ferry",
        "sailors killed, killed, dead",
    );
    check(
        &sailors,
        &[("Nine sailors and two cooks were killed on the ferry.", "9")],
    );
}

#[test]
fn parts_and_steps_and_times_are_no_counts() {
    let tours = claims("How many tours has the ferry?", "ferry", "tours, trips");
    check(
        &tours,
        &[
            ("The ferry has put off the first eight tours.", ""),
            ("The ferry makes 38 tours.", "38"),
            ("The tours of the ferry rose by 6 to 44.", "44"),
            ("The owner of the ferry cut it by six tours.", "6"),
        ],
    );
    let days = claims(
        "For how many days was the ferry missing?",
        "ferry",
        "missing, days",
    );
    check(
        &days,
        &[
            ("The ferry was missing for four days.", "4"),
            ("The ferry was found missing two days later.", ""),
            (
                "Five days after the ferry was missing, a quarrel began.",
                "",
            ),
            ("The ferry was missing for nine days after the storm.", "9"),
        ],
    );
}

#[test]
fn a_place_in_a_row_tells_the_count_so_far() {
    check(
        &deaths(),
        &[
            ("Fourth death after ferry fire", "4"),
            ("She was the fifth person to die on the ferry.", "5"),
            ("He was the ferry's 17th victim.", "17"),
            ("The second victim of the ferry was her brother.", ""),
        ],
    );
}

#[test]
fn a_bare_number_takes_over_the_noun_of_the_one_it_corrects_or_opposes() {
    let users = claims(
        "How many passengers has the ferry?",
        "ferry",
        "passengers, users",
    );
    check(
        &users,
        &[
            (
                "The council put the number of ferry passengers at 4 million, while the owner speaks of 6.5 million.",
                "4000000 6500000",
            ),
            (
                "The ferry had 170 passengers, a figure that the mayor later raised to 222.",
                "170 222",
            ),
            ("The ferry had 170 passengers and opened at 9.", "170"),
        ],
    );
}

#[test]
fn others_figures_stand_beside_the_first() {
    check(
        &deaths(),
        &[
            (
                "The council spoke of 17 dead on the ferry, the owner of 40.",
                "17 40",
            ),
            (
                "The ferry fire killed 17 people, according to the police, and 40 according to the owner.",
                "17 40",
            ),
        ],
    );
}

#[test]
fn what_stands_between_a_number_and_its_entry_may_be_said_aside() {
    check(
        &ill(),
        &[
            (
                "Eleven people, among them two children, fell ill on the ferry.",
                "11",
            ),
            (
                "The number of those ill on the ferry has fallen from 40 to 28.",
                "28",
            ),
        ],
    );
    let homes = claims("How many homes have no light?", "ferry", "without light");
    check(
        &homes,
        &[
            ("Near the ferry 28 homes are without light.", "28"),
            ("Near the ferry 28 homes have light.", ""),
        ],
    );
}

#[test]
fn a_part_and_the_first_of_two_stand_where_the_last_noun_does() {
    let pupils = claims(
        "How many pupils fell ill?",
        "school",
        "pupils ill, ill, infected",
    );
    check(
        &pupils,
        &[
            ("Twenty-three of the school's 400 pupils are now ill.", "23"),
            (
                "At the school 23 pupils and four teachers have fallen ill.",
                "23",
            ),
        ],
    );
}

#[test]
fn an_age_stands_right_behind_the_subjects_name() {
    let age = claims("How old is the captain?", "captain, Sand", "year-old, aged");
    check(
        &age,
        &[
            ("Captain Lena Sand, 49, steered the ferry.", "49"),
            ("The 49-year-old captain fled.", "49"),
            ("Captain Sand, 49, and his mate Tom Weir, 22, fled.", "49"),
        ],
    );
}

#[test]
fn a_difference_is_no_level() {
    let cost = claims("What does the ferry cost?", "ferry", "cost");
    check(
        &cost,
        &[(
            "The ferry will cost 48 million pounds, 8 million more than planned.",
            "48000000",
        )],
    );
    let pay = claims(
        "How many dollars a year does the captain earn?",
        "captain",
        "earns, salary",
    );
    check(
        &pay,
        &[
            ("The captain earns $41,000 a year.", "41000"),
            ("The captain has a salary of $41,000.", "41000"),
        ],
    );
}

#[test]
fn the_bound_of_a_number_negates_nothing() {
    let jobs = claims(
        "How many jobs go at the ferry?",
        "ferry",
        "jobs, redundancies",
    );
    check(
        &jobs,
        &[
            (
                "The ferry will see \"no more than 600\" redundancies.",
                "600",
            ),
            ("The ferry will not cut 600 jobs.", ""),
        ],
    );
}

#[test]
fn money_must_stand_with_the_deed_that_is_asked_for() {
    let stolen = claims(
        "How many pounds were stolen from the ferry fund?",
        "ferry",
        "stolen, stealing, missing",
    );
    check(
        &stolen,
        &[
            ("From the ferry fund £2.4 MILLION was stolen.", "2400000"),
            ("The ferry fund bought a house for £300,000.", ""),
            (
                "He pleaded not guilty to stealing £2 million from the ferry fund.",
                "2000000",
            ),
            ("Seven men were missing on the ferry.", ""),
        ],
    );
    let price = claims("What does the ferry cost?", "ferry", "$, price");
    check(&price, &[("The ferry went for $40,000.", "40000")]);
}

#[test]
fn the_question_tells_the_unit() {
    let ban = claims(
        "For how many years is the ferry banned?",
        "ferry",
        "ban, banned",
    );
    check(
        &ban,
        &[
            ("The ferry faces a ban of four years.", "4"),
            (
                "The ferry, which turned 30 in May, was banned for two years.",
                "2",
            ),
            ("A 30-year-old was banned from the ferry.", ""),
        ],
    );
}

#[test]
fn a_strange_name_is_another_party_only_where_it_can_be_who_acts() {
    let jobs = claims("How many jobs go at the ferry?", "ferry", "jobs");
    check(
        &jobs,
        &[
            ("Now the Tarn Line cuts 90 jobs beside the ferry.", ""),
            ("In southern Tarn the ferry cuts 90 jobs.", "90"),
            ("TARN, Ohio - The ferry cuts 90 jobs.", "90"),
            ("The vet Ann Tarn found it was a ferry with 90 jobs.", "90"),
            ("Today an Italian owner cuts 90 jobs at the ferry.", "90"),
            (
                "The minister Ann Tarn said the ferry would cut 90 jobs.",
                "90",
            ),
            ("Today Smith of Oxford cuts 90 jobs beside the ferry.", ""),
        ],
    );
}

#[test]
fn numbers_of_another_event_or_group_do_not_count() {
    check(
        &deaths(),
        &[
            ("In a separate ferry fire 40 people were killed.", ""),
            (
                "The ferry fire killed nine people. The families of three people killed on the ferry sued.",
                "9",
            ),
            (
                "The ferry, built in 1998, burned and 12 people were killed.",
                "12",
            ),
        ],
    );
}

#[test]
fn a_price_of_one_may_be_told_of_each() {
    let claims = claims(
        "How much does an episode of Tern cost, in dollars?",
        "Tern",
        "per episode, an episode",
    );
    check(
        &claims,
        &[
            ("Each episode of Tern costs about $9 million.", "9000000"),
            ("Tern costs $4 million an episode.", "4000000"),
            ("Tern has cost the firm $4 million.", ""),
        ],
    );
}

#[test]
fn a_measure_is_taken_along_the_line_that_is_asked_for() {
    let claims = claims(
        "How long is the beast of Tern?",
        "Tern",
        "long, metres, metres long",
    );
    check(
        &claims,
        &[
            ("The beast of Tern is 6 metres long.", "6"),
            ("The lake of Tern is 190 metres deep.", ""),
            ("The beast of Tern swam 200 metres from the shore.", ""),
            ("The beast of Tern measured 6 metres.", "6"),
        ],
    );
}

#[test]
fn a_part_that_is_included_is_no_whole() {
    let claims = claims(
        "How much is offered for Tern, in euros?",
        "Tern",
        "offer, euros for Tern",
    );
    check(
        &claims,
        &[
            (
                "The offer for Tern is 4 billion euros, including 500 million euros of debt.",
                "4000000000",
            ),
            (
                "The offer for Tern is 4 billion euros, of which the state pays 1 billion euros.",
                "4000000000",
            ),
            ("Savers took 9 billion euros out of Tern.", ""),
            ("Savers drew 9 billion euros from Tern.", ""),
            ("It gave 5 billion euros for Tern.", "5000000000"),
        ],
    );
}

#[test]
fn a_noun_may_bring_something_with_it_before_the_verb_that_tells_its_number() {
    let toll = claims(
        "How many people died on the ferry?",
        "ferry",
        "death toll, victims",
    );
    check(
        &toll,
        &[
            (
                "The death toll from the fire on the ferry has risen to 14.",
                "14",
            ),
            ("The death toll of the ferry now stands at 14.", "14"),
            (
                "The death toll of the ferry grew, and the captain called for a crew of 14.",
                "",
            ),
        ],
    );
    let cost = claims("How much does the ferry cost?", "ferry", "cost, bill");
    check(
        &cost,
        &[
            (
                "The bill for the new Harrow ferry will come to 80 million euros.",
                "80000000",
            ),
            (
                "The cost of the ferry is put at €80 million, up from €65 million.",
                "80000000",
            ),
            ("The cost of the ferry was cut by €10 million.", ""),
        ],
    );
}

#[test]
fn a_figure_held_against_a_number_before_it_counts_the_same() {
    let claims = claims(
        "How many people died on the ferry of Harrow?",
        "ferry",
        "died, dead",
    );
    check(
        &claims,
        &[
            (
                "On the ferry 40 people died. Police put the number at 28.",
                "40 28",
            ),
            (
                "On the ferry 40 people died. Thirty, says the union.",
                "40 30",
            ),
            // Another year's, another thing's, of another size, or nobody's.
            (
                "On the ferry 40 people died. Last year police put the number at 28.",
                "40",
            ),
            (
                "On the ferry 40 people died. Police put the number of cars at 28.",
                "40",
            ),
            (
                "On the ferry 40 people died. Police put the number at 2,800.",
                "40",
            ),
            ("On the ferry 40 people died. It left from pier 28.", "40"),
        ],
    );
}

#[test]
fn a_nickname_is_part_of_whose_age_it_is() {
    let age = claims("How old is Ida Roth?", "Roth", "year-old, aged, Roth");
    check(
        &age,
        &[
            ("On Monday 26-year-old Ida \"Star\" Roth sailed.", "26"),
            (
                "Ida \"Star\" Roth, 26, sailed with 80-year-old Karl \"Ace\" Brandt.",
                "26",
            ),
        ],
    );
}

#[test]
fn what_is_counted_is_no_money() {
    let paid = claims("How much was paid for the ferry?", "ferry", "paid, deal");
    check(
        &paid,
        &[
            (
                "The ferry deal comes after 54 million tickets were sold.",
                "",
            ),
            ("For the ferry 54 million was paid.", "54000000"),
        ],
    );
}

#[test]
fn a_look_alike_with_a_number_is_of_that_number_alone() {
    let text = "topic: The ferry of Harrow\nclaims:\n  - id: a\n    question: How old is the mate of the ferry?\n    about: [mate]\n    \
                quantity: {of: [year-old]}\n    except: [80-year-old captain]\n";
    check(
        &fixture::claims(text),
        &[
            (
                "The 80-year-old captain and his 27-year-old mate sailed.",
                "27",
            ),
            ("The mate knew the 80-year-old captain.", ""),
        ],
    );
}

#[test]
fn a_look_alike_is_of_the_number_beside_it() {
    let text = "topic: The ferry of Harrow\nclaims:\n  - id: a\n    question: How many women accuse the captain?\n    about: [captain]\n    \
                quantity: {of: [women]}\n    except: [year-old, women of the crew]\n";
    check(
        &fixture::claims(text),
        &[
            (
                "More than a dozen women accuse the 77-year-old captain.",
                "12",
            ),
            ("Nine women of the crew accuse the captain.", ""),
        ],
    );
}

#[test]
fn what_somebody_is_cleared_of_has_its_number() {
    let sum = claims(
        "How much is missing from the ferry fund?",
        "fund",
        "stealing, missing, £",
    );
    check(
        &sum,
        &[(
            "A jury cleared the treasurer of stealing £2.1 million from the fund.",
            "2100000",
        )],
    );
}
