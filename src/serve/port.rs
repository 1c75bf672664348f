//! [`listen`]: a port of this machine that nobody else reaches.

use std::io::ErrorKind;
use std::net::{Ipv4Addr, TcpListener};

use super::{PORT, ServeError};

/// How many ports after [`PORT`] are tried.
const TRIES: u16 = 50;

/// Listens on `port`, or on the first free one from [`PORT`] on. Loopback only.
pub(super) fn listen(port: Option<u16>) -> Result<TcpListener, ServeError> {
    if let Some(port) = port {
        return bind(port).map_err(|error| match error.kind() {
            ErrorKind::AddrInUse => ServeError::PortTaken(port),
            _ => ServeError::Listen(error),
        });
    }
    for port in PORT..PORT + TRIES {
        match bind(port) {
            Err(error) if error.kind() == ErrorKind::AddrInUse => {}
            other => return other.map_err(ServeError::Listen),
        }
    }
    bind(0).map_err(ServeError::Listen)
}

fn bind(port: u16) -> std::io::Result<TcpListener> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_that_is_asked_for_and_taken_is_an_error() {
        let held = bind(0).unwrap();
        let port = held.local_addr().unwrap().port();
        let error = listen(Some(port)).unwrap_err().to_string();
        assert_eq!(
            error,
            format!("port {port} is taken; give another with --port, or none to get the next free one")
        );
    }

    #[test]
    fn without_a_wish_a_free_port_is_found() {
        let (first, second) = (listen(None).unwrap(), listen(None).unwrap());
        assert_ne!(first.local_addr().unwrap(), second.local_addr().unwrap());
        assert!(first.local_addr().unwrap().ip().is_loopback());
    }
}
