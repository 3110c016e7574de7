//! A server on loopback that answers as its script says, and remembers what it was asked.
#![allow(dead_code, reason = "each crate uses a part of it")]

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// What to do with one request.
pub(crate) enum Answer {
    /// These raw bytes, then the connection is closed.
    Raw(Vec<u8>),
    /// These raw bytes, then nothing for a long time.
    Stall(Vec<u8>),
    /// These raw bytes, then the second ones, one by one at this interval.
    Trickle(Vec<u8>, Vec<u8>, Duration),
    /// The connection is closed without a word.
    Hang,
}

/// A response with a status line, headers and a body with the right length.
pub(crate) fn response(status: &str, headers: &str, body: &[u8]) -> Answer {
    let mut bytes = format!(
        "HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n{headers}\r\n",
        body.len()
    )
    .into_bytes();
    bytes.extend_from_slice(body);
    Answer::Raw(bytes)
}

/// An HTML page.
pub(crate) fn page(body: &str) -> Answer {
    response(
        "200 OK",
        "Content-Type: text/html; charset=utf-8\r\n",
        body.as_bytes(),
    )
}

/// The running server.
pub(crate) struct Server {
    /// `http://127.0.0.1:PORT`.
    pub(crate) address: String,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// Starts a server; the script gets the path and how often it was asked before.
    pub(crate) fn start(script: impl Fn(&str, usize) -> Answer + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let requests = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&requests);
        let script = Arc::new(script);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (log, script) = (Arc::clone(&log), Arc::clone(&script));
                std::thread::spawn(move || serve(&stream, &log, script.as_ref()));
            }
        });
        Self { address, requests }
    }

    /// The requests so far, each with its headers, without those for `robots.txt`.
    pub(crate) fn requests(&self) -> Vec<String> {
        let all = self.requests.lock().unwrap();
        all.iter()
            .filter(|request| !request.starts_with("GET /robots.txt"))
            .cloned()
            .collect()
    }
}

fn serve(stream: &TcpStream, log: &Mutex<Vec<String>>, script: &dyn Fn(&str, usize) -> Answer) {
    let mut reader = BufReader::new(stream);
    let mut request = String::new();
    while reader.read_line(&mut request).is_ok_and(|count| count > 2) {}
    let path = request.split(' ').nth(1).unwrap_or("/").to_owned();
    let before = {
        let mut log = log.lock().unwrap();
        let start = format!("GET {path} ");
        let count = log.iter().filter(|old| old.starts_with(&start)).count();
        log.push(request);
        count
    };
    let mut stream = stream;
    match script(&path, before) {
        Answer::Raw(bytes) => {
            let _ = stream.write_all(&bytes);
        }
        Answer::Stall(bytes) => {
            let _ = stream.write_all(&bytes);
            let _ = stream.flush();
            std::thread::sleep(Duration::from_secs(20));
        }
        Answer::Trickle(head, body, interval) => {
            let _ = stream.write_all(&head);
            for byte in body {
                std::thread::sleep(interval);
                if stream.write_all(&[byte]).is_err() {
                    break;
                }
            }
        }
        Answer::Hang => {}
    }
}
