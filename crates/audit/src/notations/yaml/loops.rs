//! The loops of tasks in YAML, whose mappings give what templates of the same task stand for:
//! `{{ item.port }}` beside `- {port: 80}`.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::ops::Range;

/// The loops of a text. It is read for them once, when the first template is asked for.
pub(in crate::notations) struct Loops<'t> {
    pub(super) text: &'t str,
    known: OnceCell<Known<'t>>,
}

impl<'t> Loops<'t> {
    pub(in crate::notations) const fn new(text: &'t str) -> Self {
        Self {
            text,
            known: OnceCell::new(),
        }
    }

    /// Whether a template is an element of its task's loop, whose mappings give a number by that key,
    /// and are read themselves.
    pub(super) fn give(&self, value: Range<usize>) -> bool {
        let inner = self.text[value.clone()].split("{{").nth(1);
        let inner = inner.unwrap_or_default();
        let key = inner.trim_start().strip_prefix("item.").unwrap_or_default();
        let key = &key[..key.len() - key.trim_start_matches(is_in_name).len()];
        // Behind a comma is another port, which no loop gives.
        let is_sought = !key.is_empty() && !inner.contains(',');
        is_sought && {
            let known = self.known.get_or_init(|| Known::new(self.text));
            known.gives(key, value.start)
        }
    }
}

fn is_in_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

/// The keys of a line that have a number: `port` in `{port: 80, proto: tcp}`.
fn numbered(line: &str) -> impl Iterator<Item = &str> {
    line.match_indices(':').filter_map(|(at, _)| {
        let before = line[..at].trim_end_matches(is_in_name).len();
        let given = line[at + 1..].trim_start_matches([' ', '"', '\'']);
        let is_number = before < at && given.starts_with(|c: char| c.is_ascii_digit());
        is_number.then(|| &line[before..at])
    })
}

/// What a line begins with.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Begin {
    /// Nothing: it is blank, or a comment.
    Blank,
    /// An item of a list.
    Item,
    /// The end of a list or of a mapping, or a dash without a space.
    Sign,
    /// Anything else, such as a key.
    Key,
}

impl Begin {
    /// That of a line without the spaces before it.
    fn of(inner: &str) -> Self {
        match inner.chars().next() {
            None => Self::Blank,
            Some('-') if inner.starts_with("- ") => Self::Item,
            Some('-' | ']' | '}') => Self::Sign,
            Some(_) => Self::Key,
        }
    }
}

/// A line, without its comment.
struct Line {
    start: usize,
    /// How far it is indented.
    indent: usize,
    /// The column of its key, behind the dashes of items.
    column: usize,
    begin: Begin,
    is_loop: bool,
}

impl Line {
    fn new(line: &str, start: usize) -> Self {
        let inner = line.trim_start();
        let content = line.trim_start_matches(|c: char| c.is_whitespace() || c == '-');
        Self {
            start,
            indent: line.len() - inner.len(),
            column: line.len() - content.len(),
            begin: Begin::of(inner),
            is_loop: content.starts_with("loop:") || content.starts_with("with_"),
        }
    }
}

/// What is known of each line, by its index. An index may be the one behind the last line.
struct Known<'t> {
    lines: Vec<Line>,
    /// The item that the line begins or is in: all lines between are indented more than that.
    items: Vec<usize>,
    /// The item behind the line that is indented less than its key, and all between: its task ends
    /// there.
    ends: Vec<usize>,
    /// The first line from here on that begins a loop.
    loops: Vec<usize>,
    /// Where a loop ends that the line begins.
    loop_ends: Vec<usize>,
    /// The keys that have a number, each with its line, in order.
    numbers: Vec<(&'t str, usize)>,
}

impl<'t> Known<'t> {
    fn new(text: &'t str) -> Self {
        let (mut lines, mut numbers) = (Vec::new(), Vec::new());
        for line in text.lines() {
            let start = line.as_ptr() as usize - text.as_ptr() as usize;
            numbers.extend(numbered(line).map(|key| (key, lines.len())));
            lines.push(Line::new(line, start));
        }
        numbers.sort_unstable();
        numbers.dedup();
        let none = vec![lines.len(); lines.len()];
        let mut known = Self {
            items: items(&lines),
            ends: none.clone(),
            loops: none.clone(),
            loop_ends: none,
            lines,
            numbers,
        };
        known.look_down();
        known
    }

    /// Finds what is below each line, from the last line to the first.
    fn look_down(&mut self) {
        let count = self.lines.len();
        // The next lines that are indented less and less, the nearest last, each with the first item
        // among itself and those before it.
        let mut below: Vec<(usize, usize)> = Vec::new();
        // For each indent the nearest key.
        let mut keys: BTreeMap<usize, usize> = BTreeMap::new();
        let mut next_loop = count;
        for (at, line) in self.lines.iter().enumerate().rev() {
            let less = below.partition_point(|entry| self.lines[entry.0].indent < line.column);
            let (less, item) = less
                .checked_sub(1)
                .map_or((count, count), |index| below[index]);
            self.ends[at] = item;
            if line.is_loop {
                next_loop = at;
                let key = keys.get(&line.column).copied();
                self.loop_ends[at] = key.map_or(less, |key| key.min(less));
            }
            self.loops[at] = next_loop;
            if line.begin == Begin::Blank {
                continue;
            }
            while below
                .pop_if(|entry| self.lines[entry.0].indent >= line.indent)
                .is_some()
            {}
            let item = below.last().map_or(count, |entry| entry.1);
            below.push((at, if line.begin == Begin::Item { at } else { item }));
            if line.begin == Begin::Key {
                keys.insert(line.indent, at);
            }
        }
    }

    /// Whether the loop, which may be above or below, of the task that has a key at a place gives
    /// numbers by another key.
    fn gives(&self, key: &str, at: usize) -> bool {
        let index = self.lines.partition_point(|line| line.start <= at);
        let index = index.saturating_sub(1);
        let first = self.loops[self.items[index]];
        let end = self.ends[index].min(self.loop_ends.get(first).copied().unwrap_or_default());
        let before = self
            .numbers
            .partition_point(|number| *number < (key, first));
        let number = self.numbers.get(before);
        number.is_some_and(|(name, line)| *name == key && *line < end)
    }
}

/// The item that each line begins or is in; the first line where there is none.
fn items(lines: &[Line]) -> Vec<usize> {
    // The lines before that are indented less and less, the nearest last.
    let mut above: Vec<usize> = Vec::new();
    let mut items = vec![0; lines.len()];
    for (at, line) in lines
        .iter()
        .enumerate()
        .filter(|(_, line)| line.begin != Begin::Blank)
    {
        while above
            .pop_if(|index| lines[*index].indent >= line.indent)
            .is_some()
        {}
        let outer = above.last().map_or(0, |index| items[*index]);
        items[at] = if line.begin == Begin::Item { at } else { outer };
        above.push(at);
    }
    items
}

#[cfg(test)]
mod tests {
    use crate::notations::testing::{ports, unread};

    const PLAIN: &str = "- iptables:\n    protocol: udp\n    destination_port: 53\n";

    #[test]
    fn a_template_for_ports_that_are_read_is_not_reported() {
        let task = "- iptables:\n    protocol: \"{{ item.proto }}\"\n    destination_port: \"{{ item.port }}\"\n  loop:\n";
        let text = format!(
            "{task}    - {{ proto: tcp, port: 80 }}\n    - {{ proto: udp, port: \"53:54\" }}\n"
        );
        assert_eq!(ports(&text), "80/tcp 53-54/udp");
        assert_eq!(unread(&text), [""; 0]);
        let text = format!("{PLAIN}{task}    - {{ proto: tcp, ports: 80 }}\n");
        assert_eq!(unread(&text).len(), 1);
    }

    #[test]
    fn only_the_loop_of_its_own_task_gives_a_template() {
        let task = "- ufw:\n    port: \"{{ item.port }}\"\n    proto: udp\n";
        let given = "- {port: 53, proto: udp}\n";
        let mut right = vec![format!(
            "- ufw: {{port: \"{{{{ item.port }}}}\"}}\n  loop: [{{port: 53}}]\n"
        )];
        for space in ["  ", "    "] {
            right.push(format!("{task}  loop:\n\n{space}{given}"));
            right.push(format!("{task}  when: a\n  with_items:\n{space}{given}"));
            let (name, module) = ("- name: a\n  loop:\n", task.replacen('-', " ", 1));
            right.push(format!("{name}{space}{given}{module}"));
        }
        for text in right {
            assert_eq!(unread(&format!("{text}{PLAIN}")), [""; 0], "{text}");
        }
        let list = "- ufw:\n    ports: [\"{{ item.port }}\", 443]\n    proto: udp\n";
        let text = format!("{list}  loop:\n  {given}");
        assert_eq!(ports(&text), "443/udp 53/udp");
        assert_eq!(unread(&text), [""; 0]);
        let text = text.replace("[\"{{ item.port }}\", 443]", "\"{{ item.port }},443\"");
        assert_eq!(unread(&text).len(), 1);
        let other = "  loop: \"{{ web_ports }}\"\n";
        for text in [
            format!("{PLAIN}{task}{other}- ufw:\n    port: 53\n    proto: udp\n"),
            format!("- ufw:\n    port: 53\n{task}{other}"),
            format!("{task}{other}  vars:\n    port: 53\n"),
            format!("{task}{other}- ufw: {{port: \"{{{{ item.port }}}}\"}}\n  loop:\n  {given}"),
            format!("{task}  # port: 53\n"),
        ] {
            assert_eq!(unread(&text).len(), 1, "{text}");
        }
    }

    #[test]
    fn a_loop_ends_where_less_is_indented() {
        let task = "- ufw:\n    port: \"{{ item.port }}\"\n    proto: udp\n";
        // The items of the loop may be as far to the left as its key, and its lines in brackets.
        for given in [
            "  loop:\n  - port: 53\n",
            "  loop: [\n    {port: 53}\n  ]\n",
        ] {
            assert_eq!(unread(&format!("{PLAIN}{task}{given}")), [""; 0], "{given}");
        }
        for other in [
            "  loop:\n  - proto: udp\n  vars:\n  - port: 53\n",
            "  loop:\n  - xport: 53\n  - port: x\n",
        ] {
            assert_eq!(unread(&format!("{PLAIN}{task}{other}")).len(), 1, "{other}");
        }
    }

    /// It was read again for each template.
    #[test]
    fn a_text_is_read_once_however_many_templates_it_has() {
        let count = 20_000;
        let list = "{{item.a}},".repeat(count);
        let text = format!("{PLAIN}- protocol: tcp\n  ports: [{list}]\n");
        assert_eq!(unread(&text).len(), count);
        let task = "- ufw:\n    port: \"{{ item.port }}\"\n    proto: udp\n  loop:\n  - port: 53\n";
        let text = format!("{PLAIN}{}", task.repeat(3_000));
        assert!(text.len() > 1 << 16);
        assert_eq!(unread(&text), [""; 0]);
    }
}
