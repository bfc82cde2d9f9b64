//! Which claims are in reach of a statement: those whose subject is named near enough, as each claim's `reach` says.

use crate::claim::Reach;
use crate::statement::Statement;

/// The claims whose subject each statement of an article names, and from these the claims in reach of each.
#[derive(Debug, Default)]
pub struct Near {
    /// The claims that statements name, one after the other.
    named: Vec<u32>,
    /// For each statement the end of its part.
    ends: Vec<usize>,
    /// Claims that reach over paragraphs, with the paragraph that names them, ascending by it.
    of_paragraphs: Vec<(usize, u32)>,
    /// Claims that reach over the article.
    of_article: ClaimBits,
    /// Those of the last paragraph.
    of_last: ClaimBits,
}

impl Near {
    /// Forgets the article; the next is asked on so many claims.
    pub fn begin(&mut self, claims: usize) {
        self.named.clear();
        self.ends.clear();
        self.of_paragraphs.clear();
        self.of_article.begin(claims);
        self.of_last.begin(claims);
    }

    /// The next statement of the article names the subject of these claims, each once.
    pub fn push(&mut self, statement: &Statement, named: &[u32], reach: impl Fn(u32) -> Reach) {
        self.named.extend(named);
        self.ends.push(self.named.len());
        for &claim in named {
            match reach(claim) {
                Reach::Sentence | Reach::Neighbour => {}
                Reach::Paragraph => {
                    let paragraph = statement.paragraph;
                    // A paragraph of very many statements must not be as many times as long.
                    if self
                        .of_paragraphs
                        .last()
                        .is_none_or(|(last, _)| *last != paragraph)
                    {
                        self.of_last.clear();
                    }
                    if self.of_last.insert(claim) {
                        self.of_paragraphs.push((paragraph, claim));
                    }
                }
                Reach::Article => {
                    self.of_article.insert(claim);
                }
            }
        }
    }

    /// Whether no statement names any claim's subject.
    pub fn is_empty(&self) -> bool {
        self.named.is_empty()
    }

    /// The claims whose subject a statement names, each once.
    pub fn named(&self, s: usize) -> &[u32] {
        let Some(&end) = self.ends.get(s) else {
            return &[];
        };
        let from = s.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.named[from..end]
    }

    /// Gives the claims in reach of a statement; one may come several times.
    pub fn of(
        &self,
        statements: &[Statement],
        s: usize,
        reach: impl Fn(u32) -> Reach,
        mut each: impl FnMut(u32),
    ) {
        self.of_statement(s, reach, &mut each);
        self.of_paragraph(statements[s].paragraph, each);
    }

    /// Gives the claims that are in reach of a statement because it, or one next to it, names their subject; one may come several times.
    pub fn of_statement(&self, s: usize, reach: impl Fn(u32) -> Reach, mut each: impl FnMut(u32)) {
        self.named(s).iter().copied().for_each(&mut each);
        let neighbours = s.checked_sub(1).into_iter().chain([s + 1]);
        for claim in neighbours.flat_map(|n| self.named(n)) {
            if reach(*claim) == Reach::Neighbour {
                each(*claim);
            }
        }
    }

    /// Gives the claims that are in reach of all statements of a paragraph; one may come several times.
    pub fn of_paragraph(&self, paragraph: usize, mut each: impl FnMut(u32)) {
        let from = self
            .of_paragraphs
            .partition_point(|(named, _)| named + 1 < paragraph);
        let here = self.of_paragraphs[from..].iter();
        here.take_while(|(named, _)| *named <= paragraph)
            .for_each(|(_, claim)| each(*claim));
        self.of_article.claims().iter().copied().for_each(each);
    }
}

/// A set of claims that is filled and emptied again and again.
#[derive(Debug, Default)]
pub struct ClaimBits {
    bits: Vec<u64>,
    claims: Vec<u32>,
}

impl ClaimBits {
    /// Room for so many claims; empty.
    pub fn begin(&mut self, claims: usize) {
        self.clear();
        self.bits.resize(claims.div_ceil(64), 0);
    }

    /// Empties it.
    pub fn clear(&mut self) {
        for claim in self.claims.drain(..) {
            self.bits[claim as usize / 64] = 0;
        }
    }

    /// Leaves only the first so many claims.
    pub fn truncate(&mut self, len: usize) {
        for claim in self.claims.drain(len..) {
            self.bits[claim as usize / 64] &= !(1 << (claim % 64));
        }
    }

    /// Adds a claim, and gives whether it was not there.
    pub fn insert(&mut self, claim: u32) -> bool {
        let bits = &mut self.bits[claim as usize / 64];
        let new = *bits >> (claim % 64) & 1 == 0;
        if new {
            *bits |= 1 << (claim % 64);
            self.claims.push(claim);
        }
        new
    }

    /// Whether it holds a claim.
    pub fn holds(&self, claim: u32) -> bool {
        self.bits[claim as usize / 64] >> (claim % 64) & 1 == 1
    }

    /// The claims, each once, as they came.
    pub fn claims(&self) -> &[u32] {
        &self.claims
    }
}
