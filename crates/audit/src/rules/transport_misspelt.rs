//! L016: a word that is nearly a transport, or no sign before it.

use appleports_model::{Level, Rule, Transport, message};

use super::Case;
use crate::article::covers;
use crate::judge::{Context, Edit, Found, with_transport};
use crate::list::Oddity;
use crate::transports::Transports;

pub(super) const RULE: Rule = Rule {
    code: "L016",
    level: Level::Error,
    short: "misspelt transport",
    title: "the transport is misspelt, or not separated from the port",
    why: "Programs reject the line or skip it, and the port stays closed.",
    example: "`16393-16402/utp`, `tpc 443` or `5223tcp`.",
    help: "write `tcp` or `udp`",
};

pub(super) fn explain(context: &Context<'_>, case: &Case<'_>) -> Option<Found> {
    if case.entry.oddity == Some(Oddity::Glued) {
        return glued(context, case);
    }
    let ports = case.ports().filter(|_| case.entry.is_misspelt)?;
    let article = context.article;
    // Of two that it may mean, the article decides.
    let may_be: Vec<Transport> = case.transports.iter().collect();
    let asked = may_be.iter().copied();
    let asked: Vec<Transport> = asked
        .filter(|transport| covers(article.asked(*transport), ports))
        .collect();
    let meant = match (may_be.as_slice(), asked.as_slice()) {
        ([one], _) | (_, [one]) => Some(*one),
        _ => None,
    };
    let row = article.rows.iter().find(|row| {
        let is_meant = row.transport.is_none() || row.transport == meant;
        is_meant && row.ports.intersection(ports).is_some()
    });
    let word = case.entry.transport_span.clone();
    let word = word.map_or_else(
        || "its transport".to_owned(),
        |span| format!("`{}`", &context.text[span]),
    );
    let message = match row {
        Some(row) => {
            let (name, evidence) = (row.name(), row.evidence());
            message!(
                "{}: {} is misspelt; the article has {} ({evidence})",
                ports,
                word,
                name
            )
        }
        None => message!("{}: {} is misspelt", ports, word),
    };
    let found = Found::at(&RULE, case.entry, message)
        .row(row)
        .claim(ports, meant.map_or(case.transports, Transports::one))
        .edit(meant.and_then(|transport| with_transport(context.text, case.entry, transport)));
    Some(found)
}

/// `5223tcp`.
fn glued(context: &Context<'_>, case: &Case<'_>) -> Option<Found> {
    let (entry, ports) = (case.entry, case.ports()?);
    let word = entry.transport_span.clone()?;
    let span = entry.span.start.min(word.start)..entry.span.end.max(word.end);
    let written = &context.text[span.clone()];
    let right = format!("{ports}/{}", &context.text[word]);
    let message = message!("`{}`: no slash between the port and its transport", written);
    let help = format!("write `{right}`");
    let edit = (!context.list.is_table).then(|| Edit::one(span, right));
    Some(
        Found::at(&RULE, entry, message)
            .claim(ports, case.transports)
            .help(help)
            .edit(edit),
    )
}

#[cfg(test)]
mod tests {
    use super::super::testing::{audit, fixed, helps};

    #[test]
    fn what_is_missing_is_not_misspelt_too() {
        let rows = ["80/tcp", "443/tcp"];
        for (text, right) in [
            ("80/tpc\n", "80/tcp\n443/tcp\n"),
            ("80tcp\n", "80/tcp\n443/tcp\n"),
            ("tcp80\n", "80/tcp\n443/tcp\n"),
            ("80/tcp\ntcp70000\n", "80/tcp\n443/tcp\ntcp70000\n"),
            ("tcp70000\n80/udp\n", "tcp70000\n80/tcp\n443/tcp\n"),
        ] {
            let helps = helps(&rows, text);
            assert!(
                helps.iter().any(|help| help == "add `443/tcp`"),
                "{helps:?}"
            );
            assert_eq!(fixed(&rows, text), right);
        }
    }

    #[test]
    fn a_port_and_its_transport_need_a_sign_between() {
        let rows = ["443/tcp", "5223/tcp", "3478-3497/udp"];
        for (text, right) in [
            (
                "443/tcp\n5223tcp\n3478-3497/udp\n",
                "443/tcp\n5223/tcp\n3478-3497/udp\n",
            ),
            (
                "443/tcp\ntcp5223\n3478-3497/udp\n",
                "443/tcp\n5223/tcp\n3478-3497/udp\n",
            ),
            (
                "443/tcp, 5223/tcp, 3478-3497udp\n",
                "443/tcp, 5223/tcp, 3478-3497/udp\n",
            ),
        ] {
            let found = audit(&rows, text);
            assert_eq!(found.len(), 1, "{text}: {found:?}");
            assert!(found[0].contains("L016"), "{found:?}");
            assert_eq!(fixed(&rows, text), right);
        }
    }

    #[test]
    fn a_misspelt_transport_is_one_finding_in_every_notation() {
        let rows = ["443/tcp", "16393-16402/udp"];
        for (text, right) in [
            ("443/tcp\n16393-16402/utp\n", "443/tcp\n16393-16402/udp\n"),
            ("tpc 443\nudp 16393-16402\n", "tcp 443\nudp 16393-16402\n"),
            ("443/ucp\n16393-16402/udp\n", "443/tcp\n16393-16402/udp\n"),
            (
                "ufw allow 443/TPC\nufw allow 16393:16402/udp\n",
                "ufw allow 443/TCP\nufw allow 16393:16402/udp\n",
            ),
            (
                "port,proto\n443,tcpp\n16393-16402,udp\n",
                "port,proto\n443,tcp\n16393-16402,udp\n",
            ),
            (
                "-A O -p tc --dport 443 -j ACCEPT\n-A O -p udp --dport 16393:16402 -j ACCEPT\n",
                "",
            ),
            (
                "[{\"port\":443,\"protocol\":\"ctp\"},{\"port\":\"16393-16402\",\"protocol\":\"udp\"}]",
                "",
            ),
            (
                "add dst-port=443 protocol=tpc\nadd dst-port=16393-16402 protocol=udp\n",
                "",
            ),
            (
                "pass out proto tpc to port 443\npass out proto udp to port 16393:16402\n",
                "",
            ),
            ("tpc dport 443 accept\nudp dport 16393-16402 accept\n", ""),
        ] {
            let found = audit(&rows, text);
            assert_eq!(found.len(), 1, "{text}: {found:?}");
            assert!(found[0].contains("L016"), "{found:?}");
            // A transport that other ports share is left to the owner.
            let right = if right.is_empty() { text } else { right };
            assert_eq!(fixed(&rows, text), right);
        }
        assert_eq!(audit(&["3389/tcp"], "3389/tcp # rdp\n"), [""; 0]);
    }
}
