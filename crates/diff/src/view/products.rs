//! Products and the ports that they gain and lose, as people read it.

use appleports_model::{PortRange, PortSet, Transport};

use crate::product_exposure::ProductExposure;

/// More products are collapsed or only counted.
pub(crate) const MAX_PRODUCTS: usize = 12;
/// More ports of one product are only counted.
const MAX_PORTS: usize = 20;
/// The most characters of the products that gain ports, or lose some, in the line on top.
const MAX_HEADLINE: usize = 200;

/// A product and its ports.
pub(crate) struct ProductLine {
    pub(crate) product: String,
    /// Such as `+5000/tcp`, `−443/tcp` and `−80/tcp (perhaps)`.
    pub(crate) ports: Vec<String>,
}

impl ProductLine {
    /// The line as one text: `AirPlay +5000/tcp +6000/tcp`.
    pub(crate) fn text(&self) -> String {
        format!("{} {}", self.product, self.ports.join(" "))
    }
}

/// The products that gain ports and those that lose some, each with its words: `gain ports` and
/// `AirPlay`, `lose ports` and `Mail, Siri, and 3 more`. What is not certain is not said here.
pub(crate) fn headline(exposures: &[ProductExposure]) -> Vec<(&'static str, String)> {
    let named = |affected: fn(&ProductExposure) -> bool| -> Vec<String> {
        let products = exposures.iter().filter(|exposure| affected(exposure));
        products.map(|exposure| exposure.product.clone()).collect()
    };
    let sides = [
        ("gain ports", named(ProductExposure::gains)),
        ("lose ports", named(ProductExposure::loses)),
    ];
    let sides = sides.into_iter().filter(|(_, names)| !names.is_empty());
    sides
        .map(|(verb, names)| (verb, listed(&names, ", ", MAX_HEADLINE)))
        .collect()
}

/// One line a product: first those that gain ports, then those that lose some, at last those of
/// which neither is certain.
pub(super) fn product_lines(exposures: &[ProductExposure]) -> Vec<ProductLine> {
    let lines = gains_first(exposures).into_iter().map(|exposure| {
        let mut ports = Vec::new();
        for (sign, gained) in [("+", true), ("−", false)] {
            let texts = port_texts(exposure, gained).into_iter();
            ports.extend(texts.map(|text| format!("{sign}{text}")));
        }
        let more = ports.len().saturating_sub(MAX_PORTS);
        if more > 0 {
            ports.truncate(MAX_PORTS);
            ports.push(format!("and {more} more"));
        }
        ProductLine {
            product: exposure.product.clone(),
            ports,
        }
    });
    lines.collect()
}

/// The products that gain ports before those that only lose some, and these before those of
/// which neither is certain.
pub(crate) fn gains_first(exposures: &[ProductExposure]) -> Vec<&ProductExposure> {
    let mut sorted: Vec<&ProductExposure> = exposures.iter().collect();
    sorted.sort_by_key(|exposure| match exposure {
        gaining if gaining.gains() => 0,
        losing if losing.loses() => 1,
        _ => 2,
    });
    sorted
}

/// The ports that a product gains, or those that it loses: `5000/tcp`, and
/// `443/tcp (perhaps)` where that is in doubt.
pub(crate) fn port_texts(exposure: &ProductExposure, gained: bool) -> Vec<String> {
    let mut texts = certain_port_texts(exposure, gained);
    for ports in &exposure.transports {
        let set = if gained {
            &ports.perhaps_gained
        } else {
            &ports.perhaps_lost
        };
        let ranges = set_texts(set, ports.transport).into_iter();
        texts.extend(ranges.map(|text| format!("{text} (perhaps)")));
    }
    texts
}

/// Those of the ports that a product gains or loses of which that is certain.
pub(crate) fn certain_port_texts(exposure: &ProductExposure, gained: bool) -> Vec<String> {
    let ports = exposure.transports.iter();
    let texts = ports.flat_map(|ports| {
        let set = if gained { &ports.gained } else { &ports.lost };
        set_texts(set, ports.transport)
    });
    texts.collect()
}

fn set_texts(set: &PortSet, transport: Option<Transport>) -> Vec<String> {
    let ranges = set.ranges().iter();
    ranges.map(|range| port_text(*range, transport)).collect()
}

/// `5000/tcp`, or `50003 (no transport)`.
fn port_text(range: PortRange, transport: Option<Transport>) -> String {
    match transport {
        Some(transport) => format!("{range}/{transport}"),
        None => format!("{range} (no transport)"),
    }
}

/// The items as one text of at most `max_chars` characters, with a count of those that
/// do not fit. The first item is always there, cut if need be.
pub(crate) fn listed(items: &[String], separator: &str, max_chars: usize) -> String {
    let mut out = String::new();
    let mut length = 0;
    for (at, item) in items.iter().enumerate() {
        let joint = if at == 0 { "" } else { separator };
        length += joint.chars().count() + item.chars().count();
        if at > 0 && length > max_chars {
            return format!("{out}{separator}and {} more", items.len() - at);
        }
        out.push_str(joint);
        out.push_str(&appleports_model::cut(item, max_chars));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::listed;

    #[test]
    fn a_list_that_is_too_long_ends_with_a_count() {
        let items = ["one", "two", "three"].map(str::to_owned);
        assert_eq!(listed(&items, ", ", 100), "one, two, three");
        assert_eq!(listed(&items, ", ", 8), "one, two, and 1 more");
        assert_eq!(listed(&items, ", ", 7), "one, and 2 more");
        assert_eq!(listed(&items[2..], ", ", 4), "t...");
        assert_eq!(listed(&[], ", ", 2), "");
    }
}
