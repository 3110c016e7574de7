//! A041: this article gives a port that another one, complete for its product, does not.

use appleports_model::{Finding, Level, Rule};

use super::siblings::{beyond, named, ports_of, products};
use super::{At, Context, finding};

pub(super) const RULE: Rule = Rule {
    code: "A041",
    level: Level::Note,
    title: "another Apple article, which gives all ports of a product, leaves one out",
    why: "The port may have been needed once and be so no longer, or may serve something besides the product.",
    example: "FaceTime uses 53/tcp by the article of 2015; article 102036 does not list it.",
    help: "look at both articles before you open the port for this product",
};

pub(super) fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let Some(siblings) = context.siblings else {
        return;
    };
    for article in &siblings.articles {
        for product in products(article) {
            let known = article.ports(Some(product));
            for record in context.records {
                if !record.products.iter().any(|own| own == product) {
                    continue;
                }
                let own = ports_of(std::slice::from_ref(record), Some(product));
                let more = beyond(&own, &known);
                if !more.is_empty() {
                    let message = format!(
                        "{} for {product}; {} does not list it",
                        more.join(", "),
                        named(article)
                    );
                    let found = finding(&RULE, record, At::UsedBy, message);
                    let found = found.with([article.id.as_str(), product]);
                    findings.push(found.with(more));
                }
            }
        }
    }
}
