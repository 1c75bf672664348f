//! Figures of speakers as JSON.

use serde_json::{Map, Value, json};

use crate::eval::speakers::{Accuracy, Confusion, Precision, Quote, Scores, Slip};

/// The figures as one JSON object, table by table.
pub(super) fn of(scores: &Scores<'_>, threshold: f64, overlap: &str) -> Value {
    let by_kind: Map<String, Value> =
        scores.by_kind.iter().map(|(kind, of_kind)| ((*kind).to_owned(), accuracy(of_kind).into())).collect();
    let by_reference = scores.by_reference.iter();
    let by_reference: Map<String, Value> = by_reference
        .map(|(reference, of_it)| (reference.name().to_owned(), accuracy(of_it).into()))
        .collect();
    json!({
        "articles": scores.articles,
        "missing_articles": scores.unanswered,
        "articles_not_in_gold": scores.unknown,
        "threshold": threshold,
        "overlap": overlap,
        "1_person": with_precision(&scores.people, &scores.people_precision),
        "2_all_kinds": with_precision(&scores.speakers, &scores.speakers_precision),
        "2_all_with_unknown": accuracy(&scores.all),
        "2_by_kind": by_kind,
        "3_direct_person": accuracy(&scores.direct_people),
        "3_direct_all_kinds": accuracy(&scores.direct_speakers),
        "3_direct_person_by_reference": by_reference,
        "4_given_match": {
            "person": scores.people.given_match(),
            "all_kinds": scores.speakers.given_match(),
            "direct_person": scores.direct_people.given_match(),
        },
        "5_said_on": said_on(scores),
        "6_purity": purity(scores),
        "7_direct_person_by_least_confidence": by_least(scores),
        "errors": scores.slips.iter().map(slip).collect::<Vec<_>>(),
    })
}

fn accuracy(of: &Accuracy) -> Map<String, Value> {
    let mut object = Map::new();
    object.insert("n".into(), of.number.into());
    object.insert("matched".into(), of.matched.into());
    object.insert("correct".into(), of.right.into());
    object.insert("recall_of_content".into(), of.recall_of_content().into());
    object.insert("accuracy".into(), of.accuracy().into());
    object.insert("accuracy_given_match".into(), of.given_match().into());
    object
}

fn with_precision(of: &Accuracy, precision: &Precision) -> Value {
    let mut object = accuracy(of);
    object.insert("p_system_quotes".into(), precision.number.into());
    object.insert("p_matched".into(), precision.matched.into());
    object.insert("p_correct".into(), precision.right.into());
    object.insert("p_precision".into(), precision.precision().into());
    object.insert("p_prec_matched".into(), precision.given_match().into());
    object.into()
}

fn said_on(scores: &Scores<'_>) -> Value {
    let said_on = &scores.said_on;
    json!({
        "n": said_on.number,
        "matched": said_on.matched,
        "exact": said_on.exact,
        "prefix": said_on.prefix,
        "given": said_on.given,
        "spurious": said_on.spurious,
        "null_matched": said_on.matched_without,
        "accuracy_exact": said_on.accuracy_exact(),
        "accuracy_prefix": said_on.accuracy_prefix(),
        "accuracy_exact_given_match": said_on.exact_given_match(),
        "spurious_rate": said_on.spurious_rate(),
    })
}

fn by_least(scores: &Scores<'_>) -> Value {
    let rows = scores.by_least.iter().map(|(least, (accuracy, precision))| {
        json!({
            "least": f64::from(*least) / 1000.0,
            "recall": accuracy.accuracy(),
            "precision": precision.precision(),
            "precision_matched": precision.given_match(),
            "n": precision.number,
        })
    });
    rows.collect()
}

fn purity(scores: &Scores<'_>) -> Value {
    let identity = &scores.identity;
    let confusion = |confusion: &Confusion<'_>| {
        let several: Map<String, Value> =
            confusion.several.iter().map(|(name, count)| ((*name).to_owned(), (*count).into())).collect();
        json!([confusion.document, confusion.one, several])
    };
    json!({
        "system_names": identity.names,
        "merged": identity.merged.len(),
        "gold_persons": identity.people,
        "gold_persons_2plus": identity.repeated,
        "split": identity.split.len(),
        "split_by_form": identity.split_by_form,
        "quotes": identity.quotes,
        "majority": identity.majority,
        "merged_rate": identity.merged_rate(),
        "split_rate": identity.split_rate(),
        "split_by_form_rate": identity.split_by_form_rate(),
        "purity": identity.purity(),
        "merges": identity.merged.iter().map(confusion).collect::<Vec<_>>(),
        "splits": identity.split.iter().map(confusion).collect::<Vec<_>>(),
    })
}

/// Document, attribution, kind and speaker of the gold, and the name that the system has.
fn slip(slip: &Slip<'_>) -> Value {
    let name = |quote: &Quote| json!(quote.speaker.as_ref().and_then(|speaker| speaker.name.as_deref()));
    let found = slip.found.map_or_else(|| json!("NO MATCH"), name);
    json!([slip.document.id, slip.gold.id, slip.gold.speaker_kind, slip.gold.speaker, found])
}
