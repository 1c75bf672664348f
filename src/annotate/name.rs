//! Names in the text: where they stand, what they name, and the roles beside them.
//!
//! Entry point: [`find`]. A name is a run of capitalised words with its particles; courtesy
//! titles and offices before it are cut off and kept as evidence, role nouns before and behind it
//! become roles.

use std::ops::Range;

use super::SpeakerKind;
use super::given;
use super::lexicon::{Gender, Lexicon, lexicon};
use super::reading::Reading;

/// One name as it stands in the text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Name {
    /// The tokens of the name alone.
    pub(super) tokens: Range<usize>,
    /// The tokens with courtesy title, office and role before it.
    pub(super) full: Range<usize>,
    /// Person or organisation.
    pub(super) kind: SpeakerKind,
    /// Whether something besides capitals says that it is a person, or a body.
    pub(super) certain: bool,
    /// What a courtesy title or the given name tells.
    pub(super) gender: Option<Gender>,
    /// Whether a courtesy title stands before it.
    pub(super) titled: bool,
    /// Offices and descriptions, as worded.
    pub(super) roles: Vec<String>,
    /// The noun that a verb behind the name calls them by.
    pub(super) called: Option<String>,
}

/// All names of the article, in order.
pub(super) fn find(reading: &Reading<'_>) -> Vec<Name> {
    let lexicon = lexicon();
    let mut names: Vec<Name> = Vec::new();
    let mut at = 0;
    while at < reading.tokens.len() {
        if !starts_name(reading, lexicon, at) {
            at += 1;
            continue;
        }
        let run = at..run_end(reading, lexicon, at);
        let end = holder_start(reading, lexicon, &run).unwrap_or(run.end);
        if let Some(mut name) = classify(reading, lexicon, at..end) {
            if name.kind == SpeakerKind::Person {
                role_before(reading, lexicon, &mut name, names.last());
                role_behind(reading, lexicon, &mut name);
                name.called = predicate(reading, lexicon, &name);
            }
            names.push(name);
        }
        at = end;
    }
    names
}

/// Whether a run of capitalised words may start at token `at`.
fn starts_name(reading: &Reading<'_>, lexicon: &Lexicon, at: usize) -> bool {
    if !reading.is_capital(at) || reading.in_title(at) {
        return false;
    }
    let word = reading.lower(at);
    if !lexicon.is("plain", word) {
        return true;
    }
    // "New York", "North Korea", "South Africa": a plain word that opens a place name.
    let pair = format!("{word} {}", reading.lower(at + 1));
    reading.is_capital(at + 1) && lexicon.is("places", &pair)
}

/// The end of the run that starts at token `at`.
fn run_end(reading: &Reading<'_>, lexicon: &Lexicon, at: usize) -> usize {
    let mut end = at + 1;
    let quotation = reading.quotation(at);
    let limit = reading.sentences.get(reading.sentence_of(at)).map_or(end, |s| s.tokens.end);
    while end < limit && reading.quotation(end) == quotation && end - at < 12 {
        let word = reading.lower(end);
        let capital =
            reading.is_capital(end) && (!lexicon.is("plain", word) || is_place_tail(reading, lexicon, end));
        let suffix = lexicon.is("suffixes", word);
        if capital || suffix {
            end += 1;
            continue;
        }
        let next_capital = reading.is_capital(end + 1) && end + 1 < limit;
        let joins = reading.tokens.word(end) == "&"
            || (lexicon.is("particles", word) && reading.is_word(end) && word != "e" && word != "y")
            || (word == "of" && opens_of(reading, lexicon, end));
        if joins && next_capital {
            end += 2;
        } else if word == "of"
            && reading.lower(end + 1) == "the"
            && reading.is_capital(end + 2)
            && opens_of(reading, lexicon, end)
        {
            end += 3;
        } else if word == "," && lexicon.is("suffixes", reading.lower(end + 1)) {
            end += 2;
        } else {
            break;
        }
    }
    end
}

/// Where a person's name starts behind the body that they speak for, in one run of capitals: "the
/// head of the Harbour Council Enver Moss". `None` where no role with its tie stands before the run.
fn holder_start(reading: &Reading<'_>, lexicon: &Lexicon, run: &Range<usize>) -> Option<usize> {
    let mut before = run.start.checked_sub(1)?;
    if reading.lower(before) == "the" {
        before = before.checked_sub(1)?;
    }
    let tied = matches!(reading.lower(before), "of" | "to" | "at" | "for" | "with");
    let noun = reading.lower(before.checked_sub(1)?);
    let role = lexicon.is_noun("roles", noun) || lexicon.is("titles", noun);
    if !tied || !role {
        return None;
    }
    let plain = |i: usize| {
        let word = reading.lower(i);
        reading.is_capital(i)
            && !lexicon.is_noun("body_names", word)
            && !["plain", "titles", "roles", "places", "bodies", "suffixes"]
                .iter()
                .any(|list| lexicon.is(list, word))
    };
    (run.start + 1..run.end).find(|start| {
        let pair = format!("{} {}", reading.lower(start.saturating_sub(2)), reading.lower(start - 1));
        let body = lexicon.is_noun("body_names", reading.lower(start - 1)) || lexicon.is("places", &pair);
        body && (2..=3).contains(&(run.end - start)) && (*start..run.end).all(plain)
    })
}

/// Whether the capital at `at` ends a place of two words that a plain word opens ("New York").
fn is_place_tail(reading: &Reading<'_>, lexicon: &Lexicon, at: usize) -> bool {
    let pair = format!("{} {}", reading.lower(at), reading.lower(at + 1));
    lexicon.is("places", &pair)
}

/// Whether "of" at token `at` goes on with the name before it ("Ministry of Defence").
fn opens_of(reading: &Reading<'_>, lexicon: &Lexicon, at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return false };
    let word = reading.lower(before);
    lexicon.is_noun("body_names", word)
        || matches!(word, "department" | "secretary" | "house" | "duke" | "prince" | "king" | "queen")
}

/// What the run of tokens names; `None` for places, weekdays and single words without evidence.
fn classify(reading: &Reading<'_>, lexicon: &Lexicon, run: Range<usize>) -> Option<Name> {
    let mut first = run.start;
    let mut gender = None;
    let mut titled = false;
    let mut roles = Vec::new();
    let office = office_end(reading, lexicon, &run);
    if office > first {
        if let Some(role) = office_role(reading, lexicon, first..office) {
            roles.push(role);
        }
        titled = true;
        first = office;
    }
    while first < run.end {
        let Some(told) = lexicon.honorific(reading.lower(first)) else { break };
        gender = Some(told).filter(|g| *g != Gender::Either).or(gender);
        titled = true;
        first += 1;
    }
    if first == run.end {
        return None;
    }
    let tokens = first..run.end;
    let lower = reading.words(&tokens).to_lowercase();
    let last = reading.lower(run.end - 1);
    let mut name = Name {
        tokens: tokens.clone(),
        full: run.clone(),
        kind: SpeakerKind::Person,
        certain: titled,
        gender,
        titled,
        roles,
        called: None,
    };
    if titled && !lexicon.is("body_names", last) {
        name.gender = gender.or_else(|| given_gender(reading, &tokens));
        return Some(name);
    }
    name.roles.clear();
    name.tokens = run.clone();
    if is_body(reading, lexicon, &run) {
        name.kind = SpeakerKind::Organisation;
        name.certain = true;
        return Some(name);
    }
    let family = given::family_first(&lower.split_whitespace().map(str::to_owned).collect::<Vec<_>>());
    if lexicon.is("places", &lower) || (tokens.len() > 1 && lexicon.is("places", last) && !family) {
        return None;
    }
    // "Sitting down with her, he …": a verb has its capital from the sentence.
    let opens = reading.sentences[reading.sentence_of(run.start)].tokens.start == run.start;
    if run.len() == 1 && opens && lower.len() > 5 && lower.ends_with("ing") {
        return None;
    }
    // "Mexico City", "Harbour County".
    if tokens.len() > 1 && lexicon.is("place_names", last) {
        return None;
    }
    name.gender = given_gender(reading, &tokens);
    let given = lexicon.given_name(reading.lower(first)).is_some();
    let initial = reading.tokens.word(first + 1).ends_with('.') && reading.tokens.word(first + 1).len() == 2;
    name.certain = tokens.len() > 1 && (given || initial || family);
    // "The Harbour Star": people who are nothing but a name have no article.
    let article = run.start.checked_sub(1).is_some_and(|before| reading.lower(before) == "the");
    if article && tokens.len() > 1 && !name.certain {
        name.kind = SpeakerKind::Organisation;
    }
    Some(name)
}

/// The end of the offices and roles written with capitals at the head of `run` ("Ukrainian
/// President", "Air Force Maj. Gen."); the head itself where there is none.
fn office_end(reading: &Reading<'_>, lexicon: &Lexicon, run: &Range<usize>) -> usize {
    let mut end = run.start;
    for at in run.start..run.end.saturating_sub(1) {
        let word = reading.lower(at);
        if lexicon.is("titles", word) || (lexicon.is("roles", word) && lexicon.given_name(word).is_none()) {
            end = at + 1;
        }
    }
    // "Secretary of State John Kerry": the office goes on behind "of".
    if end > run.start && reading.lower(end) == "of" {
        end = (end + 2).min(run.end);
    }
    if end >= run.end { run.start } else { end }
}

/// The role that offices tell: none for a bare courtesy such as "Father".
fn office_role(reading: &Reading<'_>, lexicon: &Lexicon, tokens: Range<usize>) -> Option<String> {
    let mut tokens = tokens;
    while !tokens.is_empty() && lexicon.honorific(reading.lower(tokens.start)).is_some() {
        tokens.start += 1;
    }
    (!tokens.is_empty()).then(|| reading.words(&tokens).to_owned())
}

/// Whether the run names a body: by its last word, or as an acronym.
fn is_body(reading: &Reading<'_>, lexicon: &Lexicon, run: &Range<usize>) -> bool {
    let last = reading.lower(run.end - 1);
    let first_given = lexicon.given_name(reading.lower(run.start)).is_some();
    let of = run.clone().any(|at| {
        reading.lower(at) == "of" && at > run.start && lexicon.is_noun("body_names", reading.lower(at - 1))
    });
    if of || lexicon.is("body_names", last) && run.len() > 1 && (!first_given || run.len() > 2) {
        return true;
    }
    if run.len() == 1 && lexicon.is("bodies", last) {
        return true;
    }
    let word = reading.tokens.word(run.start);

    run.len() == 1
        && word.len() >= 2
        && word.chars().all(|c| c.is_uppercase() || c == '.' || c == '-' || c.is_ascii_digit())
        && !lexicon.is("places", reading.lower(run.start))
}

/// The gender that the first word of a name of several words usually tells.
fn given_gender(reading: &Reading<'_>, tokens: &Range<usize>) -> Option<Gender> {
    if tokens.len() < 2 {
        return None;
    }
    given::sex(reading.lower(tokens.start))
}

/// Reads a role before the name: "Kremlin aide Yuri Ushakov", "the pilot, " is not one.
fn role_before(reading: &Reading<'_>, lexicon: &Lexicon, name: &mut Name, previous: Option<&Name>) {
    let head = name.full.start;
    let Some(noun) = head.checked_sub(1) else { return };
    if !lexicon.is("roles", reading.lower(noun))
        || !reading.is_word(noun)
        || reading.quotation(noun) != reading.quotation(head)
    {
        return;
    }
    let mut start = noun;
    while start > 0 && noun - start < 5 && modifies(reading, lexicon, start - 1) {
        start -= 1;
    }
    let words = reading.words(&(start..head)).to_owned();
    let role = match owner(reading, start, previous) {
        Some(owner) => format!("{owner}’s {words}"),
        None => words,
    };
    name.certain = true;
    name.full.start = start;
    name.roles.insert(0, role);
}

/// Whether token `at` may modify a role noun behind it: a capitalised word, or a word of the kind
/// that describes offices.
fn modifies(reading: &Reading<'_>, lexicon: &Lexicon, at: usize) -> bool {
    if !reading.is_word(at) {
        return false;
    }
    let word = reading.lower(at);
    if reading.is_capital(at) {
        let opens = reading.sentences[reading.sentence_of(at)].tokens.start == at;
        return !lexicon.is("plain", word) || (opens && matches!(word, "former" | "senior" | "top"));
    }
    lexicon.is("modifiers", word)
        || lexicon.is("roles", word)
        || lexicon.is("bodies", word)
        || (word.contains('-') && !word.ends_with("ly"))
        || ["ical", "ial", "nal", "ral", "tific", "omic", "ary"].iter().any(|end| word.ends_with(end))
}

/// Whose role it is: the name before a genitive at `start`, or the one that a role before "and" hangs on.
fn owner(reading: &Reading<'_>, start: usize, previous: Option<&Name>) -> Option<String> {
    let previous = previous?;
    let before = start.checked_sub(1)?;
    if reading.is_genitive(before) {
        return (previous.tokens.end == before).then(|| reading.words(&previous.tokens).to_owned());
    }
    // "Ann Lee’s envoy Bob Ray and son-in-law Carl Oss": the second role hangs on the same owner.
    let joined = reading.lower(before) == "and" && previous.tokens.end == before;
    let (owner, _) = previous.roles.first().filter(|_| joined)?.split_once("’s ")?;
    Some(owner.to_owned())
}

/// The longest description behind a name, in tokens.
const APPOSITION: usize = 18;

/// Reads a role behind the name: "Oleksandr Bevz, an adviser in …," or "…, who is also a banker".
fn role_behind(reading: &Reading<'_>, lexicon: &Lexicon, name: &mut Name) {
    let sentence = reading.sentences[reading.sentence_of(name.tokens.start)].tokens.clone();
    let comma = name.tokens.end;
    if !reading.is(comma, ",") || comma >= sentence.end {
        return;
    }
    let Some((at, stated)) = description_start(reading, name, comma + 1) else { return };
    let article = matches!(reading.lower(at), "a" | "an");
    let start =
        at + usize::from(article || matches!(reading.lower(at), "the" | "another" | "one" | "then" | "now"));
    let end =
        (start..sentence.end.min(start + APPOSITION)).find(|i| ends_apposition(reading, lexicon, name, *i));
    let Some(end) = end.or((sentence.end <= start + APPOSITION).then_some(sentence.end)) else { return };
    // "who is a piano tuner" is a role by its grammar; elsewhere a noun of people must say so.
    let known = role_noun(reading, lexicon, start..end)
        .is_some_and(|noun| (start..noun).all(|i| modifies(reading, lexicon, i) || reading.is_genitive(i)));
    let plain = stated && article && (1..=5).contains(&(end - start.min(end)));
    if !known && !plain {
        return;
    }
    name.certain = true;
    let role = reading.words(&(start..end)).trim_end_matches(['.', ';']).to_owned();
    if !name.roles.contains(&role) {
        name.roles.push(role);
    }
}

/// The noun of people that a verb puts to a name: "Ann Lee, a pilot, was elected as mayor of Lisholm",
/// "Ann Lee is the chairwoman of …".
fn predicate(reading: &Reading<'_>, lexicon: &Lexicon, name: &Name) -> Option<String> {
    let sentence = reading.sentences[reading.sentence_of(name.tokens.start)].tokens.end;
    let mut at = name.tokens.end;
    if reading.is(at, ",") {
        at = (at + 1..sentence.min(at + APPOSITION)).find(|i| reading.is(*i, ","))? + 1;
    }
    if !matches!(reading.lower(at), "is" | "was" | "became" | "remains") || at >= sentence {
        return None;
    }
    at += 1;
    let chosen = matches!(reading.lower(at), "elected" | "re-elected" | "named" | "appointed" | "chosen");
    at += usize::from(chosen) + usize::from(chosen && reading.lower(at + 1) == "as");
    let article = matches!(reading.lower(at), "a" | "an" | "the");
    if !chosen && !article {
        return None;
    }
    let start = at + usize::from(article);
    let noun = role_noun(reading, lexicon, start..sentence)?;
    let fits = (start..noun).all(|i| modifies(reading, lexicon, i) || reading.is_genitive(i));
    fits.then(|| reading.lower(noun).to_owned())
}

/// Where a description behind a name starts, past an age and "who is also"; with whether it is
/// stated by "who is". `None` where "who" does something else.
fn description_start(reading: &Reading<'_>, name: &mut Name, at: usize) -> Option<(usize, bool)> {
    let mut at = at;
    // "Ann Lee, 38, an engineer": the age stands between.
    let age = reading.lower(at);
    if !age.is_empty() && age.chars().all(|c| c.is_ascii_digit()) && reading.is(at + 1, ",") {
        name.certain = true;
        at += 2;
    }
    if reading.lower(at) != "who" {
        return Some((at, false));
    }
    name.certain = true;
    let is = matches!(reading.lower(at + 1), "is" | "was");
    let also = usize::from(reading.lower(at + 2) == "also");
    is.then_some((at + 2 + also, true))
}

/// The head noun of a description: the last of the run of role nouns nearest to its start.
fn role_noun(reading: &Reading<'_>, lexicon: &Lexicon, range: Range<usize>) -> Option<usize> {
    let window = range.start..range.end.min(range.start + 9);
    let first = window.clone().find(|i| {
        !reading.is_capital(*i) && lexicon.is("roles", reading.lower(*i))
            || lexicon.is("titles", reading.lower(*i))
    })?;
    Some((first..window.end).take_while(|i| lexicon.is("roles", reading.lower(*i))).last().unwrap_or(first))
}

/// Whether a description ends before token `at`.
fn ends_apposition(reading: &Reading<'_>, lexicon: &Lexicon, name: &Name, at: usize) -> bool {
    let mark = reading.tokens.word(at);
    let word = reading.lower(at);
    matches!(mark, "," | ";" | ":" | "." | "!" | "?" | "—" | "–" | "-" | "--" | "(" | ")")
        || reading.quotation(at) != reading.quotation(name.tokens.start)
        || matches!(
            word,
            "who" | "which" | "that" | "is" | "was" | "has" | "had" | "will" | "would" | "and" | "but" | "as"
        ) && !(word == "and" && lexicon.is("roles", reading.lower(at + 1)))
        || lexicon.cue(word).is_some_and(|c| !c.nominal && !c.participle)
}
