//! When two strings write one TIMEX3 value.
//!
//! Entry point: [`plain`].

/// The spelling of `value` that others are compared with; `None` where it says nothing.
///
/// Letters are compared as capitals, a decade or century may have its unknown digits (`199X`), and
/// a time of day may have `:00` seconds and a zone. No other equation is made: `P1D` is not `PT24H`.
/// Under `exact`, only the blanks around a value are passed over.
pub(super) fn plain(value: Option<&str>, exact: bool) -> Option<String> {
    let value = value?.trim();
    if value.is_empty() {
        return None;
    }
    if exact {
        return Some(value.to_owned());
    }
    let value = value.to_uppercase();
    let bytes = value.as_bytes();
    let known = match bytes {
        [a, b, c, b'X'] if all_digits(&[*a, *b, *c]) => 3,
        [a, b, b'X', b'X'] if all_digits(&[*a, *b]) => 2,
        _ => to_the_minute(&value).unwrap_or(bytes.len()),
    };
    Some(value[..known].to_owned())
}

fn all_digits(bytes: &[u8]) -> bool {
    bytes.iter().all(u8::is_ascii_digit)
}

/// The length of a time of day up to its minutes, where nothing but full seconds and a zone
/// follows; `None` for what is no such time.
fn to_the_minute(value: &str) -> Option<usize> {
    let clock = value.rfind('T')? + 1;
    if value.contains(char::is_whitespace) {
        return None;
    }
    let end = clock + "00:00".len();
    is_clock(value.get(clock..end)?).then_some(())?;
    let rest = &value[end..];
    let rest = rest.strip_prefix(":00").map_or(rest, without_fraction);
    (rest.is_empty() || is_zone(rest)).then_some(end)
}

/// `HH:MM`.
fn is_clock(text: &str) -> bool {
    matches!(text.as_bytes(), [a, b, b':', c, d] if all_digits(&[*a, *b, *c, *d]))
}

/// What follows a fraction of zeros.
fn without_fraction(seconds: &str) -> &str {
    let Some(digits) = seconds.strip_prefix('.') else { return seconds };
    let rest = digits.trim_start_matches('0');
    if rest.len() < digits.len() { rest } else { seconds }
}

/// `Z`, `+01:00` or `+0100`.
fn is_zone(text: &str) -> bool {
    let digits = match text.as_bytes() {
        b"Z" => return true,
        [b'+' | b'-', digits @ ..] => digits,
        _ => return false,
    };
    match digits {
        [a, b, b':', c, d] | [a, b, c, d] => all_digits(&[*a, *b, *c, *d]),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_value() {
        for (one, other) in [
            ("2031-05-02T09:30", "2031-05-02T09:30:00"),
            ("2031-05-02T09:30", "2031-05-02T09:30:00.00Z"),
            ("2031-05-02T09:30", "2031-05-02t09:30+01:00"),
            ("2031-05-02T09:30", "2031-05-02T09:30:00-0530"),
            ("203", "203X"),
            ("20", "20XX"),
            ("past_ref", "PAST_REF"),
            (" P3D\n", "P3D"),
            ("XXXX-XX-XXTMO", "xxxx-xx-xxtmo"),
        ] {
            assert_eq!(plain(Some(one), false), plain(Some(other), false), "{one} and {other}");
        }
    }

    #[test]
    fn values_that_stay_apart() {
        for (one, other) in [
            ("P1D", "PT24H"),
            ("2031-W18", "2031-05-02"),
            ("2031-05-02T09:30", "2031-05-02T09:30:15"),
            ("2031-05-02T09:30", "2031-05-02T09:30+1"),
            ("2031-05-02T09:30", "2031-05-02T09:30:00.5"),
            ("2031-05-02T09:30", "2031-05-02T09:30:00.Z"),
            ("2031-05-02T09:30", "2031-05-02T09:30:00:00"),
            ("at T09:30", "at T09:30Z"),
            ("203", "2030"),
            ("2", "2XXX"),
            ("203", "203XX"),
            ("é", "éX"),
        ] {
            assert_ne!(plain(Some(one), false), plain(Some(other), false), "{one} and {other}");
        }
    }

    #[test]
    fn an_empty_value_says_nothing() {
        for exact in [false, true] {
            assert_eq!(plain(None, exact), None);
            assert_eq!(plain(Some(" \t"), exact), None);
        }
    }

    #[test]
    fn exact_values_are_the_strings_themselves() {
        assert_eq!(plain(Some(" 203X "), true).as_deref(), Some("203X"));
        assert_ne!(plain(Some("203X"), true), plain(Some("203"), true));
        assert_ne!(plain(Some("past_ref"), true), plain(Some("PAST_REF"), true));
    }
}
