//! News that nobody wrote: sentences of our own, with names, numbers and dates drawn for them.
//!
//! Entry point: [`article`]. The same seed always gives the same article.

/// An article of about 5 kB, in paragraphs of three sentences.
pub(crate) fn article(seed: u64) -> String {
    let mut draw = Draw(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    let mut text = format!("{} - ", draw.one(PLACES).to_uppercase());
    for number in 1.. {
        draw.sentence(&mut text);
        if text.len() >= 5000 {
            break;
        }
        text.push_str(if number % 3 == 0 { "\n\n" } else { " " });
    }
    text
}

/// Draws one after the other, always the same from the same start (xorshift).
struct Draw(u64);

impl Draw {
    fn number(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        let below = u64::try_from(below).unwrap_or(u64::MAX);
        usize::try_from((self.0 >> 11) % below.max(1)).unwrap_or(0)
    }

    fn one(&mut self, list: &[&'static str]) -> &'static str {
        list[self.number(list.len())]
    }

    /// Adds a sentence, each `{slot}` of its pattern filled.
    fn sentence(&mut self, text: &mut String) {
        let mut rest = self.one(SENTENCES);
        while let Some((before, after)) = rest.split_once('{') {
            let (slot, after) = after.split_once('}').unwrap_or((after, ""));
            text.push_str(before);
            self.fill(slot, text);
            rest = after;
        }
        text.push_str(rest);
    }

    fn fill(&mut self, slot: &str, text: &mut String) {
        match slot {
            "name" => *text += &format!("{} {}", self.one(FORENAMES), self.one(SURNAMES)),
            "surname" => text.push_str(self.one(SURNAMES)),
            "place" => text.push_str(self.one(PLACES)),
            "role" => text.push_str(self.one(ROLES)),
            "thing" => text.push_str(self.one(THINGS)),
            "small" => *text += &(2 + self.number(38)).to_string(),
            "large" => *text += &format!("{},{:03}", 1 + self.number(90), self.number(1000)),
            "percent" => *text += &format!("{}.{}", self.number(30), self.number(10)),
            "weekday" => text.push_str(self.one(WEEKDAYS)),
            "month" => text.push_str(self.one(MONTHS)),
            "day" => *text += &format!("{} {}", self.one(MONTHS), 1 + self.number(28)),
            "date" => {
                *text += &format!("{} {}, {}", self.one(MONTHS), 1 + self.number(28), 2019 + self.number(12));
            }
            "year" => *text += &(1950 + self.number(85)).to_string(),
            _ => text.push_str(self.one(TIMES)),
        }
    }
}

const SENTENCES: &[&str] = &[
    "The council of {place} voted {small} to {small} on {weekday} to keep the {thing} open, and to pay for it from next year’s budget.",
    "“We have waited for this {thing} since {year}, and nobody in {place} will give it up again,” said {role} {name}.",
    "{surname} said the plan would cost {large} crowns a head, most of it for steel, labour and a new road to the north.",
    "Engineers who looked at the {thing} found rust in {small} of its joints and a crack as long as a hand near the western pier.",
    "The company’s sales rose {percent} percent in the third quarter, after a fall of {percent} percent {time}.",
    "{name}, the {role}, told reporters that talks with {place} would go on for as long as both sides wished to talk.",
    "Fishermen from {place} blocked the harbour for {small} hours, until the coast guard towed {small} boats to the outer quay.",
    "No one was hurt, the police said, but {large} households were without light and water.",
    "The court in {place} will hear the case on {day}, and both sides expect a ruling before the summer.",
    "It was the largest order for a {thing} that the yard has had in its history, and it will keep {large} people in work.",
    "In a letter to {surname}, the workers asked for better pay, for shorter shifts and for a doctor on every ship.",
    "Prices for wheat and barley fell in {place}, where traders had feared that the drought would last.",
    "“That is a matter for the {role},” {surname} said when asked about the letter, and left by a side door.",
    "The {thing}, which was built in {year} and repaired after the flood, carries {large} lorries a week.",
    "Shares of the owner closed at {percent} crowns, down {percent} percent, on fears that the state would step in.",
    "{surname} was born in {place}, studied law there and led the union of dockers before she went into politics.",
    "A spokesman for {name} declined to comment, and calls to the ministry were not answered {time}.",
    "The first train over the {thing} left {place} with {small} passengers, a brass band and a crate of apples.",
    "Members of the opposition called the vote a farce and said that they would take it to the highest court.",
    "Under the law, the {role} has thirty days to sign or to send the bill back to the chamber.",
    "On {date}, a storm tore the roof from the station, and the tracks have been closed to heavy trains ever since.",
    "Snow fell on the hills behind {place}, and the road to the mine may stay shut, the weather service said.",
    "The museum shows {large} letters, maps and photographs, among them the only known portrait of {name}.",
    "The bank expects growth of {percent} percent {time}, less than the ministry, and more than most of its rivals.",
];

/// How sentences say when, as often as they do.
const TIMES: &[&str] = &[
    "a year earlier",
    "last month",
    "this year",
    "yesterday",
    "in the past two weeks",
    "on Thursday evening",
    "earlier this week",
    "over the next decade",
    "in the spring",
    "three days later",
];

const FORENAMES: &[&str] =
    &["Ada", "Marta", "Henrik", "Ingrid", "Olu", "Piet", "Rosa", "Tomas", "Yara", "April"];
const SURNAMES: &[&str] =
    &["Moreno", "Lindqvist", "Storm", "Solberg", "Adeyemi", "de Wit", "Falk", "Novak", "Haddad", "March"];
const PLACES: &[&str] =
    &["Nordhavn", "Vestby", "Port Arnell", "Lower Sund", "Kestrel Bay", "Ostrava Hill", "Marwick"];
const ROLES: &[&str] =
    &["harbour master", "mayor", "minister of transport", "president", "chief engineer", "judge"];
const THINGS: &[&str] =
    &["bridge", "ferry", "power plant", "library", "tunnel", "lighthouse", "grain terminal"];
const WEEKDAYS: &[&str] = &["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const MONTHS: &[&str] =
    &["Jan.", "February", "March", "April", "May", "June", "July", "Sept.", "October", "Dec."];
