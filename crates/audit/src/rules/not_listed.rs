//! L002: a port that no row has.

use appleports_model::{Level, PortRange, Rule, Transport, message};

use super::Case;
use crate::article::{Gone, Row};
use crate::judge::{Context, Found};
use crate::transports::Transports;

pub(super) const RULE: Rule = Rule {
    code: "L002",
    level: Level::Warning,
    short: "port not in the article",
    title: "a port is not in the article, or not for these products",
    why: "It may be for something else, or left over from an earlier edition.",
    example: "`2195/tcp`: in the article until 2022-08-25.",
    help: "remove it if nothing else needs it",
};

/// When the article had the ports: `2195/tcp until 2022-08-25`.
pub(super) fn former_editions(
    context: &Context<'_>,
    ports: PortRange,
    transports: Transports,
) -> Option<String> {
    let gone = context.article.gone.iter().filter(|row| {
        let is_other = |transport: Transport| !transports.is_empty() && !transports.has(transport);
        row.ports.intersection(ports).is_some() && !row.transport.is_some_and(is_other)
    });
    let mut gone: Vec<&Gone> = gone.collect();
    gone.dedup_by_key(|row| row.ports);
    let shown: Vec<String> = gone
        .into_iter()
        .take(4)
        .map(|row| {
            let transport = row
                .transport
                .map_or(String::new(), |transport| format!("/{transport}"));
            format!("{}{transport} until {}", row.ports, row.until)
        })
        .collect();
    (!shown.is_empty()).then(|| format!("the article had {}", shown.join(", ")))
}

pub(super) fn explain(context: &Context<'_>, case: &Case<'_>) -> Option<Found> {
    let ports = case.ports().filter(|_| !case.is_right)?;
    let transport = if case.transports.is_empty() {
        String::new()
    } else {
        format!("/{}", case.transports)
    };
    let article = context.article;
    let rows = article.all.iter();
    let mut rows =
        rows.filter(|row| case.may_be(row.transport) && row.ports.intersection(ports).is_some());
    let (other, more) = (rows.next(), rows.count());
    let (text, row) = match (other, former_editions(context, ports, case.transports)) {
        (None, Some(until)) => (until, None),
        (Some(row), until) => {
            let users = match more {
                0 => users(row),
                1 => " and 1 more row".to_owned(),
                more => format!(" and {more} more rows"),
            };
            let until = until.map_or(String::new(), |until| format!("; {until}"));
            let (name, evidence) = (row.name(), row.evidence());
            let text = format!("the article has {name}{users} ({evidence}){until}");
            (text, Some(row))
        }
        (None, None) => (format!("no edition up to {} has it", article.day), None),
    };
    let kind = if row.is_some() {
        "is not for these products"
    } else {
        "is not in the article"
    };
    let message = message!("{}{} {kind}; {text}", ports, transport);
    Some(Found::at(&RULE, case.entry, message).row(row))
}

/// What uses a row, where its name does not say so: `, for Mail, iCloud Mail`.
fn users(row: &Row<'_>) -> String {
    let products = &row.record.products;
    let named = row.name().to_lowercase();
    let is_named = |user: &String| named.contains(&user.to_lowercase());
    let users = match products.as_slice() {
        [] if is_named(&row.record.used_by) => String::new(),
        [] => row.record.used_by.clone(),
        products if products.iter().all(is_named) => String::new(),
        [first, second, third, others @ ..] if others.len() > 1 => {
            format!("{first}, {second}, {third} and {} more", others.len())
        }
        products => products.join(", "),
    };
    if users.is_empty() {
        users
    } else {
        format!(", for {users}")
    }
}

#[cfg(test)]
mod tests {
    use appleports_model::Record;

    use super::super::testing::{audit, audit_of, record};
    use super::*;

    #[test]
    fn a_range_over_several_rows_of_others_says_how_many() {
        let all = ["80/tcp", "22/tcp", "23/tcp", "25/tcp"];
        let found = audit_of(&["80/tcp"], &all, "80/tcp\n20-30/tcp\n");
        assert!(
            found[0].contains("the article has 22/tcp and 2 more rows (apple/"),
            "{found:?}"
        );
    }

    #[test]
    fn a_name_is_not_said_twice() {
        let mut record = record("2197/tcp");
        record.title = "Apple Push Notification Service (APNS)".to_owned();
        let users = |record: &Record| {
            let ports = record.ports[0];
            let transport = record.transports.first().copied();
            users(&Row {
                ports,
                transport,
                record,
            })
        };
        record.products = vec!["Apple Push Notification service".to_owned()];
        assert_eq!(users(&record), "");
        record.products.push("iMessage".to_owned());
        assert_eq!(
            users(&record),
            ", for Apple Push Notification service, iMessage"
        );
        record.products.clear();
        record.used_by = "Push".to_owned();
        assert_eq!(users(&record), "");
        record.used_by = "Mail".to_owned();
        assert_eq!(users(&record), ", for Mail");
    }

    #[test]
    fn a_port_of_others_is_named_with_its_row() {
        let found = audit(&["80/tcp"], "80/tcp\n7/tcp\n");
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(
            found[0].starts_with("2:1 L002 7/tcp is not in the article; no edition"),
            "{found:?}"
        );
        let found = audit_of(&["80/tcp"], &["80/tcp", "22/tcp"], "80/tcp\n22/tcp\n");
        assert!(
            found[0].contains("22/tcp is not for these products; the article has 22/tcp"),
            "{found:?}"
        );
    }
}
