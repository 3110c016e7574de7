//! Variables of a script whose values are ports of its rules: `TCP_PORTS="80,443"`, `for port in 80 443`.

mod follow;
mod values;

use std::collections::BTreeSet;
use std::ops::Range;

use super::Reader;
use super::name::is_variable;
use crate::list::{Group, Repeat};
use crate::read::{MAX_VARIABLES, ReadError};
use crate::scan::{Scanner, Token};
use crate::transports::Transports;
use follow::Follower;
pub(super) use values::BEFORE;
pub(crate) use values::COMMANDS;
use values::values;

/// A place where ports are those of a variable.
#[derive(Clone)]
pub(super) struct Use {
    pub(super) span: Range<usize>,
    pub(super) transports: Transports,
    pub(super) group: Group,
}

/// The name in `$NAME`, `${NAME}`, `${NAME[@]}`, `${NAME// /,}` or `${NAME:-80}`.
fn name_of(written: &str) -> &str {
    let name = written.trim_start_matches(['$', '{', '%']);
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
    name.split(|c| !is_part(c)).next().unwrap_or_default()
}

/// Where the value in `${NAME:-80}` is, for a variable that is not set.
fn default_of(written: &str, start: usize) -> Option<Range<usize>> {
    let at = written.find(":-").or_else(|| written.find(":="))? + 2;
    Some(start + at..start + written.trim_end_matches('}').len().max(at))
}

impl Reader<'_> {
    /// Keeps a place where ports are those of a variable.
    pub(crate) fn used(&mut self, span: &Range<usize>, transports: Transports, group: usize) {
        if is_variable(&self.text[span.clone()]) {
            self.uses.push(Use {
                span: span.clone(),
                transports,
                group: self.groups[group].clone(),
            });
        }
    }

    /// Reads the values of the variables that rules use for ports and the notation did not find.
    pub(crate) fn variables(&mut self) -> Result<(), ReadError> {
        let text = self.text;
        let held: BTreeSet<&str> = self.names.iter().map(|(name, _)| name.as_str()).collect();
        let mut uses = std::mem::take(&mut self.uses);
        uses.retain(|variable| held.contains(&text[variable.span.clone()]));
        if uses.is_empty() {
            return Ok(());
        }
        if uses.len() > MAX_VARIABLES {
            return Err(ReadError::TooManyVariables);
        }
        let values = values(text);
        let mut follower = Follower::new(&values);
        for variable in uses {
            follower.follow(self, variable.span, variable.transports, &variable.group);
        }
        follower.follow_nested(self);
        if follower.found.len() > MAX_VARIABLES {
            return Err(ReadError::TooManyVariables);
        }
        let entries = self.entries.iter().enumerate();
        let mut read: Vec<(usize, usize)> =
            entries.map(|(at, entry)| (entry.span.start, at)).collect();
        read.sort_unstable();
        for (index, group) in &follower.found {
            for line in &values[*index].lines {
                let transports = follower.transports(*index);
                if !self.give(&read, line, transports) {
                    self.expression(line.clone(), transports, group.clone())?;
                }
            }
        }
        for (span, transports, group) in follower.defaults.into_values() {
            self.expression(span, transports, group)?;
        }
        let mut known = follower.known;
        known.retain(|name| !follower.unknown.contains(name));
        self.names
            .retain(|(name, _)| !known.contains(name.as_str()));
        Ok(())
    }

    /// Gives the entries of a value the transports of its use; false where none of it was read.
    fn give(
        &mut self,
        read: &[(usize, usize)],
        value: &Range<usize>,
        transports: Transports,
    ) -> bool {
        let first = read.partition_point(|(start, _)| *start < value.start);
        let of_value = read[first..].iter();
        let of_value = of_value.take_while(|(start, _)| *start < value.end);
        let mut is_read = false;
        let (transports, is_misspelt) = transports.without_mark();
        for (_, at) in of_value {
            let entry = &mut self.entries[*at];
            if entry.transport_span.is_none() && !transports.is_empty() {
                (entry.transports, entry.is_misspelt) = (transports, is_misspelt);
            }
            is_read = true;
        }
        is_read
    }
}

/// The place that a value is; a loop writes one rule for each word of it.
fn of_value(group: Group, is_loop: bool) -> Group {
    let group = Group {
        repeat: Repeat::Never,
        has_suffix: false,
        ..group
    };
    if is_loop {
        Group {
            separator: Some(" ".to_owned()),
            slots: usize::MAX,
            ..group
        }
    } else {
        group
    }
}

/// The variables that are in a part of the text.
fn references(text: &str, span: &Range<usize>) -> Vec<Range<usize>> {
    let words = Scanner::new(text, span.clone()).filter_map(|token| match token {
        Token::Word(span) => Some(span).filter(|word| is_variable(&text[word.clone()])),
        _ => None,
    });
    words.collect()
}

#[cfg(test)]
mod tests {
    use crate::notations::testing::{ports, unread};
    use crate::rules::testing::{audit, fixed};

    #[test]
    fn the_ports_of_a_rule_are_those_of_its_variable() {
        let tcp = "iptables -A O -p tcp -m multiport --dports USE -j ACCEPT\n";
        let udp = "iptables -A O -p udp --dport $p -j ACCEPT\n";
        for (values, rules) in [
            ("TCP=\"80,443\"\n", tcp.replace("USE", "$TCP")),
            (
                "export TCP='80,443' # web\n",
                tcp.replace("USE", "\"${TCP}\""),
            ),
            ("A=80; TCP=\"$A,443\"\n", tcp.replace("USE", "${TCP}")),
            ("A=80\nB=443\n", tcp.replace("USE", "\"${A}, ${B}\"")),
            ("TCP=\"80 443\"\n", tcp.replace("USE", "${TCP// /,}")),
            ("TCP=\"${TCP:-80,443}\"\n", tcp.replace("USE", "$TCP")),
            ("", tcp.replace("USE", "${TCP:-80,443}")),
            ("TCP=80\nTCP+=,443\n", tcp.replace("USE", "$TCP")),
            ("TCP=22\nTCP=80,443\n", tcp.replace("USE", "$TCP")),
            ("for p in 80 \\\n 443; do\n", udp.replace("udp", "tcp")),
            ("for p in 80 443; do\n", udp.replace("udp", "tcp")),
            (
                "ALL=(\n 80 # web\n 443\n)\nfor p in \"${ALL[@]}\"; do\n",
                udp.replace("udp", "tcp"),
            ),
        ] {
            let text = format!("{values}{rules}");
            assert_eq!(ports(&text), "80/tcp 443/tcp", "{text}");
            assert_eq!(unread(&text), [""; 0]);
        }
        let both = format!(
            "for p in 80 443; do\n{udp}{}done\n",
            udp.replace("udp", "tcp")
        );
        assert_eq!(ports(&both), "80/tcp+udp 443/tcp+udp");
        let ufw = "for p in 80 443; do ufw allow out \"$p\"/tcp; done\nfor p in 53; do\n  ufw allow $p/udp\ndone\n";
        assert_eq!(ports(ufw), "80/tcp 443/tcp 53/udp");
        let cmd = "for p in 80 443; do firewall-cmd --add-port=$p/tcp; done\n";
        assert_eq!(ports(cmd), "80/tcp 443/tcp");
        let nft = "P=\"80,443\"\nnft add rule inet f o tcp dport { ${P} } accept\n";
        assert_eq!(ports(nft), "80/tcp 443/tcp");
        let router =
            "/ip firewall filter\n:local web \"80,443\"\nadd chain=f protocol=tcp dst-port=$web\n";
        assert_eq!(ports(router), "80/tcp 443/tcp");
    }

    /// Each reference was followed again to all that are in its value.
    #[test]
    fn a_variable_is_followed_once_however_often_it_is_used() {
        let names = ["A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K"];
        let values = |separator: &str, set: &dyn Fn(&str, &str) -> String| {
            let pairs = names.iter().zip(&names[1..]).rev();
            let values = pairs.map(|(name, inner)| {
                let inner = format!("${inner}{separator}");
                set(name, &format!("{}80", inner.repeat(10)))
            });
            set("K", "443") + &values.collect::<String>()
        };
        let shell = values(",", &|name, value| format!("{name}=\"{value}\"\n"));
        let router = values(",", &|name, value| format!(":local {name} \"{value}\"\n"));
        let powershell = values(", ", &|name, value| format!("${name} = {value}\n"));
        let batch = values(",", &|name, value| format!("set {name}={value}\n"));
        let letters = names.map(|name| (format!("${name}"), format!("%{name}%")));
        let batch = letters
            .iter()
            .fold(batch, |text, (from, to)| text.replace(from, to));
        let netsh = "netsh advfirewall firewall add rule dir=out action=allow remoteport=%A%\n";
        for text in [
            format!("{shell}ufw allow out $A\n"),
            format!("{shell}iptables -A O --dport $A -j ACCEPT\n"),
            format!("{shell}nft add rule inet f o th dport {{ ${{A}} }} accept\n"),
            format!("/ip firewall filter\n{router}add chain=f dst-port=$A\n"),
            format!("{powershell}New-NetFirewallRule -Direction Outbound -RemotePort $A\n"),
            format!("{batch}{netsh}"),
        ] {
            let expected = format!("443/{}", " 80/".repeat(10));
            assert_eq!(ports(&text), expected, "{text}");
            assert_eq!(unread(&text), [""; 0], "{text}");
        }
        let (first, second) = ("$B,".repeat(12_000), "$C,".repeat(12_000));
        let text = format!("A=\"{first}80\"\nB=\"{second}53\"\nC=443\nufw allow out $A\n");
        assert_eq!(ports(&text), "80/ 53/ 443/");
    }

    #[test]
    fn every_use_gives_its_transports_to_all_in_the_value() {
        let text =
            "C=443\nB=\"$C,53\"\nB+=\",54\"\nA=\"$B,80\"\nufw allow out $A\nufw allow out $A/tcp\n";
        assert_eq!(ports(text), "443/tcp 53/tcp 54/tcp 80/tcp");
        let text = format!("{text}ufw allow out $B/udp\n");
        assert_eq!(ports(&text), "443/tcp+udp 53/tcp+udp 54/tcp+udp 80/tcp");
        // In a circle, and from a place where the value is another one.
        let text = "A=\"$B,80\"\nB=\"$A,443\"\nA=\"$B,53\"\nufw allow out $A/tcp\n";
        assert_eq!(ports(text), "80/tcp 443/tcp 53/tcp");
    }

    /// Those before the last hundred were lost.
    #[test]
    fn all_that_is_added_to_a_value_is_read() {
        let added = (1_001..1_300).map(|port| format!("P+=,{port}\n"));
        let added: String = added.collect();
        let text = format!("P=1000\n{added}ufw allow out $P/tcp\n");
        let expected = (1_000..1_300).map(|port| format!("{port}/tcp"));
        assert_eq!(ports(&text), expected.collect::<Vec<_>>().join(" "));
    }

    #[test]
    fn damage_in_a_variable_is_corrected_there() {
        let rows = ["443/tcp", "5223/tcp", "3478-3497/udp"];
        let text = "TCP=443,PORT\nUDP=\"RANGE\"\niptables -A O -p tcp -m multiport --dports \"$TCP\" -j ACCEPT\niptables -A O -p udp --dport $UDP -j ACCEPT\n";
        let with = |port, range| text.replace("PORT", port).replace("RANGE", range);
        let right = with("5223", "3478:3497");
        assert_eq!(audit(&rows, &right), [""; 0]);
        let wrong = with("5232", "3478–3497");
        let found = audit(&rows, &wrong);
        assert!(found[0].starts_with("1:9 L005"), "{found:?}");
        assert!(found[1].starts_with("2:6 L006"), "{found:?}");
        assert_eq!((found.len(), fixed(&rows, &wrong)), (2, right));
    }

    #[test]
    fn a_value_that_a_command_makes_is_not_known() {
        let rule = "iptables -A O -p tcp --dport $P -j ACCEPT\n";
        let made = "iptables -A O -p tcp --dports \"$(IFS=,; echo \"${P[*]}\")\" -j ACCEPT\n";
        assert_eq!(unread(made).len(), 1);
        for value in [
            "P=$(cat ports)\n",
            "P=`cat ports`\n",
            "P=$1\n",
            "P=\"80\n",
            "Q=80\n",
            "",
        ] {
            let found = unread(&format!("{value}{rule}"));
            assert_eq!(found.len(), 1, "{value}");
            assert!(found[0].ends_with("is not known"), "{found:?}");
        }
        // What no open rule uses is no port of the list.
        let text = format!("P=80\n{}", rule.replace("ACCEPT", "DROP"));
        assert_eq!(ports(&text), "");
    }

    #[test]
    fn brackets_in_comments_are_none_of_a_value() {
        let rule = "for p in \"${TCP[@]}\"; do ufw allow out \"$p\"/tcp; done\n";
        for array in [
            "TCP=(\n 80  # http (web)\n 443 # https\n 5223 # push (APNs)\n)\n",
            "TCP=(\n 80  # 1) http\n 443 # `https`\n 5223 # 3) push\n)\n",
        ] {
            let text = format!("{array}{rule}");
            assert_eq!(ports(&text), "80/tcp 443/tcp 5223/tcp", "{text}");
            assert_eq!(unread(&text), [""; 0]);
        }
        let text = "$p = @(\n 80, # http (web)\n 443 # 2)\n)\nNew-NetFirewallRule -Direction Outbound -Protocol TCP -RemotePort $p\n";
        assert_eq!(ports(text), "80/tcp 443/tcp");
        assert_eq!(unread(text), [""; 0]);
    }

    #[test]
    fn values_may_have_keys() {
        let text = "declare -A P=(\n  [http]=80\n  [https]=443 [push]=5223\n)\nfor p in \"${P[@]}\"; do ufw allow out \"$p\"/tcp; done\n";
        assert_eq!(ports(text), "80/tcp 443/tcp 5223/tcp");
        assert_eq!(unread(text), [""; 0]);
    }

    #[test]
    fn variables_of_a_batch_file_are_read() {
        let rule = "netsh advfirewall firewall add rule dir=out action=allow protocol=TCP remoteport=%TCP%\n";
        for set in ["set TCP=80,443\n", "set \"TCP=80,443\"\n"] {
            let text = format!("@echo off\n{set}{rule}");
            assert_eq!(ports(&text), "80/tcp 443/tcp", "{text}");
            assert_eq!(unread(&text), [""; 0]);
        }
        let found = unread(rule);
        assert_eq!(found, ["1:82 the value of `%TCP%` is not known"]);
    }

    #[test]
    fn tables_of_powershell_are_reported() {
        let rule = "New-NetFirewallRule -Direction Outbound -Protocol TCP -RemotePort $p.TCP\n";
        for table in [
            "$p = @{ TCP = 80,443; UDP = 53 }\n",
            "$p = @{\n  TCP = 80\n}\n",
        ] {
            let text = format!("{table}{rule}");
            assert_eq!(ports(&text), "", "{text}");
            let found = unread(&text);
            assert_eq!(found.len(), 1, "{found:?}");
            assert!(
                found[0].ends_with("the value of `$p.TCP` is not known"),
                "{found:?}"
            );
        }
    }

    #[test]
    fn a_value_is_read_once_and_gets_no_suffix() {
        let rows = ["80/tcp", "443/tcp", "2197/tcp", "3478-3497/udp"];
        let uses = "for p in $PORTS; do\n  firewall-cmd --add-port=$p/tcp\ndone\nfirewall-cmd --add-port=${APPLE_PORT}/tcp\nfirewall-cmd --add-port=3478-3497/udp\n";
        let text = format!("PORTS=\"80 443\"\nAPPLE_PORT=2197\n{uses}");
        assert_eq!(ports(&text), "80/tcp 443/tcp 2197/tcp 3478-3497/udp");
        assert_eq!(audit(&rows, &text), [""; 0]);
        let text = text.replace("443", "442");
        let found = audit(&rows, &text);
        assert_eq!(found.len(), 2, "{found:?}");
        // Where its use is not known.
        for text in [
            format!(
                "PORTS=\"80 443\"\nAPPLE_PORT=2197\n{}",
                uses.replace("$PORTS", "$(sort)")
            ),
            "PORTS=(\n 80\n 443\n)\nfirewall-cmd --add-port=2197/tcp --add-port=3478-3497/udp\n"
                .to_owned(),
        ] {
            let found = audit(&rows, &text);
            assert!(
                found.iter().any(|found| found.contains("L011")),
                "{text}{found:?}"
            );
            assert_eq!(fixed(&rows, &text), text);
        }
    }
}
