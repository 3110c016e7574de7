//! Which bracket of a text ends what another one began.

use std::cell::OnceCell;

/// The brackets of a text in pairs, found in one pass where they are asked for.
pub(super) struct Pairs<'t> {
    text: &'t str,
    /// Each bracket that closes with the one that opens, in the order of the text.
    closed: OnceCell<Vec<(usize, usize)>>,
}

impl<'t> Pairs<'t> {
    pub(super) const fn new(text: &'t str) -> Self {
        Self {
            text,
            closed: OnceCell::new(),
        }
    }

    /// Where the bracket is that the one at a place closes.
    pub(super) fn opening(&self, close: usize) -> Option<usize> {
        let closed = self.closed.get_or_init(|| closed(self.text));
        let at = closed.binary_search_by_key(&close, |pair| pair.0);
        at.ok().map(|at| closed[at].1)
    }
}

fn closed(text: &str) -> Vec<(usize, usize)> {
    let (mut round, mut square) = (Vec::new(), Vec::new());
    let mut closed = Vec::new();
    for (at, byte) in text.bytes().enumerate() {
        let open = match byte {
            b'(' => {
                round.push(at);
                None
            }
            b'[' => {
                square.push(at);
                None
            }
            b')' => round.pop(),
            b']' => square.pop(),
            _ => None,
        };
        closed.extend(open.map(|open| (at, open)));
    }
    closed
}

#[cfg(test)]
mod tests {
    use super::Pairs;

    #[test]
    fn a_bracket_closes_the_last_one_that_is_open() {
        let pairs = Pairs::new("(a [b) (c)] )");
        let opening: Vec<Option<usize>> = (0..13).map(|at| pairs.opening(at)).collect();
        let expected = [(5, 0), (9, 7), (10, 3)];
        for (at, open) in opening.iter().enumerate() {
            let pair = expected.iter().find(|pair| pair.0 == at);
            assert_eq!(*open, pair.map(|pair| pair.1), "{at}");
        }
    }
}
