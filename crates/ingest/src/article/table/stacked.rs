//! Several rows in the cells of one, a line each.

use appleports_model::RawCell;

use crate::article::table::shape::is_port_text;

/// The fewest cells besides the ports that have a line for each port, where each line is a row.
const MIN_CELLS: usize = 2;

/// The ports of the rows that stand in these cells, a line each; none where the cells are those
/// of one row. A list of ports has several lines too, but not the texts beside it.
pub(crate) fn ports(cells: &[RawCell]) -> Option<Vec<String>> {
    let (port, others) = cells.split_first()?;
    let ports: Vec<&str> = port.text.trim().lines().map(str::trim).collect();
    let has_line_for_each = |cell: &&RawCell| cell.text.trim().lines().count() == ports.len();
    let is_stack = ports.len() > 1
        && ports.iter().all(|port| is_port_text(port))
        && others.iter().filter(has_line_for_each).count() >= MIN_CELLS;
    is_stack.then(|| ports.into_iter().map(str::to_owned).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_of_ports_is_no_stack_of_rows() {
        let stacked = |texts: &[&str]| {
            let cell = |text: &&str| RawCell {
                text: (*text).to_owned(),
                place: 1.into(),
            };
            ports(&texts.iter().map(cell).collect::<Vec<_>>())
        };
        assert_eq!(
            stacked(&["500\n1701", "UDP\nTCP", "ISAKMP\nL2TP", "-"]),
            Some(vec!["500".to_owned(), "1701".to_owned()])
        );
        assert_eq!(stacked(&["8821\n8826", "TCP\nUDP", "One", "-"]), None);
        assert_eq!(stacked(&["3478-\n3497", "TCP\nUDP", "One\nTitle"]), None);
    }
}
