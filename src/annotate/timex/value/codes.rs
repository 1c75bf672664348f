//! The letters of TIMEX3 for units, seasons and parts of a day, both ways.

use super::{Part, Season, Unit};

impl Unit {
    /// Every unit, from the shortest.
    pub(in crate::annotate::timex) const ALL: [Self; 11] = [
        Self::Second,
        Self::Minute,
        Self::Hour,
        Self::Day,
        Self::Weekend,
        Self::Week,
        Self::Month,
        Self::Quarter,
        Self::Year,
        Self::Decade,
        Self::Century,
    ];

    /// The letters of the unit in a length, and whether it stands after the `T`.
    pub(super) fn code(self) -> (&'static str, bool) {
        match self {
            Self::Second => ("S", true),
            Self::Minute => ("M", true),
            Self::Hour => ("H", true),
            Self::Day => ("D", false),
            Self::Weekend => ("WE", false),
            Self::Week => ("W", false),
            Self::Month => ("M", false),
            Self::Quarter => ("Q", false),
            Self::Year => ("Y", false),
            Self::Decade => ("DE", false),
            Self::Century => ("CE", false),
        }
    }

    /// The unit that is written so.
    pub(super) fn of_code(code: &str, timed: bool) -> Option<Self> {
        Self::ALL.into_iter().find(|unit| unit.code() == (code, timed))
    }

    /// "each of this unit" in TIMEX3.
    pub(super) fn every(self) -> &'static str {
        match self {
            Self::Second => "XXXX-XX-XXTXX:XX:XX",
            Self::Minute => "XXXX-XX-XXTXX:XX",
            Self::Hour => "XXXX-XX-XXTXX",
            Self::Day => "XXXX-XX-XX",
            Self::Weekend => "XXXX-WXX-WE",
            Self::Week => "XXXX-WXX",
            Self::Month => "XXXX-XX",
            Self::Quarter => "XXXX-QX",
            Self::Year => "XXXX",
            Self::Decade => "XXX",
            Self::Century => "XX",
        }
    }

    /// The English word, singular.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Second => "second",
            Self::Minute => "minute",
            Self::Hour => "hour",
            Self::Day => "day",
            Self::Weekend => "weekend",
            Self::Week => "week",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Year => "year",
            Self::Decade => "decade",
            Self::Century => "century",
        }
    }

    /// The English word, plural.
    pub(super) fn words(self) -> String {
        match self {
            Self::Century => "centuries".into(),
            other => format!("{}s", other.word()),
        }
    }
}

impl Season {
    /// Every season, from spring.
    pub(in crate::annotate::timex) const ALL: [Self; 4] =
        [Self::Spring, Self::Summer, Self::Autumn, Self::Winter];

    /// SP, SU, FA, WI.
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Spring => "SP",
            Self::Summer => "SU",
            Self::Autumn => "FA",
            Self::Winter => "WI",
        }
    }

    /// The season that is written so.
    pub(super) fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|season| season.code() == code)
    }

    /// The English word.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Spring => "spring",
            Self::Summer => "summer",
            Self::Autumn => "autumn",
            Self::Winter => "winter",
        }
    }
}

impl Part {
    /// Every part, from the morning.
    pub(in crate::annotate::timex) const ALL: [Self; 6] =
        [Self::Morning, Self::Midday, Self::Afternoon, Self::Evening, Self::Night, Self::Daytime];

    /// MO, MI, AF, EV, NI, DT.
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Morning => "MO",
            Self::Midday => "MI",
            Self::Afternoon => "AF",
            Self::Evening => "EV",
            Self::Night => "NI",
            Self::Daytime => "DT",
        }
    }

    /// The part that is written so.
    pub(super) fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.code() == code)
    }

    /// The English word.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Morning => "morning",
            Self::Midday => "midday",
            Self::Afternoon => "afternoon",
            Self::Evening => "evening",
            Self::Night => "night",
            Self::Daytime => "daytime",
        }
    }
}
