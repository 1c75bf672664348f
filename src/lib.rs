//! Dateline: a static site generator for annotated news briefs.
//!
//! A folder of articles goes in; each is parsed and annotated with **who said what** and **when**;
//! out comes a fast, linked site. This page is the architecture: what flows, the layers, and the
//! invariants with the tests that hold them.
//!
//! # What flows
//!
//! ```text
//! content/ ─▶ parse ─▶ annotate ─▶ notes ─▶ Record ─▶ library ─▶ render ─▶ output ─▶ public/
//!  entry      Article   layers      editor's  one an    fold of     pages     only what
//!                       stand off   word wins article   small Facts           changed
//! ```
//!
//! The unit that flows is the [`Record`](record::Record), one an article: metadata, the immutable
//! [`Document`](text::Document) and the [`Annotations`](annotate::Annotations) over it. Each entry
//! goes alone, in parallel, through [`content`] → [`parse`] → [`annotate`] → [`notes`] to its record. The
//! [`library`] is a pure, order-independent fold over the records' small
//! [`Facts`](record::Facts); it is complete before the first page is written. A page is a function of
//! its record and of the library rows that it names. [`site`] strings this together; `serve` and
//! [`cli`] stand on it.
//!
//! # Words
//!
//! A file in content/ is an *entry*; it parses to an *article*; with annotations and an address it is
//! a *brief*. A news organisation is an *outlet*. An attribution has a *source*, a *cue* and a
//! *content* (the words of PARC and `PolNeAR`); the source in the text becomes a *speaker* once
//! resolved. What an editor says about an annotation is a *note*. The publication date is the document
//! creation time, *DCT*, of TIMEX3.
//!
//! # Layers
//!
//! Imports go down only. The table is checked by `tests/suite/tidy.rs`.
//!
//! | layer | modules | touches the outside? |
//! |---|---|---|
//! | 0 | [`text`], [`diag`], [`config`] | no |
//! | 1 | [`content`] | reads the inputs: the only reader |
//! | 2 | [`parse`] | no |
//! | 3 | [`annotate`]: imports [`text`] and [`diag`] alone | no |
//! | 3 | [`eval`]: measures annotations against gold; imports [`text`] alone | no |
//! | 4 | [`notes`]: the editor's word over annotations | no |
//! | 4 | [`record`], [`library`] | no |
//! | 5 | [`render`] | no |
//! | 6 | [`output`] | writes; knows paths and bytes only |
//! | 7 | [`site`] | through those above |
//! | 8 | `serve`, [`publish`] | yes |
//! | 9 | [`cli`] | prints |
//!
//! # Invariants
//!
//! 1. Every annotation is a [`Span`](text::Span) into `Document::text`, which is the decoded file
//!    without its front matter, character for character. What annotation reads is
//!    [`Prose`](text::Prose), a view without markup, header and credit, whose spans are carried back.
//!    Offsets become code points in one place, [`CodePoints`](text::CodePoints).
//! 2. Same inputs and the same build date give identical bytes, whatever the number of threads or
//!    the order of files on disk (`tests/suite/determinism.rs`), also where a preview has kept what
//!    did not change ([`site::session`], `session.rs`). There is no clock, environment or locale below
//!    [`cli`].
//! 3. A mistake in content becomes a [`Diagnostic`](diag::Diagnostic) with a stable code, file, line,
//!    column, caret and hint; it never stops a build and never vanishes (`errors.rs`, `hostile.rs`).
//!    Faults of the outside world are typed errors that carry the path. Our own bugs panic.
//! 4. Nothing is written outside the output folder but what `.dateline-cache/` keeps between builds
//!    and may lose at any time ([`output::cache`], [`output::pack`], `incremental.rs`), nothing that Dateline did not write is replaced
//!    or deleted, and an interrupted build leaves the last good site ([`output::disk`]). At a target of
//!    [`publish`] only what its ledger calls ours is replaced or deleted ([`publish::ledger`]).
//! 5. What the annotator is unsure of is never shown as certain: below the site's threshold an
//!    attribution appears in its own brief only, as "possibly X", and in no list, count, feed or
//!    data ([`Facts`](record::Facts) leaves it out, so nothing behind it can show it; of words in
//!    quotation marks it keeps the words without a speaker, so that their own brief can lead to
//!    others which are certain, and so that those for which the text gives no source at all stand on
//!    `/speakers/unknown/`, as nobody's).
//!    An editor's word always wins, is never overwritten by a rule, and what an editor rejects is
//!    nowhere ([`notes`]); a note that no longer fits is told of (`editor.rs`).
//! 6. Only a *statement* is counted as something a person said. A *position* may be shown in its
//!    brief as reported, but for one that the model alone, and unsure, reads out of the text; what was
//!    denied, hypothetical or not said is not shown.
//!    The same quotation in several briefs counts in each. Briefs lead to one another only where the
//!    speaker is the same or one of them names none; the same words of two people are told of
//!    ([`library::Echoes`], `echoes.rs`).
//! 7. What is withheld is not read past its front matter; what `show` holds back reaches no output
//!    ([`Shown`](record::Shown) is the one definition).
//! 8. Rules are data under `src/annotate/rules`, `src/parse/wire.toml` and carry examples and
//!    counter-examples that run as tests. A passage that was once read wrongly goes into
//!    `src/annotate/rules/en/passages.toml`.
//!
//! # Where to start
//!
//! To change what counts as a cue, a title or a date, edit the rule files and run `cargo test
//! annotate`. To add a language of dates, add its folder beside `rules/en` and its line in
//! `src/annotate/language.rs`. To change a page, edit `templates/`; what a template gets is defined by the views in
//! `src/render/view`. To add a diagnostic, add its code to `src/diag/code.rs`.

pub mod annotate;
pub mod cli;
pub mod config;
pub mod content;
pub mod diag;
pub mod eval;
pub mod library;
pub mod notes;
pub mod output;
pub mod parse;
pub mod publish;
pub mod record;
pub mod render;
#[cfg(feature = "serve")]
pub mod serve;
pub mod site;
pub mod text;
