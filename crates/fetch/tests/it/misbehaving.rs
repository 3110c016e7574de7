//! Against a real server on loopback that misbehaves in every way we could think of.

use std::io::Write;
use std::time::Duration;

use appleports_fetch::{Body, Expect, FetchError, Fetched, Fetcher, Limits, Policy, Request};
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::common::{Answer, Server, page, response};

fn limits() -> Limits {
    Limits {
        one_try: Duration::from_secs(2),
        bytes: 1024 * 1024,
        sleep: |_| {},
        ..Limits::default()
    }
}

fn request(server: &Server, path: &str) -> Request {
    Request {
        url: format!("{}{path}", server.address),
        ..Request::default()
    }
}

fn fetch_with(request: &Request) -> Result<Fetched, FetchError> {
    Fetcher::new(Policy::sources(), limits(), |_| {})
        .unwrap()
        .fetch(request)
}

/// Fetches `/page`; robots.txt is missing.
fn fetch(
    script: impl Fn(usize) -> Answer + Send + Sync + 'static,
) -> (Result<Fetched, String>, Server) {
    let server = Server::start(move |path, before| match path {
        "/page" => script(before),
        _ => response("404 Not Found", "", b""),
    });
    let fetched = fetch_with(&request(&server, "/page")).map_err(|error| error.to_string());
    (fetched, server)
}

fn body(fetched: Result<Fetched, String>) -> Body {
    match fetched.unwrap() {
        Fetched::Body(body) => *body,
        Fetched::NotModified => panic!("not modified"),
    }
}

#[test]
fn a_page_comes_with_what_the_server_says_of_it() {
    let (fetched, server) = fetch(|_| {
        response(
            "200 OK",
            "Content-Type: Text/HTML; charset=utf-8\r\nETag: \"x\"\r\nLast-Modified: Fri, 23 Oct 2015 15:46:00 GMT\r\n",
            b"<html>ports</html>",
        )
    });
    let body = body(fetched);
    assert_eq!(body.bytes, b"<html>ports</html>");
    assert_eq!(
        (body.media_type.as_str(), body.etag.as_deref()),
        ("text/html", Some("\"x\""))
    );
    assert_eq!(body.modified_on(), "2015-10-23".parse().ok());
    let asked = server.requests();
    assert_eq!(asked.len(), 1);
    let agent = concat!(
        "user-agent: appleports/",
        env!("CARGO_PKG_VERSION"),
        " (+https://"
    );
    assert!(asked[0].to_lowercase().contains(agent), "{}", asked[0]);
}

#[test]
fn what_has_not_changed_is_not_sent_again() {
    let server = Server::start(|path, _| match path {
        "/page" => Answer::Raw(b"HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n".to_vec()),
        _ => response("404 Not Found", "", b""),
    });
    let known = Request {
        etag: Some("\"x\"".into()),
        last_modified: Some("Fri, 23 Oct 2015 15:46:00 GMT".into()),
        ..request(&server, "/page")
    };
    assert_eq!(fetch_with(&known), Ok(Fetched::NotModified));
    let asked = server.requests()[0].to_lowercase();
    assert!(asked.contains("if-none-match: \"x\""), "{asked}");
    assert!(
        asked.contains("if-modified-since: fri, 23 oct 2015"),
        "{asked}"
    );
}

#[test]
fn passing_failures_are_tried_again_and_lasting_ones_are_not() {
    let (fetched, server) = fetch(|before| match before {
        0 => response("503 Service Unavailable", "Retry-After: 2\r\n", b""),
        1 => response("429 Too Many Requests", "Retry-After: 1\r\n", b""),
        2 => Answer::Hang,
        _ => page("<html>"),
    });
    assert_eq!(body(fetched).bytes, b"<html>");
    assert_eq!(server.requests().len(), 4);

    let (fetched, server) = fetch(|_| response("500 Internal Server Error", "", b""));
    assert!(
        fetched
            .unwrap_err()
            .ends_with("the server answered 500 Internal Server Error; try again later")
    );
    assert_eq!(server.requests().len(), 4);

    let (fetched, server) = fetch(|_| response("404 Not Found", "", b""));
    assert!(
        fetched
            .unwrap_err()
            .contains("404 Not Found; the address has changed")
    );
    assert_eq!(server.requests().len(), 1);

    let (fetched, server) =
        fetch(|_| response("429 Too Many Requests", "Retry-After: 86400\r\n", b""));
    assert!(fetched.unwrap_err().contains("429"));
    assert_eq!(server.requests().len(), 1, "longer than we wait");
}

#[test]
fn a_body_that_is_cut_off_or_lies_about_its_length_is_not_taken() {
    let (fetched, server) = fetch(|_| {
        Answer::Raw(
            b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5000\r\n\r\n<html>"
                .to_vec(),
        )
    });
    let error = fetched.unwrap_err();
    assert!(error.contains("cut off after 6 bytes"), "{error}");
    assert_eq!(server.requests().len(), 4, "another try may help");

    let (fetched, _server) = fetch(|_| {
        Answer::Raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n<html>".to_vec())
    });
    fetched.unwrap_err();

    let (fetched, _server) = fetch(|before| match before {
        0 => Answer::Stall(
            b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5000\r\n\r\n<html>"
                .to_vec(),
        ),
        _ => page("<html>"),
    });
    assert_eq!(
        body(fetched).bytes,
        b"<html>",
        "a slow answer is given up and asked for again"
    );
}

#[test]
fn reading_stops_at_the_limit_however_well_the_bytes_are_packed() {
    let (fetched, _server) = fetch(|_| page(&"x".repeat(2 * 1024 * 1024)));
    assert!(fetched.unwrap_err().contains("more than 1048576 bytes"));

    let mut bomb = GzEncoder::new(Vec::new(), Compression::best());
    let zeros = vec![b' '; 1024 * 1024];
    for _ in 0..64 {
        bomb.write_all(&zeros).unwrap();
    }
    let bomb = bomb.finish().unwrap();
    assert!(bomb.len() < 100_000);
    let (fetched, server) = fetch(move |_| {
        response(
            "200 OK",
            "Content-Type: text/html\r\nContent-Encoding: gzip\r\n",
            &bomb,
        )
    });
    assert!(fetched.unwrap_err().contains("more than 1048576 bytes"));
    assert_eq!(server.requests().len(), 1, "no other try");

    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    packed.write_all(b"<html>packed").unwrap();
    let packed = packed.finish().unwrap();
    let (fetched, _server) = fetch(move |_| {
        response(
            "200 OK",
            "Content-Type: text/html\r\nContent-Encoding: gzip\r\n",
            &packed,
        )
    });
    assert_eq!(body(fetched).bytes, b"<html>packed");
}

#[test]
fn redirects_are_followed_among_the_allowed_hosts_alone() {
    let (fetched, server) = fetch(|before| match before {
        0 => response("302 Found", "Location: /page\r\n", b""),
        _ => page("<html>"),
    });
    assert_eq!(body(fetched).url, format!("{}/page", server.address));

    let (fetched, server) = fetch(|_| response("302 Found", "Location: /page\r\n", b""));
    assert!(fetched.unwrap_err().ends_with("more than 5 redirects"));
    assert_eq!(server.requests().len(), 6);

    for (target, expected) in [
        (
            "https://login.hotel.example/",
            "`login.hotel.example` is not among the allowed hosts",
        ),
        ("http://support.apple.com/", "`http` is not https"),
        ("file:///etc/passwd", "`file` is not https"),
    ] {
        let (fetched, server) =
            fetch(move |_| response("302 Found", &format!("Location: {target}\r\n"), b""));
        let error = fetched.unwrap_err();
        assert!(
            error.contains(expected) && error.contains("captive portal"),
            "{error}"
        );
        assert_eq!(server.requests().len(), 1);
    }
    let (fetched, _server) = fetch(|_| response("302 Found", "", b""));
    assert!(
        fetched
            .unwrap_err()
            .contains("the Location header is missing")
    );
}

#[test]
fn a_body_of_another_kind_is_refused() {
    for (media_type, text, expected) in [
        (
            "application/pdf",
            "%PDF",
            "`application/pdf` is not an HTML page",
        ),
        ("text/html", " \n", "the body is empty"),
    ] {
        let (fetched, _server) = fetch(move |_| {
            response(
                "200 OK",
                &format!("Content-Type: {media_type}\r\n"),
                text.as_bytes(),
            )
        });
        let error = fetched.unwrap_err();
        assert!(error.contains(expected), "{error}");
    }
    let server = Server::start(|path, _| match path {
        "/data.csv" => response("200 OK", "Content-Type: text/csv\r\n", b"a,b\n"),
        "/portal.csv" => response(
            "200 OK",
            "Content-Type: text/csv\r\n",
            b"\n<!DOCTYPE html><p>Welcome",
        ),
        _ => response("404 Not Found", "", b""),
    });
    let data = |path: &str| {
        fetch_with(&Request {
            expect: Expect::Data,
            ..request(&server, path)
        })
    };
    assert!(matches!(data("/data.csv"), Ok(Fetched::Body(_))));
    let error = data("/portal.csv").unwrap_err().to_string();
    assert!(
        error.contains("an HTML page instead of the data"),
        "{error}"
    );
}

#[test]
fn robots_txt_is_respected() {
    let start = |robots: &'static str, status: &'static str| {
        Server::start(move |path, _| match path {
            "/robots.txt" => response(status, "Content-Type: text/plain\r\n", robots.as_bytes()),
            _ => page("<html>"),
        })
    };
    let server = start("User-agent: *\nDisallow: /page\n", "200 OK");
    let error = fetch_with(&request(&server, "/page")).unwrap_err();
    assert_eq!(
        error,
        FetchError::Robots {
            url: format!("{}/page", server.address)
        }
    );
    assert!(server.requests().is_empty());
    assert!(fetch_with(&request(&server, "/other")).is_ok());
    let server = start(
        "User-agent: appleports\nAllow: /\n\nUser-agent: *\nDisallow: /\n",
        "200 OK",
    );
    assert!(fetch_with(&request(&server, "/page")).is_ok());
    for status in ["503 Service Unavailable", "206 Partial Content"] {
        let server = start("", status);
        assert!(
            fetch_with(&request(&server, "/page")).is_err(),
            "{status}: no rules to be had, or a part of them, means no"
        );
    }
}
