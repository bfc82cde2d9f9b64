//! What stands before a family name and is written small: "al-Sisi", "de Gaulle".

const PARTICLES: &[&str] = &[
    "al", "ben", "bin", "bint", "d", "da", "das", "de", "del", "della", "den", "der", "di", "do",
    "dos", "du", "e", "el", "ibn", "la", "le", "ten", "ter", "ul", "van", "von", "zu",
];

/// Whether a word is one, and written small.
pub fn is_particle(word: &str) -> bool {
    PARTICLES.contains(&word)
}
