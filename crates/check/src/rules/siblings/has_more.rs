//! A040: another article of Apple's gives a port that this one does not.

use appleports_model::{Finding, Level, Rule};

use super::{Context, beyond, named, ports_of};

pub(super) const RULE: Rule = Rule {
    code: "A040",
    level: Level::Warning,
    short: "other article differs",
    title: "another Apple article gives a port for a product that this one does not",
    why: "Whoever opens ports by this article alone may find that the product does not work.",
    example: "FaceTime needs 80/tcp by article 102036; in 2015 the row of port 80 did not name FaceTime.",
    help: "look at both articles; rules are made from the ports article alone, so open the port by hand if the product needs it",
};

pub(super) fn run(context: &Context<'_>) -> Vec<Finding> {
    let Some(siblings) = context.siblings else {
        return Vec::new();
    };
    let mut findings = Vec::new();
    for article in &siblings.articles {
        for fact in &article.facts {
            let product = fact.product.as_deref();
            let missing = beyond(
                &fact.ports,
                &ports_of(context.records, context.unread, product),
            );
            if missing.is_empty() {
                continue;
            }
            let purpose = match fact.purpose.as_str() {
                "" => String::new(),
                purpose => format!(" ({purpose})"),
            };
            let message = match product {
                Some(product) => format!(
                    "{} for {product}{purpose} by {}; no row gives it for {product}",
                    missing.join(", "),
                    named(article)
                ),
                None => format!(
                    "{} by {}; no row has it",
                    missing.join(", "),
                    named(article)
                ),
            };
            let found = Finding::new(&RULE, &siblings.edition, fact.line, message);
            let found = found.with([
                article.id.as_str(),
                product.unwrap_or_default(),
                &fact.purpose,
            ]);
            findings.push(found.with(missing));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::super::testing::{beside, beside_unread, of_facetime};
    use super::run;
    use crate::testing::record;
    use appleports_model::Transport::Tcp;
    use appleports_model::{PortRange, UnreadRow};

    #[test]
    fn a_port_that_no_row_of_the_product_has_is_reported() {
        let rows = [
            of_facetime(record("443", &[Tcp], "https")),
            record("80", &[Tcp], "http"),
        ];
        assert_eq!(
            beside(run, &rows),
            [
                "7: 80/tcp for FaceTime (calls) by article 102036 (FaceTime and iMessage, as of 2024); no row gives it for FaceTime"
            ]
        );
        let unread = |used_by: &str| UnreadRow {
            ports: vec![PortRange::single(80)],
            used_by: used_by.into(),
            ..UnreadRow::default()
        };
        assert_eq!(
            beside_unread(run, &rows, &[unread("")]),
            Vec::<String>::new()
        );
        assert_eq!(beside_unread(run, &rows, &[unread("Mail")]).len(), 1);
        let [https, http] = rows;
        assert_eq!(
            beside(run, &[https, of_facetime(http)]),
            Vec::<String>::new()
        );
    }
}
