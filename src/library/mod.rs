//! The library: what all articles say together, a pure and order-independent fold.
//!
//! Entry point: [`Library::fold`]. It reads the facts of every record and the register,
//! gives every speaker a global id, and keeps slim rows; it holds no article text beyond the
//! quotations and the sentences that list pages show. [`permalink`] makes the addresses of rows.

mod addresses;
mod days;
mod draft;
mod echoes;
mod fold;
mod identity;
mod ids;
mod memory;
mod model;
mod name;
mod people;
pub mod permalink;
mod register;
mod related;
mod rows;
mod shared;
#[cfg(test)]
mod tests;

pub use addresses::PlainPage;
pub(crate) use echoes::said_together;
pub use echoes::{Echo, Echoes, OpenQuote, Told, Wording};
pub use memory::Memory;
pub use model::{
    Brief, BriefId, DateMention, Day, Library, Outlet, Period, Place, Profile, ProfileId, SeenName, SeenRole,
    Statement, StatementId, Story, Topic,
};
pub use register::{register_entry, register_lines};
pub use related::Voice;
pub use shared::Related;
