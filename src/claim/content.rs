//! What of a claim decides which statements match it, as a hash.

use std::fmt::Write;

use sha2::{Digest, Sha256};

use super::Claim;

impl Claim {
    /// A hash of all that matching depends on, as 32 hexadecimal digits: two claims with the same one match the same statements. Where
    /// the claim stands, its examples, and what is only used when matches are compared do not count.
    pub fn content_hash(&self) -> String {
        // Named one by one, so that a new field asks whether it counts.
        let Self {
            id,
            topic,
            question,
            about,
            reach,
            testimony,
            answers,
            except,
            aliases,
            compatible: _,
            examples: _,
            severity: _,
            source: _,
            span: _,
        } = self;
        // The debugging form quotes every text, so no two contents write the same.
        let content = format!(
            "{id:?} {topic:?} {question:?} {about:?} {reach:?} {testimony:?} {answers:?} {except:?} {aliases:?}"
        );
        let mut hex = String::with_capacity(32);
        for byte in &Sha256::digest(content.as_bytes())[..16] {
            write!(hex, "{byte:02x}").expect("internal: writing to a string cannot fail");
        }
        hex
    }
}
