//! Law 6: the order of rows means nothing.

use proptest::prelude::*;

use super::{page, read, row};

proptest! {
    #[test]
    fn rows_in_any_order_give_the_same_records(ports in Just(["100", "443", "548", "5223", "2197", "3283", "8080", "49152"]).prop_shuffle()) {
        let plain = page("");
        let rows = ports.map(|port| row(port, "TCP"));
        let outcome = read(&plain.replace("</table>", &format!("{}</table>", rows.concat()))).unwrap();
        // In a table that is otherwise in order, one port may have a mark glued on.
        prop_assert_eq!(outcome.read, 11);
        prop_assert!(outcome.rejected <= 2);
        if outcome.rejected == 0 {
            prop_assert_eq!(outcome.records.len(), 11);
        }
    }
}

#[test]
fn a_table_without_order_has_no_glued_marks() {
    let rows = ["443", "5223", "2197", "22", "25"]
        .map(|port| row(port, "TCP"))
        .concat();
    assert_eq!(read(&page(&rows)).unwrap().rejected, 0);
}
