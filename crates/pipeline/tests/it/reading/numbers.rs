//! No two ports come from digits that are one number, and no RFC from one that cannot be.

use proptest::prelude::*;

use super::{further, page, read, row};

#[test]
fn a_number_with_a_sign_in_it_is_no_list() {
    for port in [
        "8,080",
        "49.152",
        "1 640",
        "65'535",
        "5٬223",
        "1,024-65,535",
        "8,005, 8,006",
        "3,283, 5,900",
        "80, 8,443",
        "5,900, 6000",
    ] {
        let outcome = read(&page(&row(port, "TCP"))).unwrap();
        assert_eq!((outcome.records.len(), outcome.rejected), (3, 1), "{port}");
    }
    assert_eq!(
        further(&page(&row("80,8443", "TCP")))[0].split('|').next(),
        Some("80+8443")
    );
    assert_eq!(
        further(&page(&row("443, 993", "TCP")))[0].split('|').next(),
        Some("443+993")
    );
}

#[test]
fn no_rfc_has_five_digits_or_thousands() {
    for rfc in ["2,616", "26161", "0"] {
        let text = page(&format!(
            "<tr><td>81<td>TCP<td>Some Title<td>{rfc}<td>abc<td>Mac</tr>"
        ));
        assert_eq!(further(&text), ["81|tcp|Some Title||abc|Mac"], "{rfc}");
    }
}

proptest! {
    #[test]
    fn digits_of_one_port_are_never_two(port in 1000_u16.., sign in prop::sample::select(vec![",", ".", "'", "’", " ", "\u{a0}", "،"])) {
        let (thousands, rest) = (port / 1000, port % 1000);
        let text = page(&row(&format!("{thousands}{sign}{rest:03}"), "TCP"));
        let further = further(&text);
        prop_assert!(further.iter().all(|record| record.starts_with(&format!("{port}|"))), "{:?}", further);
    }
}
