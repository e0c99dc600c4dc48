//! Measured figures beside their limits.

/// One figure and its limit.
struct Figure {
    name: String,
    limit: String,
    reached: String,
    is_met: bool,
}

/// All figures so far.
#[derive(Default)]
pub(crate) struct Figures(Vec<Figure>);

impl Figures {
    /// Adds a figure with an upper limit; `None` if it could not be measured.
    pub(crate) fn at_most(&mut self, name: &str, limit: f64, unit: &str, reached: Option<f64>) {
        self.add(name, "<=", limit, unit, reached, |reached| reached <= limit);
    }

    /// Adds a figure with a lower limit; `None` if it could not be measured.
    pub(crate) fn at_least(&mut self, name: &str, limit: f64, reached: Option<f64>) {
        self.add(name, ">=", limit, "", reached, |reached| reached >= limit);
    }

    /// Adds the outcome of a check.
    pub(crate) fn outcome(&mut self, name: &str, outcome: Result<(), String>) {
        let is_met = outcome.is_ok();
        let reached = outcome.err().unwrap_or_else(|| "kept".to_owned());
        self.0.push(Figure { name: name.to_owned(), limit: "kept".to_owned(), reached, is_met });
    }

    fn add(
        &mut self,
        name: &str,
        sign: &str,
        limit: f64,
        unit: &str,
        reached: Option<f64>,
        meets: impl Fn(f64) -> bool,
    ) {
        let with_unit = |value| format!("{} {unit}", number(value)).trim_end().to_owned();
        self.0.push(Figure {
            name: name.to_owned(),
            limit: format!("{sign} {}", with_unit(limit)),
            reached: reached.map_or_else(|| "not measured".to_owned(), with_unit),
            is_met: reached.is_some_and(meets),
        });
    }

    /// Prints all figures. A missed limit is an error.
    pub(crate) fn print(&self) -> Result<(), String> {
        println!("\n{:<58} {:>16} {:>16}", "figure", "limit", "reached");
        for Figure { name, limit, reached, is_met } in &self.0 {
            println!("{name:<58} {limit:>16} {reached:>16}  {}", if *is_met { "met" } else { "MISSED" });
        }
        match self.0.iter().filter(|figure| !figure.is_met).count() {
            0 => Ok(()),
            1 => Err("a figure was missed.".to_owned()),
            missed => Err(format!("{missed} figures were missed.")),
        }
    }
}

/// Formats a number with three significant digits.
pub(crate) fn number(value: f64) -> String {
    let digits = match value.abs() {
        0.0 => 0,
        ..0.000_5 => return "<0.001".to_owned(),
        1000.0.. => return xtask::files::grouped(whole(value)),
        100.0.. => 0,
        10.0.. => 1,
        1.0.. => 2,
        _ => 3,
    };
    let text = format!("{value:.digits$}");
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "figures are small and not negative"
)]
fn whole(value: f64) -> usize {
    value.round() as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_significant_digits() {
        let printed = [0.0, 0.000_3, 0.0414, 0.99, 1.0, 3.456, 45.06, 120.4, 12_345.6].map(number);
        assert_eq!(printed, ["0", "<0.001", "0.041", "0.99", "1", "3.46", "45.1", "120", "12,346"]);
    }

    #[test]
    fn fails_on_missed_and_missing_figures() {
        let mut figures = Figures::default();
        figures.at_most("time", 1.0, "ms", Some(1.0));
        figures.at_least("recall", 0.99, Some(0.995));
        assert_eq!(figures.print(), Ok(()));
        figures.at_most("memory", 150.0, "MB", None);
        assert_eq!(figures.print(), Err("a figure was missed.".to_owned()));
        figures.outcome("core", Err("it does not".to_owned()));
        assert_eq!(figures.print(), Err("2 figures were missed.".to_owned()));
    }
}
