// The scale of the map. Low ports, of which most rows are, are drawn wider; the closer
// one looks, the more even it gets. A part of the port space is what is in sight: the
// ports from `from` to before `end`.
export const WHOLE = { from: 0, end: 65536 };
const LEAST = 16;

export const warp = (port) => Math.log1p(port / 1000);
export const unwarp = (at) => Math.expm1(at) * 1000;
export const within = (value, low, high) => Math.min(Math.max(value, low), high);

// Where a port begins in a part: 0 at its left, 1 at its right.
export const place = (port, { from, end }) => (warp(port) - warp(from)) / (warp(end) - warp(from));
export const middle = (first, last, part) => (place(first, part) + place(last + 1, part)) / 2;
export const portAt = (share, { from, end }) =>
  within(Math.floor(unwarp(warp(from) + share * (warp(end) - warp(from)))), 0, 65535);

export const firstOf = (part) => Math.floor(part.from + 1e-6);
export const lastOf = (part) => Math.ceil(part.end - 1e-6) - 1;
export const sees = (part, { first, last }) => first < part.end && last + 1 > part.from;

// The part that begins at `start` and is `span` wide, both on the scale, or the next
// that lies in the port space and has the least number of ports.
function partAt(start, span) {
  const wide = within(span, warp(unwarp(start) + LEAST) - start, warp(WHOLE.end));
  const low = within(start, 0, warp(WHOLE.end) - wide);
  return { from: unwarp(low), end: Math.min(unwarp(low + wide), WHOLE.end) };
}

// `factor` times as much in sight, with what is at `share` staying where it is.
export function zoomed(part, factor, share = 0.5) {
  const span = warp(part.end) - warp(part.from);
  const at = warp(part.from) + share * span;
  // A little more than the least, so that `at` need not move where the scale is bent.
  const wide = within(span * factor, (1.02 * LEAST) / (1000 + unwarp(at)), warp(WHOLE.end));
  return partAt(at - share * wide, wide);
}

// What is seen after a pull by a share of the width.
export const pulled = (part, share) =>
  partAt(warp(part.from) + share * (warp(part.end) - warp(part.from)), warp(part.end) - warp(part.from));

// As many ports, beginning at another.
export function startingAt(from, ports) {
  const many = within(ports, LEAST, WHOLE.end);
  const low = within(from, 0, WHOLE.end - many);
  return { from: low, end: low + many };
}
export const moved = (part, share) =>
  startingAt(part.from + share * (part.end - part.from), part.end - part.from);

// The part with some ports and a margin.
export const around = (first, last) => {
  const margin = Math.max(LEAST / 2, (last - first) * 0.05);
  return startingAt(Math.floor(first - margin), Math.ceil(last - first + 1 + 2 * margin));
};

// In the address and in the field: `16000-17000`; the whole space is nothing.
export const partText = (part) => `${firstOf(part)}-${lastOf(part)}`;
export const storedPart = (part) => (partText(part) === "0-65535" ? "" : partText(part));

export function readPart(text) {
  const asked = /^\s*(\d{1,5})\s*(?:[-–]\s*(\d{1,5})\s*)?$/.exec(text);
  if (!asked) return null;
  const [first, last] = [Number(asked[1]), Number(asked[2] ?? asked[1])].sort((a, b) => a - b);
  if (last > 65535) return null;
  return last - first + 1 < LEAST ? around(first, last) : { from: first, end: last + 1 };
}

// The ports to write below a part, each `least` of its width from the next: both ends,
// the bounds of IANA's ranges, then round numbers.
export function ticks(part, least) {
  const [first, last] = [firstOf(part), lastOf(part)];
  const places = [];
  const inner = [];
  const offer = (port) => {
    const at = middle(port, port, part);
    // The outer ones are written inwards from the ends.
    if (Math.min(at, 1 - at) < 1.4 * least || places.some((other) => Math.abs(other - at) < least)) return;
    places.push(at);
    inner.push(port);
  };
  for (const bound of [1024, 49152]) offer(bound);
  const steps = [10000, 5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5, 2, 1];
  // Where the scale is nearly even, one step will do; else the finer, the further left.
  const even = 1000 + part.end < 1.5 * (1000 + part.from);
  const finest = steps.findLast((step) => (0.8 * step) / (last - first + 1) >= least);
  for (const step of even ? [finest ?? steps[0]] : steps) {
    const end = even ? last : Math.min(last, first + 12 * step);
    for (let port = Math.ceil(first / step) * step; port <= end; port += step) offer(port);
  }
  return [first, ...inner.sort((a, b) => a - b), last];
}
