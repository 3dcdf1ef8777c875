/**
 * 53 bits of a text by two multiply-and-shift lanes (the constants are MurmurHash3's and golden-ratio primes). Among
 * 1e6 worlds two share a hash with a chance of 1 in 18,000; one of them would go unexplored.
 */
export function hashOf(text: string): number {
  let high = 0x9e3779b1;
  let low = 0x85ebca77;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    high = Math.imul(high ^ code, 0xcc9e2d51);
    low = Math.imul(low ^ code, 0x1b873593);
    high = (high << 13) | (high >>> 19);
    low = (low << 15) | (low >>> 17);
  }
  high = Math.imul(high ^ (low >>> 16), 0x85ebca6b);
  low = Math.imul(low ^ (high >>> 13), 0xc2b2ae35);
  return (high & 0x1fffff) * 0x100000000 + ((low ^ (high >>> 16)) >>> 0);
}
