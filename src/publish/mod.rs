//! Publishing: the site, carried to where its readers find it.
//!
//! Entry point: [`publish`]. The site is built anew for the target (its address, its host's files)
//! into a folder of the cache, so that nothing can leave which a build of today would not make:
//! no draft, nothing under embargo, nothing withheld; and what was published once and is held back
//! since is deleted there. [`plan`] compares that folder with the [`ledger`] of what was published
//! before and with what lies at the target; `carry` does what the plan says, in an order in which a
//! reader meets no broken page. A [`Place`] is a target that answers: `folder` is one.
//!
//! Nothing here prints: what happens is told as an [`Event`].

mod carry;
mod folder;
mod git;
pub mod inventory;
pub mod ledger;
#[cfg(feature = "publish-net")]
mod net;
pub mod place;
pub mod plan;
mod program;
mod rsync;
#[cfg(feature = "publish-net")]
mod s3;
#[cfg(feature = "publish-net")]
mod webdav;

pub use program::without_users;

use std::path::{Path, PathBuf};
use std::time::Duration;

use carry::Patience;
use ledger::Ledger;
use place::{Place, PlaceError};
use plan::Plan;

use crate::config::{Target, TargetKind};
use crate::diag::Severity;
use crate::output::{OutputError, cache};
use crate::site::{Report, Site, output_folder};

/// How many files a run may delete where neither the target nor the command line says it.
pub const MAX_DELETE: usize = 100;

/// What is wished of a run.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wish {
    /// Whether only the plan is made.
    pub dry_run: bool,
    /// How many files may be deleted, in the place of the target's own number.
    pub max_delete: Option<usize>,
    /// Whether more may be deleted, too.
    pub yes: bool,
    /// Whether files that are in the way, and are not ours, may be replaced.
    pub take_over: bool,
    /// Whether a site with errors in its content is published without the entries that have them.
    pub despite_errors: bool,
}

/// What happens.
#[derive(Debug)]
pub enum Event<'a> {
    /// The site was built for the target; what is wrong with it.
    Built(&'a Report),
    /// The plan stands.
    Planned(&'a Plan),
    /// So many files have been sent.
    Sent {
        /// By now.
        files: usize,
        /// In all.
        of: usize,
    },
    /// The target failed in a way that may pass.
    Retrying {
        /// How.
        error: &'a PlaceError,
        /// How long is waited.
        after: Duration,
    },
}

/// Who is told.
pub type Tell<'a> = &'a dyn Fn(Event<'_>);

/// How a run ended that nothing stopped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The target is as the plan says.
    Published(Plan),
    /// Only the plan was wished for.
    Planned(Plan),
    /// The plan must not be carried out as it is; nothing was touched.
    Refused(Plan, Refusal),
}

/// Why a plan is not carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It deletes more than is allowed.
    Deletes {
        /// How many files are allowed to be deleted.
        allowed: usize,
    },
    /// Files that are not ours have the names of pages.
    InTheWay,
}

/// Why nothing, or not everything, was published.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    /// The site could not be built, or its content has errors. They were told with
    /// [`Event::Built`].
    #[error("nothing was published: the site has errors")]
    Content,
    /// This machine's disk refuses.
    #[error(transparent)]
    Output(#[from] OutputError),
    /// The target fails.
    #[error("{target}: {fault}")]
    Place {
        /// The target's name.
        target: String,
        /// How it fails.
        fault: PlaceError,
    },
}

/// Builds `site` for `target` and carries it there.
///
/// The site must have been loaded without drafts and without the future, with the target's
/// [`base_url`](Target::base_url), and made ready for its host ([`Site::hosted`]).
///
/// # Errors
/// Where the site has errors, or the disk or the target refuses. A run that broke off is gone on
/// with by the next one.
pub fn publish(site: &Site, target: &Target, wish: Wish, tell: Tell<'_>) -> Result<Outcome, PublishError> {
    let folder = staging(&site.root, &target.name);
    let report = site.build(&folder)?;
    tell(Event::Built(&report));
    if report.stopped || (report.count(Severity::Error) > 0 && !wish.despite_errors) {
        return Err(PublishError::Content);
    }
    let fault = |fault| PublishError::Place { target: target.name.clone(), fault };
    let mut place = open(site, target, &folder).map_err(fault)?;
    let patience = Patience::new(tell);
    let before = match patience.ask(|| place.read(ledger::NAME)).map_err(fault)? {
        Some(bytes) => Ledger::parse(&bytes).map_err(fault)?,
        None => Ledger::default(),
    };
    let there = patience.ask(|| place.list()).map_err(fault)?;
    let mut plan = Plan::of(&inventory::inventory(&folder)?, &before, &there, &target.keep);
    if wish.take_over {
        plan.take_over();
    }
    tell(Event::Planned(&plan));
    let allowed = wish.max_delete.or(target.max_delete).unwrap_or(MAX_DELETE);
    if !plan.in_the_way.is_empty() {
        return Ok(Outcome::Refused(plan, Refusal::InTheWay));
    }
    if plan.deleted.len() > allowed && !wish.yes {
        return Ok(Outcome::Refused(plan, Refusal::Deletes { allowed }));
    }
    if wish.dry_run {
        return Ok(Outcome::Planned(plan));
    }
    carry::carry(place.as_mut(), &plan, &before, &folder, patience).map_err(fault)?;
    Ok(Outcome::Published(plan))
}

/// Where the site is built for a target.
fn staging(root: &Path, target: &str) -> PathBuf {
    root.join(cache::FOLDER).join("publish").join(target)
}

/// The target, ready to answer. `folder` holds what is to be sent.
fn open(site: &Site, target: &Target, folder: &Path) -> Result<Box<dyn Place>, PlaceError> {
    match target.kind {
        TargetKind::Folder => {
            let doing = || format!("publish to {}", target.to);
            let path = output_folder(&site.root, Some(&site.root.join(&target.to)))
                .map_err(|reason| PlaceError::new(doing(), reason))?;
            Ok(Box::new(folder::Folder::open(path, target.switch)?))
        }
        TargetKind::Rsync => Ok(Box::new(rsync::Rsync::open(&target.to, folder)?)),
        TargetKind::Git => Ok(Box::new(git::Git::open(target, &site.root, &site.settings.site.title)?)),
        #[cfg(feature = "publish-net")]
        TargetKind::S3 => Ok(Box::new(s3::S3::open(target)?)),
        #[cfg(feature = "publish-net")]
        TargetKind::Webdav => Ok(Box::new(webdav::Webdav::open(target)?)),
        #[cfg(not(feature = "publish-net"))]
        TargetKind::S3 | TargetKind::Webdav => {
            Err(PlaceError::new(format!("publish {}", target.name), "this Dateline was built without it")
                .hint("build it with the feature `publish-net`, which is one of the default ones"))
        }
    }
}
