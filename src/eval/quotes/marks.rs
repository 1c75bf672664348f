//! What stands in quotation marks, by the marks alone.
//!
//! Entry point: [`quoted`]. The measure needs an answer that does not depend on any system, so this
//! is no part of the annotator and knows nothing of its readings.

/// The stretches in quotation marks, marks included, as numbers of characters.
///
/// A quotation ends at the end of its paragraph. One that is still open there counts where it opened
/// the paragraph, or where the next paragraph opens with a mark; else it was no quotation. A second
/// opening mark puts the first aside.
pub(super) fn quoted(text: &[char]) -> Vec<[usize; 2]> {
    let mut stretches = Vec::new();
    let mut open: Option<usize> = None;
    let mut at = 0;
    while at < text.len() {
        let Some((mark, length)) = mark(&text[at..]) else {
            at += 1;
            continue;
        };
        let end = at + length;
        match (role(mark, text, [at, end], open.is_some()), open) {
            (Role::Opens, _) => open = Some(at),
            (Role::Closes, Some(start)) => {
                stretches.push([start, end]);
                open = None;
            }
            (Role::Ends, Some(start)) => {
                if begins_paragraph(text, start) || goes_on(&text[end..]) {
                    stretches.push([start, at]);
                }
                open = None;
            }
            (Role::Closes | Role::Ends | Role::Nothing, _) => {}
        }
        at = end;
    }
    let last = open.filter(|start| begins_paragraph(text, *start));
    stretches.extend(last.map(|start| [start, text.len()]));
    stretches
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    Opening,
    Closing,
    /// The same on both sides.
    Straight,
    NewLine,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Opens,
    Closes,
    /// The paragraph is over.
    Ends,
    Nothing,
}

/// The mark that `text` starts with, and how many characters it takes.
fn mark(text: &[char]) -> Option<(Mark, usize)> {
    Some(match text {
        ['\'', '\'', ..] => (Mark::Straight, 2),
        ['`', '`', ..] => (Mark::Opening, 2),
        ['"', ..] => (Mark::Straight, 1),
        ['“' | '„' | '«', ..] => (Mark::Opening, 1),
        ['”' | '‟' | '»', ..] => (Mark::Closing, 1),
        ['\n', ..] => (Mark::NewLine, 1),
        _ => return None,
    })
}

/// What a mark does, by the characters beside it and by whether a quotation is open.
fn role(mark: Mark, text: &[char], [start, end]: [usize; 2], open: bool) -> Role {
    let before = start.checked_sub(1).map_or('\n', |index| text[index]);
    let behind = text.get(end).copied().unwrap_or('\n');
    let opens = " \t\n([{—–-/‘:".contains(before) && !blank(behind);
    let closes = !" \t\n([{".contains(before) && (blank(behind) || ".,;:!?)]}—–-'/".contains(behind));
    match (mark, open) {
        (Mark::NewLine, _) => Role::Ends,
        (Mark::Opening, _) => Role::Opens,
        (Mark::Closing, true) => Role::Closes,
        (Mark::Closing, false) if opens => Role::Opens,
        (Mark::Closing, false) => Role::Nothing,
        (Mark::Straight, false) if opens || !closes => Role::Opens,
        (Mark::Straight, false) => Role::Nothing,
        (Mark::Straight, true) if opens && !closes => Role::Opens,
        (Mark::Straight, true) => Role::Closes,
    }
}

fn begins_paragraph(text: &[char], start: usize) -> bool {
    start == 0 || text[start - 1] == '\n'
}

/// Whether the first character that is not blank is a mark.
fn goes_on(rest: &[char]) -> bool {
    let blanks = rest.iter().take_while(|c| blank(**c)).count();
    mark(&rest[blanks..]).is_some()
}

/// White space, and the four control characters that part records.
fn blank(character: char) -> bool {
    character.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&character)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The stretches in their words.
    fn found(text: &str) -> Vec<String> {
        let text: Vec<char> = text.chars().collect();
        quoted(&text).into_iter().map(|[start, end]| text[start..end].iter().collect()).collect()
    }

    #[test]
    fn marks_of_all_houses() {
        for (text, quotes) in [
            ("“We sail,” he said.", &["“We sail,”"][..]),
            ("\"We sail,\" he said, \"at noon.\"", &["\"We sail,\"", "\"at noon.\""]),
            ("``We sail,'' he said.", &["``We sail,''"]),
            ("''We sail,'' he said.", &["''We sail,''"]),
            ("«We sail», he said; „we sail” too.", &["«We sail»", "„we sail”"]),
            ("A “no” (\"or so\") and—\"yes\".", &["“no”", "\"or so\"", "\"yes\""]),
        ] {
            assert_eq!(found(text), quotes, "{text}");
        }
    }

    #[test]
    fn what_opens_nothing() {
        // Inches, a mark that closes nothing, and one that stands alone between blanks.
        assert_eq!(found("The 6\" gun fired."), [""; 0]);
        assert_eq!(found("So it is.” He left."), [""; 0]);
        assert_eq!(found("He paused ” and left."), [""; 0]);
        // A closing mark in the place of an opening one opens.
        assert_eq!(found("He said ”no” twice."), ["”no”"]);
    }

    #[test]
    fn a_second_opening_puts_the_first_aside() {
        assert_eq!(found("“The crew “will sail” soon."), ["“will sail”"]);
        assert_eq!(found("Say \"the crew \"will sail\" soon."), ["\"will sail\""]);
    }

    #[test]
    fn what_is_open_at_the_end_of_its_paragraph() {
        for (text, quotes) in [
            // The next paragraph takes the mark up again.
            ("He said: “We sail.\n\n“We are glad.”", &["“We sail.", "“We are glad.”"][..]),
            // The quotation is the whole paragraph.
            ("“We sail.\nHe left.", &["“We sail."]),
            // Neither.
            ("He said: “We sail.\nHe left.", &[]),
            ("He left.\n“We sail.", &["“We sail."]),
            ("He said: “We sail.", &[]),
            ("", &[]),
        ] {
            assert_eq!(found(text), quotes, "{text}");
        }
    }
}
