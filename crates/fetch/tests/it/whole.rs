//! A body comes whole and in time, or it is not taken; what may be cut off says so.

use std::io::Write;
use std::time::{Duration, Instant};

use appleports_fetch::{FetchError, Fetched, Fetcher, Limits, Policy, Request};
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::common::{Answer, Server, page, response};

fn fetch(limits: Limits, today: Option<&str>, address: String) -> Result<Fetched, FetchError> {
    let request = Request {
        url: address,
        today: today.map(|day| day.parse().unwrap()),
        ..Request::default()
    };
    let limits = Limits {
        sleep: |_| {},
        ..limits
    };
    let fetcher = Fetcher::new(Policy::sources(), limits, |_| {});
    fetcher.unwrap().fetch(&request)
}

/// Fetches a page that is answered so; there is no `robots.txt`.
fn fetched(limits: Limits, answer: impl Fn() -> Answer + Send + Sync + 'static) -> (String, bool) {
    let server = Server::start(move |path, _| match path {
        "/page" => answer(),
        _ => response("404 Not Found", "", b""),
    });
    match fetch(limits, None, format!("{}/page", server.address)) {
        Ok(Fetched::Body(body)) => (String::from_utf8(body.bytes).unwrap(), body.has_end),
        Ok(Fetched::NotModified) => panic!("not modified"),
        Err(error) => (error.to_string(), false),
    }
}

fn raw(headers: &str, body: &[u8]) -> Answer {
    let head = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{headers}\r\n");
    Answer::Raw([head.as_bytes(), body].concat())
}

#[test]
fn a_body_that_ends_with_the_connection_has_no_end() {
    let text = b"<html>half a pa";
    let (body, has_end) = fetched(Limits::default(), || raw("", text));
    assert_eq!((body.as_str(), has_end), ("<html>half a pa", false));
    let (_, has_end) = fetched(Limits::default(), || page("<html>whole"));
    assert!(has_end);
    let chunked = "Transfer-Encoding: chunked\r\n";
    let (body, has_end) = fetched(Limits::default(), || {
        raw(chunked, b"6\r\n<html>\r\n0\r\n\r\n")
    });
    assert_eq!((body.as_str(), has_end), ("<html>", true));
    // These are no such coding, or it is not the last: the body ends with the connection.
    for other in ["x-chunked", "chunked, x", "gzip", "x,not chunked"] {
        for length in ["", "Content-Length: 6\r\n"] {
            let headers = format!("Transfer-Encoding: {other}\r\n{length}");
            let (_, has_end) = fetched(Limits::default(), move || raw(&headers, b"<html>"));
            assert!(!has_end, "{other} {length}");
        }
    }
}

#[test]
fn all_members_of_a_compressed_body_are_read_or_none() {
    let member = |text: &str| {
        let mut member = GzEncoder::new(Vec::new(), Compression::best());
        member.write_all(text.as_bytes()).unwrap();
        member.finish().unwrap()
    };
    let both = [member("<html>one, "), member("two</html>")].concat();
    let gzip = "Content-Type: text/html\r\nContent-Encoding: gzip\r\n";
    let ask =
        |bytes: Vec<u8>| fetched(Limits::default(), move || response("200 OK", gzip, &bytes)).0;
    assert_eq!(ask(both.clone()), "<html>one, two</html>");
    for length in [
        both.len() - 1,
        both.len() - 8,
        member("<html>one, ").len() + 3,
    ] {
        let error = ask(both[..length].to_vec());
        assert!(error.contains("cut off after"), "{length}: {error}");
    }
    let error = ask([both, b"<html>no member".to_vec()].concat());
    assert!(error.contains("cut off after"), "{error}");
    let (error, _) = fetched(Limits::default(), || raw("Content-Encoding: br\r\n", b"x"));
    assert!(
        error.ends_with("compressed as `br`, though gzip was asked for"),
        "{error}"
    );
}

#[test]
fn compressed_bytes_without_contents_come_to_an_end() {
    let empty = GzEncoder::new(Vec::new(), Compression::best())
        .finish()
        .unwrap();
    let gzip = "Content-Encoding: gzip\r\n";
    let limits = Limits {
        bytes: 64 * 1024,
        tries: 1,
        ..Limits::default()
    };
    let ask = |bytes: Vec<u8>| fetched(limits, move || raw(gzip, &bytes)).0;
    let error = ask(empty.repeat(2_000));
    assert!(error.ends_with("more than 1024 gzip members"), "{error}");
    // One member of nothing but empty blocks (RFC 1951, section 3.2.4).
    let head = &empty[..10];
    let error = ask([head, &[0, 0, 0, 0xff, 0xff].repeat(20_000)].concat());
    assert!(error.contains("more than 65536 bytes"), "{error}");
    let mut page = GzEncoder::new(Vec::new(), Compression::best());
    page.write_all(b"<html>").unwrap();
    let page = page.finish().unwrap();
    let all = [empty.repeat(500), page, empty.repeat(500)].concat();
    assert_eq!(ask(all), "<html>");
}

#[test]
fn one_deadline_holds_for_the_whole_exchange() {
    let limits = Limits {
        one_try: Duration::from_secs(2),
        total: Duration::from_secs(3),
        ..Limits::default()
    };
    let trickle = |head: &'static str| {
        move || {
            let body = vec![b' '; 300];
            Answer::Trickle(head.into(), body, Duration::from_millis(200))
        }
    };
    for head in [
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 300\r\n\r\n",
        "HTTP/1.1 200 OK\r\nX: ",
    ] {
        let start = Instant::now();
        let (error, _) = fetched(limits, trickle(head));
        let took = start.elapsed();
        assert!(took < Duration::from_secs(5), "{head:?}: {took:?}, {error}");
        assert!(error.contains("/page: "), "{error}");
    }
    // The file of rules is part of it.
    let server = Server::start(move |path, _| match path {
        "/robots.txt" => {
            trickle("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 300\r\n\r\n")()
        }
        _ => page("<html>"),
    });
    let start = Instant::now();
    fetch(limits, None, format!("{}/page", server.address)).unwrap_err();
    assert!(start.elapsed() < Duration::from_secs(5));
    assert!(server.requests().is_empty());
}

#[test]
fn a_body_that_hardly_comes_is_given_up_before_the_deadline() {
    let limits = Limits {
        grace: Duration::from_secs(1),
        tries: 1,
        ..Limits::default()
    };
    let start = Instant::now();
    let (error, _) = fetched(limits, || {
        let head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 300\r\n\r\n";
        Answer::Trickle(head.into(), vec![b' '; 300], Duration::from_millis(200))
    });
    assert!(error.ends_with("fewer than 1024 bytes a second"), "{error}");
    assert!(start.elapsed() < Duration::from_secs(5));
}

#[test]
fn no_answer_is_of_a_negative_age() {
    for age in ["-34560000", "-1"] {
        let server = Server::start(move |path, _| match path {
            "/page" => response(
                "200 OK",
                &format!(
                    "Content-Type: text/html\r\nDate: Thu, 31 Dec 2026 12:00:00 GMT\r\nAge: {age}\r\n"
                ),
                b"<html>",
            ),
            _ => response("404 Not Found", "", b""),
        });
        let address = format!("{}/page", server.address);
        for today in ["2026-12-31", "2025-11-26"] {
            let error = fetch(Limits::default(), Some(today), address.clone()).unwrap_err();
            assert!(matches!(error, FetchError::NegativeAge { .. }), "{error}");
        }
        assert_eq!(server.requests().len(), 2, "no other try");
    }
}

#[test]
fn a_server_of_another_day_is_not_believed() {
    let server = Server::start(|path, _| match path {
        "/page" => response(
            "200 OK",
            "Content-Type: text/html\r\nDate: Thu, 26 Nov 2026 04:00:00 GMT\r\n",
            b"<html>",
        ),
        "/same" => Answer::Raw(
            b"HTTP/1.1 304 Not Modified\r\nDate: Thu, 26 Nov 2026 04:00:00 GMT\r\n\r\n".to_vec(),
        ),
        _ => response("404 Not Found", "", b""),
    });
    let ask = |path: &str, today: &str| {
        let address = format!("{}{path}", server.address);
        fetch(Limits::default(), Some(today), address)
    };
    assert!(ask("/page", "2026-11-26").is_ok());
    for path in ["/page", "/same"] {
        for today in ["2100-01-01", "1970-01-01"] {
            let error = ask(path, today).unwrap_err().to_string();
            let expected = format!(
                "the server's clock says 2026-11-26, this computer's {today}; set the clock, then fetch again"
            );
            assert!(error.ends_with(&expected), "{error}");
        }
    }
}

#[test]
fn a_date_is_read_in_each_form_that_a_server_may_use() {
    let ask = |date: &'static str, today: &str| {
        let server = Server::start(move |path, _| match path {
            "/page" => {
                let headers = format!("Content-Type: text/html\r\nDate: {date}\r\n");
                response("200 OK", &headers, b"<html>")
            }
            _ => response("404 Not Found", "", b""),
        });
        let address = format!("{}/page", server.address);
        fetch(Limits::default(), Some(today), address)
    };
    for (date, day) in [
        ("Sun, 06 Nov 1994 08:49:37 GMT", "1994-11-06"),
        ("Sunday, 06-Nov-94 08:49:37 GMT", "1994-11-06"),
        ("Sun Nov  6 08:49:37 1994", "1994-11-06"),
        ("Sun Nov 16 08:49:37 1994", "1994-11-16"),
        ("Fri, 31 Dec 9999 23:59:59 GMT", "9999-12-31"),
        ("Fri, 01 Jan 1960 00:00:00 GMT", "1960-01-01"),
        ("Sun, 06 Nov 1994 08:49:60 GMT", "1994-11-06"),
    ] {
        assert!(ask(date, day).is_ok(), "{date}");
        let error = ask(date, "2026-11-26").unwrap_err().to_string();
        let expected = format!("the server's clock says {day}, ");
        assert!(error.contains(&expected), "{date}: {error}");
    }
}

#[test]
fn rules_are_followed_to_where_the_host_sends_us_on_to() {
    let start = |hops: usize, location: &'static str| {
        Server::start(move |path, _| {
            let hop = path
                .strip_prefix("/robots")
                .and_then(|rest| rest.strip_suffix(".txt"));
            match hop.map(|hop| hop.parse::<usize>().unwrap_or(0)) {
                Some(at) if at < hops => {
                    let next = if location.is_empty() {
                        format!("Location: /robots{}.txt\r\n", at + 1)
                    } else {
                        format!("Location: {location}\r\n")
                    };
                    response("301 Moved Permanently", &next, b"")
                }
                Some(_) => response(
                    "200 OK",
                    "Content-Type: text/plain\r\n",
                    b"User-agent: *\nDisallow: /page\n",
                ),
                None => page("<html>"),
            }
        })
    };
    let ask = |server: &Server, path: &str| {
        fetch(Limits::default(), None, format!("{}{path}", server.address))
    };
    for hops in [1, 5] {
        let server = start(hops, "");
        let error = ask(&server, "/page").unwrap_err();
        assert!(
            matches!(error, FetchError::Robots { .. }),
            "{hops}: {error}"
        );
        assert!(ask(&server, "/other").is_ok(), "{hops}");
    }
    let error = ask(&start(6, ""), "/other").unwrap_err();
    assert!(
        matches!(error, FetchError::TooManyRedirects { .. }),
        "{error}"
    );
    for location in ["https://login.hotel.example/", "http://127.0.0.2:1/"] {
        let error = ask(&start(1, location), "/other").unwrap_err();
        assert!(
            matches!(error, FetchError::RedirectedAway { .. }),
            "{error}"
        );
    }
}

#[test]
fn rules_that_may_be_cut_off_allow_nothing() {
    let server = Server::start(|path, _| match path {
        "/robots.txt" => raw("", b"User-agent: *\nDisallow: /pr"),
        _ => page("<html>"),
    });
    let error = fetch(Limits::default(), None, format!("{}/page", server.address)).unwrap_err();
    assert!(
        error.to_string().contains("rules may be missing"),
        "{error}"
    );
}

#[test]
fn nothing_is_unchanged_that_was_not_asked_about() {
    let server = Server::start(|path, _| match path {
        "/page" => Answer::Raw(b"HTTP/1.1 304 Not Modified\r\n\r\n".to_vec()),
        _ => response("404 Not Found", "", b""),
    });
    // A header that cannot be sent is no condition either.
    for etag in [None, Some("a\nb".to_owned())] {
        let request = Request {
            url: format!("{}/page", server.address),
            etag,
            ..Request::default()
        };
        let fetcher = Fetcher::new(Policy::sources(), Limits::default(), |_| {});
        let error = fetcher.unwrap().fetch(&request).unwrap_err();
        assert!(
            matches!(error, FetchError::UnconditionalNotModified { .. }),
            "{error}"
        );
    }
}
