//! [`S3`]: a bucket at Amazon or at any server that speaks its protocol.
//!
//! Each file is an object that appears whole or not at all. With it go its `Content-Type`, its
//! `Cache-Control`, and its BLAKE3 digest as the metadata `blake3`. Former addresses are pages that
//! send readers on, as for any plain server: `object_store` cannot set the header
//! `x-amz-website-redirect-location`, and Amazon's website endpoints alone would heed it.

mod fault;
mod profile;

use std::cell::Cell;
use std::collections::BTreeMap;
use std::future::ready;
use std::time::Duration;

use futures_util::{StreamExt as _, stream};
use object_store::aws::{AmazonS3, AmazonS3Builder, AmazonS3ConfigKey};
use object_store::path::Path;
use object_store::{
    Attribute, Attributes, BackoffConfig, ClientOptions, ObjectStore, ObjectStoreExt as _, PutOptions,
    PutPayload, RetryConfig,
};
use tokio::runtime::Runtime;
use tokio::time::timeout;

use self::fault::{Answer, Bucket, fault};
use self::profile::Profile;
use super::net::{self, IN_FLIGHT, Machine, patience};
use super::place::{Arrived, Outgoing, Place, PlaceError, There};
use crate::config::Target;

/// A bucket to publish to, or a folder in it. There is no `Debug`: it holds a secret.
pub(super) struct S3 {
    /// Before the runtime in which its connections live: fields are dropped in their order.
    store: AmazonS3,
    runtime: Runtime,
    /// What `store` was built from, for another one that deletes files one by one.
    builder: AmazonS3Builder,
    bucket: Bucket,
    /// What every key begins with: nothing, or a folder with its slash.
    prefix: String,
}

/// What the environment may say, by the names in the AWS SDKs and Tools Reference Guide; those of
/// addresses and of the region are read apart, since dateline.toml may say them, too.
const VARIABLES: [(&str, AmazonS3ConfigKey); 10] = [
    ("AWS_ACCESS_KEY_ID", AmazonS3ConfigKey::AccessKeyId),
    ("AWS_SECRET_ACCESS_KEY", AmazonS3ConfigKey::SecretAccessKey),
    ("AWS_SESSION_TOKEN", AmazonS3ConfigKey::Token),
    ("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", AmazonS3ConfigKey::ContainerCredentialsRelativeUri),
    ("AWS_CONTAINER_CREDENTIALS_FULL_URI", AmazonS3ConfigKey::ContainerCredentialsFullUri),
    ("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", AmazonS3ConfigKey::ContainerAuthorizationTokenFile),
    ("AWS_WEB_IDENTITY_TOKEN_FILE", AmazonS3ConfigKey::WebIdentityTokenFile),
    ("AWS_ROLE_ARN", AmazonS3ConfigKey::RoleArn),
    ("AWS_ROLE_SESSION_NAME", AmazonS3ConfigKey::RoleSessionName),
    ("AWS_ENDPOINT_URL_STS", AmazonS3ConfigKey::StsEndpoint),
];

impl S3 {
    /// The bucket that `target` names, with the credentials that this machine has for it.
    ///
    /// # Errors
    /// Where the target's address is none, or there are no credentials.
    pub(super) fn open(target: &Target) -> Result<Self, PlaceError> {
        net::with_machine(|machine| Self::with(target, machine))
    }

    fn with(target: &Target, machine: Machine<'_>) -> Result<Self, PlaceError> {
        let (name, prefix) = address(&target.to)?;
        let doing = format!("publish to the bucket `{name}`");
        let profile = profile(machine)?;
        let said = |key| profile.as_ref().and_then(|profile| profile.get(key)).map(str::to_owned);
        let variable = machine.variable;
        let region = (target.region.clone())
            .or_else(|| variable("AWS_REGION"))
            .or_else(|| variable("AWS_DEFAULT_REGION"))
            .or_else(|| said("region"))
            .unwrap_or_else(|| "us-east-1".to_owned());
        let endpoint = (target.endpoint.clone())
            .or_else(|| variable("AWS_ENDPOINT_URL_S3"))
            .or_else(|| variable("AWS_ENDPOINT_URL"))
            .or_else(|| said("endpoint_url"));
        let host = match &endpoint {
            None => format!("s3.{region}.amazonaws.com"),
            Some(endpoint) => host(endpoint)
                .ok_or_else(|| {
                    PlaceError::new(doing.as_str(), "`endpoint` is not the address of a server")
                        .hint("write it as `https://s3.example.org`, without a user, a path or a query")
                })?
                .to_owned(),
        };
        let plain = endpoint.as_ref().is_some_and(|endpoint| endpoint.starts_with("http://"));
        let mut builder = AmazonS3Builder::new()
            .with_bucket_name(&name)
            .with_region(&region)
            .with_retry(short_retries())
            .with_client_options(
                // How long an answer is waited for is ours to say: it depends on the file's size.
                ClientOptions::new()
                    .with_user_agent(net::USER_AGENT.parse().expect("it is plain ASCII"))
                    .with_connect_timeout(net::CONNECT)
                    .with_timeout_disabled()
                    .with_allow_http(plain),
            );
        if let Some(endpoint) = endpoint {
            builder = builder.with_endpoint(endpoint.trim_end_matches('/'));
        }
        builder = credentials(builder, machine, profile.as_ref(), &doing)?;
        let bucket = Bucket { name, region, host };
        let runtime = net::runtime()?;
        // A client may ask for the runtime it is made in.
        let store = {
            let _inside = runtime.enter();
            builder.clone().build().map_err(|error| fault(doing.clone(), &bucket, &error))?
        };
        runtime.block_on(store.credentials().get_credential()).map_err(|_| nobody(&doing))?;
        Ok(Self { store, runtime, builder, bucket, prefix })
    }

    /// The key of a file.
    fn key(&self, path: &str) -> Result<Path, PlaceError> {
        Path::parse(format!("{}{path}", self.prefix))
            .map_err(|error| PlaceError::new(format!("write {path}"), error))
    }

    fn fault(&self, doing: impl Into<String>) -> impl Fn(object_store::Error) -> PlaceError {
        let doing = doing.into();
        move |error| fault(doing.clone(), &self.bucket, &error)
    }

    /// Deletes files as `store` does it; those that are not there are deleted, too.
    async fn deleted(&self, store: &AmazonS3, keys: Vec<Path>) -> object_store::Result<()> {
        let mut results = store.delete_stream(stream::iter(keys.into_iter().map(Ok)).boxed());
        while let Some(result) = results.next().await {
            match result {
                Err(error) if is_missing(&error) => {}
                Err(error) => return Err(error),
                Ok(_) => {}
            }
        }
        Ok(())
    }
}

impl Place for S3 {
    fn list(&mut self) -> Result<BTreeMap<String, There>, PlaceError> {
        let prefix = self.key("")?;
        let doing = format!("list the bucket `{}`", self.bucket.name);
        self.runtime.block_on(async {
            let mut there = BTreeMap::new();
            let mut objects = self.store.list(Some(&prefix));
            loop {
                let object = timeout(patience(0), objects.next()).await.map_err(|_| late(&doing))?;
                let Some(object) = object else { return Ok(there) };
                let object = object.map_err(self.fault(&doing))?;
                let key = object.location.as_ref();
                if let Some(path) = key.strip_prefix(&self.prefix).filter(|path| !path.is_empty()) {
                    let tag = object.e_tag.as_deref().map(bare);
                    there.insert(path.to_owned(), There { size: object.size, digest: None, tag });
                }
            }
        })
    }

    fn read(&mut self, path: &str) -> Result<Option<Vec<u8>>, PlaceError> {
        let key = self.key(path)?;
        let doing = format!("read {path} in the bucket `{}`", self.bucket.name);
        let reading = async { self.store.get(&key).await?.bytes().await };
        let read = self.runtime.block_on(async { timeout(patience(0), reading).await });
        match read.map_err(|_| late(&doing))? {
            Ok(bytes) => Ok(Some(bytes.to_vec())),
            Err(error) if is_missing(&error) => Ok(None),
            Err(error) => Err(self.fault(doing)(error)),
        }
    }

    fn put(&mut self, files: &[Outgoing], arrived: Arrived<'_>) -> Result<(), PlaceError> {
        let failed = Cell::new(false);
        self.runtime.block_on(async {
            let mut first = Ok(());
            // After a fault nothing new is begun, but what is on its way arrives and is told of.
            let mut sent = stream::iter(files)
                .take_while(|_| ready(!failed.get()))
                .map(async |file| (file, send(self, file).await))
                .buffer_unordered(IN_FLIGHT);
            while let Some((file, result)) = sent.next().await {
                match result {
                    Ok(tag) => arrived(file, tag),
                    Err(fault) => {
                        failed.set(true);
                        first = first.and(Err(fault));
                    }
                }
            }
            first
        })
    }

    fn delete(&mut self, paths: &[String]) -> Result<(), PlaceError> {
        let keys = paths.iter().map(|path| self.key(path)).collect::<Result<Vec<_>, _>>()?;
        let doing = format!("delete in the bucket `{}`", self.bucket.name);
        // So many files are one request.
        let patience = patience(0) * u32::try_from(1 + keys.len() / 1_000).unwrap_or(u32::MAX);
        let at_once = self.deleted(&self.store, keys.clone());
        let done = self.runtime.block_on(async { timeout(patience, at_once).await });
        match done.map_err(|_| late(&doing))? {
            Err(error) if Answer::of(&error).knows_no_such_request() => {}
            done => return done.map_err(self.fault(doing)),
        }
        let store = {
            let _inside = self.runtime.enter();
            let builder = self.builder.clone().with_config(AmazonS3ConfigKey::DisableBulkDelete, "true");
            builder.build().map_err(self.fault(&doing))?
        };
        let one_by_one = self.deleted(&store, keys);
        let done = self.runtime.block_on(async { timeout(patience * 100, one_by_one).await });
        done.map_err(|_| late(&doing))?.map_err(self.fault(doing))
    }
}

/// Sends one file; the mark of its content that the server gave it.
async fn send(place: &S3, file: &Outgoing) -> Result<Option<String>, PlaceError> {
    let doing = format!("write {}", file.path);
    let bytes = std::fs::read(&file.file).map_err(|error| PlaceError::new(doing.as_str(), error))?;
    let mut attributes = Attributes::new();
    attributes.insert(Attribute::ContentType, file.content_type.into());
    attributes.insert(Attribute::CacheControl, file.cache_control.into());
    attributes.insert(Attribute::Metadata("blake3".into()), file.digest.clone().into());
    let key = place.key(&file.path)?;
    let sending = place.store.put_opts(&key, PutPayload::from(bytes), PutOptions::from(attributes));
    let sent = timeout(patience(file.size), sending).await.map_err(|_| late(&doing))?;
    Ok(sent.map_err(place.fault(doing))?.e_tag.as_deref().map(bare))
}

/// The bucket and what each key begins with, of `s3://bucket/folder`.
fn address(url: &str) -> Result<(String, String), PlaceError> {
    // The address is not repeated: whoever took it for another kind of one may have put a password in.
    let wrong = |reason: &str| {
        PlaceError::new("publish to a bucket", format!("`url` {reason}"))
            .hint("write it as `s3://bucket` or `s3://bucket/folder`")
    };
    let rest = url.strip_prefix("s3://").ok_or_else(|| wrong("does not begin with `s3://`"))?;
    let (bucket, folder) = rest.split_once('/').unwrap_or((rest, ""));
    if bucket.is_empty() || !bucket.bytes().all(|b| b.is_ascii_alphanumeric() || b".-_".contains(&b)) {
        return Err(wrong("names no bucket"));
    }
    let folder = folder.trim_end_matches('/');
    if folder.is_empty() {
        return Ok((bucket.to_owned(), String::new()));
    }
    if folder.split('/').any(|part| matches!(part, "" | "." | "..")) {
        return Err(wrong("names no folder"));
    }
    Ok((bucket.to_owned(), format!("{folder}/")))
}

/// The server of `https://host:port`; `None` where there is more to the address.
fn host(endpoint: &str) -> Option<&str> {
    let rest = endpoint.strip_prefix("https://").or_else(|| endpoint.strip_prefix("http://"))?;
    let host = rest.strip_suffix('/').unwrap_or(rest);
    (!host.is_empty() && !host.contains(['/', '@', '?', '#', ' '])).then_some(host)
}

/// The profile that the environment names, or the usual one; `None` where there is none.
fn profile(machine: Machine<'_>) -> Result<Option<Profile>, PlaceError> {
    let text = |variable, path| net::text_of(machine.file(variable, path).as_deref());
    let credentials = text("AWS_SHARED_CREDENTIALS_FILE", ".aws/credentials")?;
    let config = text("AWS_CONFIG_FILE", ".aws/config")?;
    let named = (machine.variable)("AWS_PROFILE");
    let name = named.as_deref().unwrap_or("default");
    let found = Profile::read(name, &credentials, &config);
    if found.is_none() && named.is_some() {
        return Err(PlaceError::new(
            format!("use the profile `{name}`"),
            "neither ~/.aws/credentials nor ~/.aws/config has it",
        )
        .hint("AWS_PROFILE names it: set it to another one, or unset it"));
    }
    Ok(found)
}

/// With the credentials from the environment, else from the profile; else the machine's own (a
/// container's, an instance's) are asked for when they are needed.
fn credentials(
    mut builder: AmazonS3Builder,
    machine: Machine<'_>,
    profile: Option<&Profile>,
    doing: &str,
) -> Result<AmazonS3Builder, PlaceError> {
    let mut elsewhere = false;
    for (name, key) in VARIABLES {
        if let Some(value) = (machine.variable)(name) {
            builder = builder.with_config(key, value);
            elsewhere |= name.starts_with("AWS_CONTAINER") || name.starts_with("AWS_WEB");
        }
    }
    let [id, secret] = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"].map(machine.variable);
    match (id.is_some(), secret.is_some()) {
        (true, true) => return Ok(builder),
        (false, false) => {}
        (given, _) => {
            let (there, missing) = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY");
            let (there, missing) = if given { (there, missing) } else { (missing, there) };
            return Err(PlaceError::new(doing, format!("{there} is set and {missing} is not")));
        }
    }
    let said = |key| profile.and_then(|profile| profile.get(key));
    if let (Some(id), Some(secret)) = (said("aws_access_key_id"), said("aws_secret_access_key")) {
        builder = builder.with_access_key_id(id).with_secret_access_key(secret);
        if let Some(token) = said("aws_session_token") {
            builder = builder.with_token(token);
        }
        return Ok(builder);
    }
    if elsewhere {
        return Ok(builder);
    }
    if let Some(key) = profile.and_then(Profile::leads_elsewhere) {
        return Err(PlaceError::new(
            doing,
            format!("the profile in ~/.aws says `{key}`, which leads elsewhere"),
        )
        .hint("get keys from there first: eval \"$(aws configure export-credentials --format env)\""));
    }
    if (machine.variable)("AWS_EC2_METADATA_DISABLED").is_some_and(|value| value.eq_ignore_ascii_case("true"))
    {
        return Err(nobody(doing));
    }
    Ok(builder)
}

fn nobody(doing: &str) -> PlaceError {
    PlaceError::new(doing, "no credentials were found").hint(
        "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or write a profile to ~/.aws/credentials (AWS_PROFILE \
         names it)",
    )
}

/// Enough for a server that hiccups; those that stay busy are waited for by whoever called.
fn short_retries() -> RetryConfig {
    RetryConfig {
        backoff: BackoffConfig {
            init_backoff: Duration::from_millis(100),
            max_backoff: Duration::from_secs(1),
            base: 2.,
        },
        max_retries: 3,
        retry_timeout: Duration::from_secs(10),
    }
}

/// Whether a file is not there, as opposed to its bucket.
fn is_missing(error: &object_store::Error) -> bool {
    matches!(error, object_store::Error::NotFound { .. })
        && Answer::of(error).code.as_deref() != Some("NoSuchBucket")
}

/// An `ETag` without the quotation marks that some servers leave out of lists.
fn bare(tag: &str) -> String {
    tag.trim_matches('"').to_owned()
}

fn late(doing: &str) -> PlaceError {
    PlaceError::new(doing, "the server does not answer").transient()
}

#[cfg(test)]
mod tests;
