//! The fields that all forms of the index have.

/// `YYYY-MM` of a month's English name and a year; empty where they are none.
pub(crate) fn month_of(month: &str, year: &str) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let position = MONTHS
        .iter()
        .position(|name| name.eq_ignore_ascii_case(month.trim()));
    let year = year.trim();
    let is_year = year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit());
    match position {
        Some(at) if is_year => format!("{year}-{:02}", at + 1),
        _ => String::new(),
    }
}

/// The number in `RFC9110`; none for other series such as `NIC6716`.
pub(crate) fn rfc_number(id: &str) -> Option<u32> {
    id.trim().strip_prefix("RFC")?.trim().parse().ok()
}
