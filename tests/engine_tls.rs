//! Servers whose certificate nobody vouches for: they are told from others, and get no password.

use std::io::Read;
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

use fonds::engine::http::{Client, Failure, Limits, Request};
use fonds::engine::{Credentials, EngineAddress};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, Stream};

/// A certificate for this machine that it gave itself, and its key. Both were made for this test and are used nowhere else.
const CERTIFICATE: &str = "-----BEGIN CERTIFICATE-----
MIIBmjCCAUGgAwIBAgIUdNyhv/ZS2+5Buuy8AZ0C86v3O1EwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEzMDIxNTkzNFoYDzIxMjYxMTA2
MjE1OTM0WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAASIMIkZc1vkXcfJcRG4CZDvGKUicbd/8IfYBHwtpaJ4neMz46PnbO3g
yd4OziZyuT9CWciLtQZ8JjSQ7kx4Xf30o28wbTAdBgNVHQ4EFgQUSldC8OKzAW9m
v3dVyDX2EeAyIkMwHwYDVR0jBBgwFoAUSldC8OKzAW9mv3dVyDX2EeAyIkMwDwYD
VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwCgYIKoZI
zj0EAwIDRwAwRAIgHm4uBcqgsxoYf0zZfz6saqP7WRupaeYG8LRJAgd2Y6ECIHWg
l/wVHGBMAyS4GDWA2GVLqvIPzl60DwuEc3DL5sGM
-----END CERTIFICATE-----
";
const KEY: &str = "-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgRIu2LgOMTi5sFHJK
4iM1DwdWL/HFNs8V1pokYprUxVChRANCAASIMIkZc1vkXcfJcRG4CZDvGKUicbd/
8IfYBHwtpaJ4neMz46PnbO3gyd4OziZyuT9CWciLtQZ8JjSQ7kx4Xf30
-----END PRIVATE KEY-----
";

const LIMITS: Limits = Limits {
    answer_time: Duration::from_secs(10),
    connect_time: Duration::from_secs(5),
    answer_bytes: 1 << 20,
};

/// Asks a server with a password, and returns the message for the user.
fn message_of(url: &str) -> String {
    let address = EngineAddress::parse(url).unwrap();
    let credentials = Credentials::from_netrc("default login ada password hidden", "h");
    let client = Client::new(&address, credentials, LIMITS);
    match client.send(Request::get("/letters"), &|| false) {
        Err(Failure::Failed(message)) => message,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_certificate_that_nobody_vouches_for_is_refused() {
    let certificate = CertificateDer::from_pem_slice(CERTIFICATE.as_bytes()).unwrap();
    let key = PrivateKeyDer::from_pem_slice(KEY.as_bytes()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let (sender, received) = channel();
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut connection = ServerConnection::new(Arc::new(config)).unwrap();
        let mut request = Vec::new();
        let _ = Stream::new(&mut connection, &mut stream).read_to_end(&mut request);
        sender.send(request).unwrap();
    });
    let message = message_of(&format!("https://127.0.0.1:{port}/letters"));
    assert!(message.contains("cannot be trusted"), "{message}");
    assert!(!message.contains("hidden"), "{message}");
    assert!(received.recv().unwrap().is_empty());
}

#[test]
fn a_server_without_encryption_is_not_taken_for_one() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let _ = std::io::Write::write_all(&mut &stream, b"HTTP/1.1 200 OK\r\n\r\n{}");
        }
    });
    let message = message_of(&format!("https://127.0.0.1:{port}/letters"));
    assert!(message.contains("cannot be trusted"), "{message}");
}
