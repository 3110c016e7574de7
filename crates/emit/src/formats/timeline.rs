//! `timeline`: when the article had each record, as an SVG picture. It shows those that
//! left, too.

mod axis;
mod line;

use std::fmt::Write;

use appleports_model::Dataset;
use appleports_model::escape::html::text as escape;
use axis::{Axis, LABEL_HEIGHT, MARKS, Plot};
use line::{Line, lines};

const WIDTH: i64 = 1000;
/// The right end of the ports and the left end of the names.
const PORTS: i64 = 156;
const NAMES: i64 = 166;
const PLOT: Plot = Plot {
    left: 395,
    right: 970,
};
/// The height of a line, and the width of a bar that is one day long.
const LINE: i64 = 18;
const MIN_BAR: i64 = 6;
/// The dates are repeated after this many lines, so that they are always in sight.
const BLOCK: usize = 40;

const STYLE: &str = "\
text{font:13px system-ui,sans-serif;fill:#1f2328}.h{font-size:18px;font-weight:600}\
.paper{fill:#fff}.band{fill:#f3f5f7}.date{stroke:#b4bcc5;stroke-dasharray:2 3}\
.d{text-anchor:middle}.p{text-anchor:end}.here{fill:#0969da}.gone{fill:#b35900}\
.x{stroke:#b35900;stroke-width:2;fill:none}.until{stroke:#b35900;stroke-dasharray:3 3}\
text.gone{fill:#8a4600}\
@media(prefers-color-scheme:dark){text{fill:#e6edf3}.paper{fill:#0d1117}.band{fill:#161c24}\
.date{stroke:#4b5563}.here{fill:#58a6ff}.gone{fill:#e3953e}.x,.until{stroke:#e3953e}\
text.gone{fill:#f0b072}}";

/// One line a record: a bar from the first capture that has it to the last, over all
/// locales. Gives the picture and the number of its lines.
pub(super) fn write(dataset: &Dataset) -> (Vec<u8>, Option<u64>) {
    let lines = lines(dataset);
    let axis = Axis::of(dataset, &lines, PLOT);
    let mut body = String::new();
    let mut y = head(&mut body, &axis);
    for block in lines.chunks(BLOCK) {
        y = dates(&mut body, &axis, y, block.len());
        for (at, line) in (0_i64..).zip(block) {
            draw(&mut body, &axis, line, y + at * LINE);
        }
        y += LINE * i64::try_from(block.len()).unwrap_or(0);
    }
    if !lines.is_empty() {
        y = dates(&mut body, &axis, y, 0);
    }
    let height = y + 10;
    let ends = axis.ends();
    let whole = ends.map_or_else(String::new, |(first, last)| {
        format!(" The captures are dated from {first} until {last}.")
    });
    let left = lines.iter().filter(|line| line.has_left).count();
    let out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{height}\" viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-labelledby=\"title desc\">\n\
         <title id=\"title\">When the article had each row</title>\n\
         <desc id=\"desc\">Each line is a row of the article, sorted by port: {} in all, {left} of which left. A bar begins at the first capture that has the row and ends at the last one.{whole}</desc>\n\
         <style>{STYLE}</style>\n<path class=\"paper\" d=\"M0 0H{WIDTH}V{height}H0Z\"/>\n{body}</svg>\n",
        lines.len()
    );
    (out.into_bytes(), Some(lines.len() as u64))
}

/// The heading, the legend and the meaning of the marks; gives the height.
fn head(out: &mut String, axis: &Axis) -> i64 {
    // Writing to a String cannot fail.
    let _ = writeln!(
        out,
        "<text class=\"h\" x=\"14\" y=\"30\">When the article had each row</text>\n\
         <path class=\"here\" d=\"M16 48h34l9 5l-9 5h-34z\"/><text x=\"68\" y=\"58\">still in the article</text>\n\
         <path class=\"gone\" d=\"M216 50h24v6h-24z\"/><path class=\"until\" d=\"M240 53h26\"/>{}\
         <text x=\"282\" y=\"58\">left: the cross is the first capture without the row</text>",
        cross(268, 53)
    );
    let forms = axis.forms();
    let marks = MARKS.iter().filter(|(_, mark)| forms.contains(mark));
    let marks: Vec<String> = marks
        .map(|(form, mark)| format!("{mark} {}", form.remark()))
        .collect();
    if marks.is_empty() {
        return 72;
    }
    let _ = writeln!(out, "<text x=\"14\" y=\"82\">{}</text>", marks.join("; "));
    96
}

/// The dates, and their lines through the rows below; gives where the rows begin. The
/// labels are defined once and then used again.
fn dates(out: &mut String, axis: &Axis, y: i64, rows: usize) -> i64 {
    let start = y + axis.height() + 6;
    if out.contains("id=\"dates\"") {
        let _ = writeln!(out, "<use href=\"#dates\" y=\"{y}\"/>");
    } else {
        out.push_str("<defs><g id=\"dates\">");
        for label in axis.labels() {
            let bottom = axis.height() - label.level * LABEL_HEIGHT - 2;
            let _ = write!(
                out,
                "<text class=\"d\" x=\"{}\" y=\"{bottom}\">{}</text>",
                label.x, label.text
            );
        }
        let _ = writeln!(out, "</g></defs>\n<use href=\"#dates\" y=\"{y}\"/>");
    }
    if rows == 0 {
        return start;
    }
    let count = i64::try_from(rows).unwrap_or(0);
    let end = start + LINE * count;
    out.push_str("<path class=\"band\" d=\"");
    for at in 0..count / 2 {
        let _ = write!(out, "M0 {}H{WIDTH}v{LINE}H0z", start + LINE * (2 * at + 1));
    }
    out.push_str("\"/><path class=\"date\" d=\"");
    for x in axis.places() {
        let _ = write!(out, "M{x} {start}V{end}");
    }
    out.push_str("\"/>\n");
    start
}

fn draw(out: &mut String, axis: &Axis, line: &Line, y: i64) {
    let start = axis.x(line.first);
    let end = axis.x(line.last).max(start + MIN_BAR);
    let (baseline, middle) = (y + 13, y + LINE / 2);
    let class = if line.has_left { "gone" } else { "here" };
    let tail = if line.has_left {
        let gone = axis.next(line.last).map_or(end + 14, |day| axis.x(day));
        format!(
            "<path class=\"until\" d=\"M{end} {middle}H{gone}\"/>{}",
            cross(gone, middle)
        )
    } else {
        format!(
            "<path class=\"here\" d=\"M{end} {}l9 5l-9 5z\"/>",
            middle - 5
        )
    };
    let text_class = if line.has_left { " gone" } else { "" };
    let (height, top) = if line.has_left {
        (6, middle - 3)
    } else {
        (10, middle - 5)
    };
    let _ = writeln!(
        out,
        "<g><title>{}</title><text class=\"p{text_class}\" x=\"{PORTS}\" y=\"{baseline}\">{}</text>\
         <text class=\"n{text_class}\" x=\"{NAMES}\" y=\"{baseline}\">{}</text>\
         <rect class=\"{class}\" x=\"{start}\" y=\"{top}\" width=\"{}\" height=\"{height}\"/>{tail}</g>",
        // The lines begin with foreign text, so they are none of the file.
        escape(&line.tooltip),
        escape(&line.ports),
        escape(&line.name),
        end - start,
    );
}

fn cross(x: i64, y: i64) -> String {
    format!(
        "<path class=\"x\" d=\"M{} {}l8 8m0 -8l-8 8\"/>",
        x - 4,
        y - 4
    )
}

#[cfg(test)]
mod tests;
