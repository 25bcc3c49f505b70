//! Addresses of engines, and where credentials come from.

use fonds::engine::{Credentials, EngineAddress, EngineKind};

/// What an address is, or why it is none.
fn read(text: &str) -> Result<(Option<EngineKind>, String), String> {
    let address = EngineAddress::parse(text).map_err(|error| error.to_string())?;
    Ok((address.kind, address.to_string()))
}

#[test]
fn addresses_name_engine_server_and_index() {
    use EngineKind::{OpenSearch, Solr};
    for (text, kind, identity) in [
        ("https://search.example.org/letters", None, "https://search.example.org/letters"),
        ("HTTPS://Search.Example.ORG:443/letters/", None, "https://search.example.org/letters"),
        ("http://[::1]:9200/a-*", None, "http://[::1]:9200/a-*"),
        ("opensearch+http://h:9200/a", Some(OpenSearch), "http://h:9200/a"),
        ("elasticsearch+http://h:80/x/a", Some(OpenSearch), "http://h/x/a"),
        ("Solr+http://h:8983/solr/papers", Some(Solr), "http://h:8983/solr/papers"),
    ] {
        assert!(EngineAddress::is_address(text), "{text}");
        assert_eq!(read(text), Ok((kind, identity.to_owned())), "{text}");
    }
}

#[test]
fn wrong_addresses_say_what_is_missing() {
    for (text, part) in [
        ("https://h", "names no index"),
        ("https://h/", "names no index"),
        ("https:///index", "names no host"),
        ("http://h:0/a", "no valid port"),
        ("http://h:99999/a", "no valid port"),
        ("http://h:8983/solr/#/papers", "leave out"),
        ("http://h/a?q=1", "leave out"),
        ("http://h/a b", "a blank"),
        ("ftp://h/a", "begins with http://"),
    ] {
        let message = read(text).unwrap_err();
        assert!(message.contains(part), "{text}: {message}");
    }
    assert!(!EngineAddress::is_address("http.csv"));
    assert!(!EngineAddress::is_address("ftp://h/a"));
}

#[test]
fn passwords_in_addresses_are_refused_and_not_repeated() {
    for text in ["https://ada:hidden@h/a", "https://ada:hidden@h", "solr+http://ada:hidden@h/?x y"]
    {
        let message = read(text).unwrap_err();
        assert!(message.contains("~/.netrc"), "{message}");
        assert!(!message.contains("hidden") && !message.contains("ada"), "{message}");
    }
}

const NETRC: &str = "# of the reading room
machine other.example.org login eva password no
macdef init
machine search.example.org login macro password macro

machine search.example.org
  login ada
  password hidden
default login guest password open
";

#[test]
fn credentials_come_from_netrc_or_the_environment() {
    let of = |host| Credentials::from_netrc(NETRC, host).header().map(str::to_owned);
    assert_eq!(of("search.example.org").as_deref(), Some("Basic YWRhOmhpZGRlbg=="));
    assert_eq!(of("third.example.org").as_deref(), Some("Basic Z3Vlc3Q6b3Blbg=="));
    let no_default = "machine a login b password c";
    assert!(Credentials::from_netrc(no_default, "h").is_none());

    let from = |set: &[(&str, &str)]| {
        let found = |name: &str| set.iter().find(|(own, _)| *own == name);
        let credentials = Credentials::from_variables(|name| Some(found(name)?.1.to_owned()));
        credentials.header().map(str::to_owned)
    };
    let user = [("FONDS_ENGINE_USER", "ada"), ("FONDS_ENGINE_PASSWORD", "hidden")];
    assert_eq!(from(&user).as_deref(), Some("Basic YWRhOmhpZGRlbg=="));
    assert_eq!(from(&[("FONDS_ENGINE_API_KEY", "k")]).as_deref(), Some("ApiKey k"));
    assert_eq!(from(&[("FONDS_ENGINE_TOKEN", "t"), user[0]]).as_deref(), Some("Bearer t"));
    assert_eq!(from(&[("FONDS_ENGINE_TOKEN", "t\r\nX: y")]), None);
    assert_eq!(from(&[]), None);
}

#[test]
fn credentials_have_no_secret_in_their_debug_text() {
    let credentials = Credentials::from_netrc(NETRC, "search.example.org");
    assert_eq!(format!("{credentials:?}"), "Credentials(hidden)");
}
