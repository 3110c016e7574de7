//! More inputs of [`super::hostile`]: lists for `audit` in which something of a line, or of the rest of
//! the file, could be gone through again for each of its ports.

use std::fmt::Write;

use super::lists::{AUDIT, list};
use super::shapes::Shape;

pub(super) const ALL: &[Shape] = &[
    Shape {
        title: "ports behind fifty brackets each, in a list",
        arguments: AUDIT,
        largest: 3 << 18,
        files: |size| {
            let ports = (0..size / 56).map(|at| format!("{}{}, ", "(".repeat(50), 1_000 + at));
            list(&format!(
                "tcp dport {{ {} }} accept\n",
                ports.collect::<String>()
            ))
        },
    },
    Shape {
        title: "numbers behind an option, with spaces between, in a list",
        arguments: AUDIT,
        largest: 29_400 * 3,
        files: |size| {
            let numbers = "80 ".repeat(size / 3);
            list(&format!("-A OUTPUT -p tcp --dport {numbers}-j ACCEPT\n"))
        },
    },
    Shape {
        title: "verdict maps without an end, in a list",
        arguments: AUDIT,
        largest: 24_000 * 31,
        files: |size| list(&"tcp dport vmap { 80 : accept ,\n".repeat(size / 31)),
    },
    Shape {
        title: "comments behind a quote in a line, in a list",
        arguments: AUDIT,
        largest: 34_000 * 2,
        files: |size| {
            list(&format!(
                "netsh advfirewall \" {}\nport 80/tcp\n",
                "# ".repeat(size / 2)
            ))
        },
    },
    Shape {
        title: "rules that lead to a chain with a long name, in a list",
        arguments: AUDIT,
        largest: 400_000,
        files: |size| {
            let (name, rules) = (
                "x".repeat(size / 2),
                "tcp dport 80 jump c\n".repeat(size / 40),
            );
            list(&format!(
                "chain c {{\n jump {name}\n}}\ntcp dport 443 accept\n{rules}"
            ))
        },
    },
    Shape {
        title: "parts of a set with a long name, in a list",
        arguments: AUDIT,
        largest: 400_000,
        files: |size| {
            let (name, parts) = (
                "x".repeat(size / 2),
                "elements = { 80 }\n".repeat(size / 36),
            );
            list(&format!(
                "tcp dport 443 accept\nset {name} {{\n type inet_service\n{parts}}}\n"
            ))
        },
    },
    Shape {
        title: "wide ranges beside as many right ports, in a list",
        arguments: AUDIT,
        largest: 400_000,
        files: |size| {
            let ports = (0..(size / 36).min(8_192)).map(|at| format!("{}/tcp\n", 49_152 + 2 * at));
            let wide = "49000-65535/tcp\n".repeat(size / 32);
            list(&(ports.collect::<String>() + &wide))
        },
    },
    Shape {
        title: "a list far to the right, in a list",
        arguments: AUDIT,
        largest: 300_000,
        files: |size| {
            let indent = " ".repeat(size / 4);
            let mut text =
                format!("kind: Service\nspec:\n{indent}protocol: TCP\n{indent}containerPort:\n[\n");
            for at in 0..size / 12 {
                // Writing to a String cannot fail.
                let _ = writeln!(text, "{},", 1_000 + at);
            }
            text.push_str("]\n");
            list(&text)
        },
    },
];
