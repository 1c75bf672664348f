//! `dateline eval speakers`: whether the right speaker was found behind each source.

use std::path::PathBuf;

use anyhow::Result;
use clap::{Args, ValueEnum};

use super::sides::{self, File};
use crate::cli::Exit;
use crate::cli::terminal::Terminal;
use crate::eval::speakers::{self, Choice, Gold, System, score};

mod json;
mod table;

/// Measure speakers against gold: the people and others behind the sources, and when they spoke
///
/// Each line of GOLD is a JSON object {"id", "text", "date", "title", "attributions": [{"id",
/// "source": [[start, end], …], "content": …, "speaker", "speaker_kind", "said_on",
/// "alt_speakers"}], "people": [{"name"}], "others_same_surname"}; the last four keys may be left
/// out. The texts are annotated as `annotate --jsonl` annotates them; or SYSTEM gives the answers of
/// any program, {"id", "quotes": [{"source", "content", "speaker": {"name", "kind"}, "said_on",
/// "confidence"}]} a line. Offsets are half open and count Unicode code points.
///
/// Each attribution of the gold takes the quotation whose content overlaps most with its own, and
/// for precision each quotation its best attribution. "acc" is the part of all attributions with the
/// right speaker, "acc|match" of those that meet a quotation; "prec" is the part of the quotations
/// with a speaker that have the right one, "prec|match" of those that meet an attribution.
///
/// A person's name is right without case, accents, forms of address and offices; or where the
/// surname is the same, one name has all words of the other, and it fits no other person of the
/// article. Other names may have more or fewer words before the same head noun, be an acronym, or
/// join the same members in another order. Where the gold's kind is "unknown", it is right to name
/// nobody.
///
/// A quotation is direct where five words or more stand in quotation marks. "said_on" is right where
/// it is the same, "prefix" where one is a part of the other. "identity" asks whether one name stands
/// for one person throughout an article. The last table says what is found and right of the direct
/// quotations of people when only answers of that confidence and more are taken.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  dateline eval speakers gold.jsonl
  dateline eval speakers gold.jsonl --errors 50
  dateline eval speakers gold.jsonl system.jsonl --overlap gold --strict-surname --json")]
pub(super) struct Arguments {
    /// What people have marked, as JSON lines
    #[arg(value_name = "GOLD")]
    gold: PathBuf,
    /// What a system has found, as JSON lines [default: what Dateline finds]
    #[arg(value_name = "SYSTEM")]
    system: Option<PathBuf>,
    /// Print the figures as one JSON object, fractions in full
    #[arg(long)]
    json: bool,
    /// The overlap from which on two contents meet
    #[arg(long, value_name = "FRACTION", default_value_t = 0.5, value_parser = fraction)]
    threshold: f64,
    /// The words in common, by the mean of both, all of either, those of the one that is looked up
    /// (the gold; for precision, the quotation), those of the shorter
    #[arg(long, value_name = "HOW", default_value = "dice")]
    overlap: Overlap,
    /// Where another person has the same surname, speaking or not, take only the very name for right
    #[arg(long)]
    strict_surname: bool,
    /// Count articles whose id starts with PREFIX alone
    #[arg(long, value_name = "PREFIX", default_value = "", hide_default_value = true)]
    only: String,
    /// Print the first N attributions without the right speaker
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true, conflicts_with = "json")]
    errors: usize,
    /// The folder whose dateline.toml holds
    #[arg(long, value_name = "DIR", default_value = ".", conflicts_with = "system")]
    root: PathBuf,
}

/// The measures of overlap by their names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Overlap {
    Dice,
    Jaccard,
    Gold,
    Min,
}

impl Overlap {
    fn name(self) -> &'static str {
        match self {
            Self::Dice => "dice",
            Self::Jaccard => "jaccard",
            Self::Gold => "gold",
            Self::Min => "min",
        }
    }
}

impl From<Overlap> for speakers::Overlap {
    fn from(overlap: Overlap) -> Self {
        match overlap {
            Overlap::Dice => Self::Dice,
            Overlap::Jaccard => Self::Jaccard,
            Overlap::Gold => Self::Gold,
            Overlap::Min => Self::Min,
        }
    }
}

/// A number between 0 and 1.
fn fraction(text: &str) -> Result<f64, String> {
    let fraction = text.parse().ok().filter(|fraction| (0.0..=1.0).contains(fraction));
    fraction.ok_or_else(|| "write a number between 0 and 1, such as 0.5".into())
}

pub(super) fn run(arguments: &Arguments, terminal: Terminal) -> Result<Exit> {
    let file = File::read(&arguments.gold)?;
    let mut gold = Gold::read(&file.name, &file.bytes)?;
    gold.documents.retain(|document| document.id.starts_with(&arguments.only));
    let lines = gold.documents.iter().map(|document| document.line);
    let system = arguments.system.as_deref();
    let Some(answers) = sides::answers(system, &file, lines, &arguments.root, terminal)? else {
        return Ok(Exit::Content);
    };
    let mut system = System::read(&answers.name, &answers.bytes, &gold)?;
    system.keep(&arguments.only);
    let choice = Choice {
        threshold: arguments.threshold,
        overlap: arguments.overlap.into(),
        strict_surname: arguments.strict_surname,
    };
    let scores = score(&gold, &system, &choice);
    if arguments.json {
        let all = json::of(&scores, arguments.threshold, arguments.overlap.name());
        terminal.line(&serde_json::to_string_pretty(&all)?)?;
        return Ok(Exit::Fine);
    }
    terminal.line(&table::of(&scores, arguments.threshold, arguments.overlap.name()))?;
    if arguments.errors > 0 && !scores.slips.is_empty() {
        terminal.line("")?;
    }
    for slip in scores.slips.iter().take(arguments.errors) {
        terminal.line(&table::slip(slip))?;
    }
    Ok(Exit::Fine)
}
