//! Measures voices on hand-labelled articles, where those are at hand: `../shared/s400` beside the crate or beside its parent.

use std::path::{Path, PathBuf};

use gainsay::source::Span;
use gainsay::statement::{Voice, segment::segment, voice::Voices};
use serde_json::Value;

fn labels() -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    [Some(root), root.parent()]
        .into_iter()
        .flatten()
        .map(|place| place.join("../shared/s400"))
        .find(|place| place.join("gold.json").is_file())
}

fn words(text: &str) -> Vec<Span> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (c.is_alphanumeric(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                words.push(Span::new(from, at));
                start = None;
            }
            _ => {}
        }
    }
    words
}

/// The words of a sentence that also stand in the description of the position, by their first five letters: stands in for the words
/// that would decide in a match.
fn deciding(sentence: &str, description: &str) -> Vec<Span> {
    let stem = |word: &str| -> Option<String> {
        (word.chars().count() >= 4).then(|| word.chars().take(5).collect::<String>().to_lowercase())
    };
    let wanted: Vec<String> = words(description)
        .into_iter()
        .filter_map(|w| stem(&description[w.start..w.end]))
        .collect();
    words(sentence)
        .into_iter()
        .filter(|w| stem(&sentence[w.start..w.end]).is_some_and(|s| wanted.contains(&s)))
        .collect()
}

fn same_speaker(found: &str, wanted: &str) -> bool {
    use unicode_normalization::UnicodeNormalization;
    let fold = |text: &str| -> Vec<String> {
        text.nfkd()
            .filter(|c| c.is_alphanumeric() || c.is_whitespace())
            .collect::<String>()
            .to_lowercase()
            .split_whitespace()
            .map(str::to_owned)
            .collect()
    };
    let (found, wanted) = (fold(found), fold(wanted));
    // "Vogt" is "Lena Vogt"; a labelled pronoun names nobody and any answer will do.
    wanted == ["he"] || found.last() == wanted.last()
}

#[test]
fn voices_agree_with_labels() {
    let Some(place) = labels() else {
        println!("skipped: no labelled articles at ../shared/s400");
        return;
    };
    let gold: Value = serde_json::from_str(
        &std::fs::read_to_string(place.join("gold.json")).expect("gold.json can be read"),
    )
    .expect("gold.json is JSON");
    let topic = &gold["topics"][0];
    let describe = |claim: &str, position: &str| -> String {
        topic["claims"]
            .as_array()
            .into_iter()
            .flatten()
            .find(|c| c["id"] == claim)
            .and_then(|c| c["positions"][position].as_str())
            .unwrap_or_default()
            .to_owned()
    };
    let (mut all, mut agreed, mut spoken, mut named, mut hedges_wrong) = (0, 0, 0, 0, 0);
    for (article, claims) in topic["articles"].as_object().expect("articles") {
        let prose = std::fs::read_to_string(place.join("articles").join(format!("{article}.txt")))
            .expect("the article can be read");
        let statements = segment(&prose, &[], None);
        let voices = Voices::new(&prose, &statements);
        for (claim, entries) in claims.as_object().expect("claims") {
            for entry in entries.as_array().expect("entries") {
                let position = entry["position"].as_str().expect("position");
                let description = describe(claim, position);
                for sentence in entry["evidence"].as_array().expect("evidence") {
                    let sentence = sentence.as_str().expect("text");
                    let Some(at) = prose.find(sentence) else {
                        println!("not in {article}: {sentence}");
                        continue;
                    };
                    // A label may cover a part of a statement, or begin with its opening mark.
                    let index = statements
                        .iter()
                        .rposition(|s| {
                            s.span.start < at + sentence.len().min(20) && s.span.end > at
                        })
                        .expect("every sentence is in a statement");
                    let decided: Vec<Span> = deciding(sentence, &description)
                        .into_iter()
                        .map(|w| Span::new(w.start + at, w.end + at))
                        .collect();
                    let voiced = voices.voice_at(index, &decided);
                    let wanted = entry["voice"] == "attributed";
                    let speaker = match &voiced.voice {
                        Voice::Own => None,
                        Voice::Attributed { speaker } => Some(speaker.clone()),
                    };
                    all += 1;
                    let voice_agrees = speaker.is_some() == wanted;
                    agreed += usize::from(voice_agrees);
                    let mut ok = voice_agrees;
                    if wanted && voice_agrees {
                        spoken += 1;
                        let right = entry["speaker"].as_str().is_some_and(|wanted| {
                            speaker
                                .clone()
                                .flatten()
                                .is_some_and(|s| same_speaker(&s, wanted))
                        });
                        named += usize::from(right);
                        ok &= right;
                    }
                    let hedged = entry["hedged"].as_bool().unwrap_or(false);
                    if hedged != voiced.hedged {
                        hedges_wrong += 1;
                        println!("HEDGE {hedged} labelled, {claim}/{position}: {sentence}");
                    }
                    if !ok {
                        println!(
                            "{} {:?} labelled, {speaker:?} found, {claim}/{position}: {sentence}",
                            entry["voice"], entry["speaker"]
                        );
                    }
                }
            }
        }
    }
    println!("voice {agreed} of {all}, speaker {named} of {spoken}, hedged wrong {hedges_wrong}");
    assert!(all > 0, "the labels hold evidence");
    assert!(agreed * 100 >= all * 90, "voice: {agreed} of {all}");
    assert!(named * 100 >= spoken * 90, "speaker: {named} of {spoken}");
}
