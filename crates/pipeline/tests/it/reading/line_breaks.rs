//! A line break or the border of a block parts items of a list.

use super::{further, page, read, row};

#[test]
fn each_line_is_an_item() {
    for (port, transport, expected) in [
        ("1099<br>8043", "TCP", "1099+8043|tcp"),
        (
            "<p>8821</p><p>8826</p>",
            "<p>TCP</p><p>UDP</p>",
            "8821+8826|tcp+udp",
        ),
        (
            "<ul><li>8821<li>8826</ul>",
            "TCP<br/>UDP",
            "8821+8826|tcp+udp",
        ),
        ("<div>8821,</div>8826", "TCP", "8821+8826|tcp"),
        ("3478-<br>3497", "UDP", "3478-3497|udp"),
        ("3478<br>–3497", "UDP", "3478-3497|udp"),
        ("16384<wbr>–<wbr>16403", "UDP", "16384-16403|udp"),
    ] {
        let records = further(&page(&row(port, transport)));
        assert!(records[0].starts_with(expected), "{port}: {records:?}");
    }
}

#[test]
fn rows_in_the_cells_of_one_are_all_rejected() {
    let stacked = "<tr><td>500<br>1701<td>UDP<br>TCP<td>Keys<br>Tunnels<td>2408<br>2661<td>isakmp<br>l2f<td>Mac<br>Mail";
    let outcome = read(&page(stacked)).unwrap();
    assert_eq!((outcome.read, outcome.rejected), (5, 2));
    let shared = "<tr><td>500<br>1701<td>UDP<td>Keys<br>Tunnels<td>-<td>isakmp<br>l2f<td>Mac";
    assert_eq!(read(&page(shared)).unwrap().rejected, 2);
}
