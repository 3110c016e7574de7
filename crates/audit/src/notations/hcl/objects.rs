//! Objects in one line of Terraform: `{ from_port = 80, to_port = 80, protocol = "tcp" },`.

use std::ops::Range;

use super::member;
use crate::notations::yaml::Member;

/// The innermost objects of a line, each with its members. `${name}` in a text is none.
pub(super) fn objects(text: &str, line: Range<usize>) -> Vec<Vec<Member>> {
    let mut found = Vec::new();
    let mut open: Option<usize> = None;
    let mut is_text = false;
    for (at, c) in text[line.clone()].char_indices() {
        let at = line.start + at;
        match c {
            '"' => is_text = !is_text,
            '{' if !is_text => open = Some(at + 1),
            '}' if !is_text => {
                if let Some(start) = open.take() {
                    found.push(members(text, start..at));
                }
            }
            _ => {}
        }
    }
    found
}

/// The members between braces; a comma in a text or a list parts none.
fn members(text: &str, inner: Range<usize>) -> Vec<Member> {
    let (mut depth, mut is_text) = (0_usize, false);
    let is_end = |c: char| {
        match c {
            '"' => is_text = !is_text,
            '[' if !is_text => depth += 1,
            ']' if !is_text => depth = depth.saturating_sub(1),
            _ => {}
        }
        c == ',' && depth == 0 && !is_text
    };
    let parts = text[inner].split(is_end).map(str::trim);
    let members = parts.filter_map(|part| {
        let start = part.as_ptr() as usize - text.as_ptr() as usize;
        member(text, start..start + part.len())
    });
    members.collect()
}

#[cfg(test)]
mod tests {
    use crate::notations::testing::{ports, shown, unread};
    use crate::rules::testing::{audit, fixed};

    #[test]
    fn an_argument_may_be_a_list_of_objects() {
        let text = "module \"sg\" {\n  source = \"a/b\"\n  egress_with_cidr_blocks = [\n    { from_port = 53, to_port = 53, protocol = \"udp\", cidr_blocks = \"10.0.0.0/8,${var.a}\" },\n    {\n      from_port = 3478\n      to_port   = 3497\n      protocol  = \"udp\"\n    },\n  ]\n}\n";
        assert_eq!(shown(text).0, "hcl");
        assert_eq!(ports(text), "53/udp 3478-3497/udp");
        assert_eq!(unread(text), [""; 0]);
        let rows = ["53/udp", "3478-3497/udp"];
        let wrong = text.replace("53, to_port = 53", "53, to_port = 53*");
        let found = audit(&rows, &wrong);
        assert!(found.len() == 1 && found[0].contains("L008"), "{found:?}");
        let wrong = wrong.replace("3497", "3479");
        assert_eq!(audit(&rows, &wrong).len(), 2);
        assert_eq!(fixed(&rows, &wrong), text);
    }

    #[test]
    fn an_object_may_begin_in_the_line_that_ends_another() {
        let text = "resource \"a\" \"b\" {\n  rules = [{\n    access = \"Deny\"\n    port = 80\n    protocol = \"tcp\"\n  }, {\n    port = 53\n    protocol = \"udp\"\n  }]\n}\n";
        assert_eq!(ports(text), "53/udp");
    }

    #[test]
    fn an_object_in_one_line_has_its_own_ports() {
        for (rules, expected) in [
            (
                "ingress = [{ from_port = 80, to_port = 81, protocol = \"tcp\" }]",
                "80-81/tcp",
            ),
            (
                "allow = [{ protocol = \"tcp\", ports = [\"80\", \"443\"] }, { protocol = \"udp\", ports = [\"53\"] }]",
                "80/tcp 443/tcp 53/udp",
            ),
            (
                "rules = { web = { port = 80, protocol = \"tcp\" }, old = { port = 81, protocol = \"tcp\", action = \"deny\" } }",
                "80/tcp",
            ),
            (
                "tags = { a = \"1\" }\n  port = 80\n  protocol = \"tcp\"",
                "80/tcp",
            ),
        ] {
            let text = format!("resource \"a\" \"b\" {{\n  {rules}\n}}\n");
            assert_eq!(shown(&text).0, "hcl", "{text}");
            assert_eq!(ports(&text), expected, "{text}");
        }
    }
}
