//! Law 5: another article is refused by name, also where its table could be read.

use super::{page, read};

const ROWS: &str =
    "443,TCP,Inbound Web,2818,https,Web\n1640,TCP,Inbound,-,-,SCEP\n2195,TCP,Outbound,-,-,APNS\n";
const OTHER: &str = "Server: ports that the mail service uses";
const OWN: &str = "TCP and UDP ports that Apple uses";

/// The table below a title, in every layout.
fn written(title: &str) -> Vec<String> {
    let heading = "Port,Type,Service,RFC,Name,Used by\n";
    let pipes = |text: &str| text.replace(',', " | ");
    let lines = [heading, ROWS].concat().replace([',', '\n'], "\n\n");
    let joined = ROWS.replace(",-,-", ",1000,abc").replace(',', " ");
    let bold: String = ROWS
        .lines()
        .map(|row| format!("**{}\n\n", row.replacen(',', "**\n", 1).replace(',', "\n")))
        .collect();
    vec![
        page("").replace("TCP/UDP", title),
        format!(
            "# {title}\n\n{}---|---|---|---|---|---\n{}\nEnd.\n",
            pipes(heading),
            pipes(ROWS)
        ),
        format!("{title}\n\n{heading}{ROWS}"),
        format!("{title}\n\n{lines}\n\nEnd\n"),
        format!("{title}\n\n{joined}\n\nEnd\n"),
        format!(
            "# {title}\n\n**Port** **Type** **Service** **RFC** **Name** **Used by**\n\n{bold}"
        ),
    ]
}

#[test]
fn the_title_refuses_in_every_layout() {
    for text in written(OTHER) {
        let refusal = read(&text).unwrap_err();
        assert!(
            refusal.contains("another article") && refusal.contains(OTHER),
            "{refusal}: {text}"
        );
    }
    for text in written(OWN) {
        assert!(read(&text).is_ok(), "{text}");
    }
}

#[test]
fn a_heading_says_what_the_name_of_the_site_does_not() {
    let with = |heading: &str| {
        page("")
            .replace("TCP/UDP", "Apple Support")
            .replace("<table>", &format!("<h1>{heading}</h1><table>"))
    };
    let refusal = read(&with(OTHER)).unwrap_err();
    assert!(refusal.contains(OTHER), "{refusal}");
    assert!(read(&with(OWN)).is_ok());
}

#[test]
fn another_makers_or_products_ports_are_another_article() {
    for other in [
        "List of TCP and UDP port numbers",
        "TCP and UDP ports used by Apple Remote Desktop",
        "TCP and UDP ports used by Microsoft products",
    ] {
        for text in written(other) {
            let refusal = read(&text).unwrap_err();
            assert!(refusal.contains(other), "{refusal}: {text}");
        }
    }
}

#[test]
fn a_heading_of_any_markup_refuses() {
    let table = written(OWN)[1].split_once("\n\n").unwrap().1.to_owned();
    for heading in [
        format!("**{OTHER}**"),
        format!("<h1>{OTHER}</h1>"),
        format!("## {OTHER}"),
    ] {
        let refusal = read(&format!("{heading}\n\n{table}")).unwrap_err();
        assert!(refusal.contains(OTHER), "{refusal}");
    }
    let with_heading = page("")
        .replace("TCP/UDP", OWN)
        .replace("<table>", &format!("<h1>{OTHER}</h1><table>"));
    assert!(read(&with_heading).unwrap_err().contains(OTHER));
}

#[test]
fn an_address_elsewhere_refuses() {
    let text = page("").replace("TCP/UDP", OWN);
    for address in [
        "//support.apple.com/en-us/102266",
        "https://en.wikipedia.org/wiki/Ports",
    ] {
        let link = format!("<link rel=canonical href={address}><title>");
        let refusal = read(&text.replace("<title>", &link)).unwrap_err();
        assert!(refusal.contains(address), "{refusal}");
        let saved = format!("<!-- saved from url=(0042){address} -->\n{text}");
        assert!(read(&saved).is_err(), "{address}");
    }
    let saved = format!("<!-- saved from url=(0014)about:internet -->\n{text}");
    assert!(read(&saved).is_ok());
}

#[test]
fn the_id_refuses_and_vouches() {
    let at = |id: &str, title: &str| {
        let link = format!("<link rel=canonical href=https://support.apple.com/en-us/{id}><title>");
        page("").replace("<title>", &link).replace("TCP/UDP", title)
    };
    assert!(read(&at("HT202048", OWN)).is_err());
    assert!(read(&at("103229", "Support")).is_ok());
    let linked = format!(
        "# {OWN}\n\nSee [the list](https://support.apple.com/en-us/101555) of all hosts.\n\n{}",
        &written(OWN)[1][40..]
    );
    assert!(
        read(&linked).is_ok(),
        "a link within the text is not its address"
    );
}
