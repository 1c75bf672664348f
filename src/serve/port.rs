//! [`listen`]: a port of this machine.

use std::io::{Error, ErrorKind, Result};
use std::net::{IpAddr, SocketAddr, TcpListener, ToSocketAddrs as _};

use super::{Host, PORT, ServeError};

/// How many ports after [`PORT`] are tried.
const TRIES: u16 = 50;

/// Listens on `port`, or on the first free one from [`PORT`] on.
pub(super) fn listen(host: &Host, port: Option<u16>) -> std::result::Result<TcpListener, ServeError> {
    let refused = |reason| ServeError::Listen { host: host.clone(), reason };
    let address = address(host).map_err(refused)?;
    let bind = |port| TcpListener::bind(SocketAddr::new(address, port));
    if let Some(port) = port {
        return bind(port).map_err(|error| match error.kind() {
            ErrorKind::AddrInUse => ServeError::PortTaken(port),
            _ => refused(error),
        });
    }
    for port in PORT..PORT + TRIES {
        match bind(port) {
            Err(error) if error.kind() == ErrorKind::AddrInUse => {}
            other => return other.map_err(refused),
        }
    }
    bind(0).map_err(refused)
}

/// The address that is listened on.
fn address(host: &Host) -> Result<IpAddr> {
    match host {
        Host::Address(address) => Ok(*address),
        Host::Name(name) => {
            let mut found = (name.as_str(), 0).to_socket_addrs()?;
            let missing = || Error::new(ErrorKind::NotFound, "the name has no address");
            found.next().map(|address| address.ip()).ok_or_else(missing)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_that_is_asked_for_and_taken_is_an_error() {
        let held = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = held.local_addr().unwrap().port();
        let error = listen(&Host::default(), Some(port)).unwrap_err().to_string();
        assert_eq!(
            error,
            format!("port {port} is taken; give another with --port, or none to get the next free one")
        );
    }

    #[test]
    fn without_a_wish_a_free_port_is_found() {
        let host = Host::default();
        let (first, second) = (listen(&host, None).unwrap(), listen(&host, None).unwrap());
        assert_ne!(first.local_addr().unwrap(), second.local_addr().unwrap());
        assert!(first.local_addr().unwrap().ip().is_loopback());
    }

    #[test]
    fn an_address_that_is_not_this_machines_is_refused() {
        let elsewhere = Host::parse("192.0.2.1").unwrap();
        let error = listen(&elsewhere, None).unwrap_err().to_string();
        assert!(error.starts_with("cannot listen on 192.0.2.1: "), "{error}");
    }
}
