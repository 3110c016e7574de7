//! Objects and blocks in the lines of Terraform: `{ from_port = 80, protocol = "tcp" },`.

use std::ops::Range;

use crate::notations::trimmed;

/// What a line has, in its order.
pub(super) enum Part {
    /// A block or an object begins, behind this text: `ingress = [`.
    Open(Range<usize>),
    /// The innermost one ends.
    Close,
    /// What may be a member, without spaces around it.
    Member(Range<usize>),
}

/// The parts of a line. A line without braces is one member; beside braces a comma parts members,
/// but not in a list or a call. Braces in a text are none: `"${name}"`.
pub(super) fn parts(text: &str, line: Range<usize>) -> Vec<Part> {
    let mut parts = Vec::new();
    let (mut start, mut depth, mut is_text) = (line.start, 0_usize, false);
    let mut commas = Vec::new();
    for (at, c) in text[line.clone()].char_indices() {
        let at = line.start + at;
        match c {
            '"' => is_text = !is_text,
            _ if is_text => {}
            '[' | '(' => depth += 1,
            ']' | ')' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => commas.push(at),
            '{' => {
                let from = members(text, start, &mut commas, &mut parts);
                parts.push(Part::Open(from..at));
                (start, depth) = (at + 1, 0);
            }
            '}' => {
                let from = members(text, start, &mut commas, &mut parts);
                parts.push(Part::Member(trimmed(text, from..at)));
                parts.push(Part::Close);
                (start, depth) = (at + 1, 0);
            }
            _ => {}
        }
    }
    if parts.is_empty() {
        commas.clear();
    }
    let from = members(text, start, &mut commas, &mut parts);
    parts.push(Part::Member(trimmed(text, from..line.end)));
    parts
}

/// Adds the members that commas end; where the next one begins.
fn members(text: &str, start: usize, commas: &mut Vec<usize>, parts: &mut Vec<Part>) -> usize {
    commas.drain(..).fold(start, |from, comma| {
        parts.push(Part::Member(trimmed(text, from..comma)));
        comma + 1
    })
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

    #[test]
    fn an_object_with_another_in_it_has_its_own_ports() {
        for rules in [
            "ingress = [{ from_port = 80, to_port = 80, protocol = \"tcp\", tags = { a = \"b\" } }]",
            "ingress = [{ tags = { a = \"b\" }, from_port = 80, to_port = 80, protocol = \"tcp\" }]",
            "ports = [\n{ port = 80, protocol = \"tcp\", source = \"https://a\" }\n]",
            "a = [{ protocol = \"tcp\", ports = [\n\"80\"] }, { access = \"Deny\"\nport = 81 }]",
        ] {
            let text = format!("resource \"a\" \"b\" {{\n  {rules}\n}}\n");
            assert_eq!(ports(&text), "80/tcp", "{text}");
            assert_eq!(unread(&text), [""; 0], "{text}");
        }
    }

    #[test]
    fn what_closes_a_block_or_a_list_holds_for_all_objects_in_it() {
        let port = |at| format!("{{ port = {at}, protocol = \"tcp\" }}");
        let (one, two) = (port(81), port(82));
        for closed in [
            format!("access = \"Deny\"\nrules = {{ a = {one},\n}}\nb = {two}"),
            format!("access = \"Deny\"\nrules = {{ a = {one} }}\nb {two}"),
            "deny = [{\nport = 81\nprotocol = \"tcp\"\n}, {\nport = 82\nprotocol = \"tcp\"\n}]"
                .to_owned(),
            format!("deny = [\n{one},\n{{\nport = 82\nprotocol = \"tcp\"\n}}\n]"),
            format!("deny = [{one}, {two}]"),
        ] {
            let text = format!(
                "resource \"a\" \"b\" {{\n{closed}\n}}\na \"b\" {}\n",
                port(80)
            );
            assert_eq!(ports(&text), "80/tcp", "{text}");
        }
        let text = "resource \"a\" \"b\" {\n  rules = [{\n    access = \"Deny\"\n    port = 80\n    protocol = \"tcp\"\n  }, { port = 53, protocol = \"udp\" }]\n  port = 443\n  protocol = \"tcp\"\n}\n";
        assert_eq!(ports(text), "53/udp 443/tcp");
    }

    #[test]
    fn a_variable_in_a_list_hides_no_other_port() {
        let rule =
            "allow {\n  protocol = \"tcp\"\n  ports = [\"80\", \"${var.port}\", \"443\"]\n}\n";
        for text in [rule, &rule.replace('[', "[\n")] {
            assert_eq!(ports(text), "80/tcp 443/tcp", "{text}");
            assert_eq!(unread(text).len(), 1, "{text}");
        }
    }
}
