//! What a download is doing: lines on stderr, and a bar while bytes come in.

use std::cell::RefCell;

use appleports_pipeline::Progress;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::print;

/// The bar where the server says how much there will be, and where it does not.
const WITH_LENGTH: &str = "{spinner} [{bar:30}] {bytes} of {total_bytes}, {bytes_per_sec}, {eta}";
const WITHOUT: &str = "{spinner} {bytes}, {bytes_per_sec}";

/// Shows the progress of a download. The bar is drawn on a terminal alone, and is gone
/// when all bytes are here; the lines stay.
pub(crate) fn download() -> impl Fn(&Progress) {
    show_on(ProgressDrawTarget::stderr, |label, message| {
        print::diagnostic(label, message);
    })
}

fn show_on(
    target: impl Fn() -> ProgressDrawTarget,
    say: impl Fn(&str, &str),
) -> impl Fn(&Progress) {
    let current: RefCell<Option<ProgressBar>> = RefCell::default();
    move |progress| {
        if let Progress::Receiving { bytes, length } = progress {
            let mut current = current.borrow_mut();
            let bar = current.get_or_insert_with(|| new_bar(target(), *length));
            if let Some(length) = length {
                // A server may send more than it says.
                bar.set_length((*length).max(*bytes));
            }
            bar.set_position(*bytes);
        } else if let Some(bar) = current.take() {
            bar.finish_and_clear();
        }
        if let Some((label, message)) = line(progress) {
            say(label, &message);
        }
    }
}

fn new_bar(target: ProgressDrawTarget, length: Option<u64>) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(length, target);
    let template = if length.is_some() {
        WITH_LENGTH
    } else {
        WITHOUT
    };
    // Both templates are well formed; the default style would do as well.
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    bar
}

/// The line for what is no matter of a bar.
fn line(progress: &Progress) -> Option<(&'static str, String)> {
    Some(match progress {
        Progress::Receiving { .. } | Progress::Stopped => return None,
        Progress::Asking(url) => ("asking", url.clone()),
        Progress::Redirected(url) => ("sent on to", url.clone()),
        Progress::Received(bytes) => ("received", format!("{bytes} bytes")),
        Progress::Waiting(wait, reason) => (
            "waiting",
            format!("{} s, then again: {reason}", wait.as_secs()),
        ),
    })
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use indicatif::InMemoryTerm;

    use super::*;

    #[test]
    fn a_bar_grows_while_bytes_come_in_and_leaves_a_line() {
        let terminal = InMemoryTerm::new(10, 80);
        let screen = terminal.clone();
        let target = move || ProgressDrawTarget::term_like(Box::new(screen.clone()));
        let said: Arc<Mutex<Vec<String>>> = Arc::default();
        let lines = Arc::clone(&said);
        let show = show_on(target, move |label, message| {
            lines.lock().unwrap().push(format!("{label}: {message}"));
        });
        show(&Progress::Asking("https://example.com".to_owned()));
        assert_eq!(terminal.contents(), "");
        let receiving = |bytes, length| show(&Progress::Receiving { bytes, length });
        receiving(1024 * 1024, Some(4 * 1024 * 1024));
        let shown = terminal.contents();
        assert!(shown.contains("] 1.00 MiB of 4.00 MiB"), "{shown}");
        // More than the server said.
        receiving(5 * 1024 * 1024, Some(4 * 1024 * 1024));
        show(&Progress::Received(5 * 1024 * 1024));
        assert_eq!(terminal.contents(), "");
        receiving(2048, None);
        let shown = terminal.contents();
        assert!(shown.contains("2.00 KiB,"), "{shown}");
        assert!(!shown.contains(" of "), "{shown}");
        show(&Progress::Received(2048));
        receiving(4096, None);
        show(&Progress::Stopped);
        assert_eq!(terminal.contents(), "");
        let expected = [
            "asking: https://example.com",
            "received: 5242880 bytes",
            "received: 2048 bytes",
        ];
        assert_eq!(*said.lock().unwrap(), expected);
    }
}
