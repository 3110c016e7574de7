//! What we want of the figures, and whether they are so.

use std::fmt::Write;

use super::growth::Growth;
use super::race::{Results, milliseconds};
use super::races::{
    AGAIN, BUILD, CSV_DIFF, CSV_SERVICES, DAFF, DIFFERENCE, LOOK_UP, LOOK_UPS, MERGE, OWN, PANDAS,
    PARSE, PYTHON, START, TRUE, VERSION,
};

/// A wish: in words, the limit, what was measured, and whether more is better.
struct Wish {
    text: &'static str,
    limit: f64,
    unit: &'static str,
    measured: Option<f64>,
    is_floor: bool,
}

pub(super) fn table(
    results: &Results,
    growth: &Growth,
    nanoseconds: f64,
    memory: Option<f64>,
) -> String {
    let mut text = String::from("\n| wanted | | measured | |\n|---|---:|---:|---|\n");
    for wish in wishes(results, growth, nanoseconds, memory) {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{}", wish.row());
    }
    text
}

impl Wish {
    fn row(&self) -> String {
        let with_unit = |text: String| format!("{text} {}", self.unit).trim_end().to_owned();
        let bound = if self.is_floor { "at least" } else { "at most" };
        let limit = with_unit(format!("{bound} {}", self.limit));
        let (measured, verdict) = match self.measured {
            None => ("not measured".to_owned(), ""),
            Some(value) if (value >= self.limit) == self.is_floor => {
                (with_unit(format!("{value:.2}")), "yes")
            }
            Some(value) => (with_unit(format!("{value:.2}")), "no"),
        };
        format!("| {} | {limit} | {measured} | {verdict} |", self.text)
    }
}

fn wishes(results: &Results, growth: &Growth, nanoseconds: f64, memory: Option<f64>) -> Vec<Wish> {
    // How many times longer `a` takes than `b`, by the clock or by the processor.
    let clock = |race, a, b| {
        let (a, b) = (results.get(race, a)?, results.get(race, b)?);
        Some(a.clock.as_secs_f64() / b.clock.as_secs_f64())
    };
    let processor = |race, a, b| {
        let (a, b) = (results.get(race, a)?, results.get(race, b)?);
        Some(a.processor.as_secs_f64() / b.processor.as_secs_f64())
    };
    let most = |text, limit, unit, measured| Wish {
        text,
        limit,
        unit,
        measured,
        is_floor: false,
    };
    let least = |text, limit, measured| Wish {
        text,
        limit,
        unit: "times",
        measured,
        is_floor: true,
    };
    // The one that takes longest stands for all.
    let look_ups = LOOK_UPS.iter();
    let look_ups = look_ups.filter_map(|line| processor(LOOK_UP, line, VERSION));
    let own_build = results.get(BUILD, OWN);
    vec![
        most(
            "build against its floor, by the clock",
            3.0,
            "times",
            clock(BUILD, OWN, PARSE),
        ),
        most(
            "build against its floor, by processor time",
            3.0,
            "times",
            processor(BUILD, OWN, PARSE),
        ),
        most(
            "build, processor time",
            20.0,
            "ms",
            own_build.map(|cost| milliseconds(cost.processor)),
        ),
        most(
            "second build against the first, by processor time",
            0.33,
            "times",
            processor(BUILD, AGAIN, OWN),
        ),
        most("build, peak memory", 30.0, "MiB", memory),
        least(
            "registry to services(5), faster than pandas",
            10.0,
            clock(CSV_SERVICES, PANDAS, OWN),
        ),
        least(
            "registry to services(5), faster than plain Python",
            5.0,
            clock(CSV_SERVICES, PYTHON, OWN),
        ),
        least(
            "difference of editions, faster than csv-diff",
            8.0,
            clock(DIFFERENCE, CSV_DIFF, OWN),
        ),
        least(
            "difference of editions, faster than daff",
            12.0,
            clock(DIFFERENCE, DAFF, OWN),
        ),
        most(
            "difference of editions against a naive sorted merge",
            2.5,
            "times",
            clock(DIFFERENCE, OWN, MERGE),
        ),
        most("one look-up in the library", 10.0, "ns", Some(nanoseconds)),
        most(
            "start against `true`",
            2.0,
            "times",
            clock(START, OWN, TRUE),
        ),
        most(
            "the slowest look-up against `--version`, by processor time",
            2.5,
            "times",
            look_ups.reduce(f64::max),
        ),
        most(
            "time grows with the size, to the power of",
            1.15,
            "",
            Some(growth.power),
        ),
    ]
}
