//! Which of the columns that could have the ports has them.

use std::ops::Range;

use super::super::cells::has_transport_and_number;
use super::super::heading::Heading;
use super::{HALF, Ports, Table};
use crate::transports::Transports;

impl Table<'_> {
    /// The column of ports, or the two with the ends of ranges.
    pub(super) fn chosen(&self) -> Option<Result<Vec<Ports>, String>> {
        let transport = self.transport;
        let all: Vec<usize> = (0..self.headings.len())
            .filter(|at| {
                let heading = &self.headings[*at];
                let is_marked = !heading.transports().is_empty() && self.has_marks(*at, 10);
                let is_other = is_marked || heading.is_other();
                Some(*at) != transport && self.has_ports(*at) && !is_other
            })
            .collect();
        let is_source = |at: &usize| self.headings[*at].is_source();
        let mut left: Vec<usize> = all.iter().copied().filter(|at| !is_source(at)).collect();
        if !left.iter().any(|at| self.headings[*at].is_port()) {
            // Rather those that say so, of which each cell is reported.
            let is_near = |at: &usize| self.headings[*at].is_port() && self.may_have_ports(*at);
            let near: Vec<usize> = (0..self.headings.len()).filter(is_near).collect();
            left = if near.is_empty() { left } else { near };
        }
        if left.is_empty() {
            let source = all.first()?;
            return Some(Err(format!(
                "it has source ports alone, in {}",
                self.name(*source)
            )));
        }
        for is_said in [Heading::is_destination, Heading::is_port] {
            if left.iter().any(|at| is_said(&self.headings[*at])) {
                left.retain(|at| is_said(&self.headings[*at]));
            }
        }
        if left.iter().any(|at| self.has_own_transports(*at)) {
            left.retain(|at| self.has_own_transports(*at));
        }
        let ports = |first: usize, last: Option<usize>| {
            let transports = Transports::NONE;
            Some(Ok(vec![Ports {
                first,
                last,
                transports,
            }]))
        };
        if let [first] = left.as_slice() {
            let reason = self
                .doubtful(*first)
                .or_else(|| self.beside_services(*first));
            if let Some(reason) = reason {
                return Some(Err(reason));
            }
            return ports(*first, None);
        }
        let one = |is_said: fn(&Heading) -> bool| {
            let mut said = left.iter().filter(|at| is_said(&self.headings[**at]));
            said.next().filter(|_| said.next().is_none()).copied()
        };
        let last = one(Heading::is_last);
        let first = one(Heading::is_first).or_else(|| {
            let mut others = left.iter().filter(|at| Some(**at) != last);
            others.next().filter(|_| others.next().is_none()).copied()
        });
        match (first, last) {
            (Some(first), Some(last)) if first != last => ports(first, Some(last)),
            _ => Some(Err(self.ambiguous(&left))),
        }
    }

    /// Why a column of numbers is not read, whose heading says nothing of ports, beside one of services:
    /// these may be written by their names.
    fn beside_services(&self, at: usize) -> Option<String> {
        let heading = &self.headings[at];
        let is_said = heading.is_port() || heading.is_destination() || heading.is_first();
        let is_known = is_said || heading.is_service() || heading.is_number();
        let mut others = (0..self.headings.len()).filter(|other| *other != at);
        let services = others.find(|other| self.headings[*other].is_service())?;
        (!is_known && !self.has_own_transports(at)).then(|| {
            format!(
                "{} has numbers, and {} may have the ports by their names; head the right one `port`",
                self.name(at),
                self.name(services)
            )
        })
    }

    /// Why a column of numbers is not read, whose heading does not say that they are ports: a
    /// cell beside it has a transport with a number, `tcp_443`, or is a list that was split.
    fn doubtful(&self, at: usize) -> Option<String> {
        let heading = &self.headings[at];
        let is_said = heading.is_port() || heading.is_destination() || heading.is_first();
        let is_plain = self.has_heading() && self.has_own_transports(at);
        if is_said || self.transport.is_some() || is_plain {
            return None;
        }
        let has_both = |cell: &Range<usize>| has_transport_and_number(&self.text[cell.clone()]);
        let mut others = (0..self.headings.len()).filter(|other| *other != at);
        let other = others.find(|other| {
            !self.headings[*other].is_source() && self.share(*other, HALF, &has_both)
        })?;
        let mut cells = self.sample.iter().filter_map(|row| row.get(other));
        let cell = cells.find(|cell| has_both(cell)).cloned()?;
        Some(format!(
            "{} has numbers, and {} may have the ports, such as `{}`; head the right one `port`, or \
             write one port a line, such as `443/tcp`",
            self.name(at),
            self.name(other),
            &self.text[cell]
        ))
    }

    /// `column 2 (`external port`)`.
    fn name(&self, at: usize) -> String {
        match self.names[at] {
            Some(name) if !name.is_empty() => format!("column {} (`{name}`)", at + 1),
            _ => format!("column {}", at + 1),
        }
    }

    fn ambiguous(&self, columns: &[usize]) -> String {
        let names: Vec<String> = columns.iter().map(|at| self.name(*at)).collect();
        format!(
            "{} could each be the ports; head the right one `destination port`, or the two ends \
             of a range `first port` and `last port`, or use --notation lines if each line lists \
             several ports",
            names.join(" and ")
        )
    }
}

#[cfg(test)]
mod tests {
    use crate::notations::testing::{ports, unread};

    fn refused(text: &str) -> String {
        let read = crate::read::read(text.as_bytes(), None);
        read.map_or_else(|error| error.to_string(), |list| list.notation.to_string())
    }

    #[test]
    fn counters_beside_the_ports_are_none() {
        for heading in ["Hits", "Byte count", "Packets", "Treffer", "Sessions", "x"] {
            let text = format!(
                "Id,Action,Svc,{heading}\n1,allow,tcp/80; tcp/443,18232\n2,allow,udp/3478-3497,2232\n3,deny,any,991\n"
            );
            assert_eq!(ports(&text), "80/tcp 443/tcp 3478-3497/udp", "{text}");
            assert_eq!(unread(&text), [""; 0], "{text}");
        }
        let text = "Port,Port hits,Proto\n80,1200,tcp\n53,1400,udp\n";
        assert_eq!(ports(text), "80/tcp 53/udp");
    }

    #[test]
    fn a_row_that_opens_every_port_is_reported() {
        let text = "Id,Action,Svc\n1,allow,tcp/80\n2,allow,udp/53\n3,allow,any\n";
        let reason = "it opens every port; list the ports that are meant";
        assert_eq!(unread(text), [format!("4:9 {reason}")]);
    }

    #[test]
    fn numbers_beside_ports_that_cannot_be_read_are_none() {
        for rows in [
            "Rule,Service,Seen\n1,http,1000\n2,tcp_5223,1400\n3,udp_53,2000\n",
            "Rule,Service,Seen\na,TCP 80 (web),1000\nb,UDP 53 (DNS),1400\n",
            "permit service tcp/80,443,5223 from 10.0.0.0/8\npermit service udp/53,123,124 from 10.0.0.0/8\n",
            "rule 1: dst=any service=tcp/80,tcp/443,tcp/5223 action=accept\nrule 2: dst=any service=udp/53,udp/54,udp/55 action=accept\n",
            "add src=10.0.0.0/8 svc=tcp:80,443,5223 log=yes\nadd src=10.0.0.0/8 svc=udp:53,123,124 log=yes\n",
        ] {
            let refused = refused(rows);
            assert!(refused.contains("may have the ports, such as"), "{refused}");
        }
    }

    #[test]
    fn numbers_beside_names_of_services_need_a_heading() {
        for rows in [
            "Rule,Proto,Service,Seen\na,tcp,http,17\nb,tcp,https,18\n",
            "Rule,Proto,Service,Seen\na,tcp,80/443,17\nb,udp,53/123,18\n",
        ] {
            let refused = refused(rows);
            assert!(
                refused.contains("column 4 (`Seen`) has numbers"),
                "{refused}"
            );
        }
        let text = "Service,Proto,No.\nhttp,tcp,80\nDNS,udp,53\n";
        assert_eq!(ports(text), "80/tcp 53/udp");
    }

    #[test]
    fn a_column_that_is_headed_as_the_ports_wins() {
        let text = "Rule,Ports,Seen\na,80/443/5223 tcp,1200\nb,53/123 udp,6500\n";
        assert_eq!(ports(text), "");
        let reason = "it is not a port";
        assert_eq!(
            unread(text),
            [format!("2:3 {reason}"), format!("3:3 {reason}")]
        );
    }
}
