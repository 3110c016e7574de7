//! The transport cell.

use appleports_model::{Finding, Message, Place, Quoted, Transport, has_blank_text, message};

use crate::items::{Token, tokens};
use crate::joiners::Joiners;
use crate::rules;

/// Reads a transport cell in plain form; a finding where it gives none or is not
/// understood. A word that is neither a transport nor a joiner of the language may be a
/// "not", so it leaves the transport empty.
pub(crate) fn read_transports(
    source: &str,
    place: Place,
    text: &str,
    joiners: &Joiners,
) -> (Vec<Transport>, Option<Finding>) {
    let finding = |rule, message: Message| {
        let finding = Finding::new(rule, source, place, message);
        (Vec::new(), Some(finding))
    };
    if has_blank_text(text) {
        let message = message!("the article gives neither TCP nor UDP");
        return finding(&rules::NO_TRANSPORT, message);
    }
    let (mut transports, mut unknown, mut is_damaged) = (Vec::new(), Vec::new(), false);
    for token in tokens(text, joiners) {
        match token {
            Token::Word(word) => match word.parse::<Transport>() {
                Ok(transport) => transports.push(transport),
                Err(_) => unknown.push(word),
            },
            Token::Separator | Token::Break => {}
            Token::Dash | Token::Sign(_) => is_damaged = true,
        }
    }
    if is_damaged || transports.is_empty() {
        let message = message!("`{}` is not TCP, UDP or both", Quoted(text));
        return finding(&rules::TRANSPORT_UNREADABLE, message);
    }
    if !unknown.is_empty() {
        let message = message!("`{}` is left empty: ", Quoted(text))
            .then(Message::quoting(&unknown))
            .then(message!(" is not known as \"and\" or \"or\""));
        return finding(&rules::JOINER_UNKNOWN, message);
    }
    transports.sort_unstable();
    transports.dedup();
    (transports, None)
}
