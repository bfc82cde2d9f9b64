//! Makes [`Claim`]s of what the shape check let through, and finds the faults of meaning: names that lead nowhere, answers that clash.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::alias;
use super::format::{ClaimText, ExampleText, MeasureText, Pairs, PositionText, read};
use super::model::{
    AliasGroup, Answers, Claim, Example, Expected, Position, Reach, Severity, Tolerance,
};
use super::outline::Node;
use super::shape::{Loss, shorten};
use super::testimony::Testimony;
use super::tolerance;
use crate::fingerprint::folded_words;
use crate::problem::Problem;
use crate::similarity::suggestion::nearest;
use crate::source::{Source, Span};

/// The word for an example that carries nothing.
const NOTHING: &str = "none";

/// Builds the claims of one file.
pub(super) struct Builder<'a> {
    pub source: &'a Arc<Source>,
    pub topic: &'a Arc<str>,
    pub aliases: &'a Arc<[AliasGroup]>,
    /// The file's `aliases`, for their places.
    pub alias_node: Option<&'a Node>,
    pub problems: &'a mut Vec<Problem>,
}

impl Builder<'_> {
    /// The claim of a node that has the shape of one, or nothing when it means nothing; all faults are reported, not only the first.
    pub fn claim(&mut self, node: &Node, loss: &Loss) -> Option<Claim> {
        let text: ClaimText = match read(node) {
            Ok(text) => text,
            Err(error) => {
                // The shape check should have found it; the claim is lost, the run is not.
                let place = self.first_line(node.span);
                self.report(
                    loss.problem(
                        "claim/unreadable-claim",
                        format_args!("the claim cannot be read ({error})"),
                    )
                    .at(self.source, place, "in this claim")
                    .help("compare it with the format of claim files"),
                );
                return None;
            }
        };
        let id_span = node.get("id").map_or(node.span, |id| id.span);
        let named = self.id(&text.id, id_span, loss);
        let subject = self.about(&text.about, node, loss);
        let testimony = self.testimony(text.hedged.as_deref(), text.speaker.as_deref(), node, loss);
        let (answers, mut except) = self.answers(&text, node, id_span, loss)?;
        let testimony = testimony.filter(|_| named && subject)?;
        let compatible = self.compatible(&text.compatible, node, &answers);
        let examples = self.examples(text.examples, node, &answers);
        if let Some(own) = node.get("aliases") {
            let clashes = alias::clashes(self.source, self.alias_node, Some(own));
            self.problems.extend(clashes);
        }
        except.splice(0..0, text.except);
        Some(Claim {
            id: text.id,
            topic: Arc::clone(self.topic),
            question: text.question,
            about: text.about,
            reach: match text.reach.as_deref() {
                Some("sentence") => Reach::Sentence,
                Some("paragraph") => Reach::Paragraph,
                Some("article") => Reach::Article,
                _ => Reach::Neighbour,
            },
            testimony,
            answers,
            compatible,
            except,
            examples,
            aliases: alias::join(self.aliases, &text.aliases),
            severity: text.severity.as_deref().and_then(|word| match word {
                "low" => Some(Severity::Low),
                "medium" => Some(Severity::Medium),
                "high" => Some(Severity::High),
                _ => None,
            }),
            source: Arc::clone(self.source),
            span: id_span,
        })
    }

    fn report(&mut self, problem: Problem) {
        self.problems.push(problem);
    }

    fn first_line(&self, span: Span) -> Span {
        let line = self.source.slice(span).lines().next().unwrap_or_default();
        Span::new(span.start, span.start + line.trim_end().len())
    }

    fn id(&mut self, id: &str, span: Span, loss: &Loss) -> bool {
        let is_kebab = id.split('-').all(|part| {
            !part.is_empty()
                && part
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        });
        if !is_kebab {
            /// A shorter rest of the id is hardly what was meant.
            const SHORTEST: usize = 3;
            let better = kebab(id);
            let problem = loss
                .problem(
                    "claim/bad-id",
                    format_args!("the id `{}` is not in kebab-case", shorten(id)),
                )
                .at(
                    self.source,
                    span,
                    "small letters, digits and single hyphens only",
                );
            self.report(if better.len() < SHORTEST {
                problem.help("write a name such as `treaty-signed`")
            } else {
                problem.help(format!("write `{better}`"))
            });
        }
        is_kebab
    }

    fn about(&mut self, about: &[String], node: &Node, loss: &Loss) -> bool {
        if about.is_empty() {
            let place = node
                .entry("about")
                .map_or(node.span, |entry| entry.key.span);
            self.report(
                loss.problem("claim/empty-about", "`about` names nothing")
                    .at(self.source, place, "the list is empty")
                    .help("name the subject: words of which a statement must mention one"),
            );
        }
        !about.is_empty()
    }

    /// What `hedged` and `speaker` of a claim or position ask; nothing when they cannot be met.
    fn testimony(
        &mut self,
        hedged: Option<&str>,
        speakers: Option<&[String]>,
        node: &Node,
        loss: &Loss,
    ) -> Option<Testimony> {
        let testimony = Testimony {
            hedged: hedged.map(|flag| flag.eq_ignore_ascii_case("true")),
            speakers: speakers.map(Arc::from),
        };
        let Some(names) = speakers else {
            return Some(testimony);
        };
        let key = node
            .entry("speaker")
            .map_or(node.span, |entry| entry.key.span);
        let items = node.get("speaker").map(Node::items).unwrap_or_default();
        let wordless = names.iter().position(|name| folded_words(name).is_empty());
        let (place, what, label) = match wordless {
            None if !names.is_empty() => return Some(testimony),
            None => (
                key,
                "`speaker` names nobody".to_owned(),
                "the list is empty",
            ),
            Some(at) => (
                items.get(at).map_or(key, |item| item.span),
                format!("`{}` in `speaker` names nobody", shorten(&names[at])),
                "neither a letter nor a figure",
            ),
        };
        self.report(
            loss.problem("claim/empty-speaker", what)
                .at(self.source, place, label)
                .help("name those whose statements count, and `article` for the article's own voice; without `speaker` everybody's count"),
        );
        None
    }

    /// The answers with the look-alikes that stand beside them.
    fn answers(
        &mut self,
        text: &ClaimText,
        node: &Node,
        id: Span,
        loss: &Loss,
    ) -> Option<(Answers, Vec<String>)> {
        let kinds: Vec<(&str, Span)> = ["positions", "quantity", "date"]
            .into_iter()
            .filter_map(|kind| node.entry(kind).map(|entry| (kind, entry.key.span)))
            .collect();
        match kinds.as_slice() {
            [_] => {}
            [] => {
                self.report(
                    loss.problem("claim/missing-positions", "the claim has no `positions`, `quantity` or `date`")
                        .at(self.source, id, "nothing answers this claim's question")
                        .help("add `positions:` with two or more answers, or `quantity:` or `date:` when the answers are numbers or dates"),
                );
                return None;
            }
            [(first, first_span), (second, second_span), ..] => {
                self.report(
                    loss.problem(
                        "claim/several-answers",
                        format_args!("the claim has both `{first}` and `{second}`"),
                    )
                    .at(self.source, *second_span, "a second kind of answers")
                    .at(self.source, *first_span, "the first kind")
                    .help("keep one of them, and make a second claim for the other"),
                );
                return None;
            }
        }
        if let Some(positions) = &text.positions {
            let place = node.entry("positions")?;
            let positions = self.positions(positions, place.key.span, &place.value, loss)?;
            return Some((Answers::Positions(positions), Vec::new()));
        }
        let is_date = text.date.is_some();
        let measure = text.quantity.as_ref().or(text.date.as_ref())?;
        let place = node.entry(if is_date { "date" } else { "quantity" })?;
        self.measure(measure, is_date, &place.value, place.key.span, loss)
    }

    fn measure(
        &mut self,
        measure: &MeasureText,
        is_date: bool,
        node: &Node,
        key: Span,
        loss: &Loss,
    ) -> Option<(Answers, Vec<String>)> {
        let mut sound = true;
        if measure.of.is_empty() {
            let place = node.entry("of").map_or(key, |entry| entry.key.span);
            let thing = if is_date { "date" } else { "number" };
            self.report(
                loss.problem("claim/missing-of", "`of` names nothing")
                    .at(self.source, place, "the list is empty")
                    .help(format!("name the words that stand with the {thing}")),
            );
            sound = false;
        }
        let written = measure.tolerance.as_deref();
        let answers = if is_date {
            written
                .map_or(Ok(0), tolerance::of_date)
                .map(|tolerance_days| Answers::Date {
                    of: measure.of.clone(),
                    tolerance_days,
                })
        } else {
            written
                .map_or(Ok(Tolerance::Relative(0.0)), tolerance::of_quantity)
                .map(|tolerance| Answers::Quantity {
                    of: measure.of.clone(),
                    tolerance,
                })
        };
        match answers {
            Ok(answers) if sound => Some((answers, measure.except.clone())),
            Ok(_) => None,
            Err(why) => {
                let place = node.get("tolerance").map_or(key, |node| node.span);
                self.report(
                    loss.problem(
                        "claim/bad-tolerance",
                        format_args!("the tolerance `{}` {why}", shorten(written.unwrap_or_default())),
                    )
                    .at(self.source, place, "not a tolerance")
                    .help(if is_date {
                        "write a whole number of days, weeks, months or years, such as `31 days`; `0 days` when any difference matters"
                    } else {
                        "write a share from `0%` to `100%`, or a number in the unit of the quantity, such as `5`"
                    }),
                );
                None
            }
        }
    }

    fn positions(
        &mut self,
        positions: &Pairs<PositionText>,
        key: Span,
        node: &Node,
        loss: &Loss,
    ) -> Option<Vec<Position>> {
        let names: Vec<&str> = positions.0.iter().map(|(name, _)| name.as_str()).collect();
        let mut sound = true;
        let mut built = Vec::with_capacity(names.len());
        for ((name, text), entry) in positions.0.iter().zip(node.entries()) {
            let place = entry.key.span;
            if name == NOTHING {
                self.report(
                    Problem::warning("claim/position-named-none", "a position is named `none`")
                        .at(self.source, place, "the word for a near miss")
                        .help("give it another name: in an example `position: none` means that no position is carried"),
                );
            }
            if text.says.is_none() && text.phrases.is_empty() {
                sound = false;
                self.report(
                    loss.problem(
                        "claim/position-without-wording",
                        format_args!("the position `{name}` has no wording"),
                    )
                    .at(self.source, place, "neither `says` nor `phrases`")
                    .help("add `says:` with the position as a full sentence, or `phrases:` with typical wordings"),
                );
            }
            let denied = text.denied.clone().filter(|denied| {
                let place = entry.value.get("denied").map_or(place, |node| node.span);
                if denied == name {
                    self.report(
                        Problem::warning(
                            "claim/denies-itself",
                            format!("`{name}` cannot be its own denial; `denied` is left out"),
                        )
                        .at(self.source, place, "the position itself")
                        .help("name the position that somebody supports who denies this one"),
                    );
                    return false;
                }
                self.is_known(denied, &names, place, "`denied` is left out")
            });
            let testimony = self.testimony(
                text.hedged.as_deref(),
                text.speaker.as_deref(),
                &entry.value,
                loss,
            );
            sound &= testimony.is_some();
            built.push(Position {
                name: name.clone(),
                says: text.says.clone().unwrap_or_default(),
                phrases: text.phrases.clone(),
                except: text.except.clone(),
                silence: text
                    .silence
                    .as_deref()
                    .is_some_and(|flag| flag.eq_ignore_ascii_case("true")),
                denied,
                requires: text.requires.clone(),
                testimony: testimony.unwrap_or_default(),
            });
        }
        match built.as_slice() {
            [] => {
                sound = false;
                self.report(
                    loss.problem("claim/missing-positions", "`positions` names no position")
                        .at(self.source, key, "nothing in it")
                        .help("add two or more answers to the question"),
                );
            }
            [only] => {
                let message = format!(
                    "`{}` is the only position, so nothing can contradict it",
                    only.name
                );
                self.report(
                    Problem::warning("claim/one-position", message)
                        .at(self.source, key, "fewer than two positions")
                        .help("add the answers that would conflict with it"),
                );
            }
            _ => {}
        }
        self.shared_wordings(node);
        sound.then_some(built)
    }

    /// Warns of a wording that two positions have: what it matches carries both.
    fn shared_wordings(&mut self, node: &Node) {
        let mut seen: BTreeMap<String, (&str, Span)> = BTreeMap::new();
        for entry in node.entries() {
            let name = entry.key.text().unwrap_or_default();
            let phrases = entry.value.get("phrases").map(Node::items);
            let wordings = entry
                .value
                .get("says")
                .into_iter()
                .chain(phrases.unwrap_or_default());
            for wording in wordings {
                let text = wording.text().unwrap_or_default();
                let folded = folded_words(text);
                if folded.is_empty() {
                    continue;
                }
                let &mut (first, place) = seen.entry(folded).or_insert((name, wording.span));
                if first != name {
                    self.problems.push(
                        Problem::warning(
                            "claim/shared-wording",
                            format!("`{first}` and `{name}` have the same wording, so it cannot tell them apart"),
                        )
                        .at(self.source, wording.span, format!("a wording of `{name}`"))
                        .at(self.source, place, format!("a wording of `{first}`"))
                        .help("keep it for the position that it really expresses, or add the word that makes the difference"),
                    );
                }
            }
        }
    }

    /// Whether a text can be an answer: the name of a position, or something with a figure in it where the answers are numbers or
    /// dates (`names` is nothing then). Reports it when not.
    fn is_answer(&mut self, text: &str, names: Option<&[&str]>, place: Span, cost: &str) -> bool {
        if let Some(names) = names {
            return self.is_known(text, names, place, cost);
        }
        let has_figure = text.chars().any(char::is_numeric);
        if !has_figure {
            let what = format!("`{}` is no number and no date; {cost}", shorten(text));
            self.report(
                Problem::warning("claim/no-number", what)
                    .at(self.source, place, "no figure in it")
                    .help("the answers of this claim are numbers or dates: write them in figures"),
            );
        }
        has_figure
    }

    /// Whether a name is that of a position; reports it when not.
    fn is_known(&mut self, name: &str, names: &[&str], place: Span, cost: &str) -> bool {
        let known = names.contains(&name);
        if !known {
            /// No claim has so many positions; the limit keeps help short and the search for a near name quick.
            const MOST: usize = 24;
            let names = &names[..names.len().min(MOST)];
            let listed: Vec<_> = names
                .iter()
                .map(|name| format!("`{}`", shorten(name)))
                .collect();
            let help = match nearest(name, names.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("the positions here are {}", listed.join(", ")),
            };
            self.report(
                Problem::warning(
                    "claim/unknown-position",
                    format!("no position is named `{}`; {cost}", shorten(name)),
                )
                .at(self.source, place, "not a position of this claim")
                .help(help),
            );
        }
        known
    }

    fn compatible(
        &mut self,
        pairs: &[Vec<String>],
        node: &Node,
        answers: &Answers,
    ) -> Vec<(String, String)> {
        let names = position_names(answers);
        let nodes = node.get("compatible").map(Node::items).unwrap_or_default();
        let mut built = Vec::with_capacity(pairs.len());
        for (pair, node) in pairs.iter().zip(nodes) {
            const COST: &str = "this pair is left out";
            let place = self.first_line(node.span);
            let [a, b] = pair.as_slice() else {
                let count = match pair.len() {
                    1 => "1 entry".to_owned(),
                    many => format!("{many} entries"),
                };
                self.report(
                    Problem::warning("claim/bad-pair", format!("a pair in `compatible` has {count}; {COST}"))
                        .at(self.source, place, "not a pair")
                        .help("write each two answers that can both be true as a pair: `- [first, second]`"),
                );
                continue;
            };
            if a == b {
                self.report(
                    Problem::warning(
                        "claim/bad-pair",
                        format!("`{a}` stands twice in a pair; {COST}"),
                    )
                    .at(self.source, place, "an answer always agrees with itself")
                    .help("name two different answers"),
                );
                continue;
            }
            // Both are looked at, so that two slips are told at once.
            let mut known = true;
            for (name, node) in pair.iter().zip(node.items()) {
                known &= self.is_answer(name, names.as_deref(), node.span, COST);
            }
            if known {
                built.push((a.clone(), b.clone()));
            }
        }
        built
    }

    fn examples(
        &mut self,
        examples: Vec<ExampleText>,
        node: &Node,
        answers: &Answers,
    ) -> Vec<Example> {
        const COST: &str = "this example is left out";
        let names = position_names(answers);
        let nodes = node.get("examples").map(Node::items).unwrap_or_default();
        let mut built = Vec::with_capacity(examples.len());
        for (example, node) in examples.into_iter().zip(nodes) {
            let Some(position) = node.get("position") else {
                continue;
            };
            let expected = example.position.into_list();
            let place = self.first_line(position.span);
            let expected = if expected.is_empty() {
                self.report(
                    Problem::warning(
                        "claim/example-without-position",
                        format!("`position` names nothing; {COST}"),
                    )
                    .at(self.source, place, "the list is empty")
                    .help("write `position: none` for a near miss"),
                );
                continue;
            } else if expected == [NOTHING] {
                Expected::Nothing
            } else if expected.iter().any(|name| name == NOTHING) {
                self.report(
                    Problem::warning(
                        "claim/unknown-position",
                        format!("`none` stands beside a position; {COST}"),
                    )
                    .at(self.source, place, "either none or some")
                    .help("write `position: none` alone, or take `none` away"),
                );
                continue;
            } else {
                let mut known = true;
                for (at, name) in expected.iter().enumerate() {
                    let place = position
                        .items()
                        .get(at)
                        .map_or(position.span, |item| item.span);
                    known &= self.is_answer(name, names.as_deref(), place, COST);
                }
                if !known {
                    continue;
                }
                Expected::Positions(expected)
            };
            built.push(Example {
                text: example.text,
                expected,
                todo: example
                    .todo
                    .is_some_and(|flag| flag.eq_ignore_ascii_case("true")),
                span: node.span,
            });
        }
        built
    }
}

/// The names of positions; `None` for numbers and dates, which are free.
fn position_names(answers: &Answers) -> Option<Vec<&str>> {
    match answers {
        Answers::Positions(positions) => Some(
            positions
                .iter()
                .map(|position| position.name.as_str())
                .collect(),
        ),
        _ => None,
    }
}

/// A usable id that is close to what was written.
fn kebab(text: &str) -> String {
    let plain: String = folded_words(text)
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || *c == ' ')
        .collect();
    plain.split_whitespace().collect::<Vec<_>>().join("-")
}
