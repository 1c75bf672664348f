//! [`Webdav`]: a folder on a WebDAV server (RFC 4918), such as Nextcloud, Apache or nginx.
//!
//! A file is put under a name of its own and moved over the one that readers see, so that nobody
//! sees half of it; where a server refuses to move, it is put in place at once. Two requests here
//! could take more with them than they name, and are never made without a look before: DELETE of a
//! folder deletes what is in it, and MOVE onto a folder does so, too.

mod address;
mod fault;
mod multistatus;
mod netrc;

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::future::ready;
use std::time::Duration;

use futures_util::{StreamExt as _, stream};
use reqwest::header::{CONTENT_TYPE, LOCATION, WWW_AUTHENTICATE};
use reqwest::redirect::Policy;
use reqwest::{Client, Method, RequestBuilder, Response, StatusCode};
use tokio::runtime::Runtime;

use self::address::{Base, Lead};
use self::fault::{Server, refusal};
use super::net::{self, IN_FLIGHT, Machine, patience};
use super::place::{Arrived, Outgoing, Place, PlaceError, There};
use crate::config::Target;

/// How the name of a file begins that is not in its place yet.
const HALF: &str = ".dateline-half-";

/// How deep folders may lie in one another; a server that goes on tells of a loop.
const DEPTH: usize = 64;

/// How many bytes an answer may have.
const LARGEST: usize = 64 << 20;

/// How long is waited before a question is asked again that changes nothing.
const AGAIN: [Duration; 2] = [Duration::from_millis(300), Duration::from_millis(1_200)];

/// What is asked of each file and folder.
const WANTED: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<propfind xmlns=\"DAV:\"><prop>\
                      <resourcetype/><getcontentlength/><getetag/></prop></propfind>";

/// A folder to publish to. There is no `Debug`: it holds a secret.
pub(super) struct Webdav {
    /// Before the runtime in which its connections live: fields are dropped in their order.
    client: Client,
    runtime: Runtime,
    base: Base,
    login: Option<(String, String)>,
    /// The folders that are there, each with a slash at its end; the empty one is the base.
    folders: BTreeSet<String>,
    /// The files that are there.
    files: BTreeSet<String>,
    /// Files that a run which broke off has not put in place.
    halves: Vec<String>,
    /// Whether the server moves files; it does until it refuses.
    moves: Cell<bool>,
}

/// What is in a folder.
#[derive(Debug, Default, PartialEq, Eq)]
struct Members {
    files: Vec<(String, There)>,
    folders: Vec<String>,
    /// How many things are in it that have no name we could use.
    odd: usize,
}

impl Webdav {
    /// The folder that `target` names, with the login that this machine has for it.
    ///
    /// # Errors
    /// Where the target's address is none, or a password would have to be sent in the open.
    pub(super) fn open(target: &Target) -> Result<Self, PlaceError> {
        net::with_machine(|machine| Self::with(target, machine))
    }

    fn with(target: &Target, machine: Machine<'_>) -> Result<Self, PlaceError> {
        let base = Base::parse(&target.to)?;
        let login = login(&base, machine)?;
        if login.is_some() && base.can_be_overheard() {
            return Err(PlaceError::new(
                format!("log in to {}", base.host),
                "the address begins with http://, so everybody on the way could read the password",
            )
            .hint("write it with https://"));
        }
        let runtime = net::runtime()?;
        let client = Client::builder()
            .user_agent(net::USER_AGENT)
            .connect_timeout(net::CONNECT)
            // A server that sends us on may send the password elsewhere.
            .redirect(Policy::none())
            .build()
            .map_err(|error| PlaceError::new("open a connection", net::cause(&error)))?;
        let (folders, files) = (BTreeSet::new(), BTreeSet::new());
        Ok(Self { client, runtime, base, login, folders, files, halves: vec![], moves: Cell::new(true) })
    }

    fn request(&self, method: &str, path: &str) -> RequestBuilder {
        let method = Method::from_bytes(method.as_bytes()).expect("methods are words");
        let request = self.client.request(method, self.base.url(path)).timeout(patience(0));
        match &self.login {
            Some((user, password)) => request.basic_auth(user, Some(password)),
            None => request,
        }
    }

    /// Sends a request; the answer may be a refusal.
    async fn send(&self, doing: &str, request: RequestBuilder) -> Result<Response, PlaceError> {
        let host = &self.base.host;
        request.send().await.map_err(|error| {
            if error.is_timeout() {
                return PlaceError::new(doing, format!("{host} does not answer")).transient();
            }
            net::line_fault(doing.to_owned(), host, &error.without_url())
        })
    }

    /// Sends a request that changes nothing, more than once where the fault may pass.
    async fn ask(&self, doing: &str, request: impl Fn() -> RequestBuilder) -> Result<Response, PlaceError> {
        for wait in AGAIN {
            match self.send(doing, request()).await {
                Ok(response) if !self.refused(doing, &response).transient => return Ok(response),
                Err(fault) if !fault.transient => return Err(fault),
                _ => tokio::time::sleep(wait).await,
            }
        }
        self.send(doing, request()).await
    }

    /// What a refusal means.
    fn refused(&self, doing: &str, response: &Response) -> PlaceError {
        let text = |name| response.headers().get(name).and_then(|value| value.to_str().ok());
        let schemes: Vec<&str> = (response.headers().get_all(WWW_AUTHENTICATE).iter())
            .filter_map(|value| value.to_str().ok())
            .collect();
        let sent_on = text(LOCATION).and_then(|location| address::shown(response.url(), location));
        let server = Server { host: &self.base.host, logged_in: self.login.is_some() };
        refusal(doing.to_owned(), server, response.status(), sent_on.as_deref(), &schemes.join(", "))
    }

    /// What the server tells of `path`, and of what is in it with a depth of 1; `None` where it is
    /// not there.
    async fn find(&self, path: &str, depth: &str) -> Result<Option<Vec<multistatus::Response>>, PlaceError> {
        let doing = format!("list {}", self.base.url(path).path());
        let request = || {
            let request = self.request("PROPFIND", path).header("Depth", depth);
            request.header(CONTENT_TYPE, "application/xml; charset=utf-8").body(WANTED)
        };
        let response = self.ask(&doing, request).await?;
        match response.status() {
            StatusCode::MULTI_STATUS => {}
            StatusCode::NOT_FOUND | StatusCode::GONE => return Ok(None),
            status if status.is_success() => {
                let reason = format!("{} does not speak WebDAV there", self.base.host);
                return Err(PlaceError::new(doing, reason).hint("is `url` the address for WebDAV?"));
            }
            _ => return Err(self.refused(&doing, &response)),
        }
        let body = self.body(&doing, response).await?;
        let wrong =
            |reason: &str| PlaceError::new(doing.as_str(), format!("the answer is damaged: {reason}"));
        let text = str::from_utf8(&body).map_err(|_| wrong("it is no UTF-8"))?;
        multistatus::responses(text).map(Some).map_err(|reason| wrong(&reason))
    }

    /// The whole of an answer.
    async fn body(&self, doing: &str, mut response: Response) -> Result<Vec<u8>, PlaceError> {
        let mut body = Vec::new();
        let cut =
            |error: reqwest::Error| net::line_fault(doing.to_owned(), &self.base.host, &error.without_url());
        while let Some(chunk) = response.chunk().await.map_err(cut)? {
            body.extend_from_slice(&chunk);
            if body.len() > LARGEST {
                return Err(PlaceError::new(doing, "the answer has no end"));
            }
        }
        Ok(body)
    }

    /// What is in a folder; `None` where it is not there.
    async fn members(&self, folder: &str) -> Result<Option<Members>, PlaceError> {
        let Some(responses) = self.find(folder, "1").await? else { return Ok(None) };
        let (mut members, mut itself) = (Members::default(), None);
        for response in responses {
            match self.base.lead(folder, &response.href) {
                Lead::Itself => itself = Some(response.folder),
                Lead::Elsewhere => members.odd += 1,
                Lead::Member(name) if response.folder => members.folders.push(format!("{folder}{name}/")),
                Lead::Member(name) => {
                    let (size, digest) = (response.size.unwrap_or_default(), None);
                    let there = There { size, digest, tag: response.tag.as_deref().map(bare) };
                    members.files.push((format!("{folder}{name}"), there));
                }
            }
        }
        let wrong = |reason: &str| PlaceError::new(format!("list {}", self.base.url(folder).path()), reason);
        match itself {
            Some(true) => Ok(Some(members)),
            Some(false) => Err(wrong("it is a file")),
            // A list that leaves things out would make files of others look as if they were not there.
            None => Err(wrong("the answer is about another address")
                .hint("a proxy may have changed the path: write the address that the server itself uses")),
        }
    }

    /// Makes the folders above `files` that are not there, outer ones first.
    async fn make_folders(&self, files: &[Outgoing]) -> Result<Vec<String>, PlaceError> {
        let mut missing: BTreeMap<usize, BTreeSet<&str>> = BTreeMap::new();
        for file in files {
            for end in std::iter::once(0).chain(file.path.match_indices('/').map(|(at, _)| at + 1)) {
                let folder = &file.path[..end];
                if !self.folders.contains(folder) {
                    missing.entry(folder.matches('/').count()).or_default().insert(folder);
                }
            }
        }
        let mut made = Vec::new();
        for folders in missing.into_values() {
            let mut making =
                stream::iter(folders).map(|folder| self.make_folder(folder)).buffer_unordered(IN_FLIGHT);
            while let Some(folder) = making.next().await {
                made.push(folder?);
            }
        }
        Ok(made)
    }

    async fn make_folder(&self, folder: &str) -> Result<String, PlaceError> {
        let doing = format!("make the folder {}", self.base.url(folder).path());
        let response = self.send(&doing, self.request("MKCOL", folder)).await?;
        match response.status() {
            // 405 says that it is there (RFC 4918, section 9.3.1).
            status if status.is_success() || status == StatusCode::METHOD_NOT_ALLOWED => {
                Ok(folder.to_owned())
            }
            _ => Err(self.refused(&doing, &response)),
        }
    }

    /// Puts one file in its place; the mark that the server has for its content then.
    async fn put_one(&self, file: &Outgoing) -> Result<Option<String>, PlaceError> {
        let doing = format!("write {}", file.path);
        if !self.moves.get() || !self.put_by_move(&doing, file).await? {
            self.put_at(&doing, &file.path, file).await?;
        }
        // What PUT answers is the mark of the name before. Without one the size alone is compared.
        let found = self.find(&file.path, "0").await.ok().flatten().unwrap_or_default();
        Ok(found.first().and_then(|found| found.tag.as_deref()).map(bare))
    }

    async fn put_at(&self, doing: &str, path: &str, file: &Outgoing) -> Result<(), PlaceError> {
        let bytes = std::fs::read(&file.file).map_err(|error| PlaceError::new(doing, error))?;
        let request = self.request("PUT", path).timeout(patience(file.size));
        let response = self.send(doing, request.header(CONTENT_TYPE, file.content_type).body(bytes)).await?;
        if response.status().is_success() { Ok(()) } else { Err(self.refused(doing, &response)) }
    }

    /// Puts a file under another name and moves it into its place. False where the server refuses to
    /// move.
    async fn put_by_move(&self, doing: &str, file: &Outgoing) -> Result<bool, PlaceError> {
        let (folder, name) = file.path.rsplit_once('/').map_or(("", file.path.as_str()), |(f, n)| (f, n));
        let slash = if folder.is_empty() { "" } else { "/" };
        let half = format!("{folder}{slash}{HALF}{name}");
        self.put_at(doing, &half, file).await?;
        let request = self.request("MOVE", &half);
        let request = request.header("Destination", self.base.url(&file.path).as_str());
        let response = self.send(doing, request.header("Overwrite", "T")).await?;
        let status = response.status();
        if status.is_success() && status != StatusCode::MULTI_STATUS {
            return Ok(true);
        }
        let fault = self.refused(doing, &response);
        // Nobody else knows the name, so what is there is ours.
        let _ = self.send(doing, self.request("DELETE", &half)).await;
        // 502 is said of an address that the server does not take for its own, behind a proxy.
        let refuses = !fault.transient || status == StatusCode::BAD_GATEWAY;
        if refuses && !matches!(status.as_u16(), 401 | 423 | 507) {
            self.moves.set(false);
            return Ok(false);
        }
        Err(fault)
    }

    /// Deletes one file; one that is not there is deleted, too.
    async fn delete_one(&self, path: &str) -> Result<(), PlaceError> {
        let doing = format!("delete {path}");
        let response = self.send(&doing, self.request("DELETE", path)).await?;
        match response.status() {
            StatusCode::NOT_FOUND | StatusCode::GONE => Ok(()),
            status if status.is_success() && status != StatusCode::MULTI_STATUS => Ok(()),
            _ => Err(self.refused(&doing, &response)),
        }
    }

    /// Deletes a folder if it is empty by what we know and by what the server says right before.
    async fn delete_folder(&self, folder: &str) -> bool {
        let below = |names: &BTreeSet<String>| {
            names.range(folder.to_owned()..).any(|name| name != folder && name.starts_with(folder))
        };
        if folder.is_empty() || below(&self.files) || below(&self.folders) {
            return false;
        }
        let empty = matches!(self.members(folder).await, Ok(Some(found)) if found == Members::default());
        // A folder that stays is no fault: the files are gone.
        empty && self.delete_one(folder).await.is_ok()
    }

    /// A file must not go where a folder is: the server would take the folder away for it.
    fn no_folder_at(&self, doing: &str, path: &str) -> Result<(), PlaceError> {
        if self.folders.contains(&format!("{path}/")) {
            return Err(PlaceError::new(format!("{doing} {path}"), "a folder has that name")
                .hint("move the folder away; Dateline deletes no folder that holds something"));
        }
        Ok(())
    }

    /// Takes away what a run left that broke off.
    fn sweep(&mut self) {
        let halves = std::mem::take(&mut self.halves);
        let this = &*self;
        this.runtime.block_on(async {
            for half in &halves {
                // They are in nobody's way; the next run finds them again.
                let _ = this.delete_one(half).await;
            }
        });
    }
}

impl Place for Webdav {
    fn list(&mut self) -> Result<BTreeMap<String, There>, PlaceError> {
        let this = &*self;
        let (mut there, mut folders) = (BTreeMap::new(), BTreeSet::new());
        this.runtime.block_on(async {
            let mut level = vec![String::new()];
            for _ in 0..DEPTH {
                let found = stream::iter(std::mem::take(&mut level)).map(async |folder| {
                    let members = this.members(&folder).await;
                    (folder, members)
                });
                let mut found = found.buffer_unordered(IN_FLIGHT);
                while let Some((folder, members)) = found.next().await {
                    let Some(members) = members? else { continue };
                    there.extend(members.files);
                    level.extend(members.folders);
                    folders.insert(folder);
                }
                if level.is_empty() {
                    return Ok(());
                }
            }
            Err(PlaceError::new(format!("list {}", this.base.host), "its folders have no end"))
        })?;
        self.folders = folders;
        let is_half = |path: &str| path.rsplit('/').next().unwrap_or(path).starts_with(HALF);
        self.halves = there.keys().filter(|path| is_half(path)).cloned().collect();
        there.retain(|path, _: &mut There| !is_half(path));
        self.files = there.keys().cloned().collect();
        Ok(there)
    }

    fn read(&mut self, path: &str) -> Result<Option<Vec<u8>>, PlaceError> {
        let doing = format!("read {path}");
        self.runtime.block_on(async {
            let response = self.ask(&doing, || self.request("GET", path)).await?;
            match response.status() {
                StatusCode::NOT_FOUND | StatusCode::GONE => Ok(None),
                StatusCode::OK => self.body(&doing, response).await.map(Some),
                _ => Err(self.refused(&doing, &response)),
            }
        })
    }

    fn put(&mut self, files: &[Outgoing], arrived: Arrived<'_>) -> Result<(), PlaceError> {
        self.sweep();
        for file in files {
            self.no_folder_at("write", &file.path)?;
        }
        let made = self.runtime.block_on(self.make_folders(files))?;
        self.folders.extend(made);
        let (failed, mut put) = (Cell::new(false), Vec::new());
        let done = self.runtime.block_on(async {
            let mut first = Ok(());
            // After a fault nothing new is begun, but what is on its way arrives and is told of.
            let mut sent = stream::iter(files)
                .take_while(|_| ready(!failed.get()))
                .map(async |file| (file, self.put_one(file).await))
                .buffer_unordered(IN_FLIGHT);
            while let Some((file, result)) = sent.next().await {
                match result {
                    Ok(tag) => {
                        arrived(file, tag);
                        put.push(file.path.clone());
                    }
                    Err(fault) => {
                        failed.set(true);
                        first = first.and(Err(fault));
                    }
                }
            }
            first
        });
        self.files.extend(put);
        done
    }

    fn delete(&mut self, paths: &[String]) -> Result<(), PlaceError> {
        self.sweep();
        for path in paths {
            self.no_folder_at("delete", path)?;
        }
        self.runtime.block_on(async {
            let mut deleted =
                stream::iter(paths).map(|path| self.delete_one(path)).buffer_unordered(IN_FLIGHT);
            while let Some(result) = deleted.next().await {
                result?;
            }
            Ok(())
        })?;
        for path in paths {
            self.files.remove(path);
        }
        let above: BTreeSet<&str> =
            (paths.iter()).flat_map(|path| path.match_indices('/').map(|(at, _)| &path[..=at])).collect();
        // From the inside out: what follows in this order lies inside, or beside.
        for folder in above.into_iter().rev() {
            if self.runtime.block_on(self.delete_folder(folder)) {
                self.folders.remove(folder);
            }
        }
        Ok(())
    }
}

/// The user and the password: the environment's, else those of `~/.netrc`.
fn login(base: &Base, machine: Machine<'_>) -> Result<Option<(String, String)>, PlaceError> {
    match ["WEBDAV_USERNAME", "WEBDAV_PASSWORD"].map(machine.variable) {
        [Some(user), Some(password)] => Ok(Some((user, password))),
        [Some(_), None] => Err(half_a_login(base, "WEBDAV_USERNAME", "WEBDAV_PASSWORD")),
        [None, Some(_)] => Err(half_a_login(base, "WEBDAV_PASSWORD", "WEBDAV_USERNAME")),
        [None, None] => {
            let text = net::text_of(machine.file("NETRC", ".netrc").as_deref())?;
            Ok(netrc::login(&text, base.machine()))
        }
    }
}

fn half_a_login(base: &Base, set: &str, missing: &str) -> PlaceError {
    PlaceError::new(format!("log in to {}", base.host), format!("{set} is set and {missing} is not"))
}

/// An `ETag` without what servers give it at one time and not at another: Apache calls a file's mark
/// weak in the second in which it was written.
fn bare(tag: &str) -> String {
    tag.strip_prefix("W/").unwrap_or(tag).trim_matches('"').to_owned()
}

#[cfg(test)]
mod tests;
