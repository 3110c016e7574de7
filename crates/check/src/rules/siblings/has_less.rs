//! A041: this article gives a port that another one, complete for its product, does not.

use appleports_model::{Column, Finding, Level, Rule};

use super::{Context, beyond, finding, named, ports_of, products};

pub(super) const RULE: Rule = Rule {
    code: "A041",
    level: Level::Note,
    short: "other article differs",
    title: "another Apple article lists all ports of a product, but not this one",
    why: "The product may no longer need the port, or the port may be for something else.",
    example: "FaceTime uses 53/tcp by the article of 2015; article 102036 does not list it.",
    help: "look at both articles before you open the port for this product",
};

pub(super) fn run(context: &Context<'_>) -> Vec<Finding> {
    let Some(siblings) = context.siblings else {
        return Vec::new();
    };
    let mut findings = Vec::new();
    for article in &siblings.articles {
        for product in products(article) {
            let known = article.ports(Some(product));
            for record in context.records {
                if !record.products.iter().any(|name| name == product) {
                    continue;
                }
                let ports = ports_of(std::slice::from_ref(record), &[], Some(product));
                let more = beyond(&ports, &known);
                if !more.is_empty() {
                    let message = format!(
                        "{} for {product}; {} does not list it",
                        more.join(", "),
                        named(article)
                    );
                    let found = finding(&RULE, record, Column::UsedBy, message);
                    let found = found.with([article.id.as_str(), product]);
                    findings.push(found.with(more));
                }
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::super::testing::{beside, of_facetime};
    use super::run;
    use crate::testing::record;
    use appleports_model::Transport::{Tcp, Udp};

    #[test]
    fn a_port_that_only_our_row_gives_is_reported() {
        let rows = [
            of_facetime(record("53", &[Tcp, Udp], "domain")),
            of_facetime(record("443", &[Tcp], "https")),
            record("54", &[Tcp], "other"),
        ];
        assert_eq!(
            beside(run, &rows),
            [
                "15: 53/tcp, 53/udp for FaceTime; article 102036 (FaceTime and iMessage, as of 2024) does not list it"
            ]
        );
    }
}
