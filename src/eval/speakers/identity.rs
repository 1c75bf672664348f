//! [`Namings`]: which names a system gives to which people in one article.

use super::figures::{Confusion, Identity};
use super::name;

/// The names that quotations of people have in one article, in order.
#[derive(Debug, Default)]
pub(super) struct Namings<'g> {
    /// Each name, folded and as it was last written, with the people of the gold who have it.
    names: Vec<(Vec<String>, &'g str, Counts<'g>)>,
    /// Each person with the places in `names`.
    people: Vec<(&'g str, Vec<(usize, usize)>)>,
}

/// How often each comes, in the order in which they come first.
type Counts<'g> = Vec<(&'g str, usize)>;

impl<'g> Namings<'g> {
    /// A quotation of `person` has the name `written`.
    pub(super) fn add(&mut self, person: &'g str, written: &'g str) {
        let folded = name::fold(written);
        let known = self.names.iter().position(|(name, ..)| *name == folded);
        let place = known.unwrap_or_else(|| {
            self.names.push((folded, written, Vec::new()));
            self.names.len() - 1
        });
        let (_, last, people) = &mut self.names[place];
        *last = written;
        count(people, person);
        let known = self.people.iter().position(|(other, _)| *other == person);
        let known = known.unwrap_or_else(|| {
            self.people.push((person, Vec::new()));
            self.people.len() - 1
        });
        count(&mut self.people[known].1, place);
    }

    /// Adds the article's names and people to those of all articles.
    pub(super) fn tell(&self, document: &'g str, identity: &mut Identity<'g>) {
        for (_, one, people) in &self.names {
            identity.names += 1;
            identity.quotes += people.iter().map(|(_, count)| count).sum::<usize>();
            identity.majority += people.iter().map(|(_, count)| *count).max().unwrap_or(0);
            if people.len() > 1 {
                identity.merged.push(Confusion { document, one, several: people.clone() });
            }
        }
        for (one, names) in &self.people {
            identity.people += 1;
            identity.repeated += usize::from(names.iter().map(|(_, count)| count).sum::<usize>() > 1);
            if names.len() > 1 {
                let several: Counts<'g> =
                    names.iter().map(|(place, count)| (self.names[*place].1, *count)).collect();
                let theirs =
                    |written: &str| name::compatible(&name::of_person(written), &name::of_person(one));
                let fitting = several.iter().filter(|(written, _)| theirs(written)).count();
                identity.split_by_form += usize::from(fitting > 1);
                identity.split.push(Confusion { document, one, several });
            }
        }
    }
}

/// Counts `one` more.
fn count<T: PartialEq>(counts: &mut Vec<(T, usize)>, one: T) {
    match counts.iter_mut().find(|(other, _)| *other == one) {
        Some((_, count)) => *count += 1,
        None => counts.push((one, 1)),
    }
}
