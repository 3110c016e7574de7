//! More inputs of [`super::hostile`]: those that are bounded by how many lines, rows, elements or
//! names a file may have. Each took more than a hundred times its bytes when it was found.

use std::fmt::Write;

use super::datasets::{Made, dataset};
use super::port_tables::{rows_in_doubt, rows_of_one_record, rows_of_products};
use super::shapes::{CAPTURE, HEADING, INGEST, Shape, cited, page, rows};

const SERVICES: &str = "--sources {sources} check --services {services} --format json";
pub(super) const BUILD: &str = "--sources {sources} build --anew --output {built}";
/// A row of a pipe table and the heading above it.
const PIPES: &str = "|Port|TCP or UDP|Service or Protocol Name|RFC|Service Name|Used by|\n|--|--|--|--|--|--|\n|22|TCP|SSH|4253|ssh|Mail|\n";

pub(super) const ALL: &[Shape] = &[
    Shape {
        title: "CSV rows with a line break in a cell",
        arguments: INGEST,
        largest: 2_400 * 18,
        files: |size| csv("80,TCP,x,1,s,\"a\n\"\n", size),
    },
    Shape {
        title: "rows that tabs part",
        arguments: INGEST,
        largest: 2_400 * 18,
        files: |size| {
            let heading = HEADING.replace(',', "\t");
            one(heading + &again("80\tTCP\tx\t1\ts\tMail\n", size))
        },
    },
    Shape {
        title: "empty cells of one row",
        arguments: INGEST,
        largest: 48_000,
        files: |size| {
            csv(
                &format!("80,TCP,x,1,s,a\n80,TCP,x,1,s,a{}\n", ",".repeat(size)),
                size,
            )
        },
    },
    Shape {
        title: "rows of pipes",
        arguments: INGEST,
        largest: 2_400 * 20,
        files: |size| one(PIPES.to_owned() + &again("|80|TCP|x|1|s|Mail|\n", size)),
    },
    Shape {
        title: "pipes in one line",
        arguments: INGEST,
        largest: 48_000,
        files: |size| one(format!("{PIPES}|80|TCP|x|1|s|{}\n", "|".repeat(size))),
    },
    Shape {
        title: "rows in one line",
        arguments: INGEST,
        largest: 2_400 * 7,
        files: |size| {
            let heading = HEADING.replace(',', " ");
            let row = "22 TCP SSH 4253 ssh Mail\n";
            one(format!("{heading}{row}{row}{}\n", again("80 TCP ", size)))
        },
    },
    Shape {
        title: "ports and transports alone",
        arguments: INGEST,
        largest: 2_400 * 7,
        files: |size| {
            let heading = HEADING.replace(',', "\n");
            one(format!("{heading}{}", again("80\nTCP\n", size)))
        },
    },
    Shape {
        title: "blank lines",
        arguments: INGEST,
        largest: 49_000,
        files: |size| one(format!("Port\n{}", "\n".repeat(size))),
    },
    Shape {
        title: "`<a><b><i><u><p>` without an end",
        arguments: INGEST,
        largest: 52_000,
        files: |size| page(&again("<a><b><i><u><p>", size), ""),
    },
    Shape {
        title: "`<b><p>` without an end in a cell",
        arguments: INGEST,
        largest: 58_000,
        files: |size| page("", &rows(vec![again("<b><p>", size)])),
    },
    Shape {
        title: "comments",
        arguments: INGEST,
        largest: 48_000 * 8,
        files: |size| page(&again("<!---->x", size), ""),
    },
    Shape {
        title: "attributes",
        arguments: INGEST,
        largest: 190_000 * 4,
        files: |size| page(&again(&format!("<i{}></i>", attributes(50)), size), ""),
    },
    Shape {
        title: "attributes that the parser repeats",
        arguments: INGEST,
        largest: 780 * 8,
        files: |size| {
            let paragraphs = again("<p>x</p>", size);
            page(&format!("<body><p><b{}>{paragraphs}", attributes(250)), "")
        },
    },
    Shape {
        title: "attributes of one element from many tags",
        arguments: INGEST,
        largest: 900 * 15,
        files: |size| {
            let tags = (0..size / 15).rev().map(|at| format!("<body a{at:07}>"));
            page(&tags.collect::<String>(), "")
        },
    },
    Shape {
        title: "rows below cells that span them",
        arguments: INGEST,
        largest: 2_400 * 4,
        files: |size| {
            let cells = "<th rowspan=65534>x</th>".repeat(6);
            one(format!(
                "<title>TCP UDP</title><table><tr>{cells}{}</table>",
                "<tr>".repeat(size / 4)
            ))
        },
    },
    Shape {
        title: "a services file of lines that are there sixteen times",
        arguments: SERVICES,
        largest: 29_000 * 12,
        files: |size| services(&of_ports(size, 12, 16, |port| format!("a {port}/tcp\n"))),
    },
    Shape {
        title: "a services file without names",
        arguments: SERVICES,
        largest: 14_500 * 23,
        files: |size| {
            let lines = |port| format!("a {port}/tcp\n {port}/tcp\n");
            services(&of_ports(size, 23, 8, lines))
        },
    },
    Shape {
        title: "a services file with many names of each port",
        arguments: SERVICES,
        largest: 29_000 * 14,
        files: |size| {
            let lines = (0..size / 14).map(|at| format!("a{at} {}/tcp\n", at % 2_000 + 1));
            services(&lines.collect::<String>())
        },
    },
    Shape {
        title: "a services file with a name 16 times a line",
        arguments: SERVICES,
        largest: 6_200 * 91,
        files: |size| {
            let line = |port| format!("http {port}/tcp {}\n", "http ".repeat(15));
            services(&of_ports(size, 91, 1, line))
        },
    },
    Shape {
        title: "a services file with seven aliases a line, each twice",
        arguments: SERVICES,
        largest: 6_600 * 125,
        files: |size| {
            let aliases = |port: usize| (0..7).map(move |at| format!("{port}-{at} {port}-{at} "));
            let line = |port| format!("a {port}/tcp {}\n", aliases(port).collect::<String>());
            services(&of_ports(size, 125, 1, line))
        },
    },
    Shape {
        title: "a services file with an unknown protocol",
        arguments: SERVICES,
        largest: 29_000 * 10,
        files: |size| services(&of_ports(size, 10, 16, |port| format!("a {port}/x\n"))),
    },
    Shape {
        title: "a services file of odd lines",
        arguments: SERVICES,
        largest: 14_900 * 20,
        files: |size| {
            services(&of_ports(size, 20, 5, |port| {
                format!(" a{port} {port}/x b b\n")
            }))
        },
    },
    Shape {
        title: "two services files of odd lines",
        arguments: "diff {services} {others} --format json",
        largest: 2 * 19_900 * 16,
        files: |size| {
            vec![
                ("services", odd_lines(size / 2, "a")),
                ("others", odd_lines(size / 2, "b")),
            ]
        },
    },
    Shape {
        title: "two services files, one of lines that say all ports of the other",
        arguments: "diff {services} {others} --format json",
        largest: 2 * 19_900 * 16,
        files: |size| {
            let names = (0..size / 32).map(|at| format!("name-{at:05} 80/tcp\n"));
            let lines = again("80/tcp 80 80 80\n", size / 2);
            vec![
                ("services", names.collect()),
                ("others", format!("zzz 5/tcp\n{lines}")),
            ]
        },
    },
    Shape {
        title: "two services files with many aliases",
        arguments: "diff {services} {others} --format html",
        largest: 2 * 29_000 * 26,
        files: |size| {
            vec![
                ("services", aliases(size / 2, "a")),
                ("others", aliases(size / 2, "b")),
            ]
        },
    },
    Shape {
        title: "unknown products, built",
        arguments: BUILD,
        largest: 990 * 75,
        files: |size| vec![(CAPTURE, unknown_products(size))],
    },
    Shape {
        title: "unknown products, checked",
        arguments: "--sources {sources} check --format sarif",
        largest: 990 * 75,
        files: |size| vec![(CAPTURE, unknown_products(size))],
    },
    Shape {
        title: "lists of ports, built",
        arguments: BUILD,
        largest: 310 * 60,
        files: |size| vec![(CAPTURE, lists_of_ports(size))],
    },
    Shape {
        title: "lists of ports, checked",
        arguments: "--sources {sources} check --format sarif",
        largest: 310 * 60,
        files: |size| vec![(CAPTURE, lists_of_ports(size))],
    },
    Shape {
        title: "control characters, built",
        arguments: BUILD,
        largest: 490_000,
        files: |size| vec![(CAPTURE, control_characters(size))],
    },
    Shape {
        title: "rows of one record in a table, compared",
        arguments: "diff {a.csv} {b.csv} --format json",
        largest: 2 * 6_000 * 70,
        files: |size| {
            vec![
                ("a.csv", rows_of_one_record(size / 140, 1)),
                ("b.csv", rows_of_one_record(size / 140, 2)),
            ]
        },
    },
    Shape {
        title: "rows with a product each in a table, compared",
        arguments: "diff {a.csv} {b.csv} --format json",
        largest: 2 * 2_400 * 70,
        files: |size| {
            vec![
                ("a.csv", rows_of_products(size / 140, 0)),
                ("b.csv", rows_of_products(size / 140, 1)),
            ]
        },
    },
    Shape {
        title: "products and ports in doubt in a table, compared",
        arguments: "diff {a.csv} {b.csv} --format json",
        largest: 2 * 4_900 * 70,
        files: |size| {
            vec![
                ("a.csv", rows_in_doubt(size / 140, 0)),
                ("b.csv", rows_in_doubt(size / 140, 1)),
            ]
        },
    },
    Shape {
        title: "a dataset with a long list of products, compared",
        arguments: "diff {ports.json} {none.json} --format json",
        largest: 9_900 * 10,
        files: |size| {
            let of = |products| {
                let record = Made {
                    id: "80-tcp-http".to_owned(),
                    ports: (80, 80),
                    service: "http".to_owned(),
                    title: "Web".to_owned(),
                    products,
                    ..Made::default()
                };
                dataset(std::iter::once(record), std::iter::empty())
            };
            let products = (0..size / 10).map(|at| format!("a{at}"));
            vec![
                ("ports.json", of(products.collect())),
                ("none.json", of(Vec::new())),
            ]
        },
    },
];

/// A page, or a text, by itself.
pub(super) fn one(text: String) -> Vec<(&'static str, String)> {
    vec![("page", text)]
}

/// A text again and again, up to so many bytes.
fn again(text: &str, size: usize) -> String {
    text.repeat(size / text.len())
}

fn csv(rows: &str, size: usize) -> Vec<(&'static str, String)> {
    let count = (size / rows.len()).max(1);
    one(format!("{HEADING}{}", rows.repeat(count)))
}

fn attributes(count: usize) -> String {
    let names = (0..count).map(|at| format!(" a{at}"));
    names.collect()
}

/// A services file, and a capture to hold it against.
fn services(text: &str) -> Vec<(&'static str, String)> {
    vec![(CAPTURE, cited(1..100)), ("services", text.to_owned())]
}

/// Lines of a services file, of so many bytes each, and so many of a port: more than sixteen names of
/// one are refused.
fn of_ports(size: usize, bytes: usize, times: usize, line: impl Fn(usize) -> String) -> String {
    let ports = (0..size / bytes).map(|at| 10_000 + at / times);
    ports.map(line).collect()
}

/// Lines of a services file with three findings each.
fn odd_lines(size: usize, word: &str) -> String {
    let lines = (0..size / 16).map(|at| format!(" {word}{at:05} 1/x b b\n"));
    lines.collect()
}

/// Lines of a services file with two aliases each.
fn aliases(size: usize, word: &str) -> String {
    let lines = (0..size / 26).map(|at| format!("{word}{at:05} 1/tcp b{at:05} c{at:04}\n"));
    lines.collect()
}

/// Rows of four products each, which the vocabulary does not have.
fn unknown_products(size: usize) -> String {
    let mut text = HEADING.to_owned();
    for at in 0..size / 75 {
        // Writing to a String cannot fail.
        let _ = writeln!(
            text,
            "{},TCP,Service {at},{},name-{at},\"Pa{at}, Pb{at}, Pc{at}, Pd{at}\"",
            at % 65_535 + 1,
            9_000 + at % 900
        );
    }
    text
}

/// Rows of four ports each, which the registry has under other names.
fn lists_of_ports(size: usize) -> String {
    let mut text = HEADING.to_owned();
    for at in 0..size / 60 {
        let ports = [0, 3, 6, 9].map(|more| (at * 14 + more) % 65_000 + 1);
        let ports = ports.map(|port| port.to_string()).join(", ");
        // Writing to a String cannot fail.
        let _ = writeln!(
            text,
            "\"{ports}\",TCP/UDP,Service {at},{},name-{at},Mail",
            9_000 + at % 900
        );
    }
    text
}

/// Rows of text that JSON has in six times the bytes.
fn control_characters(size: usize) -> String {
    let text = "\u{1}".repeat(400);
    let mut rows = HEADING.to_owned();
    for at in 0..size / 420 {
        // Writing to a String cannot fail.
        let _ = writeln!(rows, "{},TCP,Web,2616,http,{text}", at % 65_535 + 1);
    }
    rows
}
