//! Who said what when: a drawing for each claim with a divergence, answers in lanes, the same days below each other.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use maud::{Markup, html};

use super::Page;
use crate::divergence::{Divergence, Status};
use crate::render::words::{answer, is_minor, plain};

/// Lengths in units of the drawing; its text is 13 units high.
const WIDTH: i32 = 760;
const LABELS: i32 = 190;
const MARGIN: i32 = 34;
const LANE: i32 = 30;
const AXIS: i32 = 26;

/// So many characters fit beside a lane.
const LABEL_CHARACTERS: usize = 26;

/// Lanes of one drawing. Numbers and dates may have many more; the table shows them.
const MOST_LANES: usize = 8;

/// Days with a name below the drawing; more run into each other.
const MOST_TICKS: i64 = 5;

/// Drawings on the page: those of the claims that matter most.
const MOST_DRAWINGS: usize = 50;

/// A day and the articles that give an answer on it.
type Days = BTreeMap<Date, Vec<usize>>;

/// The days that all drawings show.
#[derive(Clone, Copy)]
struct Scale {
    first: Date,
    days: i64,
}

impl Scale {
    fn x(self, day: Date) -> i32 {
        let room = i64::from(WIDTH - LABELS - 2 * MARGIN);
        let at = days_between(self.first, day) * room / self.days.max(1);
        LABELS + MARGIN + i32::try_from(at).unwrap_or(0)
    }

    /// Days to name, evenly spread, with the first and the last.
    fn ticks(self) -> Vec<Date> {
        let steps = self.days.clamp(1, MOST_TICKS - 1);
        let day = |step| jiff::Span::new().try_days(self.days * step / steps);
        (0..=steps)
            .filter_map(|step| self.first.checked_add(day(step).ok()?).ok())
            .collect()
    }
}

fn days_between(a: Date, b: Date) -> i64 {
    a.until(b).map_or(0, |span| i64::from(span.get_days()))
}

impl Page<'_> {
    pub(super) fn timeline(&self) -> Markup {
        let claims = self.claims_to_draw();
        // Answers of one day have no order.
        let lanes: Vec<(usize, Vec<(&str, Days)>)> = claims
            .into_iter()
            .map(|claim| (claim, self.lanes(claim)))
            .filter(|(_, lanes)| {
                let days: BTreeSet<Date> = lanes
                    .iter()
                    .flat_map(|(_, days)| days.keys().copied())
                    .collect();
                days.len() > 1
            })
            .collect();
        let days = || {
            lanes
                .iter()
                .flat_map(|(_, lanes)| lanes.iter().flat_map(|(_, days)| days.keys()))
        };
        let (first, last) = (days().min().copied(), days().max().copied());
        let undated = self
            .report
            .articles
            .iter()
            .filter(|article| article.date.is_none())
            .count();
        html! {
            section id="timeline" aria-labelledby="timeline-name" {
                h2 id="timeline-name" { "By date" }
                @match first.zip(last).filter(|(first, last)| first < last) {
                    Some((first, last)) => {
                        p.about {
                            "When the articles with an answer were published"
                            @if undated > 0 { "; " (undated) " without a date are not shown" }
                            ". A number in a mark counts articles of one day."
                        }
                        @let scale = Scale { first, days: days_between(first, last) };
                        @for (claim, lanes) in &lanes {
                            (self.drawing(*claim, lanes, scale))
                        }
                    }
                    None => p.note { "There is no order of time to show: answers that diverge are known of one day at most." },
                }
            }
        }
    }

    /// Claims with a divergence to settle, what matters most first.
    fn claims_to_draw(&self) -> Vec<usize> {
        let mut claims = Vec::new();
        let open = |d: &&Divergence| d.status != Status::Dismissed && !is_minor(d);
        for divergence in self.report.divergences.iter().filter(open) {
            if !claims.contains(&divergence.claim) && claims.len() < MOST_DRAWINGS {
                claims.push(divergence.claim);
            }
        }
        claims
    }

    fn lanes(&self, claim: usize) -> Vec<(&str, Days)> {
        let mut days: BTreeMap<&str, Days> = BTreeMap::new();
        let stances = self
            .report
            .stances
            .iter()
            .filter(|stance| stance.claim == claim);
        for stance in stances {
            for held in &stance.held {
                let lane = days.entry(&held.position).or_default();
                if let Some(date) = self.report.articles[stance.article].date {
                    lane.entry(date).or_default().push(stance.article);
                }
            }
        }
        let names = self.answers.all(claim).iter();
        names
            .filter_map(|&name| Some((name, days.remove(name)?)))
            .collect()
    }

    fn drawing(&self, claim: usize, lanes: &[(&str, Days)], scale: Scale) -> Markup {
        let of_claim = &self.report.claims[claim];
        let question = plain(&of_claim.question);
        let shown = &lanes[..lanes.len().min(MOST_LANES)];
        let bottom = LANE * shown.len() as i32;
        let name = format!("t-{claim}");
        html! {
            figure.timeline data-claim=(claim) {
                figcaption id=(name) { (question) }
                div.scroll role="group" aria-labelledby=(name) tabindex="0" {
                    svg role="img" aria-labelledby=(name) aria-describedby={ (name) "-text" }
                        width=(WIDTH) height=(bottom + AXIS) viewBox={ "0 0 " (WIDTH) " " (bottom + AXIS) } {
                        @for day in scale.ticks() {
                            line.grid x1=(scale.x(day)) x2=(scale.x(day)) y1="0" y2=(bottom) {}
                            text.day x=(scale.x(day)) y=(bottom + 18) text-anchor="middle" { (day) }
                        }
                        @for (nth, (position, days)) in shown.iter().enumerate() {
                            @let y = LANE * nth as i32 + LANE / 2;
                            @let label = answer(of_claim, position);
                            line.lane x1=(LABELS) x2=(WIDTH) y1=(y) y2=(y) {}
                            text.label x="0" y=(y + 4) { title { (label) } (cut(&label)) }
                            @for (&day, articles) in days {
                                g class={ "mark " (self.answers.class(claim, Some(position))) } {
                                    title { (label) ", " (day) ": " (self.ids(articles)) }
                                    (shape(nth, scale.x(day), y))
                                    @if articles.len() > 1 {
                                        text x=(scale.x(day)) y=(y + 4) text-anchor="middle" { (articles.len()) }
                                    }
                                }
                            }
                        }
                    }
                }
                p.unseen id={ (name) "-text" } {
                    @for (position, days) in shown {
                        (answer(of_claim, position)) ": "
                        @for (&day, articles) in days { (day) " " (self.ids(articles)) "; " }
                        @if days.is_empty() { "no article with a date; " }
                    }
                }
                @if lanes.len() > shown.len() {
                    p.note { (lanes.len() - shown.len()) " further answers are not drawn." }
                }
            }
        }
    }

    fn ids(&self, articles: &[usize]) -> String {
        let ids = articles
            .iter()
            .take(MOST_LANES)
            .map(|&at| plain(&self.report.articles[at].id));
        let mut ids = ids.collect::<Vec<_>>().join(", ");
        if articles.len() > MOST_LANES {
            ids += &format!(" and {} more", articles.len() - MOST_LANES);
        }
        ids
    }
}

/// The beginning of a label that is too long.
fn cut(label: &str) -> String {
    match label.char_indices().nth(LABEL_CHARACTERS) {
        Some(_) => {
            let kept: String = label.chars().take(LABEL_CHARACTERS - 1).collect();
            format!("{}…", kept.trim_end())
        }
        None => label.to_owned(),
    }
}

/// A mark of its own for each lane, so that colours are not needed to tell them apart.
fn shape(lane: usize, x: i32, y: i32) -> Markup {
    html! {
        @match lane % 4 {
            0 => circle cx=(x) cy=(y) r="9" {},
            1 => rect x=(x - 8) y=(y - 8) width="16" height="16" {},
            2 => path d={ "M" (x) " " (y - 11) "L" (x + 11) " " (y) "L" (x) " " (y + 11) "L" (x - 11) " " (y) "Z" } {},
            _ => path d={ "M" (x) " " (y - 11) "L" (x + 11) " " (y + 8) "L" (x - 11) " " (y + 8) "Z" } {},
        }
    }
}
