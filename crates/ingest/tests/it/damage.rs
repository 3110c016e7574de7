//! Pages with spans, marks, hidden parts and damage: read right, or refused with the reason.

use appleports_ingest::{ReadError, ReadErrorKind, read_capture};
use appleports_model::{Column, RawTable};

const SSH: &str = "<tr><td>22<td>TCP<td>Secure Shell<td>4253<td>ssh<td>Server";
const DNS: &str = "<tr><td>53<td>TCP/UDP<td>Domain Names<td>1034<td>domain<td>-";

fn read(text: &str) -> Result<RawTable, ReadError> {
    read_capture("apple/x/2020-01-01", "page", text.as_bytes())
}

fn refusal(text: &str) -> ReadErrorKind {
    read(text).unwrap_err().kind
}

fn html(rows: &str) -> RawTable {
    read(&format!(
        "<html><body><table>\n{rows}\n</table></body></html>\n"
    ))
    .unwrap()
}

fn texts(table: &RawTable, row: usize) -> Vec<&str> {
    Column::ALL
        .iter()
        .map(|column| table.rows[row].text(*column))
        .collect()
}

fn codes(table: &RawTable) -> Vec<&str> {
    table
        .findings
        .iter()
        .map(|finding| finding.code.as_str())
        .collect()
}

fn reasons(table: &RawTable) -> Vec<&str> {
    table
        .rejected
        .iter()
        .map(|row| row.reason.as_str())
        .collect()
}

#[test]
fn hidden_parts_and_marks_are_no_text() {
    let table = html(&format!(
        "{SSH}{DNS}<tr><td>123<sup>1</sup><td>UDP<td>Time<script>x</script><span style='display: none'>y</span><p hidden>z</p><br>(NTP)<td>1305<td>ntp<td><a href=x>Mac</a>&nbsp;A<template>t</template>"
    ));
    assert_eq!(
        texts(&table, 2),
        ["123", "UDP", "Time\n(NTP)", "1305", "ntp", "Mac A"]
    );
    assert_eq!(codes(&table), ["A009"]);
    assert_eq!(codes(&html(SSH)), Vec::<&str>::new());
}

#[test]
fn what_a_browser_never_shows_is_no_port() {
    for hidden in [
        "<title>, 22</title>",
        "<datalist>, 22</datalist>",
        "<ruby><rp>, 22</rp></ruby>",
        "<noembed>, 22</noembed>",
        "<noframes>, 22</noframes>",
        "<iframe>, 22</iframe>",
        "<canvas>, 22</canvas>",
        "<audio>, 22</audio>",
        "<video>, 22</video>",
        "<span style='visibility: collapse'>, 22</span>",
    ] {
        let row = format!("<tr><td>443{hidden}<td>TCP<td>Web<td>2818<td>https<td>Mail");
        assert_eq!(
            texts(&html(&format!("{SSH}{DNS}{row}")), 2)[0],
            "443",
            "{hidden}"
        );
    }
}

#[test]
fn spans_are_honoured() {
    let table = html(&format!(
        "{SSH}<tr><td rowspan=2>500<td rowspan=65535>UDP<td>ISAKMP<td>2408<td>isakmp<td>A<tr><td>Calls<td>5996<td>ikev<td>B<tr><td>501<td>C<td colspan=2>-<td>D<tr><td>502<td>E<td colspan=2>some-name<td>F"
    ));
    assert_eq!(
        texts(&table, 2),
        ["500", "UDP", "Calls", "5996", "ikev", "B"]
    );
    assert_eq!(texts(&table, 3), ["501", "UDP", "C", "-", "-", "D"]);
    assert_eq!(
        reasons(&table),
        ["row of port 502: `some-name` spans 2 columns"]
    );
    assert_eq!(codes(&table), ["A017", "A017", "A016"]);
}

#[test]
fn the_table_of_ports_is_chosen_among_others() {
    let page = format!(
        "<table><tr><td>1<td>2<td>3<td>4</table><table><tr><td><table><tr><th>Port<th>a<th>b<th>c<th>d<th>e{SSH}{DNS}</table></table><table><tr><td>Menu</table>"
    );
    let table = read(&page).unwrap();
    assert_eq!((table.layout, table.rows.len()), ("html", 2));
}

#[test]
fn cells_moved_to_the_left_are_put_back_only_where_certain() {
    let moved = "<tr><td>465<td>TCP<td>Submission<td>smtp (legacy)<td>Mail<td>";
    let table = html(&format!("{SSH}{DNS}{moved}"));
    assert_eq!(
        texts(&table, 2),
        ["465", "TCP", "Submission", "", "smtp (legacy)", "Mail"]
    );
    assert_eq!(codes(&table), ["A002"]);
    let table = html(&format!(
        "{SSH}{DNS}<tr><td>88<td>Kerberos<td>4120<td>kerberos<td>Login<td>"
    ));
    assert_eq!(
        reasons(&table),
        ["row of port 88: the transport cell holds `Kerberos`"]
    );
    assert_eq!(codes(&table), ["A007"]);
}

#[test]
fn last_cells_that_were_left_out_are_known() {
    let table = read("7 | TCP | echo | 792 | echo | -\n137 | UDP | Names (WINS) | - | netbios-ns\n443 | TCP | Secure | 2818 | https | -\n\nEnd.\n").unwrap();
    assert_eq!(
        texts(&table, 1),
        ["137", "UDP", "Names (WINS)", "-", "netbios-ns", ""]
    );
    assert_eq!(codes(&table), ["A013"]);
}

#[test]
fn broken_characters_are_put_right() {
    let table =
        read("7,TCP,echo,792,echo,β€”\n16384â€“16403,UDP,Real Time,â€”,connected,Calls\n").unwrap();
    assert_eq!(texts(&table, 0)[5], "—");
    assert_eq!(
        texts(&table, 1)[..4],
        ["16384–16403", "UDP", "Real Time", "—"]
    );
    assert_eq!(codes(&table), ["A008", "A008", "A008"]);
    assert_eq!(
        table.rows[0].captured[5], "β€”",
        "the captured text is kept"
    );
}

#[test]
fn a_glued_mark_rejects_its_row() {
    let row = |port: &str, rfc: &str| format!("{port},TCP,Some Title,{rfc},name,-\n");
    let table = read(
        &[
            row("110", "1939"),
            row("1231", "10341"),
            row("137", "-"),
            row("143", "35011"),
        ]
        .concat(),
    )
    .unwrap();
    assert_eq!(table.rows.len(), 3);
    assert!(reasons(&table)[0].starts_with("row of port 1231: the port is out of order"));
    assert_eq!(codes(&table), ["A014", "A015"]);
    let table =
        read(&[row("110", "1939"), row("1231", "1034"), row("8080", "-")].concat()).unwrap();
    assert_eq!((table.rows.len(), codes(&table).len()), (3, 0));
}

#[test]
fn a_text_that_ends_inside_a_row_loses_that_row_only() {
    for (text, layout) in [
        (format!("<table>{SSH}{DNS}<tr><td>80<td>TCP<td>Hyper Text<td>2616<td>http<td>We"), "html"),
        ("7,TCP,echo,792,echo,-\n53,UDP,Domain,1034,domain,-\n80,TCP,Hyper Text,2616,http,We".into(), "csv"),
        ("| 7 | TCP | echo | 792 | echo | - |\n| 53 | UDP | Domain | 1034 | domain | - |\n| 80 | TCP | Hyper Te\n".into(), "pipe-table"),
        ("7\nTCP\necho\n792\necho\n-\n53\nUDP\nDomain\n1034\ndomain\n-\n80\nTCP\nHyper Text\n2616\nhttp\nWe\n".into(), "plain-lines"),
        ("7 TCP echo 792 echo\n53 UDP Domain 1034 domain\n80 TCP Hyper Text 2616 http We\n".into(), "joined-rows"),
    ] {
        let table = read(&text).unwrap();
        assert_eq!((table.layout, table.rows.len(), table.rejected.len()), (layout, 2, 1), "{text}");
        assert!(codes(&table).contains(&"A010"), "{layout}");
    }
}

#[test]
fn a_broken_row_of_a_pipe_table_is_joined() {
    let table = read("| Port | TCP or UDP | Title | RFC | Used by |\n| 7 | TCP | echo | 792 | - |\n| 25 | TCP | Mail Transport | 821 |\nMail (a\\|b) |\n| 53 | UDP | Domain | 1034 | `x|y` |\n").unwrap();
    assert_eq!(
        texts(&table, 1),
        ["25", "TCP", "Mail Transport", "821", "", "Mail (a|b)"]
    );
    assert_eq!(texts(&table, 2)[5], "x|y");
    assert_eq!(codes(&table), ["A012"]);
}

#[test]
fn joined_rows_in_doubt_are_rejected_with_the_reason() {
    let table = read("7 TCP/UDP echo 792 echo\n21 TCP FTP control 959 ftp\n514 TCP shell shell\n749 TCP Kerberos 5 admin 4120 kerberos\n80 TCP Hyper Text 2616 used by all\n7070 TCP RTSP 2326 arcp, rtsp\n\nEnd.\n").unwrap();
    assert_eq!(
        texts(&table, 1),
        ["21", "TCP", "FTP control", "959", "ftp", ""]
    );
    let expected = [
        "row of port 514: it has no RFC number that separates the title from the name",
        "row of port 80: `used by` after the RFC number may be the name or \"used by\"",
    ];
    assert_eq!(reasons(&table)[..2], expected);
    assert_eq!(
        texts(&table, 2)[1..5],
        ["TCP", "Kerberos 5 admin", "4120", "kerberos"],
        "5 as the RFC leaves no name"
    );
    assert_eq!(table.rows.len(), 3);
    assert_eq!(codes(&table)[0], "A011");
}

#[test]
fn another_article_is_named() {
    let page = "<html><head>\n<title>Security releases</title><link rel=\"canonical\" href=\"https://support.apple.com/en-us/100100\"></head><table><tr><td>a<td>b</table>";
    let error = read(page).unwrap_err();
    assert!(error.is_missing_table());
    assert_eq!(
        error.to_string(),
        "page:2: this is another article, `Security releases` (https://support.apple.com/en-us/100100); save the article on the TCP and UDP ports"
    );
    let scrambled = format!(
        "<title>TCP and UDP ports</title><table>{}</table>",
        "<tr><td>TCP<td>22<td>ssh<td>Shell<td>4253<td>x".repeat(9)
    );
    assert_eq!(refusal(&scrambled), ReadErrorKind::NoTable);
}

#[test]
fn old_line_ends_are_named() {
    let text = "7,TCP,echo,792,echo,-\r53,UDP,Domain,1034,domain,-\r";
    assert_eq!(refusal(text), ReadErrorKind::OldLineEnds);
}

#[test]
fn hostile_pages_end_soon() {
    let many = 120_000;
    for page in [
        "<div>".repeat(many),
        format!("<a {}", "b=c ".repeat(many)),
        "<p><b>".repeat(many),
    ] {
        assert!(matches!(
            refusal(&format!("<html>{page}")),
            ReadErrorKind::TooMany { .. } | ReadErrorKind::NoTable
        ));
    }
    // A tag's attributes are compared with each other, and a page has room for many such tags.
    let tagged = |count: usize| {
        let attributes: Vec<String> = (0..count).map(|at| format!("a{at}")).collect();
        let attributes = attributes.join(" ");
        format!("<html><p {attributes}></p {attributes}><table>{SSH}</table>")
    };
    assert!(read(&tagged(256)).is_ok());
    for page in [
        tagged(257),
        tagged(257)
            .replacen("<p ", "<p><!-- ", 1)
            .replacen("></p", "--></p", 1),
    ] {
        let of = "attributes in a tag";
        assert_eq!(refusal(&page), ReadErrorKind::TooMany { limit: 256, of });
    }
    let spans = format!(
        "<table>{SSH}<tr>{}{}</table>",
        "<td rowspan=65535 colspan=1000>x".repeat(60),
        "<tr>".repeat(2_000)
    );
    assert!(read(&spans).is_ok_and(|table| table.rows.len() == 1));
    // A list is much more than its letters: cut into parts, looked up, and written one by one.
    let lists = |count: usize| {
        let list = "1,".repeat(count);
        format!("7,TCP,echo,792,echo,\"{list}\"\n22,TCP,ssh,4253,ssh,\"{list}\"\n")
    };
    assert!(read(&lists(1_400)).is_ok());
    let kind = refusal(&lists(1_600));
    assert_eq!(kind, ReadErrorKind::TooManyItems { items: 3_200 });
}

#[test]
fn a_text_that_ends_right_behind_a_port_has_begun_a_row() {
    let text = "Port TCP or\nRFC Name Used by\n7 TCP/UDP Echo 862 echo\n20 TCP File transfer 959 ftp-data\n67 UDP Bootstrap server 951 bootps NetBoot\n68";
    let table = appleports_ingest::read_capture("s", "p", text.as_bytes()).unwrap();
    assert_eq!(table.layout, "joined-rows");
    assert_eq!((table.rows.len(), table.rejected.len()), (3, 1));
    assert_eq!(
        table.rejected[0].reason,
        "row of port 68: the text ends after its port"
    );
}

#[test]
fn rows_that_a_quote_has_swallowed_are_rejected_for_it() {
    let table = read("Port,Type,Service,RFC,Name,Used by\n22,TCP,Secure Shell,4253,ssh,Mac\n25,TCP,\"Mail,5321,smtp,Mac\n53,UDP,Domain Names,1034,domain,Mac\n80,TCP,\"Hypertext\",2616,http,Mac\n88,TCP,Kerberos,4120,kerberos,Mac\n").unwrap();
    let reasons = reasons(&table);
    let of_quote =
        |port: &u32| format!("row of port {port}: a quote is not closed where its cell ends");
    assert_eq!(reasons[..3], [25, 53, 80].map(|port| of_quote(&port)));
}
