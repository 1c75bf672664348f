//! The library: what all articles say together, a pure and order-independent fold.
//!
//! Entry point: `Library::fold`. It reads the facts of every record and the register,
//! gives every speaker a global id, and keeps slim rows; it holds no article text beyond the
//! quotations and the sentences that list pages show.

mod model;

pub use model::{
    Brief, BriefId, DateMention, Day, Library, Outlet, Place, Profile, ProfileId, SeenRole, Statement,
    StatementId, Story, Topic,
};
