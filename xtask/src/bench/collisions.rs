//! Texts whose digests of 32 bits (FNV-1a) are equal: met in the middle.

use std::collections::HashMap;

const LETTERS: &[u8] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
const PRIME: u32 = 0x0100_0193;
/// The inverse of the prime.
const INVERSE: u32 = 0x359c_449b;
/// What all texts come to.
const TARGET: u32 = 0x1234_5678;

/// So many texts that collide behind `S` and a line break, as the key of a record is made.
pub(super) fn texts(count: usize) -> Vec<String> {
    let mut ends: HashMap<u32, [u8; 3]> = HashMap::new();
    for &a in LETTERS {
        let first = TARGET.wrapping_mul(INVERSE) ^ u32::from(a);
        for &b in LETTERS {
            let second = first.wrapping_mul(INVERSE) ^ u32::from(b);
            for &c in LETTERS {
                ends.insert(second.wrapping_mul(INVERSE) ^ u32::from(c), [c, b, a]);
            }
        }
    }
    let start = forward(0x811c_9dc5, b"S\n");
    let mut found = Vec::with_capacity(count);
    for number in 0_u32.. {
        let prefix = format!("u{number}");
        let hash = forward(start, prefix.as_bytes());
        for &a in LETTERS {
            for &b in LETTERS {
                for &c in LETTERS {
                    if found.len() == count {
                        return found;
                    }
                    let middle = [a, b, c];
                    if let Some(end) = ends.get(&forward(hash, &middle)) {
                        let text = [prefix.as_bytes(), &middle, end].concat();
                        found.push(String::from_utf8_lossy(&text).into_owned());
                    }
                }
            }
        }
    }
    found
}

fn forward(hash: u32, bytes: &[u8]) -> u32 {
    let step = |hash: u32, byte: &u8| (hash ^ u32::from(*byte)).wrapping_mul(PRIME);
    bytes.iter().fold(hash, step)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digests_are_equal() {
        let texts = texts(50);
        assert_eq!(texts.len(), 50);
        for text in &texts {
            let whole = [b"S\n", text.as_bytes()].concat();
            assert_eq!(forward(0x811c_9dc5, &whole), TARGET, "{text}");
        }
    }
}
